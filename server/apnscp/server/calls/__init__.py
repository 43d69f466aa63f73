"""Calls as the journal keeps and shows them: their envelopes, what they did, and the same call in other forms."""
