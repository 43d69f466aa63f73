"""Measure how much a worker grows over 20,000 calls of several kinds."""

from __future__ import annotations

import http.client
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from found import Found
from peers import KEY, emulator

from apnscp.wire.soap import envelope

CALLS, WARM_UP = 20_000, 2_000
REQUESTS = [
    envelope.request("common_whoami", []),
    envelope.request("admin_collect", []),
    envelope.request("admin_list_plans", []),
    envelope.request("rampart_is_banned", [("ip", "203.0.113.7")]),
    envelope.request("common_save_preferences", [("prefs", {"a": [1, 2, {"b": "c"}]})]),
    envelope.request("no_such_method", []),
]


def measure(quick: bool = False) -> Found:
    """Return the resident MiB of the worker before and after, and the growth."""
    calls, warm_up = (300, 100) if quick else (CALLS, WARM_UP)
    with (
        tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name,
        emulator(Path(name), workers=1, demo=True) as (base, process),
    ):
        send(base, warm_up)
        before = resident(process)
        send(base, calls)
        after = resident(process)
    return Found({"calls": calls, "before MiB": before, "after MiB": after, "growth MiB": after - before})


def send(base: str, calls: int) -> None:
    """Make calls over one connection; every answer must be an envelope with 200, or the fault of the unknown method."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    try:
        for number in range(calls):
            body = REQUESTS[number % len(REQUESTS)]
            connection.request("POST", "/soap", body, {"Auth-Key": KEY, "Content-Type": "text/xml; charset=utf-8"})
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != (500 if b"no_such_method" in body else 200):
                raise RuntimeError(f"call {number} answered {answer.status}: {content[:400]!r}")
    finally:
        connection.close()


def resident(process: subprocess.Popen[bytes]) -> float:
    """Return the resident memory in MiB of the largest process under `process`, which is the worker."""
    return max(status(pid) for pid in [process.pid, *descendants(process.pid)])


def descendants(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *descendants(child)]
    return found


def status(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    measure().print()
