"""``apnscpd calls``: what was called, by whom, and how it ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import click
from click.shell_completion import CompletionItem
from sqlalchemy import Engine, Row

from apnscp import modules
from apnscp.core.errors import Refused
from apnscp.core.registry import REGISTRY, canonical
from apnscp.opcenter.sites import identifiers
from apnscp.opcenter.store.transactions import reading
from apnscp.server.calls import exports, filters
from apnscp.server.calls.exports import EXPORTS
from apnscp.server.calls.forms import forms
from apnscp.server.calls.kept_call import KeptCall, kept_calls
from apnscp.server.calls.outcomes import DONE, NOT_EMULATED
from apnscp.server.cli import one_call
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.journal_reader import Follower, counts, entries, one
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
@click.argument("number", metavar="[ID]", required=False, type=click.IntRange(min=1))
@click.option(
    "--last", type=click.IntRange(0, 5_000), metavar="N",
    help="How many at the most; 20 calls, or all methods with --not-emulated.",
)  # fmt: skip
@click.option(
    "--method", metavar="NAME", shell_complete=_methods,
    help="Only calls of this method, in either spelling, or of a glob: 'admin:*-site'.",
)  # fmt: skip
@click.option(
    "--site", metavar="SITE", help="Only calls by users of this site, or that changed it: an id, domain or alias."
)
@click.option("--user", metavar="USER", help="Only calls by this user, USER or USER@DOMAIN.")
@click.option("--since", metavar="TIME", help='Only calls from then on: "10 minutes", 2h, a date or time (UTC).')
@click.option("--until", metavar="TIME", help="Only calls before then.")
@click.option("--faults", "--failed", "faults", is_flag=True, help="Only calls that ended in a fault or an error.")
@click.option(
    "--not-emulated", is_flag=True, help="Count the calls that were refused because the method is not emulated."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.option(
    "--export", type=click.Choice(EXPORTS), help="Print them as a file: a test for pytest, a shell script, or JSON."
)
@click.option("--follow", "-f", is_flag=True, help="Go on with new calls until Ctrl-C.")
@pass_settings
@errors_as_lines
def calls(
    settings: Settings, /, number: int | None, last: int | None, method: str | None, site: str | None, user: str | None,
    since: str | None, until: str | None, faults: bool, not_emulated: bool, as_json: bool, export: str | None,
    follow: bool,
) -> None:  # fmt: skip
    """Print the newest calls, oldest first, or one in full by its ID, which --json tells.

    Each line shows the time by the panel's clock, how long the call took, its caller, and the call as cpcmd takes it.
    With --not-emulated each line shows how often a method was missed, its name, and the time of the last such call.
    The panel keeps the newest 5,000 calls.
    """
    if not_emulated and follow:
        raise click.UsageError("Give --not-emulated, which counts, or --follow")
    if export and (follow or as_json or not_emulated):
        raise click.UsageError("Give --export alone, or with what picks calls")
    with existing_store(settings) as engine:
        if number is not None:
            return _print_one(engine, number, as_json)
        with reading(engine) as db:
            which = filters.wanted(
                db, method=method, site=site, caller=user, faults=faults, since=since, until=until
            )  # fmt: skip
            if not_emulated:
                return _print_missed(counts(db, replace(which, outcome=NOT_EMULATED), most=last), as_json)
            follower = Follower(db, which)
            found = kept_calls(db, entries(db, which, last=SHOWN if last is None and not export else last))
            if export:
                return click.echo(exports.written(export, db, found), nl=False)
        show = _print_json if as_json else _print
        show(found)
        if follow:
            _follow(engine, follower, show)


def _print_one(engine: Engine, number: int, as_json: bool) -> None:
    with reading(engine) as db:
        row = one(db, number)
        if row is None:
            raise Refused("There is no call %s; `apnscpd calls --json' tells the ids of those that are kept", number)
        (call,) = kept_calls(db, [row])
    if as_json:
        written = {form.name: form.text for form in forms(call)}
        click.echo(json.dumps({**call.all_facts(), "forms": written}, ensure_ascii=False))
    else:
        click.echo("\n".join(one_call.lines(call)))


def _follow(engine: Engine, follower: Follower, show: Callable[[Sequence[KeptCall]], None]) -> None:
    try:
        while True:
            time.sleep(PAUSE)
            with reading(engine) as db:
                fresh = kept_calls(db, follower.look(db))
            show(fresh)
    except KeyboardInterrupt:
        click.echo()


def _print(found: Sequence[KeptCall]) -> None:
    for call in found:
        click.echo("\n".join(_lines(call)))


def _print_json(found: Sequence[KeptCall]) -> None:
    for call in found:
        click.echo(json.dumps(call.facts(), ensure_ascii=False))


def _print_missed(rows: Sequence[Row[Any]], as_json: bool) -> None:
    for row in rows:
        name, last = _cli_name(row.command), datetime.fromtimestamp(row.ts, UTC)
        if as_json:
            click.echo(json.dumps({"method": name, "calls": row.calls, "last": _written(last)}))
        else:
            click.echo(f"{row.calls:6}  {name:40} {last:%Y-%m-%d %H:%M:%S}")


def _written(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S.%f}Z"


def _lines(call: KeptCall) -> Iterator[str]:
    row = call.row
    caller = row.user if not row.site_id else f"{row.user}@{identifiers.site_name(row.site_id)}"
    yield f"{call.moment:%Y-%m-%d %H:%M:%S} {row.ms:8.1f} ms  {caller:16} {call.method} {row.arguments}".rstrip()
    if not call.is_ok:
        plain = row.outcome == NOT_EMULATED or row.outcome.startswith(DONE)
        yield f"{'':20}{'' if plain else 'refused: '}{row.outcome}"
    yield from (f"{'':20}{message}" for message in row.messages.splitlines() if not message.endswith(row.outcome))


def _cli_name(name: str) -> str:
    """Return the name of a method as command lines write it; no module has an underscore in its name."""
    return name.replace("_", ":", 1).replace("_", "-")
