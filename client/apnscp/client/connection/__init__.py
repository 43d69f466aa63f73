"""How a panel is reached: its address, the kinds of faults, and calls without zeep."""
