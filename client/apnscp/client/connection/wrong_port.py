"""Telling that HTTP was spoken to a port for TLS, or TLS to one for HTTP.

This panel's port for TLS says so itself, in HTTP; other servers send an alert or cut the connection. Whoever speaks TLS takes
no sentence before TLS is set up, and OpenSSL's words for it name neither the port nor the way out.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from http.client import BadStatusLine, RemoteDisconnected
from urllib.parse import urlsplit

from apnscp.client.connection.address import HTTP_PORT, TLS_PORT

_PLAIN_ANSWER = {
    "WRONG_VERSION_NUMBER",
    "HTTP_REQUEST",
    "UNKNOWN_PROTOCOL",
    "PACKET_LENGTH_TOO_LONG",
    "RECORD_LAYER_FAILURE",
}
"""OpenSSL's reasons where the other side answered in something else than TLS."""
_CUT = (ConnectionResetError, BrokenPipeError, RemoteDisconnected)
_PROBE_SECONDS = 2.0
_SAYS_SO = "Bad Request: this port speaks TLS"
"""How the reason of a 400 begins by which this panel's port for TLS answers a request in HTTP."""
_ALERT = "\x15\x03"
"""How a TLS alert begins: what a server for TLS sends to a client that speaks HTTP."""


def sentence(error: BaseException, base: str) -> str | None:
    """Return what to do when the port speaks the other protocol, None when the error has another cause.

    error: of http.client or requests; base: scheme, host and port of the panel
    """
    scheme, _, place = base.partition("://")
    for each in _causes(error):
        if scheme == "https" and isinstance(each, ssl.SSLError) and each.reason in _PLAIN_ANSWER:
            return (
                f"{base} speaks HTTP, not TLS; call http://{place}, or the panel's port for TLS ({TLS_PORT} by default)"
            )
        if scheme == "http" and (_is_alert(each) or (isinstance(each, _CUT) and _takes_tls(base))):
            return _speaks_tls(base)
    return None


def answered(status: int, reason: str | None, base: str) -> str | None:
    """Return what to do when an answer in HTTP is the one of a port for TLS, else None.

    reason: the words beside the status; base: scheme, host and port of the panel
    """
    return _speaks_tls(base) if status == 400 and (reason or "").startswith(_SAYS_SO) else None


def _speaks_tls(base: str) -> str:
    place = base.partition("://")[2]
    return f"{base} speaks TLS, not HTTP; call https://{place}, or the panel's port for HTTP ({HTTP_PORT} by default)"


def _is_alert(error: BaseException) -> bool:
    return isinstance(error, BadStatusLine) and str(error.args[0]).startswith(_ALERT)


def _takes_tls(base: str) -> bool:
    """Tell whether a port takes TLS; asked only where a request was cut, for then the alert may be lost."""
    url = urlsplit(base)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((url.hostname or "", url.port or TLS_PORT), _PROBE_SECONDS) as plain,
            context.wrap_socket(plain),
        ):
            return True
    except OSError:
        return False


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Go through an error and those that it was made of: requests and urllib3 keep them as arguments and as `reason`."""
    yield error
    for inner in (*error.args, getattr(error, "reason", None)):
        if isinstance(inner, BaseException):
            yield from _causes(inner)
