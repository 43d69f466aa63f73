"""The adapter between HTTP and the WSGI application: a complete request runs in the event loop or in a thread.

A thread is given to a request only once its body is there, so that half-sent bodies stop nobody.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from apnscp.core.clock import monotonic
from apnscp.server.faults import DELAY
from apnscp.server.http import answers, health
from apnscp.server.http.answers import HttpResponse
from apnscp.server.http.body import BUSY, Unacceptable
from apnscp.server.http.connection import Reply
from apnscp.server.http.environ import Environ, Headers
from apnscp.server.http.request import Request
from apnscp.server.placement import IN_LOOP, NeedsThread
from apnscp.server.settings import Settings

access = logging.getLogger("apnscp.access")

LONGEST_DELAY = 10.0
HEALTH_THREADS = 2
HEALTH_SECONDS = 2.0
"""Seconds that the answer of /healthz may take until it is 503."""
SILENT = "The panel's store does not answer"
STARTING = "The server is starting"

StartResponse = Callable[..., Callable[[bytes], object]]


class ServedApp(Protocol):
    """The application that is served."""

    def wsgi(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""

    def in_loop(self, method: str, path: str, headers: Headers, body: bytes) -> bool:
        """Tell whether the request is short work that may run in the event loop."""

    def close(self) -> None:
        """Close what the application holds open."""


class Adapter:
    """Answers requests by calling the application."""

    def __init__(self, app: ServedApp, settings: Settings, complete: Callable[[], bool] = lambda: True) -> None:
        """Serve `app` within the limits that the settings give.

        complete: tells whether all of the server is there; until then /healthz answers 503
        """
        self._complete = complete
        self._app = app
        self._pool = ThreadPoolExecutor(settings.threads, thread_name_prefix="call")
        self._pooled = 0
        self._health_pool = ThreadPoolExecutor(HEALTH_THREADS, thread_name_prefix="health")
        self._asked = 0
        self._pool_bound = settings.threads + settings.queue
        self._log_access = settings.access_log

    def answer(self, request: Request, reply: Reply) -> None:
        """Answer a complete request; whatever happens, `reply` is called once with an answer."""
        if self._log_access:
            reply = _logged(request, reply)
        refusal = request.body.refusal
        try:
            if refusal:
                raise refusal
            answer = self._at_once(request, reply)
        except Unacceptable as error:
            answer = answers.refusal(request.path, error, request.soap_version)
        except Exception:  # noqa: BLE001 -- the last place that can still answer; the trace is logged
            answer = answers.unexpected(request.path, request.soap_version)
        if answer is not None:
            _send(answer, reply)

    def _at_once(self, request: Request, reply: Reply) -> HttpResponse | None:
        """Return the answer of a short call; None where a thread was given the request."""
        if request.path == health.PATH:
            self._ask_health(request, reply)
            return None
        if self._app.in_loop(request.method, request.path, request.headers, request.content):
            request.environ[IN_LOOP] = True
            try:
                return self._call(request.environ)
            except NeedsThread:
                del request.environ[IN_LOOP]
                request.environ["wsgi.input"].seek(0)
        if self._pooled >= self._pool_bound:
            raise Unacceptable(503, BUSY)
        self._pooled += 1
        self._pool.submit(self._in_thread, request, asyncio.get_running_loop(), self._unpooled(reply))
        return None

    def _unpooled(self, reply: Reply) -> Reply:
        def replied(answer: HttpResponse) -> None:
            self._pooled -= 1
            _send(answer, reply)

        return replied

    def _in_thread(self, request: Request, loop: asyncio.AbstractEventLoop, reply: Reply) -> None:
        try:
            answer = self._call(request.environ)
        except Exception:  # noqa: BLE001 -- as in `answer`
            answer = answers.unexpected(request.path, request.soap_version)
        loop.call_soon_threadsafe(reply, answer)

    def _ask_health(self, request: Request, reply: Reply) -> None:
        """Ask the application in threads of its own, and give no more than a moment for the answer.

        A database that stopped answering may hold every other thread; this question must not wait behind them.
        """
        if not self._complete():
            raise Unacceptable(503, STARTING)
        if self._asked >= HEALTH_THREADS:
            raise Unacceptable(503, SILENT)
        self._asked += 1
        loop = asyncio.get_running_loop()
        first = _first(reply)
        silent = answers.refusal(request.path, Unacceptable(503, SILENT))
        too_late = loop.call_later(HEALTH_SECONDS, first, silent)

        def answered(answer: HttpResponse) -> None:
            self._asked -= 1
            too_late.cancel()
            first(answer)

        self._health_pool.submit(self._in_thread, request, loop, answered)

    def _call(self, environ: Environ) -> HttpResponse:
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


def _send(answer: HttpResponse, reply: Reply) -> None:
    """Reply at once, or as late as the brute-force guard asks for; nothing but the connection is held meanwhile."""
    seconds = sum(float(value) for name, value in answer.headers if name == DELAY)
    if not seconds:
        reply(answer)
        return
    kept = [(name, value) for name, value in answer.headers if name != DELAY]
    asyncio.get_running_loop().call_later(min(seconds, LONGEST_DELAY), reply, answer._replace(headers=kept))


def _first(reply: Reply) -> Reply:
    """Return a reply that passes on the first of several answers."""
    waiting = [reply]

    def replied(answer: HttpResponse) -> None:
        if waiting:
            waiting.pop()(answer)

    return replied


def _logged(request: Request, reply: Reply) -> Reply:
    """Return a reply that logs the request too, without its query, where keys travel."""

    def replied(answer: HttpResponse) -> None:
        reply(answer)
        spent = (monotonic() - request.started) * 1000
        peer, path = request.environ["REMOTE_ADDR"], ascii(request.path)[1:-1]
        access.info("%s %s %s %d %d bytes %.1f ms", peer, request.method, path, answer.status, len(answer.body), spent)

    return replied
