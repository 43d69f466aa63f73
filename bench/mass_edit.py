"""Measure a mass edit of 10,000 sites beside a single editor: how long it takes, and how long the editor waits at most.

On SQLite, and on PostgreSQL where APNSCP_BENCH_POSTGRES names a server.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collect import post
from peers import KEY
from sqlalchemy import create_engine, make_url, text

from apnscp.server.app import App, build
from apnscp.server.cli.seed import fill
from apnscp.server.settings import Settings
from apnscp.wire.soap import envelope

SITES = 10_000
POSTGRES = "APNSCP_BENCH_POSTGRES"


def measure(sites: int = SITES) -> dict[str, float]:
    """Return for each store: seconds of the mass edit; median and longest wait of the editor beside it, and alone."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
        folder = Path(name)
        found |= _measured("sqlite", f"sqlite:///{folder}/panel.db", folder / "sqlite", sites)
        if os.environ.get(POSTGRES):
            with _database(os.environ[POSTGRES]) as url:
                found |= _measured("postgresql", url, folder / "postgresql", sites)
    return found


def _measured(store: str, url: str, state: Path, sites: int) -> dict[str, float]:
    settings = Settings(db=url, admin_key=KEY, tls=False, state_dir=state)
    fill(settings, sites, 0.05, 42)
    app = build(settings)
    try:
        alone = [edit(app, "site1", 1000 + number) for number in range(50)]
        seconds: list[float] = []
        mass = threading.Thread(target=lambda: seconds.append(edit(app, "", 5000, "all")))
        mass.start()
        waits: list[float] = []
        while mass.is_alive():
            waits.append(edit(app, f"site{len(waits) % sites + 1}", 6000 + len(waits)))
        mass.join()
    finally:
        app.close()
    return {
        f"{store} mass edit s": seconds[0],
        f"{store} editor alone ms": statistics.median(alone) * 1000,
        f"{store} editor beside it ms": statistics.median(waits) * 1000,
        f"{store} editor longest ms": max(waits) * 1000,
    }


def edit(app: App, site: str, quota: int, *flags: str) -> float:
    """Edit and return the seconds that it took; RuntimeError unless it succeeded for all."""
    parts = [("site", site), ("opts", {"diskquota.quota": quota}), ("flags", ["force", *flags])]
    begun = time.perf_counter()
    answer = post(app, envelope.request("admin_edit_site", parts))
    spent = time.perf_counter() - begun
    if envelope.read_response(answer).value is not True:
        raise RuntimeError(f"an edit failed: {answer[:400]!r}")
    return spent


@contextmanager
def _database(server: str) -> Iterator[str]:
    """Make a database for the length of the block and return its address."""
    name, address = f"bench_{uuid.uuid4().hex[:12]}", make_url(server)
    engine = create_engine(address.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield address.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


if __name__ == "__main__":
    for label, value in measure().items():
        print(f"{label:28} {value:10.2f}")
