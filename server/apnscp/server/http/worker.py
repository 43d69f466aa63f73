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
from importlib import import_module
from typing import NamedTuple, NoReturn

from apnscp.core.clock import monotonic
from apnscp.server import logs
from apnscp.server.http.adapter import Adapter, ServedApp
from apnscp.server.http.listeners import Listeners
from apnscp.server.http.traffic import Traffic
from apnscp.server.settings import Settings

log = logging.getLogger(__name__)

READY = b"r"
MOST_CONNECTIONS = 8192
"""Connections that a worker holds open; beyond that, those that have waited longest for their client are closed."""
OTHER_FILES = 256
"""File descriptors kept free for everything that is not a connection."""
FLUSH = 0.05
"""Seconds in which requests that were on their way are still taken, and in which the last answers leave the process."""
CLOSE = 0.4
"""Seconds that the application gets to close, beyond what is left of the grace."""


def connections() -> int:
    """Return how many connections a worker may hold, after raising the limit of open files as far as it goes."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + OTHER_FILES
    files = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, hard))
    return max(16, files - OTHER_FILES)


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


class Worker:
    """The listeners of this process and their end."""

    def __init__(
        self, app: ServedApp, settings: Settings, arguments: WorkerArguments, complete: threading.Event
    ) -> None:
        """Make the listeners; `run` opens them.

        complete: set once every worker serves and the note of the server is there
        """
        self._app = app
        self._grace = settings.stop_timeout
        self._deadline = 0.0
        self._traffic = Traffic(connections())
        adapter = Adapter(app, settings, complete.is_set)
        self._listeners = Listeners(adapter.answer, settings, self._traffic)
        self._arguments = arguments

    async def run(self, ready: int) -> int:
        """Serve until SIGTERM; return the exit code."""
        asked = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
        words = self._arguments
        await self._listeners.open_http(int(words.http))
        if words.tls:
            await self._listeners.open_tls(int(words.tls), words.cert, words.key)
        os.write(ready, READY)
        os.close(ready)
        await asked.wait()
        await self._finish()
        return 0

    async def _finish(self) -> None:
        """Take no new connections, and give the requests in flight their time.

        A request that was on its way while the listeners closed is answered too, and each answer ends its connection.
        """
        self._deadline = monotonic() + self._grace
        self._traffic.stopping = True
        await self._listeners.close()
        await asyncio.sleep(FLUSH)
        self._traffic.close_idle()
        while self._traffic.in_flight and monotonic() < self._deadline:
            await asyncio.sleep(0.01)
        if self._traffic.in_flight:
            log.warning("%d requests were cut by the stop", self._traffic.in_flight)
        await asyncio.sleep(FLUSH)

    def close(self) -> None:
        """Close the application, but do not wait for it long."""
        closing = threading.Thread(target=self._app.close, daemon=True)
        closing.start()
        closing.join(max(0.0, self._deadline - monotonic()) + CLOSE)


def new_event_loop() -> asyncio.AbstractEventLoop:
    """Return a loop of uvloop, or asyncio's own where uvloop is not installed; it serves the same, more slowly."""
    try:
        import uvloop
    except ImportError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


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
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
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
