"""The client for Python: `UtilAPI`, over zeep."""

from apnscp.client.util_api.api import UtilAPI

__all__ = ["UtilAPI"]
