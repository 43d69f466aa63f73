"""Jobs that run by the clock: the crontabs of users, and whether the account may have any."""
