"""Measure common_whoami over HTTP, with a key, against what a user would put in our place: calls per second, in turns."""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from found import Found
from load import load
from lxml import etree
from peers import (
    KEY,
    OPERATIONS,
    WHOAMI,
    Missing,
    common_whoami,
    description,
    emulator,
    node_soap,
    php_fpm,
    stock_spyne,
)

from apnscp.wire.soap import envelope

ROUNDS, SECONDS, CONNECTIONS = 9, 2.0, 8
DISK, MEMORY = 1, 2
"""Values of soap.wsdl_cache: PHP's default, and what an operator who knows of it may choose."""


def measure(quick: bool = False) -> Found:
    """Return the medians of all, our ratios to the others, the number of operations, and the floor."""
    rounds, seconds = (1, 0.5) if quick else (ROUNDS, SECONDS)
    found = Found()
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="apnscp-bench-")))
        work.chmod(0o755)
        wsdl = work / "panel.wsdl"
        ours, _ = stack.enter_context(emulator(work, workers=2))
        found["operations"] = description(ours, wsdl, "http://127.0.0.1/soap")
        peers = {
            "tuned PHP": php_fpm(work / "memory", wsdl, MEMORY),
            "PHP": php_fpm(work / "disk", wsdl, DISK),
            "node-soap": node_soap(work, wsdl),
            "stock Spyne": stock_spyne(work, OPERATIONS),
        }
        addresses = {"emulator": f"{ours}/soap?authkey={KEY}"} | started(peers, stack, found)
        rates, busy = in_turns(addresses, rounds, seconds)
    found |= {f"{name} calls/s": statistics.median(each) for name, each in rates.items()}
    found |= {f"to {name}": ratio(rates["emulator"], each) for name, each in rates.items() if name != "emulator"}
    found["load generator's share of a core"] = busy
    found["floor us"] = floor(2_000 if quick else 20_000)
    return found


def started(peers: dict[str, AbstractContextManager[str]], stack: ExitStack, found: Found) -> dict[str, str]:
    """Start the peers and return their addresses; what is missing is noted."""
    addresses = {}
    for name, peer in peers.items():
        try:
            addresses[name] = f"{stack.enter_context(peer)}/soap"
        except Missing as missing:
            found.missing[f"{name} calls/s"] = found.missing[f"to {name}"] = str(missing)
    return addresses


def ratio(ours: list[float], theirs: list[float]) -> float:
    """Return the median of the ratios of each round: what slows the machine for a while slows both sides of a round."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))


def in_turns(addresses: dict[str, str], rounds: int, seconds: float) -> tuple[dict[str, list[float]], float]:
    """Return the calls per second of each address, loaded one after the other, and how busy the client was at most."""
    seen: dict[str, list[float]] = {name: [] for name in addresses}
    busiest = 0.0
    for address in addresses.values():
        common_whoami(address)
        once(address, seconds / 4)
    for _ in range(rounds):
        for name, address in addresses.items():
            rate, busy = once(address, seconds)
            seen[name].append(rate)
            busiest = max(busiest, busy)
    return seen, busiest


def once(address: str, seconds: float) -> tuple[float, float]:
    """Load an address; return the calls per second and the client's share of a core. Refuse to count a run with failures."""
    done = load(address, [WHOAMI] * CONNECTIONS, seconds, SOAPAction='"urn:net.apnscp.soap#common_whoami"')
    if done.refused:
        raise RuntimeError(f"{address} failed under load: {done.why}")
    return done.rate, done.busy / seconds


def floor(calls: int) -> float:
    """Return the microseconds of a call that only parses the request and joins the answer."""
    head, _, tail = envelope.response("common_whoami", "admin").partition(b"admin")
    begun = time.perf_counter()
    for _ in range(calls):
        etree.fromstring(WHOAMI)
        b"".join((head, b"admin", tail))
    return (time.perf_counter() - begun) / calls * 1e6


if __name__ == "__main__":
    measure().print()
