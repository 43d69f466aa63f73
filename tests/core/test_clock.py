from __future__ import annotations

import re
from pathlib import Path

from apnscp.core.clock import Clock

ROOT = Path(__file__).parents[2]
READS_TIME = re.compile(
    r"\btime\.(?:time|monotonic|perf_counter|time_ns|gmtime|localtime)\b|\bdatetime\.(?:now|utcnow|today)\b|\bdate\.today\b"
)


def test_nothing_but_the_clock_reads_the_time() -> None:
    reading = [
        f"{path.relative_to(ROOT)}:{number}"
        for room in ("server", "modules", "wsdl")
        for path in sorted((ROOT / room).rglob("*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if READS_TIME.search(line) and path.name != "clock.py"
    ]
    assert reading == []


def test_a_shifted_clock_runs_ahead_of_the_machine() -> None:
    ahead = Clock(offset=3600).now() - Clock().now()
    assert 3599 < ahead < 3601


def test_a_frozen_clock_stands() -> None:
    clock = Clock(frozen_at=1_900_000_000.5)
    assert (clock.now(), clock.unix()) == (1_900_000_000.5, 1_900_000_000)
    assert clock.datetime().isoformat() == "2030-03-17T17:46:40.500000+00:00"
