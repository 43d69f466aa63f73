"""What a page says about the form before it: it is kept in a signed cookie from one page to the next."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, flash, request
from flask.sessions import SecureCookieSessionInterface

from apnscp.core.context import Panel
from apnscp.core.reporter import Message, Severity

_KINDS = {Severity.OK: "good", Severity.WARNING: "warn", Severity.ERROR: "error"}
_LONGEST = 500
_MOST = 5


class _Cookie(SecureCookieSessionInterface):
    def get_cookie_secure(self, app: Flask) -> bool:
        """Send the cookie over TLS alone where the page came over TLS."""
        return request.is_secure


def keep(app: Flask, panel: Panel) -> None:
    """Let pages of a panel leave notes for the next one."""
    app.secret_key = panel.secret.digest("notes of pages")
    app.session_interface = _Cookie()
    app.config.update(SESSION_COOKIE_NAME="apnscp_notes", SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_HTTPONLY=True)


def leave(text: str, messages: Iterable[Message] = ()) -> None:
    """Leave a note for the next page, with the messages of a call."""
    flash(text[:_LONGEST], "good")
    for message in list(messages)[:_MOST]:
        flash(message.text[:_LONGEST], _KINDS.get(message.severity, "info"))
