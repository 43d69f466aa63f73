"""The further domains of an account: where their files lie, and what waits in the journal to be applied."""
