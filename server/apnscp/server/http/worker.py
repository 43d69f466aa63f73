"""One worker process: an event loop that serves both listeners with one application.

Started by ``apnscp.server.http.supervisor`` as ``python -m apnscp.server.http.worker``; settings come as ``APNSCP_*`` variables,
sockets as inherited file descriptors.
"""

from __future__ import annotations

import asyncio
import logging
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import uvloop
from granian._granian import SocketHolder
from granian.constants import HTTPModes, SSLProtocols
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from apnscp.core.clock import monotonic
from apnscp.server import logs
from apnscp.server.http.adapter import Adapter, RsgiApp, ServedApp
from apnscp.server.http.ports import BACKLOG
from apnscp.server.settings import Settings

log = logging.getLogger(__name__)

READY = b"r"
HEAD_LIMIT = 64 * 1024
"""Largest request line and headers together, in bytes; more is answered with 431."""
MOST_CONNECTIONS = 4096
"""Connections that a listener of a worker holds open; further ones wait in the kernel."""
OTHER_FILES = 256
"""File descriptors kept free for everything that is not a connection."""
FLUSH = 0.05
"""Seconds that answers given at the last moment get to leave the process."""
CLOSE = 0.4
"""Seconds that the application gets to close, beyond what is left of the grace."""


def connections() -> int:
    """Return how many connections a listener may hold, after raising the limit of open files as far as it goes."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + OTHER_FILES
    files = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(16, (files - OTHER_FILES) // 2)


class WorkerArguments(NamedTuple):
    """What the parent tells a worker on its command line.

    factory: ``module:function`` that builds the application from the settings
    ready: descriptor to write READY to
    http, tls: descriptors of the listening sockets; `tls` is empty without TLS
    cert, key: files for TLS
    """

    factory: str
    ready: str
    http: str
    tls: str = ""
    cert: str = ""
    key: str = ""


class Listener(Server):
    """A granian server on a socket that the parent opened."""

    def __init__(self, descriptor: int, target: RsgiApp, settings: Settings, tls: tuple[str, str] | None) -> None:
        """Serve `target` on the inherited socket; `tls` names certificate and key files."""
        self._descriptor = descriptor
        more: dict[str, Any] = {}
        if tls:
            more = {"ssl_cert": Path(tls[0]), "ssl_key": Path(tls[1]), "ssl_protocol_min": SSLProtocols.tls12}
        super().__init__(
            target,
            http=HTTPModes.http1,
            websockets=False,
            backpressure=connections(),
            log_level=LogLevels.error,
            http1_settings=HTTP1Settings(
                header_read_timeout=int(settings.header_timeout * 1000), max_buffer_size=HEAD_LIMIT
            ),
            **more,
        )

    def _init_shared_socket(self) -> None:
        """Replace granian's own opening of a socket, which would share its port with other servers silently."""
        make: Callable[..., Any] = SocketHolder
        handle: dict[str, Any] = {
            "_ssp": None,
            "_sfd": self._descriptor,
            "_shd": make(self._descriptor, False, BACKLOG),
        }
        vars(self).update(handle)

    def end(self) -> None:
        """Take no more connections, and let `serve` return."""
        self.interrupt_signal = True
        self.main_loop_interrupt.set()


class Worker:
    """The listeners of this process and their common end."""

    def __init__(
        self, app: ServedApp, settings: Settings, arguments: WorkerArguments, complete: threading.Event
    ) -> None:
        """Make the listeners; `run` opens them.

        complete: set once every worker serves and the note of the server is there
        """
        self._app = app
        self._grace = settings.stop_timeout
        self._deadline = 0.0
        self._adapter = Adapter(app, settings, complete.is_set)
        self._listeners = [Listener(int(arguments.http), self._adapter, settings, None)]
        if arguments.tls:
            self._listeners.append(
                Listener(int(arguments.tls), self._adapter, settings, (arguments.cert, arguments.key))
            )

    async def run(self, ready: int) -> int:
        """Serve until SIGTERM; return the exit code, 1 when a listener ended by itself."""
        asked = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
        serving = [asyncio.create_task(listener.serve()) for listener in self._listeners]
        stop = asyncio.create_task(asked.wait())
        await asyncio.sleep(0)
        os.write(ready, READY)
        os.close(ready)
        await asyncio.wait([stop, *serving], return_when=asyncio.FIRST_COMPLETED)
        if not asked.is_set():
            log.error("a listener ended: %s", [task.exception() for task in serving if task.done()])
            return 1
        await self._finish()
        return 0

    async def _finish(self) -> None:
        """Take no new requests and give those in flight their time."""
        self._deadline = monotonic() + self._grace
        for listener in self._listeners:
            listener.end()
        while self._adapter.in_flight and monotonic() < self._deadline:
            await asyncio.sleep(0.01)
        if self._adapter.in_flight:
            log.warning("%d requests were cut by the stop", self._adapter.in_flight)
        await asyncio.sleep(FLUSH)

    def close(self) -> None:
        """Close the application, but do not wait for it long."""
        closing = threading.Thread(target=self._app.close, daemon=True)
        closing.start()
        closing.join(max(0.0, self._deadline - monotonic()) + CLOSE)


def main(words: list[str]) -> None:
    """Serve until told to stop; the process ends here, whatever threads still do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    complete = threading.Event()
    threading.Thread(target=_obey_parent, args=(complete,), daemon=True).start()
    os.umask(0o077)
    arguments = WorkerArguments(*words)
    settings = Settings.from_env()
    module, _, name = arguments.factory.partition(":")
    app: ServedApp = getattr(import_module(module), name)(settings)
    worker = Worker(app, settings, arguments, complete)
    logs.configure(settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve_and_exit(worker, int(arguments.ready)))


async def _serve_and_exit(worker: Worker, ready: int) -> NoReturn:
    """Leave from within the loop: closing it would wait for the threads of calls that are cut."""
    code = await worker.run(ready)
    worker.close()
    logging.shutdown()
    os._exit(code)


def _obey_parent(complete: threading.Event) -> None:
    """Set the event when the parent says that the server is complete, and end at once when the parent is gone.

    The parent holds the other end of standard input and writes one byte in its life.
    """
    while os.read(sys.stdin.fileno(), 1):
        complete.set()
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
