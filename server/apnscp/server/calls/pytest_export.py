"""Calls as a test for pytest: on a fresh panel of the plugin, with the sites that were there before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.tables import site_table
from apnscp.server.calls.form_values import is_hidden, python, python_text
from apnscp.server.calls.forms import PANEL, actor, python_call
from apnscp.server.calls.kept_call import KeptCall
from apnscp.server.calls.outcomes import ANSWER, FAULT, NOT_EMULATED, NOTHING

APART = 60
"""Seconds between two calls from which on the clock of the panel is turned as well."""
STAND_IN = "correct horse battery staple"
"""What the test sends where the journal hid a secret."""
_OF_SITE = re.compile(r"site(\d+) \((.+)\)\Z")
_OWN_NAMES = ("siteinfo,domain", "siteinfo,admin_user", "siteinfo,admin", "billing,ctime", "siteinfo,plan")
"""Parameters that a seed has under another name, or that are given to each site."""


class Account(NamedTuple):
    """A site that the calls have to do with: its names, and what it is found by."""

    id: int
    domain: str
    admin: str
    plan: str | None
    invoice: str | None


def pytest_file(db: Connection, calls: Sequence[KeptCall]) -> str:
    """Return a test that makes the calls again, oldest first, and expects what came of them.

    Answers that differ from panel to panel, such as keys and figures, are not compared.
    """
    if not calls:
        return '"""No calls."""\n'
    accounts = _accounts(db)
    by_id = {site_name(account.id): account.domain for account in accounts}
    body = [*_before(calls, accounts), *_made(calls, by_id)]
    text = "\n".join(body)
    errors = [name for name in ("Fault", "NotEmulated") if f"pytest.raises({name}" in text]
    head = ['"""Calls from the journal of a panel."""', ""]
    if "re.escape(" in text:
        head += ["import re", ""]
    if errors:
        head += ["import pytest", f"from apnscp.client.errors import {', '.join(errors)}", ""]
    if any(is_hidden(call.arguments) for call in calls):
        head += [f"secret = {python_text(STAND_IN)}", '"""Stands where the journal hid a secret."""', ""]
    return (
        "\n".join(
            [*head, "", "def test_calls_of_the_journal(panel):", *(f"    {line}" if line else "" for line in body)]
        )
        + "\n"
    )


def _accounts(db: Connection) -> list[Account]:
    columns = site_table.c
    rows = db.execute(select(columns.id, columns.domain, columns.admin_user, columns.plan, columns.invoice))
    return [Account(*row) for row in rows]


def _before(calls: Sequence[KeptCall], accounts: Sequence[Account]) -> Iterator[str]:
    """Give the lines that make what was there before the first call."""
    yield f'panel.clock.freeze("{calls[0].moment:%Y-%m-%dT%H:%M:%S}Z")'
    seeds = _seeds(calls, accounts)
    for plan in sorted({str(seed["plan"]) for seed in seeds.values() if seed.get("plan")}):
        yield f"if {python(plan)} not in panel.client.admin.list_plans():"
        yield f"    panel.plan({python(plan)})"
    for domain, values in seeds.items():
        yield f"panel.seed({python({'domain': domain, **values})})"


def _seeds(calls: Sequence[KeptCall], accounts: Sequence[Account]) -> dict[str, dict[str, Any]]:
    """Return the sites that calls found, by domain, with the values that they had then."""
    made: set[str] = set()
    told: set[tuple[str, str]] = set()
    seeds: dict[str, dict[str, Any]] = {}
    known = _by_name(accounts)
    for call in calls:
        for account in _named(call, known):
            if account.domain not in made:
                seeds.setdefault(account.domain, _values(account))
        for change in call.changes:
            found = _OF_SITE.match(change.subject)
            if found is None or found[2] in made:
                continue
            if change.name == "site" and change.before is None:
                made.add(found[2])
                if not _is_older(found[2], call, calls):
                    seeds.pop(found[2], None)
                continue
            seed = seeds.setdefault(found[2], {})
            if (found[2], change.name) not in told:  # the first change tells what was there before all of them
                told.add((found[2], change.name))
                _put_back(seed, change.name, change.before)
    return seeds


def _is_older(domain: str, call: KeptCall, calls: Sequence[KeptCall]) -> bool:
    """Tell whether a call before this one changed a site of the same domain."""
    before = calls[: list(calls).index(call)]
    return any(change.subject.endswith(f"({domain})") for each in before for change in each.changes)


def _by_name(accounts: Sequence[Account]) -> dict[str, list[Account]]:
    """Return the accounts by each text that may stand for them in a call."""
    found: dict[str, list[Account]] = {}
    for account in accounts:
        for name in {account.domain, site_name(account.id), account.invoice or account.domain}:
            found.setdefault(name, []).append(account)
    return found


def _named(call: KeptCall, known: Mapping[str, list[Account]]) -> Iterator[Account]:
    for text in dict.fromkeys((*_texts(call.arguments), call.site or "")):
        yield from known.get(text, ())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _values(account: Account) -> dict[str, Any]:
    found = {"admin": account.admin, "plan": account.plan, "invoice": account.invoice}
    return {name: value for name, value in found.items() if value is not None}


def _put_back(seed: dict[str, Any], name: str, before: Any) -> None:
    """Give a seed the value that a call found."""
    if name == "siteinfo,plan":
        seed["plan"] = before
    elif name == "siteinfo,admin_user":
        seed["admin"] = before
    elif name == "billing,invoice":
        seed.pop("invoice", None)
        if before is not None:
            seed["invoice"] = before
    elif name == "reason" and "suspended" in seed:
        seed["suspended"] = before or True
    elif name == "suspended" and before is not None:
        seed["suspended"] = True
    elif "," in name and name not in _OWN_NAMES and before != "(hidden)":
        seed.setdefault(name.replace(",", "."), before)


def _made(calls: Sequence[KeptCall], by_id: dict[str, str]) -> Iterator[str]:
    clients: set[bool] = set()
    turned = calls[0].row.ts
    for call in calls:
        if call.row.ts - turned >= APART:
            turned = call.row.ts
            yield f'panel.clock.freeze("{call.moment:%Y-%m-%dT%H:%M:%S}Z")'
        if call.is_cut:
            yield f"# {call.method}: the journal does not hold all of its arguments"
            continue
        strict = call.row.abort_on == "error"
        if not strict and strict not in clients:
            yield "quiet = panel.connect(abort_on=None)"
        clients.add(strict)
        yield from _call(
            call, "panel.client" if strict else "quiet", [_renamed(each, by_id) for each in call.arguments]
        )


def _renamed(value: Any, by_id: dict[str, str]) -> Any:
    """Return an argument in which the ids of sites, which another panel gives otherwise, are domains."""
    if isinstance(value, str):
        return by_id.get(value, value)
    return [_renamed(each, by_id) for each in value] if isinstance(value, list) else value


def _call(call: KeptCall, client: str, arguments: Sequence[Any]) -> Iterator[str]:
    enters = actor(call)
    if enters is None or enters.site == PANEL:
        yield from _expected(call, python_call(call, client, arguments))
        return
    yield f"with {client}.as_site({', '.join(map(python, filter(None, enters)))}) as account:"
    yield from (f"    {line}" for line in _expected(call, python_call(call, "account", arguments)))


def _expected(call: KeptCall, expression: str) -> Iterator[str]:
    """Give the lines that make a call and look at what came of it."""
    if call.row.outcome == NOT_EMULATED:
        yield from ("with pytest.raises(NotEmulated):", f"    {expression}")
    elif (call.told == FAULT and call.is_done) or call.told == NOTHING:
        yield from (f"# {call.row.outcome}", expression)
    elif call.told == FAULT:
        text = str(call.row.outcome)
        same = "" if re.search(r"site\d|\.\.\.\Z", text) else f", match=re.escape({python_text(text)})"
        yield from (f"with pytest.raises(Fault{same}):", f"    {expression}")
    else:
        whole, value = call.answered
        known = whole and call.told == ANSWER and (value is None or isinstance(value, bool))
        yield f"assert {expression} is {value}" if known else expression
