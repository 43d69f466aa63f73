"""Load an address with common_whoami over 8 connections, where wrk is missing: load.py ADDRESS SECONDS."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from urllib.parse import urlsplit

from peers import whoami_envelope

CONNECTIONS = 8
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)


def request_to(address: str) -> bytes:
    parts, body = urlsplit(address), whoami_envelope()
    return (
        f"POST {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Content-Type: text/xml; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def one_connection(address: str, until: float) -> int:
    """Return how many calls were answered with 200; any other answer ends the run."""
    parts, request, calls = urlsplit(address), request_to(address), 0
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        if b" 200 " not in head[:16] or length is None:
            raise RuntimeError(f"{address} answered {head!r}")
        await reader.readexactly(int(length[1]))
        calls += 1
    writer.close()
    return calls


async def load(address: str, seconds: int) -> float:
    until = time.monotonic() + seconds
    calls = await asyncio.gather(*(one_connection(address, until) for _ in range(CONNECTIONS)))
    return sum(calls) / seconds


if __name__ == "__main__":
    print(f"Requests/sec: {asyncio.run(load(sys.argv[1], int(sys.argv[2]))):.2f}")
