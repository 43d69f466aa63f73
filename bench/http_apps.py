"""One answer, written for each of the servers that `http_servers.py` compares: 700 bytes, 3 MB for /large, held back for /held.

Every one of them reads the whole body of a request before it answers.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Iterable
from io import BytesIO
from typing import Any

SMALL, LARGE = b"x" * 700, b"x" * 3_000_000
HELD_SECONDS = 1.0
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\ncontent-length: %d\r\n\r\n"


def body_for(path: str) -> bytes:
    return LARGE if path == "/large" else SMALL


def wsgi(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"].read()
    body = body_for(environ["PATH_INFO"])
    if environ["PATH_INFO"] == "/held":
        time.sleep(HELD_SECONDS)
    start_response("200 OK", [("Content-Type", "text/xml"), ("Content-Length", str(len(body)))])
    return [body]


async def asgi(scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    while (await receive()).get("more_body"):
        continue
    body = body_for(scope["path"])
    if scope["path"] == "/held":
        await asyncio.sleep(HELD_SECONDS)
    headers = [(b"content-type", b"text/xml"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def asgi_wsgi(scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]) -> None:
    """What our own adapter would be on an ASGI server: an environment from the scope, the WSGI application, its answer."""
    if scope["type"] == "lifespan" or scope["path"] == "/held":
        await asgi(scope, receive, send)
        return
    from apnscp.server.http import environ as environs

    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    environ = environs.of_connection(scope["scheme"], *scope["client"])
    target = environs.split_target(scope["raw_path"])
    environs.add_fields(environ, scope["headers"])
    environs.add_host(environ, "", ":".join(map(str, scope["server"])))
    environ |= {"REQUEST_METHOD": scope["method"], "PATH_INFO": target.path, "wsgi.input": BytesIO(body)}
    environ["QUERY_STRING"], environ["SERVER_PROTOCOL"] = scope["query_string"].decode(), "HTTP/1.1"
    started: list[Any] = []
    answer = b"".join(wsgi(environ, lambda *words: started.append(words)))
    headers = [(name.lower().encode(), value.encode()) for name, value in started[0][1]]
    await send({"type": "http.response.start", "status": int(started[0][0][:3]), "headers": headers})
    await send({"type": "http.response.body", "body": answer})


async def rsgi(scope: Any, protocol: Any) -> None:
    await protocol()
    if scope.path == "/held":
        await asyncio.sleep(HELD_SECONDS)
    protocol.response_bytes(200, [("content-type", "text/xml")], body_for(scope.path))


class OurApp:
    """What `apnscp.server.http` serves."""

    def in_loop(self, method: str, path: str, headers: Any, body: bytes) -> bool:
        return path != "/held" and path != "/healthz"

    def wsgi(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        return wsgi(environ, start_response)

    def close(self) -> None:
        """Hold nothing."""


def build(settings: Any) -> OurApp:
    return OurApp()


def prepare(settings: Any) -> Any:
    from apnscp.server.banner import Provisioned

    return Provisioned("0" * 64)


class Bare(asyncio.Protocol):
    """The floor: httptools, and an answer written at once; no limits, no deadlines, no environment."""

    def connection_made(self, transport: Any) -> None:
        import httptools

        self._transport = transport
        self._parser = httptools.HttpRequestParser(self)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._body = body_for(url.decode())

    def on_message_complete(self) -> None:
        self._transport.write(HEAD % len(self._body) + self._body)


async def serve_bare(port: int) -> None:
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    opened.bind(("127.0.0.1", port))
    server = await asyncio.get_running_loop().create_server(Bare, sock=opened)
    await server.serve_forever()


def main(kind: str, port: str) -> None:
    if kind == "bare":
        import uvloop

        twin = os.fork()
        if twin:
            signal.signal(signal.SIGTERM, lambda *_: (os.kill(twin, signal.SIGKILL), os._exit(0)))
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(serve_bare(int(port)))
    else:
        from apnscp.server.http.serve import serve
        from apnscp.server.settings import Settings

        sys.exit(serve(Settings.from_env(), factory="http_apps:build", prepare="http_apps:prepare"))


if __name__ == "__main__":
    main(*sys.argv[1:])
