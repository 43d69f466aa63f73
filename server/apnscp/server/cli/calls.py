"""``apnscpd calls``: what was called, by whom, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import Engine, Row

from apnscp import modules
from apnscp.core.registry import REGISTRY
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.store.transactions import reading
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.journal_reader import entries
from apnscp.server.panel_factory import existing_store
from apnscp.server.settings import Settings

PAUSE = 0.5
"""Seconds between two looks while following."""


@click.command("calls")
@click.option("--last", type=click.IntRange(0, 5_000), default=20, show_default=True, help="How many at the most.")
@click.option("--method", metavar="NAME", help="Only calls of this method, in either spelling.")
@click.option("--failed", is_flag=True, help="Only calls that were refused or failed.")
@click.option("--follow", "-f", is_flag=True, help="Go on with new calls until Ctrl-C.")
@pass_settings
@errors_as_lines
def calls(settings: Settings, /, last: int, method: str | None, failed: bool, follow: bool) -> None:
    """Print the newest calls, oldest first: time, duration, caller, and the call as cpcmd takes it."""
    modules.load_all()
    with existing_store(settings) as engine:
        try:
            newest = _show(engine, method=method, failed=failed, last=last)
            while follow:
                time.sleep(PAUSE)
                newest = _show(engine, method=method, failed=failed, after=newest) or newest
        except KeyboardInterrupt:
            click.echo()


def _show(engine: Engine, **wanted: Any) -> int:
    """Print the entries that are wanted and return the id of the newest, 0 without any."""
    with reading(engine) as db:
        found = entries(db, **wanted)
    for row in found:
        click.echo("\n".join(_lines(row)))
    return int(found[-1].id) if found else 0


def _lines(row: Row[Any]) -> Iterator[str]:
    moment = datetime.fromtimestamp(row.ts, UTC)
    caller = row.user if not row.site_id else f"{row.user}@{site_name(row.site_id)}"
    name = next((command.cli_name for command in REGISTRY if command.name == row.command), row.command)
    yield f"{moment:%Y-%m-%d %H:%M:%S} {row.ms:8.1f} ms  {caller:16} {name} {row.arguments}".rstrip()
    if row.outcome != "ok":
        yield f"{'':20}refused: {row.outcome}"
    yield from (f"{'':20}{message}" for message in row.messages.splitlines() if not message.endswith(row.outcome))
