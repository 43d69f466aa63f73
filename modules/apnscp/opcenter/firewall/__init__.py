"""The firewall: bans of jails, lists that last, and what accounts let through by themselves."""
