"""What accounts use: storage, transfer, control groups, and the limits that they share."""
