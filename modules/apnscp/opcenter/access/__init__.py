"""Who may come in: API keys, sessions, sign-in, second factors, restrictions, and the guard against guessing."""
