"""The parent's side of the worker processes: starting them, replacing dead ones, ending them in time."""

from __future__ import annotations

import logging
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

from apnscp.core.clock import monotonic
from apnscp.server.settings import SetupError

log = logging.getLogger(__name__)

WORKER = "apnscp.server.http.worker"
COMPLETE = b"c"
"""What a worker reads on its standard input once the note of the server is written and every worker serves."""
STARTUP = 60.0
"""Seconds that a worker may take until it serves."""
MOST_RESTARTS = 5
RESTART_WINDOW = 30.0
"""More than MOST_RESTARTS dead workers within so many seconds stop the server."""
REACTION = 0.6
"""Seconds beyond the grace of requests after which a worker is killed."""
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupted(BaseException):
    """A signal to end came while the server was starting; no handler of mere errors may swallow it."""


@dataclass
class WorkerProcess:
    """A worker: its process, the pipe on which it says that it serves (-1 once it is closed), and whether it did."""

    inner: subprocess.Popen[bytes]
    ready: int
    serves: bool = False


def _tell(worker: WorkerProcess) -> None:
    """Tell a worker that the server is complete; one that is gone already is replaced and told then."""
    assert worker.inner.stdin is not None
    with suppress(BrokenPipeError):
        os.write(worker.inner.stdin.fileno(), COMPLETE)


class Signals:
    """SIGINT, SIGTERM, SIGHUP and SIGCHLD as something to wait for together with pipes.

    `ended` tells whether the server was told to end; until `patient` is set, such a signal raises Interrupted too.
    """

    def __init__(self) -> None:
        """Take over the signals of this process; a SIGHUP that nohup had ignored stays so."""
        self.ended = False
        self.patient = False
        self.reader, self._writer = socket.socketpair()
        self.reader.setblocking(False)
        self._writer.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for number in ENDING:
            if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP:
                signal.signal(number, self._end)
        signal.signal(signal.SIGCHLD, _nothing)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.ended = True
        if not self.patient:
            self.patient = True
            raise Interrupted

    def drain(self) -> None:
        """Forget the wake-ups so far."""
        try:
            while self.reader.recv(512):
                pass
        except BlockingIOError:
            return


def _nothing(number: int, frame: FrameType | None) -> None:
    """Wake the selector, no more."""


class Supervisor:
    """Keeps its workers alive."""

    def __init__(
        self, arguments: Sequence[Sequence[str]], descriptors: Sequence[int], environ: Mapping[str, str], grace: float
    ) -> None:
        """Describe the workers.

        arguments: for each worker what follows ``python -m`` and `WORKER`; ``{ready}`` becomes the ready descriptor
        descriptors: what workers inherit
        grace: seconds that a worker gives its requests when it stops
        """
        self._arguments = arguments
        self._descriptors = tuple(descriptors)
        self._environ = dict(environ)
        self._grace = grace
        self._workers: list[WorkerProcess] = []
        self._complete = False
        self._deaths: deque[float] = deque()

    def start(self, signals: Signals) -> None:
        """Start all workers and wait until each one serves.

        Raises SetupError when one dies before, Interrupted when the server is told to end.
        """
        for arguments in self._arguments:
            self._workers.append(self._spawn(arguments))
        deadline = monotonic() + STARTUP
        while not all(worker.serves for worker in self._workers):
            self._wait(signals, 0.5)
            if signals.ended:
                raise Interrupted
            if self.broken():
                raise SetupError("a worker process ended while it was starting; its own lines stand above")
            if monotonic() > deadline:
                raise SetupError(f"the workers did not start within {STARTUP:g} seconds")

    def complete(self) -> None:
        """Tell the workers, and those that will replace them, that all of the server is there: /healthz says so from now on."""
        self._complete = True
        for worker in self._workers:
            _tell(worker)

    def broken(self) -> bool:
        """Tell whether a worker is gone, or going without ever having served."""
        return any(
            worker.inner.poll() is not None or (worker.ready < 0 and not worker.serves) for worker in self._workers
        )

    def watch(self, signals: Signals) -> int:
        """Replace workers that die until the server is told to end; return the exit code."""
        while not signals.ended:
            self._wait(signals, None)
            for place, worker in enumerate(self._workers):
                if signals.ended or worker.inner.poll() is None:
                    continue
                if self._hopeless():
                    log.error("workers die again and again; the server stops")
                    return 1
                log.error("worker %d ended with code %s; starting another", worker.inner.pid, worker.inner.returncode)
                self._forget(worker)
                self._workers[place] = self._spawn(self._arguments[place])
        return 0

    def _hopeless(self) -> bool:
        now = monotonic()
        self._deaths.append(now)
        while self._deaths[0] < now - RESTART_WINDOW:
            self._deaths.popleft()
        return len(self._deaths) > MOST_RESTARTS

    def stop(self) -> None:
        """End all workers: asked first, killed when they take longer than their requests may."""
        for worker in self._workers:
            if worker.serves:
                worker.inner.terminate()
            else:
                worker.inner.kill()
        deadline = monotonic() + self._grace + REACTION
        for worker in self._workers:
            try:
                worker.inner.wait(max(0.0, deadline - monotonic()))
            except subprocess.TimeoutExpired:
                worker.inner.kill()
                worker.inner.wait()
            self._forget(worker)
        self._workers.clear()

    def _spawn(self, arguments: Sequence[str]) -> WorkerProcess:
        """Start a worker with SIGINT blocked: a Ctrl-C during its imports would show a trace."""
        reader, writer = os.pipe()
        words = [str(writer) if word == "{ready}" else word for word in arguments]
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            inner = subprocess.Popen(
                [sys.executable, "-m", WORKER, *words],
                stdin=subprocess.PIPE,
                pass_fds=(*self._descriptors, writer),
                env=self._environ,
            )
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(writer)
        worker = WorkerProcess(inner, reader)
        if self._complete:
            _tell(worker)
        return worker

    def _wait(self, signals: Signals, timeout: float | None) -> None:
        """Wait for a signal or for a worker that became ready."""
        with selectors.DefaultSelector() as selector:
            selector.register(signals.reader, selectors.EVENT_READ)
            for worker in self._workers:
                if worker.ready >= 0:
                    selector.register(worker.ready, selectors.EVENT_READ, worker)
            events = selector.select(timeout)
        signals.drain()
        for key, _ in events:
            if isinstance(key.data, WorkerProcess):
                key.data.serves = os.read(key.data.ready, 1) != b""
                os.close(key.data.ready)
                key.data.ready = -1

    def _forget(self, worker: WorkerProcess) -> None:
        if worker.ready >= 0:
            os.close(worker.ready)
            worker.ready = -1
        if worker.inner.stdin:
            worker.inner.stdin.close()
