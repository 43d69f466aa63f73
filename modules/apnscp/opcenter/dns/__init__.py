"""Zones and records: what the name servers would publish for the domains of an account."""
