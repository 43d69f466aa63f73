"""The pages: Flask behind the same gate and the same dispatch as SOAP."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Panel
from apnscp.server.authentication import Authenticator
from apnscp.server.dispatch import Dispatcher


def make_pages(panel: Panel, authenticator: Authenticator, dispatcher: Dispatcher) -> Any:
    """Return the WSGI application of the pages."""
    from apnscp.server.web.pages import create

    return create(panel, authenticator, dispatcher).wsgi_app
