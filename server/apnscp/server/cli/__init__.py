"""The command line of the server, ``apnscpd``: one file per command."""
