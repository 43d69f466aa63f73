"""The people of an account and of the panel: names, passwords, contact addresses, preferences."""
