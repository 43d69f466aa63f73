"""Answers: what they are, refusals that nobody but the HTTP server gives, and how an answer is written."""

from __future__ import annotations

import logging
import secrets
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from apnscp.core.clock import wall
from apnscp.server.faults import UNEXPECTED
from apnscp.server.http.body import Unacceptable
from apnscp.server.placement import SOAP_PATHS
from apnscp.wire.soap import envelope
from apnscp.wire.soap.version import SOAP_11, Version

log = logging.getLogger(__name__)

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "trailer", "proxy-authenticate"}
_WRITTEN_HERE = _HOP_BY_HOP | {"content-length", "date"}
_BODILESS = (204, 304)
_CONTROLS = dict.fromkeys((*range(32), 127), " ")


class HttpResponse(NamedTuple):
    """A finished answer; `reason` stands beside the status where the usual words do not say enough."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    reason: str = ""


def refusal(path: str, error: Unacceptable, version: Version = SOAP_11) -> HttpResponse:
    """Return the answer to a request that is refused without calling the application."""
    more = [("retry-after", "1")] if error.status == 503 else []
    code = "Server" if error.status >= 500 else "Client"
    return _written(path, version, error.status, code, error.text, more)


def unexpected(path: str, version: Version) -> HttpResponse:
    """Return the answer where the application failed, and log the exception that is being handled under its number."""
    number = secrets.token_hex(6)
    log.exception("request %s failed", number)
    return _written(path, version, 500, "Server", UNEXPECTED % number, [])


def _written(
    path: str, version: Version, status: int, code: str, text: str, more: list[tuple[str, str]]
) -> HttpResponse:
    """Write a refusal as the caller of this path reads it: a fault in the version of SOAP that it names, else plain text."""
    if path.lower().rstrip("/") in SOAP_PATHS:
        fault = envelope.fault(code, text, version=version)
        return HttpResponse(status, [("content-type", version.content_type), *more], fault)
    plain = [("content-type", "text/plain; charset=utf-8"), ("x-content-type-options", "nosniff")]
    return HttpResponse(status, [*plain, *more], f"{text}\n".encode())


def head_of(answer: HttpResponse, connection: str, *, without_body: bool) -> bytes:
    """Return the status line and the headers.

    connection: value of that header, empty for none
    without_body: whether the request was HEAD; the length then is the one that the application says
    """
    lines = [_status_line(answer.status, answer.reason), _date(int(wall()))]
    length = str(len(answer.body))
    for name, value in answer.headers:
        low = name.lower()
        if low not in _WRITTEN_HERE:
            lines.append(f"{low}: {_clean(value)}\r\n")
        elif without_body and low == "content-length":
            length = _clean(value)
    if answer.status not in _BODILESS:
        lines.append(f"content-length: {length}\r\n")
    lines.append(f"connection: {connection}\r\n\r\n" if connection else "\r\n")
    return "".join(lines).encode("ascii")


def has_body(answer: HttpResponse) -> bool:
    """Tell whether an answer of this status may have a body."""
    return bool(answer.body) and answer.status not in _BODILESS


@lru_cache(64)
def _status_line(status: int, reason: str) -> str:
    known = HTTPStatus(status).phrase if status in _STATUSES else ""
    return f"HTTP/1.1 {status} {_clean(reason) or known}\r\n"


_STATUSES = frozenset(int(status) for status in HTTPStatus)


@lru_cache(1)
def _date(second: int) -> str:
    return f"date: {formatdate(second, usegmt=True)}\r\n"


def _clean(value: str) -> str:
    """Return a header value without control characters and without others than ASCII."""
    if value.isascii() and value.isprintable():
        return value
    return value.translate(_CONTROLS).encode("ascii", "replace").decode()
