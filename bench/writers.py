"""Measure how writers share an SQLite store: edits over 1, 4, 16 and 64 connections, and reads beside 16 of them."""

from __future__ import annotations

import http.client
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from peers import KEY, emulator

from apnscp.wire.soap import envelope

SITES, SECONDS, CONNECTIONS = 64, 5.0, (1, 4, 16, 64)
WHOAMI = envelope.request("common_whoami", [])


def measure(seconds: float = SECONDS) -> dict[str, float]:
    """Return per number of connections: edits per second, median, 99th percentile and slowest in milliseconds."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name, emulator(Path(name), workers=2) as (base, _):
        add_sites(base)
        for connections in CONNECTIONS:
            waits, _ = edit(base, connections, seconds)
            found |= figures(f"{connections:2} writers", waits, seconds)
        alone = read(base, seconds)
        waits, beside = edit(base, 16, seconds, lambda: read(base, seconds))
        found |= {"whoami alone": alone, "whoami beside 16": beside, "reads kept": beside / alone}
    return found


def figures(name: str, waits: list[float], seconds: float) -> dict[str, float]:
    """Return what is told of a run, from the seconds that each call took."""
    waits = sorted(waits)
    median, late = statistics.median(waits), waits[int(len(waits) * 0.99)]
    return {
        f"{name} per s": len(waits) / seconds, f"{name} median ms": median * 1000, f"{name} p99 ms": late * 1000,
        f"{name} slowest ms": waits[-1] * 1000, f"{name} p99 to median": late / median,
    }  # fmt: skip


def add_sites(base: str) -> None:
    connection = connect(base)
    for number in range(SITES):
        call(connection, "admin_add_site", f"site-{number}.test", f"adm{number}")


def edit(
    base: str, connections: int, seconds: float, meanwhile: Callable[[], float] = lambda: 0.0
) -> tuple[list[float], float]:
    """Edit a site of its own over each connection; return the seconds of every call, and what `meanwhile` returned."""
    waits: list[float] = []
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=edit_one, args=(base, number, until, waits)) for number in range(connections)]
    for thread in threads:
        thread.start()
    result = meanwhile()
    for thread in threads:
        thread.join()
    return waits, result


def edit_one(base: str, number: int, until: float, waits: list[float]) -> None:
    connection, quota = connect(base), 1000
    while time.monotonic() < until:
        quota += 1
        begun = time.monotonic()
        call(connection, "admin_edit_site", f"site-{number}.test", {"diskquota.quota": quota})
        waits.append(time.monotonic() - begun)


def read(base: str, seconds: float) -> float:
    """Return the calls of common_whoami per second over four connections."""
    counts = [0] * 4
    until = time.monotonic() + seconds

    def one(index: int) -> None:
        connection = connect(base)
        while time.monotonic() < until:
            post(connection, WHOAMI)
            counts[index] += 1

    threads = [threading.Thread(target=one, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def connect(base: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)


def call(connection: http.client.HTTPConnection, method: str, *arguments: object) -> None:
    post(connection, envelope.request(method, [(f"p{index}", value) for index, value in enumerate(arguments)]))


def post(connection: http.client.HTTPConnection, body: bytes) -> None:
    """Make a call; raise RuntimeError unless it is answered with 200."""
    connection.request("POST", "/soap", body, {"Auth-Key": KEY, "Content-Type": "text/xml; charset=utf-8"})
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {content[:400]!r}")


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:28} {value:10.2f}")
