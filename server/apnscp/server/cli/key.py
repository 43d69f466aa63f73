"""``apnscpd key``: make, list, limit and remove API keys (docs/security.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import dateparser
from sqlalchemy import Engine, Row, inspect, make_url, select, update

from apnscp import modules
from apnscp.core import secret
from apnscp.core.clock import Clock
from apnscp.core.errors import ApnscpError, Refused
from apnscp.opcenter.access import key_rules, keys
from apnscp.opcenter.access.tables import api_key_table
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.sites import identifiers
from apnscp.opcenter.store import transactions
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.users import people
from apnscp.server import secret_file
from apnscp.server.panel_factory import store_url
from apnscp.server.settings import Settings, SetupError

_SPAN = re.compile(r"\d+ (second|minute|hour|day|week|month|year)s?", re.IGNORECASE)
_NEVER = ("", "never")


@dataclass(frozen=True)
class _Request:
    """What an action needs; `rules` holds only what was given."""

    db: Any
    secret: secret.Secret
    clock: Clock
    owner: str | None
    comment: str | None
    rules: dict[str, Any]


@click.command("key")
@click.argument("key", required=False)
@click.option("--new", is_flag=True, help="Make a key and print it.")
@click.option("--list", "list_", is_flag=True, help="List the keys with their rules; what happens without any option.")
@click.option("--remove", is_flag=True, help="Remove KEY; the sessions that it opened end.")
@click.option(
    "--user", metavar="USER[@DOMAIN]", help="Owner of a new key, or whose keys are listed; else the administrator."
)
@click.option("--comment", metavar="TEXT", help="What the key is for.")
@click.option("--expires", metavar="TIME", help='When the key ends: "30 days", a date, or never.')
@click.option("--address", multiple=True, metavar="CIDR", help="Addresses from which the key works; empty for all.")
@click.option(
    "--commands", multiple=True, metavar="LIST", help="Commands it may call: admin:collect,site:*; empty for all."
)
@click.option("--profile", type=click.Choice(sorted(key_rules.PROFILES)), help="A ready command list.")
@click.pass_context
def key(
    context: click.Context, /, key: str | None, new: bool, list_: bool, remove: bool, user: str | None,
    comment: str | None, expires: str | None, address: tuple[str, ...], commands: tuple[str, ...], profile: str | None,
) -> None:  # fmt: skip
    """Make, list, limit and remove API keys.

    KEY is a key, or its number in the list; with --comment, --expires, --address, --commands or --profile and without
    --new, its rules are changed.
    """
    settings = context.obj if isinstance(context.obj, Settings) else Settings.from_env()
    if new + list_ + remove > 1:
        raise click.UsageError("Give one of --new, --list, --remove")
    try:
        modules.load_all()
        with _opened(settings) as engine, transactions.writing(engine) as db:
            clock = panel_clock.load(db)
            words = (*commands, *([f"@{profile}"] if profile else []))
            rules = _rules(clock, expires, address, words)
            job = _Request(db, secret_file.load(settings), clock, user, comment, rules)
            _act(job, key, new=new, remove=remove, listing=list_)
    except (ApnscpError, SetupError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _act(job: _Request, given: str | None, *, new: bool, remove: bool, listing: bool) -> None:
    if new:
        _make(job)
    elif given is None:
        if remove or job.rules or job.comment is not None:
            raise click.UsageError("Name the KEY that is meant")
        _list(job)
    elif listing:
        raise click.UsageError("--list takes no KEY; name its owner with --user")
    elif remove:
        keys.delete(job.db, _named(job, given).id)
    else:
        _change(job, given)


def _make(job: _Request) -> None:
    site_id, name = _owner(job)
    keys.require_room(job.db, site_id, name)
    made = keys.generate()
    keys.add(
        job.db, job.secret, made, site_id=site_id, user=name, comment=(job.comment or "")[: keys.LONGEST_COMMENT],
        now=job.clock.unix(), rules=keys.Rules(**job.rules),
    )  # fmt: skip
    click.echo(made)


def _change(job: _Request, given: str) -> None:
    row = _named(job, given)
    values = dict(job.rules)
    if job.comment is not None:
        values["comment"] = job.comment[: keys.LONGEST_COMMENT]
    if not values:
        raise click.UsageError("Say what to change: --comment, --expires, --address, --commands, --profile")
    job.db.execute(update(api_key_table).where(api_key_table.c.id == row.id).values(values))


def _list(job: _Request) -> None:
    chosen = select(api_key_table).order_by(api_key_table.c.id)
    if job.owner:
        site_id, name = _owner(job)
        chosen = chosen.where(api_key_table.c.site_id == site_id, api_key_table.c.user == name)
    for row in job.db.execute(chosen):
        click.echo(_line(job, row))


def _line(job: _Request, row: Row[Any]) -> str:
    shown = job.secret.unseal(row.sealed) or ""
    owner = row.user if row.site_id == people.PANEL else f"{row.user}@{identifiers.site_name(row.site_id)}"
    facts = [
        f"{row.id}",
        f"{shown[: len(shown) // 8]}...",
        owner,
        f"used {_day(row.last_used)}" if row.last_used else "never used",
    ]
    facts += [f"expires {_day(row.expires)}"] if row.expires else []
    facts += [f"from {row.addresses}"] if row.addresses else []
    facts += [f"calls {row.commands}"] if row.commands else []
    return "  ".join(facts + ([row.comment] if row.comment else []))


def _owner(job: _Request) -> tuple[int, str]:
    name, _, domain = (job.owner or "").partition("@")
    if not domain:
        found = people.first_of_panel(job.db) if not name else people.require(job.db, people.PANEL, name).name
        if found is None:
            raise Refused("The panel has no administrator yet; start it once with `apnscpd serve'")
        return people.PANEL, found
    site_id = identifiers.find_one(job.db, domain)
    if site_id is None:
        raise identifiers.unknown(domain)
    return site_id, people.require(job.db, site_id, name).name


def _named(job: _Request, given: str) -> Row[Any]:
    by_number = given.isdigit() and len(given) < 10
    wanted = (
        api_key_table.c.id == int(given)
        if by_number
        else api_key_table.c.digest == job.secret.digest(keys.clean(given))
    )
    found = job.db.execute(select(api_key_table).where(wanted)).first()
    if found is None:
        raise Refused("Unknown API key; apnscpd key --list shows them")
    row: Row[Any] = found
    return row


def _rules(clock: Clock, expires: str | None, address: tuple[str, ...], words: tuple[str, ...]) -> dict[str, Any]:
    """Return the rules that were given; an empty text takes a rule away."""
    rules: dict[str, Any] = {}
    if expires is not None:
        rules["expires"] = None if expires.strip().lower() in _NEVER else _moment(expires.strip(), clock)
    if address:
        rules["addresses"] = key_rules.read_addresses(address)
    if words:
        rules["commands"] = key_rules.read_commands(words)
    return rules


def _moment(text: str, clock: Clock) -> int:
    base = clock.datetime().replace(tzinfo=None)
    words = f"in {text}" if _SPAN.fullmatch(text) else text
    wanted: Any = {"RELATIVE_BASE": base, "TIMEZONE": "UTC", "PREFER_DATES_FROM": "future"}
    parsed = dateparser.parse(words, languages=["en"], settings=wanted)
    if parsed is None:
        raise Refused('`%s\' is no time; write "30 days", a date such as 2030-12-31, or never', text)
    return int(parsed.replace(tzinfo=parsed.tzinfo or UTC).timestamp())


def _day(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M")


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    """Open a store that is there already; raises SetupError where there is none."""
    url = make_url(store_url(settings))
    missing = url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()
    if missing:
        raise SetupError(f"There is no panel in {settings.state_dir}; start one with `apnscpd serve'")
    engine = open_engine(store_url(settings), pool_size=1)
    try:
        if not inspect(engine).has_table("api_key"):
            raise SetupError("The store has no tables yet; start the panel once with `apnscpd serve'")
        yield engine
    finally:
        engine.dispose()
