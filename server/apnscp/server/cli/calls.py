"""``apnscpd calls``: what was called, by whom, and how it ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

import click
from click.shell_completion import CompletionItem
from sqlalchemy import Connection, Engine, Row

from apnscp import modules
from apnscp.core.errors import Refused, UnknownMethod
from apnscp.core.registry import REGISTRY, canonical
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.sites import identifiers
from apnscp.opcenter.store.transactions import reading
from apnscp.server.calls.outcomes import DONE, NOT_EMULATED
from apnscp.server.cli import moments
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.journal_reader import Follower, Wanted, counts, entries
from apnscp.server.panel_factory import existing_store
from apnscp.server.settings import Settings

PAUSE = 0.5
"""Seconds between two looks while following."""
SHOWN = 20
"""Calls that are printed unless `--last` says otherwise."""


def _methods(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Complete the names of methods; with underscores, since bash breaks words at a colon."""
    modules.load_all()
    return [
        CompletionItem(command.name) for command in REGISTRY if canonical(command.name).startswith(canonical(begun))
    ]


@click.command("calls")
@click.option(
    "--last", type=click.IntRange(0, 5_000), metavar="N",
    help="How many at the most; 20 calls, or all methods with --not-emulated.",
)  # fmt: skip
@click.option(
    "--method", metavar="NAME", shell_complete=_methods, help="Only calls of this method, in either spelling."
)
@click.option("--site", metavar="SITE", help="Only calls by users of this site: an id, domain or alias.")
@click.option("--user", metavar="USER", help="Only calls by this user, USER or USER@DOMAIN.")
@click.option("--since", metavar="TIME", help='Only calls from then on: "10 minutes", 2h, a date or time (UTC).')
@click.option("--faults", "--failed", "faults", is_flag=True, help="Only calls that ended in a fault.")
@click.option(
    "--not-emulated", is_flag=True, help="Count the calls that were refused because the method is not emulated."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.option("--follow", "-f", is_flag=True, help="Go on with new calls until Ctrl-C.")
@pass_settings
@errors_as_lines
def calls(
    settings: Settings, /, last: int | None, method: str | None, site: str | None, user: str | None, since: str | None,
    faults: bool, not_emulated: bool, as_json: bool, follow: bool,
) -> None:  # fmt: skip
    """Print the newest calls, oldest first.

    Each line shows the time by the panel's clock, how long the call took, its caller, and the call as cpcmd takes it.
    With --not-emulated each line shows how often a method was missed, its name, and the time of the last such call.
    The panel keeps the newest 5,000 calls.
    """
    if not_emulated and follow:
        raise click.UsageError("Give --not-emulated, which counts, or --follow")
    modules.load_all()
    show = _print_json if as_json else _print
    with existing_store(settings) as engine:
        with reading(engine) as db:
            wanted = _wanted(db, Wanted(_command(method), faults), site, user, since)
            if not_emulated:
                return _print_missed(counts(db, replace(wanted, outcome=NOT_EMULATED), most=last), as_json)
            follower = Follower(db, wanted)
            found = entries(db, wanted, last=SHOWN if last is None else last)
        show(found)
        if follow:
            _follow(engine, follower, show)


def _command(method: str | None) -> str | None:
    """Return the name of a method as the journal keeps it; raises Refused for one that the panel does not have."""
    if method is None:
        return None
    try:
        return REGISTRY.find(method).name
    except UnknownMethod:
        known = {command.name: command.cli_name for command in REGISTRY}
        near = get_close_matches(canonical(method)[:96], known, 1, 0.6)
        hint = f"did you mean {known[near[0]]}?" if near else "`cpcmd misc:list-commands' lists them"
        raise Refused("Unknown method `%s'; %s", method, hint) from None


def _wanted(db: Connection, wanted: Wanted, site: str | None, user: str | None, since: str | None) -> Wanted:
    name, _, domain = (user or "").partition("@")
    if domain and site:
        raise click.UsageError("Give --site, or --user USER@DOMAIN")
    account = site or domain
    return replace(
        wanted,
        site_id=_site_id(db, account) if account else None,
        user=name or None,
        since=None if since is None else moments.read(since, panel_clock.load(db), "past"),
    )


def _site_id(db: Connection, site: str) -> int:
    """Return the number of a site; one that is deleted may be named by its id."""
    found = identifiers.find_one(db, site)
    gone = identifiers.number_of(site)
    if found is None and gone is None:
        raise Refused("Unknown site `%s'; a site id, domain or alias is expected", site)
    return found or gone or 0


def _follow(engine: Engine, follower: Follower, show: Callable[[Sequence[Row[Any]]], None]) -> None:
    try:
        while True:
            time.sleep(PAUSE)
            with reading(engine) as db:
                fresh = follower.look(db)
            show(fresh)
    except KeyboardInterrupt:
        click.echo()


def _print(rows: Sequence[Row[Any]]) -> None:
    for row in rows:
        click.echo("\n".join(_lines(row)))


def _print_json(rows: Sequence[Row[Any]]) -> None:
    for row in rows:
        click.echo(json.dumps(_facts(row), ensure_ascii=False))


def _print_missed(rows: Sequence[Row[Any]], as_json: bool) -> None:
    for row in rows:
        name, last = _cli_name(row.command), datetime.fromtimestamp(row.ts, UTC)
        if as_json:
            click.echo(json.dumps({"method": name, "calls": row.calls, "last": _written(last)}))
        else:
            click.echo(f"{row.calls:6}  {name:40} {last:%Y-%m-%d %H:%M:%S}")


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def _facts(row: Row[Any]) -> dict[str, Any]:
    """Return a call for programs; `fault` is None for one that was answered."""
    return {
        "time": _written(datetime.fromtimestamp(row.ts, UTC)),
        "ms": row.ms,
        "method": _cli_name(row.command),
        "arguments": row.arguments,
        "user": row.user,
        "site": identifiers.site_name(row.site_id) if row.site_id else None,
        "ip": row.ip,
        "fault": None if row.outcome == "ok" else row.outcome,
        "messages": row.messages.splitlines(),
    }


def _lines(row: Row[Any]) -> Iterator[str]:
    moment = datetime.fromtimestamp(row.ts, UTC)
    caller = row.user if not row.site_id else f"{row.user}@{identifiers.site_name(row.site_id)}"
    yield f"{moment:%Y-%m-%d %H:%M:%S} {row.ms:8.1f} ms  {caller:16} {_cli_name(row.command)} {row.arguments}".rstrip()
    if row.outcome != "ok":
        plain = row.outcome == NOT_EMULATED or row.outcome.startswith(DONE)
        yield f"{'':20}{'' if plain else 'refused: '}{row.outcome}"
    yield from (f"{'':20}{message}" for message in row.messages.splitlines() if not message.endswith(row.outcome))


def _cli_name(name: str) -> str:
    return next((command.cli_name for command in REGISTRY if command.name == name), name)
