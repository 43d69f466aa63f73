"""Moments as people type them, for the commands."""

from apnscp.server.calls.moments import read

__all__ = ["read"]
