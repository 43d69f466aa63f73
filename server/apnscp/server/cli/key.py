"""``apnscpd key``: make, list, limit and remove API keys (docs/security.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import click
from sqlalchemy import Connection, Row

from apnscp.core.clock import Clock
from apnscp.core.errors import Refused
from apnscp.core.secret import Secret
from apnscp.opcenter.access import key_rules, keys
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.sites import identifiers
from apnscp.opcenter.store import transactions
from apnscp.opcenter.users import people
from apnscp.server.cli import moments
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import existing_panel, methods_of
from apnscp.server.settings import Settings

_NEVER = ("", "never")


@dataclass(frozen=True)
class _KeyRequest:
    """What an action needs; `rules` holds only what was given."""

    db: Connection
    secret: Secret
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
@pass_settings
@errors_as_lines
def key(
    settings: Settings, /, key: str | None, new: bool, list_: bool, remove: bool, user: str | None,
    comment: str | None, expires: str | None, address: tuple[str, ...], commands: tuple[str, ...], profile: str | None,
) -> None:  # fmt: skip
    """Make, list, limit and remove API keys.

    KEY is a key, or its number in the list; with --comment, --expires, --address, --commands or --profile and without
    --new, its rules are changed.
    """
    if new + list_ + remove > 1:
        raise click.UsageError("Give one of --new, --list, --remove")
    with existing_panel(settings) as panel, transactions.writing(panel.engine) as db:
        clock = panel_clock.load(db)
        words = (*commands, *([f"@{profile}"] if profile else []))
        rules = _rules(clock, expires, address, words, settings)
        _act(_KeyRequest(db, panel.secret, clock, user, comment, rules), key, new=new, remove=remove, listing=list_)


def _act(request: _KeyRequest, given: str | None, *, new: bool, remove: bool, listing: bool) -> None:
    if new:
        _make(request)
    elif given is None:
        if remove or request.rules or request.comment is not None:
            raise click.UsageError("Name the KEY that is meant")
        _list(request)
    elif listing:
        raise click.UsageError("--list takes no KEY; name its owner with --user")
    elif remove:
        keys.delete(request.db, _named(request, given).id)
    else:
        _change(request, given)


def _make(request: _KeyRequest) -> None:
    made = keys.make(
        request.db, request.secret, _owner(request), comment=request.comment or "", now=request.clock.unix(),
        rules=keys.Rules(**request.rules),
    )  # fmt: skip
    click.echo(made)


def _change(request: _KeyRequest, given: str) -> None:
    row = _named(request, given)
    values = dict(request.rules)
    if request.comment is not None:
        values["comment"] = request.comment[: keys.LONGEST_COMMENT]
    if not values:
        raise click.UsageError("Say what to change: --comment, --expires, --address, --commands, --profile")
    keys.change(request.db, row.id, **values)


def _list(request: _KeyRequest) -> None:
    rows = keys.of_user(request.db, _owner(request).id) if request.owner else keys.of_all(request.db)
    for row in rows:
        click.echo(_line(request, row))


def _line(request: _KeyRequest, row: Row[Any]) -> str:
    shown = request.secret.unseal(row.sealed) or ""
    owner = row.user if row.site_id is None else f"{row.user}@{identifiers.site_name(row.site_id)}"
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


def _owner(request: _KeyRequest) -> people.User:
    name, _, domain = (request.owner or "").partition("@")
    if not domain:
        found = people.first_of_panel(request.db) if not name else people.require(request.db, people.PANEL, name)
        if found is None:
            raise Refused("The panel has no administrator yet; start it once with `apnscpd serve'")
        return found
    site_id = identifiers.find_one(request.db, domain)
    if site_id is None:
        raise identifiers.unknown(domain)
    return people.require(request.db, site_id, name)


def _named(request: _KeyRequest, given: str) -> Row[Any]:
    found = keys.named(request.db, request.secret, given)
    if found is None:
        raise Refused("Unknown API key; apnscpd key --list shows them")
    return found


def _rules(
    clock: Clock, expires: str | None, address: tuple[str, ...], words: tuple[str, ...], settings: Settings
) -> dict[str, Any]:  # fmt: skip
    """Return the rules that were given; an empty text takes a rule away."""
    rules: dict[str, Any] = {}
    if expires is not None:
        rules["expires"] = None if expires.strip().lower() in _NEVER else moments.read(expires, clock, "future")
    if address:
        rules["addresses"] = key_rules.read_addresses(address)
    if words:
        rules["commands"] = key_rules.read_commands(words, methods_of(settings))
    return rules


def _day(timestamp: int) -> str:
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d %H:%M")
