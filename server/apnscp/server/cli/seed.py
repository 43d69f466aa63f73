"""``apnscpd seed``: fill a panel with many accounts, to see how an integration copes with them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from apnscp.opcenter.lifecycle.seeds import AT_ONCE, PASSWORD, Seeder
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.administrator import administrator_context
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import made_panel
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings


def _share(context: click.Context, parameter: click.Parameter, text: str) -> float:
    """Return a share such as ``5%`` or ``0.05`` as a number from 0 to 1."""
    try:
        share = float(text.strip().removesuffix("%")) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise click.BadParameter(f"`{text}' is not a share; write 5% or 0.05")
    return share


@click.command()
@click.option("--sites", type=click.IntRange(1, 1_000_000), required=True, help="How many accounts to add.")
@click.option(
    "--suspended",
    callback=_share,
    default="5%",
    show_default=True,
    metavar="SHARE",
    help="How many of them are suspended.",
)
@click.option(
    "--seed", "number", type=int, default=42, show_default=True, help="The same seed makes the same accounts."
)
@pass_settings
@errors_as_lines
def seed(settings: Settings, sites: int, suspended: float, number: int) -> None:
    """Fill the panel with accounts, made up by a seed.

    They have domains, aliases, plans and invoices with children; some are suspended.
    """
    with _progress(sites) as advance:
        fill(settings, sites, suspended, number, advance)
    click.echo(f"{sites} accounts added; every administrator's password is {PASSWORD}")


def fill(
    settings: Settings, sites: int, suspended: float, number: int, advance: Callable[[int], None] = lambda done: None
) -> None:
    """Add accounts to the panel that the settings name, which is made when there is none.

    sites: how many; suspended: share of them, 0 to 1; number: the seed
    advance: called after each piece with the number of accounts in it
    """
    prepare(settings)
    with made_panel(settings) as panel:
        with reading(panel.engine) as db:
            ctx = administrator_context(panel, db)
            seeder = Seeder(ctx, suspended, number)
        # in pieces, so that a server on the same store can write in between
        for start in range(0, sites, AT_ONCE):
            with writing(panel.engine) as db:
                done = seeder.fill(db, min(AT_ONCE, sites - start))
            advance(done)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = TextColumn("Seeding"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Seeding", total=total)
        yield lambda done: bar.advance(task, done)
