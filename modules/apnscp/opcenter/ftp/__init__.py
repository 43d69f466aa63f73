"""FTP of single users: what is set for them, and whether they are kept in a directory."""
