"""Measure how writers share a store: edits over 1, 4, 16 and 64 connections, 1 and 2 workers, and reads beside 16 of them.

On SQLite, and on the PostgreSQL server that APNSCP_BENCH_POSTGRES names (postgresql://USER@HOST:PORT/postgres).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

from found import Found
from load import Load, load, start
from peers import KEY, WHOAMI, emulator
from sqlalchemy import create_engine, make_url

from apnscp.wire.soap import envelope

SITES, SECONDS, CONNECTIONS, WORKERS, READERS = 64, 4.0, (1, 4, 16, 64), (1, 2), 4
MASS = 10_000
POSTGRES = "APNSCP_BENCH_POSTGRES"


def measure(quick: bool = False) -> Found:
    """Return, per database, number of workers and of connections: edits per second, median, 99th percentile, slowest."""
    seconds, connections = (0.5, (1, 16)) if quick else (SECONDS, CONNECTIONS)
    found = Found()
    for workers in WORKERS[-1:] if quick else WORKERS:
        with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
            found |= on_store(
                f"SQLite, {workers} workers", Path(name), workers, f"sqlite:///{name}/kept.db", connections, seconds
            )
    if not os.environ.get(POSTGRES):
        found.missing["PostgreSQL"] = f"{POSTGRES} names no server"
        return found
    for workers in WORKERS[-1:] if quick else WORKERS:
        with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name, postgres() as url:
            found |= on_store(f"PostgreSQL, {workers} workers", Path(name), workers, url, connections, seconds)
    return found


def on_store(
    where: str, work: Path, workers: int, db: str, connections: tuple[int, ...], seconds: float
) -> dict[str, float]:
    """Return the figures of one server on one store that lasts."""
    found: dict[str, float] = {}
    with emulator(work, workers, db=db) as (base, _):
        add_sites(base)
        for count in connections:
            found |= figures(f"{where}, {count}", load(f"{base}/soap", edits(count), seconds, **{"Auth-Key": KEY}))
        alone = answered(load(f"{base}/soap", [WHOAMI] * READERS, seconds, **{"Auth-Key": KEY}))
        editing = start(f"{base}/soap", edits(16), seconds + 0.5, **{"Auth-Key": KEY})
        time.sleep(0.25)
        beside = answered(load(f"{base}/soap", [WHOAMI] * READERS, seconds, **{"Auth-Key": KEY}))
        editing.finish()
    return found | {f"{where}, whoami/s alone": alone.rate, f"{where}, reads kept beside 16": beside.rate / alone.rate}


def figures(name: str, done: Load) -> dict[str, float]:
    """Return what is told of a run."""
    median, late = statistics.median(done.waits), done.waits[int(len(done.waits) * 0.99)]
    return {
        f"{name} edits/s": done.rate, f"{name} median ms": median * 1000, f"{name} p99 ms": late * 1000,
        f"{name} slowest ms": done.waits[-1] * 1000, f"{name} p99 to median": late / median,
        f"{name} turned away": done.refused,
    }  # fmt: skip


def answered(done: Load) -> Load:
    """Return a run of which every call was answered; RuntimeError for another."""
    if done.refused:
        raise RuntimeError(f"{done.refused} calls failed: {done.why}")
    return done


def edits(connections: int) -> list[bytes]:
    """Return the bodies for as many connections: each edits a site of its own, to another quota each time."""
    quota = envelope.request("admin_edit_site", [("site", "SITE"), ("opts", {"diskquota.quota": 987654321})])
    template = quota.decode().replace("987654321", "{n}")
    return [template.replace("SITE", f"site-{number}.test").encode() for number in range(connections)]


def add_sites(base: str) -> None:
    for number in range(SITES):
        call = partial(envelope.request, "admin_add_site")
        body = call([("domain", f"site-{number}.test"), ("admin", f"adm{number}")])
        headers = {"Auth-Key": KEY, "Content-Type": "text/xml; charset=utf-8"}
        with urlopen(Request(f"{base}/soap", body, headers), timeout=60) as answer:
            answer.read()


@contextmanager
def postgres() -> Iterator[str]:
    """Make a database on the server for the length of the block; yield its address."""
    server = make_url(os.environ[POSTGRES])
    name = f"apnscp_bench_{os.getpid()}"
    engine = create_engine(server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()


if __name__ == "__main__":
    measure().print()
