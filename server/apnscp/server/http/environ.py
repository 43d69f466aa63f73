"""WSGI environments (PEP 3333) built from the heads of requests."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote_to_bytes

from apnscp.opcenter.services import networks
from apnscp.server.http.body import Unacceptable

Environ = dict[str, Any]
Fields = list[tuple[bytes, bytes]]
"""Names and values of headers, as they came."""

HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
"""What a Host header may be; the addresses in the WSDL are made from it."""
_DEFAULT_PORT = {"http": "80", "https": "443"}
_SLASHES = re.compile(b"//+")
_ABSOLUTE = re.compile(rb"https?://([^/?#]*)", re.IGNORECASE)

_CONSTANT: Environ = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}


class Target(NamedTuple):
    """The target of a request (RFC 9112, 3.2): its path, unquoted, and its query; `host` is empty but in the absolute form."""

    path: str
    query: str
    host: str


class Headers:
    """Headers of a request by their usual names, read from its environment."""

    __slots__ = ("_environ",)

    def __init__(self, environ: Environ) -> None:
        """Read from `environ`."""
        self._environ = environ

    def get(self, name: str, default: str | None = None) -> str | None:
        """Return a header; `name` is in lower case."""
        found: str | None = self._environ.get(_key(name.encode()) or "", default)
        return found


def of_connection(scheme: str, peer: str, peer_port: int) -> Environ:
    """Return what the environments of all requests of a connection share.

    peer: an IPv4 client of an IPv6 socket is shown by its IPv4 address
    """
    return {
        **_CONSTANT,
        "wsgi.url_scheme": scheme,
        "wsgi.errors": sys.stderr,
        "REMOTE_ADDR": networks.usual_form(peer),
        "REMOTE_PORT": str(peer_port),
    }


def split_target(target: bytes) -> Target:
    """Return the parts of a target.

    Runs of slashes in the path are one: some clients ask for ``//apnscp.wsdl`` (docs/wire.md, "HTTP"). The path has its
    bytes as characters, as WSGI wants it.
    """
    host = ""
    if not target.startswith(b"/") and (absolute := _ABSOLUTE.match(target)):
        host = absolute[1].decode("latin-1")
        target = target[absolute.end() :]
    path, _, query = target.partition(b"#")[0].partition(b"?")
    if b"%" in path:
        path = unquote_to_bytes(path)
    if b"//" in path:
        path = _SLASHES.sub(b"/", path)
    return Target(path.decode("latin-1") or "/", query.decode("latin-1"), host)


def add_fields(environ: Environ, fields: Fields) -> None:
    """Put headers into an environment; repeated ones are joined.

    Headers with an underscore in their name are left out, for they would pass as the ones with a dash.
    Raises Unacceptable with 400 for a second Host.
    """
    hosts = 0
    for name, value in fields:
        key = _key(name)
        if key is None:
            continue
        text = value.decode("latin-1")
        if key == "HTTP_HOST":
            hosts += 1
        elif key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text
    if hosts > 1:
        raise Unacceptable(400, "A request has one Host header")


def add_host(environ: Environ, absolute: str, own: str) -> None:
    """Put the name and the port that the client used into an environment.

    absolute: host of an absolute target, which decides over the header; own: the listener's, where the client names none
    Raises Unacceptable with 400 for an invalid host.
    """
    if absolute:
        environ["HTTP_HOST"] = absolute
    host = environ.get("HTTP_HOST")
    if host == "":
        del environ["HTTP_HOST"]
    environ["SERVER_NAME"], environ["SERVER_PORT"] = _split_host(host or own, environ["wsgi.url_scheme"])


@lru_cache(512)
def _key(name: bytes) -> str | None:
    """Return the key of a header in an environment; None for one that has none."""
    if b"_" in name:
        return None
    key = name.decode("latin-1").upper().replace("-", "_")
    return key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"


@lru_cache(64)
def _split_host(host: str, scheme: str) -> tuple[str, str]:
    found = HOST.fullmatch(host)
    if found is None:
        raise Unacceptable(400, "The Host header is not a host name")
    return found["name"], found["port"] or _DEFAULT_PORT[scheme]
