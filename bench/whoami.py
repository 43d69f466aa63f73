"""Measure common_whoami over HTTP against nginx, php-fpm and PHP's SoapServer: calls per second, in turns."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from peers import KEY, calls_per_second, common_whoami, description, emulator, php_fpm

ROUNDS, SECONDS = 4, 4


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> dict[str, float]:
    """Return the medians of both, their ratio and the number of operations described."""
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
        work = Path(name)
        wsdl = work / "panel.wsdl"
        with emulator(work, workers=2) as (ours, _):
            operations = description(ours, wsdl, "http://127.0.0.1/soap")
            with php_fpm(work, wsdl) as theirs:
                return {"operations": operations} | in_turns(
                    f"{ours}/soap?authkey={KEY}", f"{theirs}/soap", rounds, seconds
                )


def in_turns(ours: str, theirs: str, rounds: int, seconds: int) -> dict[str, float]:
    rates: dict[str, list[float]] = {ours: [], theirs: []}
    for address in rates:
        common_whoami(address)
        calls_per_second(address, 1)
    for _ in range(rounds):
        for address, seen in rates.items():
            seen.append(calls_per_second(address, seconds))
    mine, other = statistics.median(rates[ours]), statistics.median(rates[theirs])
    return {"emulator": mine, "php": other, "ratio": mine / other}


if __name__ == "__main__":
    for label, value in measure().items():
        print(f"{label:12} {value:10.2f}")
