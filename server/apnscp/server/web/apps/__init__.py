"""The apps of the panel: pages that billing modules link to, one file per app."""

from apnscp.server.web.apps.routes import add_routes

__all__ = ["add_routes"]
