"""Mail of accounts: domains that receive it, addresses, vacation messages, webmail; no mail is ever delivered."""
