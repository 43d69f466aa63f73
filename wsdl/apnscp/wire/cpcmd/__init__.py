"""The command line's notation for arguments and its formats for answers."""
