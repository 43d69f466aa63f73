"""How the client reaches a panel: addresses, credentials, and calls over HTTP."""
