"""The listeners of a worker: HTTP on one socket, TLS on the other, and what each says to a client of the other one."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from functools import partial

from apnscp.server.http import answers
from apnscp.server.http.answers import HttpResponse
from apnscp.server.http.body import BodyLimits, Unacceptable
from apnscp.server.http.connection import Answer, Connection, Reply, Service
from apnscp.server.http.ports import BACKLOG
from apnscp.server.http.request import Request
from apnscp.server.http.tls_layer import TlsLayer, server_context
from apnscp.server.http.traffic import Traffic
from apnscp.server.settings import Settings

log = logging.getLogger(__name__)


class Listeners:
    """The listening sockets of this process, which its parent opened."""

    def __init__(self, answer: Answer, settings: Settings, traffic: Traffic) -> None:
        """Serve what is opened later.

        answer: called with each complete request
        """
        self._settings = settings
        self._traffic = traffic
        self._limits = BodyLimits(settings.body_limit, settings.body_timeout)
        self._plain = self._service(answer, "http")
        self._secure = self._service(answer, "https")
        self._mistaken = self._service(self._answer_http_on_tls, "http")
        self._servers: list[asyncio.Server] = []

    def _service(self, answer: Answer, scheme: str) -> Service:
        return Service(
            answer, scheme, self._limits, self._settings.header_timeout, self._traffic, self._tell_tls_on_http
        )

    async def open_http(self, descriptor: int) -> None:
        """Serve HTTP on an inherited socket."""
        await self._open(descriptor, partial(Connection, self._plain))

    async def open_tls(self, descriptor: int, cert: str, key: str) -> None:
        """Serve TLS on an inherited socket, with certificate chain and key from files."""
        context = server_context(cert, key)
        inside, misled = partial(Connection, self._secure), partial(Connection, self._mistaken)
        seconds = self._settings.header_timeout
        await self._open(descriptor, lambda: TlsLayer(context, inside, misled, self._traffic, seconds))

    async def _open(self, descriptor: int, protocol: Callable[[], asyncio.Protocol]) -> None:
        opened = socket.socket(fileno=descriptor)
        opened.setblocking(False)
        loop = asyncio.get_running_loop()
        self._servers.append(await loop.create_server(protocol, sock=opened, backlog=BACKLOG))

    async def close(self) -> None:
        """Take the connections that have been made, and no more."""
        await asyncio.sleep(0)
        for server in self._servers:
            server.close()

    def _tell_tls_on_http(self, peer: str) -> str:
        """Log that a client speaks TLS to the port for HTTP, and return what it gets to read, if it reads it."""
        settings = self._settings
        other = f"TLS is on port {settings.tls_port}" if settings.tls else "there is no port for TLS"
        log.warning("%s spoke TLS to port %d, which is for HTTP; %s", peer, settings.port, other)
        return f"This port speaks HTTP, not TLS; call http:// here; {other}"

    def _answer_http_on_tls(self, request: Request, reply: Reply) -> None:
        """Tell a client that speaks HTTP to the port for TLS what to call, in the status line too, which PHP shows."""
        refusal, environ = request.body.refusal, request.environ
        place = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{self._settings.tls_port}"
        way_out = f"call https://{place}, or port {self._settings.port} for HTTP"
        text = f"This port speaks TLS, not HTTP; {way_out}"
        error = refusal or Unacceptable(400, text)
        answer = answers.refusal(request.path, error, request.soap_version)
        reason = "" if refusal else f"Bad Request: this port speaks TLS; {way_out}"
        log.warning("%s spoke HTTP to port %d, which is for TLS", environ["REMOTE_ADDR"], self._settings.tls_port)
        request.keep_alive = False
        reply(HttpResponse(answer.status, answer.headers, answer.body, reason))
