"""The adapter between granian and the WSGI application: body first, then the call, in the event loop or in a thread.

granian's own WSGI mode gives a thread to each request before its body is there, so that a few dozen half-sent bodies
stop everybody; here a request costs nothing but memory until it is complete.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, Protocol

from apnscp.core.clock import monotonic
from apnscp.server.faults import DELAY, UNEXPECTED
from apnscp.server.http import health
from apnscp.server.http.body import BUSY, BodyLimits, Headers, Incoming, Unacceptable, read_body
from apnscp.server.http.environ import RequestScope, make_environ, path_of, split_peer
from apnscp.server.placement import IN_LOOP, SOAP_PATHS, NeedsThread
from apnscp.server.settings import Settings
from apnscp.wire.soap import envelope
from apnscp.wire.soap.version import Version, named

log = logging.getLogger(__name__)
access = logging.getLogger("apnscp.access")

LONGEST_DELAY = 10.0
HEALTH_THREADS = 2
HEALTH_SECONDS = 2.0
"""Seconds that the answer of /healthz may take until it is 503."""
SILENT = "The panel's store does not answer"
STARTING = "The server is starting"
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "trailer", "proxy-authenticate"}
_CONTROLS = dict.fromkeys((*range(32), 127), " ")

StartResponse = Callable[..., Callable[[bytes], object]]


class ServedApp(Protocol):
    """The application that is served."""

    def wsgi(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""

    def in_loop(self, method: str, path: str, headers: Headers, body: bytes) -> bool:
        """Tell whether the request is short work that may run in the event loop."""

    def close(self) -> None:
        """Close what the application holds open."""


class Outgoing(Incoming, Protocol):
    """What granian gives to read a body from and to answer with."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Send an answer."""

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        """Send an answer without a body."""


class HttpResponse(NamedTuple):
    """A finished answer."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Adapter:
    """An RSGI application around a WSGI application.

    `in_flight` counts the requests that are not answered yet.
    """

    def __init__(self, app: ServedApp, settings: Settings, complete: Callable[[], bool] = lambda: True) -> None:
        """Serve `app` within the limits that the settings give.

        complete: tells whether all of the server is there; until then /healthz answers 503
        """
        self._complete = complete
        self.in_flight = 0
        self._app = app
        self._limits = BodyLimits(settings.body_limit, settings.body_timeout)
        self._pool = ThreadPoolExecutor(settings.threads, thread_name_prefix="call")
        self._pooled = 0
        self._health_pool = ThreadPoolExecutor(HEALTH_THREADS, thread_name_prefix="health")
        self._asked = 0
        self._pool_bound = settings.threads + settings.queue
        self._log_access = settings.access_log

    async def __call__(self, scope: RequestScope, proto: Outgoing) -> None:
        """Answer one request; whatever happens, there is an answer."""
        self.in_flight += 1
        started = monotonic()
        path = path_of(scope)
        try:
            answer = await self._answer(scope, proto, path)
        except Unacceptable as refusal:
            answer = _refusal(path, refusal, named(scope.headers.get("content-type")))
        except Exception:  # noqa: BLE001 -- the last place that can still answer; the trace is logged
            answer = _unexpected(path, named(scope.headers.get("content-type")))
        finally:
            self.in_flight -= 1
        answer = await _held_back(answer)
        _send(proto, scope.method, answer)
        if self._log_access:
            _log_request(scope, path, answer, started)

    async def _answer(self, scope: RequestScope, proto: Outgoing, path: str) -> HttpResponse:
        headers = scope.headers
        body = await read_body(proto, headers, self._limits)
        environ = make_environ(scope, path, body)
        if path == health.PATH:
            return await self._ask_health(environ)
        if self._app.in_loop(scope.method, path, headers, body):
            try:
                return self._call(environ | {IN_LOOP: True})
            except NeedsThread:
                environ["wsgi.input"].seek(0)
        if self._pooled >= self._pool_bound:
            raise Unacceptable(503, BUSY)
        self._pooled += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._call, environ)
        finally:
            self._pooled -= 1

    async def _ask_health(self, environ: dict[str, Any]) -> HttpResponse:
        """Ask the application in threads of its own, and give no more than a moment for the answer.

        A database that stopped answering may hold every other thread; this question must not wait behind them.
        """
        if not self._complete():
            raise Unacceptable(503, STARTING)
        if self._asked >= HEALTH_THREADS:
            raise Unacceptable(503, SILENT)
        self._asked += 1
        asking = asyncio.get_running_loop().run_in_executor(self._health_pool, self._call, environ)
        asking.add_done_callback(self._answered)
        try:
            return await asyncio.wait_for(asyncio.shield(asking), HEALTH_SECONDS)
        except TimeoutError:
            raise Unacceptable(503, SILENT) from None

    def _answered(self, asking: asyncio.Future[HttpResponse]) -> None:
        self._asked -= 1
        if not asking.cancelled():
            asking.exception()  # looked at here, since nobody may be waiting for it any more

    def _call(self, environ: dict[str, Any]) -> HttpResponse:
        """Run the application and collect its whole answer."""
        started: list[tuple[str, list[tuple[str, str]]]] = []
        pieces: list[bytes] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            started[:] = [(status, headers)]
            return pieces.append

        chunks = self._app.wsgi(environ, start_response)
        try:
            pieces.extend(chunks)
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers = started[0]
        return HttpResponse(int(status[:3]), headers, pieces[0] if len(pieces) == 1 else b"".join(pieces))


async def _held_back(answer: HttpResponse) -> HttpResponse:
    """Wait as long as the brute-force guard asks for, without holding anything but the connection."""
    seconds = sum(float(value) for name, value in answer.headers if name == DELAY)
    if not seconds:
        return answer
    await asyncio.sleep(min(seconds, LONGEST_DELAY))
    return answer._replace(headers=[(name, value) for name, value in answer.headers if name != DELAY])


def _send(proto: Outgoing, method: str, answer: HttpResponse) -> None:
    head = method == "HEAD"
    headers = [(name, _clean(value)) for name, value in _own_headers(answer.headers, keep_length=head)]
    if head or not answer.body:
        proto.response_empty(answer.status, headers)
    else:
        proto.response_bytes(answer.status, headers, answer.body)


def _own_headers(headers: list[tuple[str, str]], *, keep_length: bool) -> Iterable[tuple[str, str]]:
    """Leave out headers of the connection; granian writes Content-Length itself, except in the answer to HEAD."""
    for name, value in headers:
        low = name.lower()
        if low not in _HOP_BY_HOP and (keep_length or low != "content-length"):
            yield low, value


def _clean(value: str) -> str:
    """Return a header value without control characters and without others than ASCII, which granian would drop."""
    if value.isascii() and value.isprintable():
        return value
    return value.translate(_CONTROLS).encode("ascii", "replace").decode()


def _refusal(path: str, refusal: Unacceptable, version: Version) -> HttpResponse:
    more = [("retry-after", "1")] if refusal.status == 503 else []
    code = "Server" if refusal.status >= 500 else "Client"
    return _written(path, version, refusal.status, code, refusal.text, more)


def _unexpected(path: str, version: Version) -> HttpResponse:
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


def _log_request(scope: RequestScope, path: str, answer: HttpResponse, started: float) -> None:
    """Log a request without its query, where keys travel."""
    spent = (monotonic() - started) * 1000
    peer = split_peer(scope.client)[0]
    access.info(
        "%s %s %s %d %d bytes %.1f ms", peer, scope.method, ascii(path)[1:-1], answer.status, len(answer.body), spent
    )


RsgiApp = Callable[[RequestScope, Outgoing], Awaitable[None]]
