"""Measure the account engine with 1,000, 10,000 and 100,000 sites: what must not grow with them, and reading all.

In process, through the WSGI application with an API key; the panels are seeded as `apnscpd seed` does it. The sizes are
measured in turns within one run, so that their ratios hold on a busy machine too.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from html import escape
from itertools import count
from pathlib import Path
from typing import Any

from collect import post, timed
from found import Found
from peers import KEY

from apnscp.server.app import App, build
from apnscp.server.cli.seed import fill
from apnscp.server.settings import Settings
from apnscp.wire.soap import envelope

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 60
WHOLE = 10_000
Calls = dict[str, Callable[[], bytes]]
WRITES = ("add", "edit", "suspend", "activate")
"""Calls whose processor time is measured, that of the journal included."""
STEADY = ("by invoice", "by domain", "add", "edit", "suspend")
"""Calls whose time must not grow with the number of sites."""


class Panel:
    """A seeded panel and the calls that are measured on it."""

    def __init__(self, folder: Path, sites: int) -> None:
        """Seed it and open it."""
        self.file = folder / f"{sites}.db"
        self.state = folder / f"state{sites}"
        settings = Settings(db=f"sqlite:///{self.file}", admin_key=KEY, tls=False, state_dir=self.state)
        start = time.perf_counter()
        fill(settings, sites, 0.05, 42)
        self.seeded = time.perf_counter() - start
        self.app = build(settings)
        with sqlite3.connect(self.file) as db:
            query = "SELECT parent_invoice FROM site GROUP BY parent_invoice HAVING COUNT(*) = 2 LIMIT 40"
            self._invoices = [row[0] for row in db.execute(query)]
            step = max(1, sites // 200)
            self._domains = [row[0] for row in db.execute(f"SELECT domain FROM site WHERE id % {step} = 0")]
        db.close()
        self._number = count()

    def call(self, name: str, *arguments: Any) -> bytes:
        """Call a method and return the answer; a fault is an error."""
        parts = [(f"arg{number}", value) for number, value in enumerate(arguments)]
        return post(self.app, envelope.request(name, parts))

    def calls(self) -> Calls:
        """Return the calls by name; each takes another site each time."""
        number = self._number
        return {
            "by invoice": lambda: self.call("admin_collect", [], None, [self._at(self._invoices)]),
            "by domain": lambda: self.call("admin_collect", [], None, [self._at(self._domains)]),
            "add": lambda: self.call("admin_add_site", f"new{next(number)}.bench.test", f"bench{next(number)}"),
            "edit": lambda: self.call(
                "admin_edit_site", self._at(self._domains), {"diskquota.quota": next(number) + 1}
            ),
            "suspend": lambda: self.call("admin_deactivate_site", self._at(self._domains), {"reason": "overdue"}),
            "activate": lambda: self.call("admin_activate_site", self._at(self._domains)),
        }

    def _at(self, names: list[str]) -> str:
        return names[next(self._number) * 7 % len(names)]


def measure(quick: bool = False) -> Found:
    """Return the figures: medians in milliseconds, ratios of the most sites to the fewest, and those of reading everything."""
    sizes, rounds = ((200, 1_000), 5) if quick else (SIZES, ROUNDS)
    found = Found()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="apnscp-bench-")))
        panels = {size: Panel(folder, size) for size in sizes}
        for panel in panels.values():
            stack.callback(panel.app.close)
        found[f"seed {sizes[-1]} s"] = panels[sizes[-1]].seeded
        _check(panels[sizes[0]])
        times = _in_turns({size: panel.calls() for size, panel in panels.items()}, rounds)
        for name in panels[sizes[0]].calls():
            for size in sizes:
                found[f"{name} {size} ms"] = statistics.median(times[size, name])
        for name in STEADY:
            found[f"{name} ratio"] = found[f"{name} {sizes[-1]} ms"] / found[f"{name} {sizes[0]} ms"]
        for size, panel in panels.items():
            get = [timed(partial(panel.call, "admin_get_domains")) for _ in range(5)]
            found[f"get-domains {size} ms"] = statistics.median(get)
        whole = panels[WHOLE if WHOLE in panels else sizes[-1]]
        found |= _whole(whole)
        found |= _meanwhile(whole)
        whole.app.close()
        found |= _memory(whole)
    return found


def _check(panel: Panel) -> None:
    answer = envelope.read_response(panel.calls()["by invoice"]()).value
    if len(answer) != 3:
        raise RuntimeError(f"an invoice of three sites gave {len(answer)} rows")


def _in_turns(calls: dict[int, Calls], rounds: int) -> dict[tuple[int, str], list[float]]:
    times: dict[tuple[int, str], list[float]] = {}
    for turn in range(rounds + 5):
        for size, of_size in calls.items():
            for name, call in of_size.items():
                spent = timed(call)
                if turn >= 5:
                    times.setdefault((size, name), []).append(spent)
    return times


def _processor(calls: Calls, number: int = 40) -> dict[str, float]:
    """Return the processor time in this process of each writing call in milliseconds, the median of several rounds."""
    spent: dict[str, list[float]] = {name: [] for name in WRITES}
    for _ in range(9):
        for name in WRITES:
            begun = time.process_time()
            for _ in range(number):
                calls[name]()
            spent[name].append((time.process_time() - begun) / number * 1000)
    return {f"{name} cpu ms": statistics.median(times) for name, times in spent.items()}


def _whole(panel: Panel) -> dict[str, float]:
    """Compare admin_collect(null) with json.loads and joining by hand, in turns."""
    ours, by_hand, answer = [], [], b""
    for _ in range(7):
        start = time.perf_counter()
        answer = panel.call("admin_collect", None)
        ours.append(time.perf_counter() - start)
        start = time.perf_counter()
        joined = hand_joined(panel.file)
        by_hand.append(time.perf_counter() - start)
    if joined != answer:
        raise RuntimeError("the answer by hand says something else")
    ratio = statistics.median(one / other for one, other in zip(ours, by_hand, strict=True))
    return {
        "whole s": statistics.median(ours),
        "whole by hand s": statistics.median(by_hand),
        "whole ratio": ratio,
        "whole answer MiB": len(answer) / 2**20,
    }


def hand_joined(file: Path) -> bytes:
    """Read every document with json.loads and join the answer as a person would write it."""
    out = []
    db = sqlite3.connect(file)
    for number, domain, suspended, text in db.execute("SELECT id, domain, suspended_at, doc FROM site ORDER BY id"):
        out.append(f'<item><key xsi:type="xsd:string">site{number}</key><value xsi:type="ns2:Map">')
        for service, parameters in resolved(json.loads(text)).items():
            out.append(f'<item><key xsi:type="xsd:string">{service}</key><value xsi:type="ns2:Map">')
            out.extend(item(name, value) for name, value in parameters.items())
            out.append("</value></item>")
        active = "true" if suspended is None else "false"
        out.append(
            f'<item><key xsi:type="xsd:string">active</key><value xsi:type="xsd:boolean">{active}</value></item>'
        )
        out.append(f"{item('domain', domain)}</value></item>")
    db.close()
    empty = envelope.response("admin_collect", "")
    whole = "".join(out)
    return empty.replace(
        b'<return xsi:type="xsd:string"></return>', f'<return xsi:type="ns2:Map">{whole}</return>'.encode()
    )


DEFAULTS = {
    ("apache", "jail"): 1, ("auth", "iprestrict"): 50, ("dns", "provider"): None, ("dns", "key"): None,
    ("dns", "proxyaddr"): None, ("dns", "proxy6addr"): None, ("mail", "provider"): "builtin", ("mail", "key"): None,
    ("mlist", "provider"): "majordomo", ("rampart", "max"): 0, ("spamfilter", "provider"): "spamassassin",
}  # fmt: skip


def resolved(doc: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    for (service, name), value in DEFAULTS.items():
        if doc[service][name] == "DEFAULT":
            doc[service][name] = value
    return doc


def item(name: str, value: Any) -> str:
    kind = type(value)
    if kind is int:
        return f'<item><key xsi:type="xsd:string">{name}</key><value xsi:type="xsd:int">{value}</value></item>'
    if value is None:
        return f'<item><key xsi:type="xsd:string">{name}</key><value xsi:nil="true"/></item>'
    if kind is str:
        text = escape(value, quote=False) if "&" in value or "<" in value or ">" in value else value
        return f'<item><key xsi:type="xsd:string">{name}</key><value xsi:type="xsd:string">{text}</value></item>'
    if kind is float:
        return f'<item><key xsi:type="xsd:string">{name}</key><value xsi:type="xsd:float">{value}</value></item>'
    members = "".join(f'<item xsi:type="xsd:string">{escape(member, quote=False)}</item>' for member in value)
    kinds = f'SOAP-ENC:arrayType="xsd:{"string" if value else "ur-type"}[{len(value)}]" xsi:type="SOAP-ENC:Array"'
    start = f'<item><key xsi:type="xsd:string">{name}</key><value {kinds}'
    return f"{start}>{members}</value></item>" if value else f"{start}/></item>"


def _meanwhile(panel: Panel) -> dict[str, float]:
    """Count calls that are answered while another thread reads everything, and the slowest of them."""
    reading = threading.Thread(target=lambda: panel.call("admin_collect", None))
    spent: list[float] = []
    reading.start()
    while reading.is_alive():
        spent.append(timed(lambda: panel.call("common_whoami")))
    reading.join()
    return {"answered meanwhile": len(spent), "slowest meanwhile ms": max(spent)}


def _memory(panel: Panel) -> dict[str, float]:
    """Read everything in a process of its own, and compare how far its memory grew with the size of the answer."""
    done = subprocess.run(
        [sys.executable, __file__, str(panel.file), str(panel.state)], stdout=subprocess.PIPE, text=True, check=True
    )
    size, grown = (int(word) for word in done.stdout.split())
    return {"memory of answer": grown / size}


def _grow(file: Path, state: Path) -> Iterator[int]:
    """Give the answer's size and the growth of the peak of this process's memory, in bytes."""
    app: App = build(Settings(db=f"sqlite:///{file}", admin_key=KEY, tls=False, state_dir=state))
    post(app, envelope.request("admin_collect", [("params", None), ("query", None), ("sites", ["site1"])]))
    before = _peak()
    yield len(post(app, envelope.request("admin_collect", [("params", None)])))
    yield _peak() - before
    app.close()


def _peak() -> int:
    """Return the most memory that this process has had at once, pages of the mapped database included."""
    status = Path("/proc/self/status").read_text("ascii")
    wanted = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(wanted.split()[1]) * 1024


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(*_grow(Path(sys.argv[1]), Path(sys.argv[2])))
    else:
        measure().print()
