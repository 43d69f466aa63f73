"""The one load generator: HTTP/1.1 over kept connections, each of which sends the next request when it has its answer.

Runs in a process of its own: load.py < ORDER, where ORDER is JSON: ``address``, ``seconds``, ``headers`` and ``bodies``, one
for each connection; ``{n}`` in a body becomes a number that grows with each request. Prints JSON: the number of ``calls``,
the ``waits`` in seconds, sorted, the processor seconds of this process (``busy``), and how many answers were not 200
(``refused``, with the first of them in ``why``). It speaks to bare sockets, so that it takes a fraction of what a server does.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:\s*chunked", re.IGNORECASE)
CLOSES = re.compile(rb"\r\nconnection:\s*close", re.IGNORECASE)
LAST_CHUNK = b"0\r\n\r\n"


@dataclass
class Load:
    """What a run came to."""

    calls: int
    seconds: float
    waits: list[float]
    busy: float
    refused: int
    why: str

    @property
    def rate(self) -> float:
        """Calls per second."""
        return self.calls / self.seconds


def load(address: str, bodies: list[bytes], seconds: float, **headers: str) -> Load:
    """Load an address from another process, over one connection for each body."""
    return start(address, bodies, seconds, **headers).finish()


@dataclass
class Running:
    """A load generator that is at work."""

    process: subprocess.Popen[str]
    seconds: float

    def finish(self) -> Load:
        """Wait for its end and return what it found."""
        output, _ = self.process.communicate()
        if self.process.returncode:
            raise RuntimeError(f"the load generator ended with {self.process.returncode}")
        return Load(seconds=self.seconds, **json.loads(output))


def start(address: str, bodies: list[bytes], seconds: float, **headers: str) -> Running:
    """Begin to load an address, and return at once."""
    order = {"address": address, "seconds": seconds, "headers": headers, "bodies": [body.decode() for body in bodies]}
    process = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    process.stdin.write(json.dumps(order))
    process.stdin.close()
    process.stdin = None
    return Running(process, seconds)


@dataclass
class Connection:
    """One connection: its request, what has come of the answer, and when the request was sent."""

    place: tuple[str, int]
    head: str
    body: str
    number: int = 1000
    socket: socket.socket = field(default_factory=socket.socket)
    answer: bytes = b""
    begun: float = 0.0
    fixed: bytes | None = None

    def open(self, selector: selectors.BaseSelector) -> None:
        self.socket = socket.create_connection(self.place, 30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(self.socket, selectors.EVENT_READ, self)

    def close(self, selector: selectors.BaseSelector) -> None:
        selector.unregister(self.socket)
        self.socket.close()

    def send(self) -> None:
        request = self.fixed
        if request is None:
            body = self.body.replace("{n}", str(self.number)).encode()
            request = f"{self.head}Content-Length: {len(body)}\r\n\r\n".encode() + body
            self.number += 1
            self.fixed = None if "{n}" in self.body else request
        self.answer, self.begun = b"", time.perf_counter()
        self.socket.sendall(request)

    def complete(self, ended: bool) -> bool:
        """Tell whether the whole answer is there; `ended`: whether the server has closed the connection."""
        end = self.answer.find(b"\r\n\r\n")
        if end < 0:
            return False
        length = LENGTH.search(self.answer, 0, end)
        if length:
            return len(self.answer) >= end + 4 + int(length[1])
        return self.answer.endswith(LAST_CHUNK) if CHUNKED.search(self.answer, 0, end) else ended


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Carry out an order and return what came of it."""
    url = urlsplit(order["address"])
    target = f"{url.path}?{url.query}" if url.query else url.path
    headers = {"Host": url.netloc, "Content-Type": "text/xml; charset=utf-8", **order["headers"]}
    head = f"POST {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    waits: list[float] = []
    refused: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        connections = [Connection((url.hostname or "", url.port or 80), head, body) for body in order["bodies"]]
        until = time.perf_counter() + order["seconds"]
        for connection in connections:
            connection.open(selector)
            connection.send()
        open_ones = len(connections)
        while open_ones:
            for key, _ in selector.select():
                open_ones -= _answered(key.data, selector, until, waits, refused)
    why = refused[0][:400].decode("utf-8", "replace") if refused else ""
    return {
        "calls": len(waits),
        "waits": sorted(waits),
        "busy": time.process_time(),
        "refused": len(refused),
        "why": why,
    }


def _answered(
    connection: Connection, selector: selectors.BaseSelector, until: float, waits: list[float], refused: list[bytes]
) -> bool:
    """Take what has come on a connection; send the next request if it was all. True when the connection is done."""
    piece = connection.socket.recv(262144)
    connection.answer += piece
    if not connection.complete(ended=not piece):
        if not piece:
            raise RuntimeError(f"a connection ended within an answer: {connection.answer[:400]!r}")
        return False
    now = time.perf_counter()
    waits.append(now - connection.begun)
    if b" 200 " not in connection.answer[:16]:
        refused.append(connection.answer)
    if now >= until:
        connection.close(selector)
        return True
    if not piece or CLOSES.search(connection.answer, 0, connection.answer.find(b"\r\n\r\n")):
        connection.close(selector)
        connection.open(selector)
    connection.send()
    return False


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
