"""The life of an account, the only place where rooms move together: add, edit, suspend, activate, delete, clean up, seed."""
