"""What can be set for a database user: connections, limits per hour, TLS; and what a password or a host may be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.databases.kinds import Kind
from apnscp.opcenter.services.rules import as_number, as_text

SHORTEST_PASSWORD = 3
LONGEST_TEXT = 255
MOST = 2**32 - 1
DEFAULTS: Mapping[str, Any] = {
    "ssl_type": "", "ssl_cipher": "", "x509_issuer": "", "x509_subject": "", "max_questions": 0, "max_updates": 0,
    "max_connections": 0,
}  # fmt: skip
"""Columns of a MySQL user beside password and `max_user_connections`; the three limits are per hour, 0 is none."""
ALSO: Mapping[str, str] = {
    "maxconn": "max_user_connections", "maxupdates": "max_updates", "maxquery": "max_questions", "ssl": "ssl_type",
    "cipher": "ssl_cipher", "issuer": "x509_issuer", "subject": "x509_subject",
}  # fmt: skip
"""The same by the names of the parameters of mysql:add-user."""
TLS = ("", "ANY", "X509", "SPECIFIED")
_TLS_DETAILS = ("ssl_cipher", "x509_issuer", "x509_subject")
_HOST = re.compile(r"localhost|[0-9%_][0-9.%_]*(?:/[0-9.]+)?|[0-9A-Fa-f:%_]*:[0-9A-Fa-f:.%_]*", re.ASCII)


def settings(ctx: Context, kind: Kind, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings of a user in their stored form.

    given: by the name of the column or of the parameter
    Raises Refused for an unknown name or a value that cannot be.
    """
    taken: dict[str, Any] = {}
    for name, value in given.items():
        column = ALSO.get(str(name), str(name))
        if column == "max_user_connections":
            taken[column] = connections(ctx, kind, value)
        elif column in DEFAULTS:
            taken[column] = _CHECKS[column](column, value)
        else:
            known = ", ".join(["host", "password", "max_user_connections", *DEFAULTS])
            raise Refused("Unknown option `%s'; a database user has %s", str(name)[:64], known)
    if any(taken.get(name) for name in _TLS_DETAILS) and not taken.get("ssl_type"):
        taken["ssl_type"] = "SPECIFIED"
    return taken


def connections(ctx: Context, kind: Kind, value: Any) -> int:
    """Return how many connections a user may hold at once: from 1 to the server's limit, which null means."""
    ceiling = int(ctx.settings[kind.concurrency])
    if value is None:
        return ceiling
    number = _number("maxconn", value)
    if not 1 <= number <= ceiling:
        section, _, name = kind.concurrency.partition(".")
        raise Refused("maxconn: %d is not from 1 to %d ([%s] %s)", number, ceiling, section, name)
    return number


def password(value: Any) -> str:
    """Return a password that may be set.

    Raises Refused for one that is too short or too long, or no text; the message does not repeat it.
    """
    text = value if isinstance(value, str) else ""
    if not SHORTEST_PASSWORD <= len(text) <= LONGEST_TEXT or "\0" in text:
        raise Refused("The password must be text of %d to %d characters", SHORTEST_PASSWORD, LONGEST_TEXT)
    return text


def host(text: str) -> str:
    """Return the host from which a MySQL user may connect.

    Raises Refused for anything but localhost, an address, or an address with the wildcards ``%`` and ``_``.
    """
    found = text.strip().lower()
    if len(found) > 60 or not _HOST.fullmatch(found):
        raise Refused("host: `%s' is neither localhost nor an address, which may have wildcards (%%)", text[:64])
    return found


def _number(name: str, value: Any) -> int:
    try:
        number = as_number(value)
    except ValueError:
        number = -1
    if not isinstance(number, int) or not 0 <= number <= MOST:
        raise Refused("%s: `%s' is not a whole number from 0 to %d", name, str(value)[:64], MOST)
    return number


def _text(name: str, value: Any) -> str:
    try:
        text = as_text("" if value is None else value)
    except ValueError:
        raise Refused("%s must be text", name) from None
    if len(text) > LONGEST_TEXT:
        raise Refused("%s has more than %d characters", name, LONGEST_TEXT)
    return text


def _tls(name: str, value: Any) -> str:
    text = _text(name, value).strip().upper()
    if text not in TLS:
        raise Refused("%s: `%s' is none of the empty text, ANY, X509 and SPECIFIED", name, text[:64])
    return text


_CHECKS: Mapping[str, Callable[[str, Any], Any]] = {
    name: _number if isinstance(value, int) else _text for name, value in DEFAULTS.items()
} | {"ssl_type": _tls}
