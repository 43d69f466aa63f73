"""The SOAP face: Spyne, extended to speak rpc/encoded as PHP does (docs/wire.md, "Spyne")."""

from apnscp.server.soap import compat as compat  # before Spyne, on every Python version
