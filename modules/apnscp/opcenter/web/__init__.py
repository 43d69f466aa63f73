"""The web sites of an account: its domains and subdomains, and the folders from which they are served."""
