"""Measure common_whoami over HTTP against nginx, php-fpm and PHP's SoapServer: calls per second, in turns."""

from __future__ import annotations

import statistics
import tempfile
from contextlib import ExitStack
from pathlib import Path

from peers import KEY, calls_per_second, common_whoami, description, emulator, php_fpm

ROUNDS, SECONDS = 4, 4


DISK, MEMORY = 1, 2
"""Values of soap.wsdl_cache: PHP's default, and what an operator who knows of it may choose."""


def measure(rounds: int = ROUNDS, seconds: int = SECONDS) -> dict[str, float]:
    """Return the medians of all three, our ratios to the others and the number of operations described."""
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="apnscp-bench-")))
        work.chmod(0o755)
        wsdl = work / "panel.wsdl"
        ours, _ = stack.enter_context(emulator(work, workers=2))
        operations = description(ours, wsdl, "http://127.0.0.1/soap")
        php = stack.enter_context(php_fpm(work / "disk", wsdl, DISK))
        tuned = stack.enter_context(php_fpm(work / "memory", wsdl, MEMORY))
        addresses = {"emulator": f"{ours}/soap?authkey={KEY}", "php": f"{php}/soap", "php tuned": f"{tuned}/soap"}
        rates = in_turns(addresses, rounds, seconds)
    ratios = {"ratio": rates["emulator"] / rates["php"], "to tuned": rates["emulator"] / rates["php tuned"]}
    return {"operations": operations, **rates, **ratios}


def in_turns(addresses: dict[str, str], rounds: int, seconds: int) -> dict[str, float]:
    """Return the median calls per second of each address, loaded one after the other, round by round."""
    seen: dict[str, list[float]] = {name: [] for name in addresses}
    for address in addresses.values():
        common_whoami(address)
        calls_per_second(address, 1)
    for _ in range(rounds):
        for name, address in addresses.items():
            seen[name].append(calls_per_second(address, seconds))
    return {name: statistics.median(rates) for name, rates in seen.items()}


if __name__ == "__main__":
    for label, value in measure().items():
        print(f"{label:12} {value:10.2f}")
