"""Measure what a change costs: processor time within the process, what a commit waits for the disk, and a mass edit."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from collect import TurnedAway, post, timed
from found import Found
from peers import KEY

from apnscp.server.app import App, build
from apnscp.server.cli.seed import fill
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings
from apnscp.wire.soap import envelope

ROUNDS, SITES = 200, 10_000


def measure(quick: bool = False) -> Found:
    """Return the medians of processor time in milliseconds, of an edit by durability, and the longest wait beside a mass edit."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
        for kept in (False, True):
            app = opened(Path(name, f"kept-{kept}"), kept)
            try:
                waited, busy = one_by_one(app, 10 if quick else ROUNDS)
            finally:
                app.close()
            if not kept:
                found |= {f"{call}: processor time ms": spent for call, spent in busy.items()}
            found["edit, kept store ms" if kept else "edit, ephemeral store ms"] = waited["edit"]
        found |= mass_edit(Path(name, "mass"), 300 if quick else SITES)
    return found


def opened(folder: Path, kept: bool) -> App:
    """Return the application of an empty panel, whose store outlives a crash of the machine or not."""
    folder.mkdir()
    settings = Settings(db=f"sqlite:///{folder}/panel.db", admin_key=KEY, tls=False, state_dir=folder)
    prepare(settings)
    return build(replace(settings, ephemeral=not kept))


def one_by_one(app: App, rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return the medians of wall time and of processor time of each kind of change, in milliseconds."""
    quotas = count(1000)
    waited: dict[str, list[float]] = {}
    busy: dict[str, list[float]] = {}
    for turn in range(rounds + 5):
        domain = f"site-{turn}.test"
        calls = {
            "add": request("admin_add_site", domain, f"adm{turn}"),
            "edit": request("admin_edit_site", domain, {"diskquota.quota": next(quotas)}),
            "suspend": request("admin_deactivate_site", domain),
            "activate": request("admin_activate_site", domain),
        }
        for name, body in calls.items():
            spent = time.process_time()
            wall = timed(partial(post, app, body))
            spent = time.process_time() - spent
            if turn >= 5:
                waited.setdefault(name, []).append(wall)
                busy.setdefault(name, []).append(spent * 1000)
    return medians(waited), medians(busy)


def medians(times: dict[str, list[float]]) -> dict[str, float]:
    return {name: statistics.median(each) for name, each in times.items()}


def mass_edit(folder: Path, sites: int) -> dict[str, float]:
    """Edit every site in one call; return its seconds, and the longest that another edit waited meanwhile."""
    folder.mkdir()
    settings = Settings(db=f"sqlite:///{folder}/panel.db", admin_key=KEY, tls=False, state_dir=folder)
    fill(settings, sites, 0.0, 42)
    app = build(settings)
    took: list[float] = []
    waits: list[float] = []

    def edit_all() -> None:
        took.append(
            timed(partial(post, app, request("admin_edit_site", "", {"bandwidth.threshold": 77}, {"all": True})))
        )

    editing = threading.Thread(target=edit_all)
    turned_away = 0
    post(app, request("admin_add_site", "other.test", "other"))
    editing.start()
    try:
        time.sleep(0.05)
        while editing.is_alive():
            begun = time.perf_counter()
            try:
                post(app, request("admin_edit_site", "other.test", {"diskquota.quota": 1000 + len(waits)}))
            except TurnedAway:
                turned_away += 1
            waits.append(time.perf_counter() - begun)
    finally:
        editing.join()
        app.close()
    if not took:
        raise RuntimeError("the mass edit failed")
    return {
        "mass edit of all sites s": took[0] / 1000, "longest wait beside it s": max(waits, default=0.0),
        "turned away beside it": turned_away,
    }  # fmt: skip


def request(method: str, *arguments: object) -> bytes:
    return envelope.request(method, [(f"arg{place}", value) for place, value in enumerate(arguments)])


if __name__ == "__main__":
    measure().print()
