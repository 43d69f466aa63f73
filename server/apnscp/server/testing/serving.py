"""A panel on a real port, for clients that need one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

Application = Callable[[dict[str, Any], Any], Any]
ENDING = 5.0
"""Seconds to wait for the last answer."""


class _Server(ThreadingMixIn, WSGIServer):
    """Answers each connection in a thread of its own, so that a delayed answer holds up no other call."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


def _with_body(application: Application) -> Application:
    """Read bodies before the application sees them, as the real server does: a socket has no end to read up to."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        length = environ.get("CONTENT_LENGTH") or "0"
        body = environ["wsgi.input"].read(int(length)) if length.isdecimal() else b""
        return application(environ | {"wsgi.input": BytesIO(body)}, start_response)

    return answer


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """Serve a WSGI application on a free port of this host for the length of the block and give its address."""
    server = make_server("127.0.0.1", 0, _with_body(application), server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(ENDING)
        server.server_close()
