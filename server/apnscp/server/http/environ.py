"""WSGI environments (PEP 3333) built from what granian reports about a request."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from typing import Any, Protocol

from apnscp.opcenter.services import networks
from apnscp.server.http.body import Headers, Unacceptable

HOST = re.compile(r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?")
"""What a Host header may be; the addresses in the WSDL are made from it."""
_DEFAULT_PORT = {"http": "80", "https": "443"}
_SLASHES = re.compile("//+")

_CONSTANT: dict[str, Any] = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
    "wsgi.input_terminated": True,
}
_KNOWN: dict[str, str] = {
    name: "HTTP_" + name.upper().replace("-", "_")
    for name in (
        *(
            "accept",
            "accept-encoding",
            "accept-language",
            "cache-control",
            "connection",
            "origin",
            "referer",
            "user-agent",
        ),
        *("auth-key", "abort-on", "cookie", "soapaction", "x-forwarded-for", "x-extended-auth"),
    )
}
"""Keys of the headers that clients usually send, so that they are not built for each request."""
_KNOWN["content-type"] = "CONTENT_TYPE"


class RequestScope(Protocol):
    """What granian reports about a request (RSGI)."""

    http_version: str
    server: str
    client: str
    scheme: str
    method: str
    path: str
    query_string: str
    authority: str | None
    headers: Headers


def path_of(scope: RequestScope) -> str:
    """Return the path with runs of slashes as one: some clients ask for ``//apnscp.wsdl`` (docs/wire.md, "HTTP")."""
    path = scope.path
    return _SLASHES.sub("/", path) if "//" in path else path


def make_environ(scope: RequestScope, path: str, body: bytes) -> dict[str, Any]:
    """Return the environment of a request.

    path: from `path_of`
    body: all of it

    Headers with an underscore in their name are left out, for they would pass as the ones with a dash.
    Raises Unacceptable with 400 for an invalid host, or for two of them.
    """
    environ = _CONSTANT.copy()
    host = _add_headers(environ, scope.headers.items())
    host = scope.authority or host
    environ["SERVER_NAME"], environ["SERVER_PORT"] = _split_host(host, scope)
    if host:
        environ["HTTP_HOST"] = host
    environ["REQUEST_METHOD"] = scope.method
    environ["PATH_INFO"] = path if path.isascii() else path.encode("utf-8", "replace").decode("latin-1")
    environ["QUERY_STRING"] = scope.query_string
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["SERVER_PROTOCOL"] = "HTTP/1.0" if scope.http_version == "1" else f"HTTP/{scope.http_version}"
    environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = split_peer(scope.client)
    environ["wsgi.url_scheme"] = scope.scheme
    environ["wsgi.input"] = BytesIO(body)
    environ["wsgi.errors"] = sys.stderr
    return environ


def _add_headers(environ: dict[str, Any], headers: list[tuple[str, str]]) -> str:
    hosts = []
    for name, value in headers:
        if name == "host":
            hosts.append(value)
            continue
        key = _KNOWN.get(name) or _key(name)
        if key is None:
            continue
        if key in environ:
            value = f"{environ[key]}{'; ' if name == 'cookie' else ','}{value}"
        environ[key] = value
    if len(hosts) > 1:
        raise Unacceptable(400, "A request has one Host header")
    return hosts[0] if hosts else ""


def _key(name: str) -> str | None:
    if "_" in name or name in ("content-length", "transfer-encoding"):
        return None
    return "HTTP_" + name.upper().replace("-", "_")


def _split_host(host: str, scope: RequestScope) -> tuple[str, str]:
    found = HOST.fullmatch(host or scope.server)
    if found is None:
        raise Unacceptable(400, "The Host header is not a host name")
    return found["name"], found["port"] or _DEFAULT_PORT.get(scope.scheme, "80")


def split_peer(client: str) -> tuple[str, str]:
    """Return address and port of a peer; an IPv4 client of an IPv6 socket is shown by its IPv4 address."""
    address, _, port = client.rpartition(":")
    return networks.usual_form(address.strip("[]")), port
