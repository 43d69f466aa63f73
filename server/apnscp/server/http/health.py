"""Asking a server whether it is ready."""

from __future__ import annotations

import http.client
import ssl
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from apnscp.core.clock import monotonic

PATH = "/healthz"
PAUSE = 0.05


def answers(url: str, timeout: float = 2.0) -> bool:
    """Tell whether GET /healthz of the server at `url` (scheme, host and port) gives 200 within `timeout` seconds.

    The certificate is not checked: the question is whether somebody serves there, not who.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, port, timeout=timeout, context=_unchecked())
    else:
        connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", PATH)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _unchecked() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def wait(urls: Callable[[], Iterable[str]], seconds: float, given_up: Callable[[], bool] = lambda: False) -> list[str]:
    """Ask until every server answers, `seconds` are over or `given_up` says so; return those that do not answer.

    urls: asked again each time, for a server may tell its address while one waits for it; one that is empty does not answer
    """
    deadline = monotonic() + seconds
    silent = _silent(urls())
    while silent and monotonic() < deadline and not given_up():
        time.sleep(PAUSE)
        silent = _silent(urls())
    return silent


def _silent(urls: Iterable[str]) -> list[str]:
    return [url for url in urls if not url or not answers(url)]
