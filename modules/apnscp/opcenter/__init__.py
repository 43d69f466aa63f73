"""What calls act on: the store, accounts, services and plans, suspension, keys, sessions, users, bans, usage."""
