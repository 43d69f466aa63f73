"""``apnscpd calls``: what was called, by whom, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import Row, select
from sqlalchemy.exc import SQLAlchemyError

from apnscp import modules
from apnscp.core.context import Panel
from apnscp.core.registry import REGISTRY
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import reading
from apnscp.server.panel_factory import open_panel, out_of_reach
from apnscp.server.settings import Settings

PAUSE = 0.5
"""Seconds between two looks while following."""


@click.command("calls")
@click.option("--last", type=click.IntRange(0, 5_000), default=20, show_default=True, help="How many at the most.")
@click.option("--method", metavar="NAME", help="Only calls of this method, in either spelling.")
@click.option("--failed", is_flag=True, help="Only calls that were refused or failed.")
@click.option("--follow", "-f", is_flag=True, help="Go on with new calls until Ctrl-C.")
@click.pass_context
def calls(context: click.Context, /, last: int, method: str | None, failed: bool, follow: bool) -> None:
    """Print the newest calls, oldest first: time, duration, caller, and the call as cpcmd takes it."""
    settings = context.obj if isinstance(context.obj, Settings) else Settings.from_env()
    if out_of_reach(settings):
        raise click.UsageError("No server with this ephemeral panel runs on the state directory; nothing to read")
    modules.load_all()
    panel, batch = open_panel(settings)
    try:
        newest = _print(_chosen(panel, method, failed, last=last))
        while follow:
            time.sleep(PAUSE)
            newest = _print(_chosen(panel, method, failed, after=newest)) or newest
    except SQLAlchemyError as error:
        raise click.ClickException("There is no panel in this store yet; start one with `apnscpd serve'") from error
    except KeyboardInterrupt:
        click.echo()
    finally:
        batch.close()
        panel.engine.dispose()


def _chosen(
    panel: Panel, method: str | None, failed: bool, *, last: int | None = None, after: int = 0
) -> list[Row[Any]]:
    chosen = select(journal_table).where(journal_table.c.id > after).order_by(journal_table.c.id.desc())
    if method is not None:
        chosen = chosen.where(journal_table.c.command == method.lower().replace(":", "_").replace("-", "_"))
    if failed:
        chosen = chosen.where(journal_table.c.outcome != "ok")
    with reading(panel.engine) as db:
        return list(reversed(db.execute(chosen if last is None else chosen.limit(last)).all()))


def _print(rows: list[Row[Any]]) -> int:
    """Print rows and return the id of the newest, 0 without any."""
    for row in rows:
        click.echo("\n".join(_lines(row)))
    return int(rows[-1].id) if rows else 0


def _lines(row: Row[Any]) -> Iterator[str]:
    moment = datetime.fromtimestamp(row.ts, UTC)
    caller = row.user if not row.site_id else f"{row.user}@{site_name(row.site_id)}"
    name = next((command.cli_name for command in REGISTRY if command.name == row.command), row.command)
    yield f"{moment:%Y-%m-%d %H:%M:%S} {row.ms:8.1f} ms  {caller:16} {name} {row.arguments}".rstrip()
    if row.outcome != "ok":
        yield f"{'':20}refused: {row.outcome}"
    yield from (f"{'':20}{message}" for message in row.messages.splitlines() if not message.endswith(row.outcome))
