"""``apnscpd usage``: show and set what an account uses (docs/panel.md, sections 11 and 18)."""

from __future__ import annotations

import click
from sqlalchemy import Connection

from apnscp.core.errors import Refused
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.sites import identifiers, records
from apnscp.opcenter.store import transactions
from apnscp.opcenter.usage import figures as counters
from apnscp.opcenter.usage import given
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import existing_store
from apnscp.server.settings import Settings


def _size(text: str) -> int:
    """Return a size such as 3GB in bytes."""
    try:
        return given.size(text)
    except Refused as refusal:
        raise click.BadParameter(refusal.text) from None


_COUNT = click.IntRange(0, counters.LARGEST)


@click.command("usage")
@click.argument("site")
@click.option("--storage", type=_size, metavar="SIZE", help="Space used by files.")
@click.option("--inodes", type=_COUNT, metavar="N", help="Number of files.")
@click.option("--bandwidth", type=_size, metavar="SIZE", help="Transfer in the running cycle: one part in, ten out.")
@click.option("--bandwidth-in", type=_size, metavar="SIZE", help="Incoming transfer in the running cycle.")
@click.option("--bandwidth-out", type=_size, metavar="SIZE", help="Outgoing transfer in the running cycle.")
@click.option("--cpu", type=_COUNT, metavar="SECONDS", help="Processor time of the last 24 hours.")
@click.option("--memory", type=_size, metavar="SIZE", help="Memory in use.")
@click.option("--procs", type=_COUNT, metavar="N", help="Number of processes.")
@click.option("--reset", is_flag=True, help="Forget what was set before; the figures are made up again.")
@pass_settings
@errors_as_lines
def usage(settings: Settings, /, site: str, reset: bool, **figures: int | None) -> None:
    """Show what SITE uses, after setting what is given.

    SITE is a site id, domain or alias. A transfer counts for the running cycle and begins at zero in the next one.
    """
    told = {name: value for name, value in figures.items() if value is not None}
    if "bandwidth" in told and {"bandwidth_in", "bandwidth_out"} & set(told):
        raise click.UsageError("Give --bandwidth, or --bandwidth-in and --bandwidth-out")
    with existing_store(settings) as engine, transactions.writing(engine) as db:
        _set(db, site, told, reset)
        _show(db, site)


def _set(db: Connection, site: str, told: dict[str, int], reset: bool) -> None:
    account = _account(db, site)
    if reset:
        counters.put(db, account.id, dict.fromkeys(counters.FIGURES))
    given.give(db, account, told, panel_clock.load(db))


def _show(db: Connection, site: str) -> None:
    account = _account(db, site)
    told = counters.set_figures(db, account.id)
    for name, value in counters.of(db, account.id, account.metadata, panel_clock.load(db)).items():
        origin = "set" if name in told else "made up"
        click.echo(f"{name:14}{value:>20} {counters.FIGURES[name]} ({origin})")


def _account(db: Connection, site: str) -> records.Site:
    site_id = identifiers.find_one(db, site)
    if site_id is None:
        raise Refused("Unknown site `%s'; a site id, domain or alias is expected", site)
    return records.load(db, site_id)
