"""Two accounts that must not meet, and a walk over every method of the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from apnscp.core.php_types import Kind
from apnscp.core.registry import REGISTRY, Command, Parameter
from apnscp.opcenter.access.tables import login_table
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import preference_table, user_table
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.soap import envelope

MARK = "marker-b"
"""Part of everything that only the second account may see."""
ADDRESS = "203.0.113.98"
_PLAIN = {Kind.BOOL: True, Kind.INT: 1, Kind.FLOAT: 1.0, Kind.MAP: {}, Kind.MIXED: None}


@dataclass
class Neighbours:
    """A panel with the accounts site1 (a.com, alice, user uma) and site2 (b.com, bob, full of marked things).

    names: ways to name the second account, its people and its credentials
    hidden: texts that nobody but the second account may see
    """

    panel: EmulatedPanel
    names: tuple[str, ...]
    hidden: tuple[str, ...]

    def session(self, name: str | None = None) -> str:
        """Open a session in the first account."""
        return str(self.panel.call("admin:hijack", "a.com", name))

    def snapshot(self) -> str:
        """Return everything the store holds of the second account."""
        with self.panel.inside() as ctx:
            kept: list[str] = []
            for table in sql_metadata.sorted_tables:
                column = table.c.get("site_id") if table.name != "site" else table.c.id
                if column is not None and table.name not in ("journal", "session"):
                    rows = ctx.db.execute(select(table).where(column == 2).order_by(*table.primary_key))
                    kept.extend(f"{table.name}: {tuple(row)}" for row in rows)
            return "\n".join(kept)


@pytest.fixture
def neighbours(panel: EmulatedPanel) -> Neighbours:
    return settle(panel)


@pytest.fixture
def each_neighbours(each_panel: EmulatedPanel) -> Neighbours:
    return settle(each_panel)


def settle(panel: EmulatedPanel) -> Neighbours:
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "INV-A"})
    options = {"billing.invoice": "INV-B", "siteinfo.email": f"owner@{MARK}.test", "aliases.aliases": ["alias-b.com"]}
    panel.call("admin:add-site", "b.com", "bob", options)
    with panel.inside() as ctx:
        for site_id, name in ((1, "uma"), (2, f"{MARK}-user")):
            row = {"site_id": site_id, "name": name, "password": None, "created": 0}
            ctx.db.execute(user_table.insert().values(row))
        bob = people.require(ctx.db, 2, "bob")
        ctx.db.execute(preference_table.insert().values(user_id=bob.id, value={"x": f"{MARK}-preference"}))
        ctx.db.execute(login_table.insert().values(user_id=bob.id, ip=ADDRESS, ts=1))
    theirs = panel.call("admin:hijack", "b.com")
    key = panel.call("auth:create-api-key", f"{MARK}-comment", session=theirs)
    panel.call("auth:restrict-ip", ADDRESS, "DAV", session=theirs)
    panel.call("admin:deactivate-site", "b.com", {"reason": f"{MARK}-reason"})
    names = ("site2", "2", "b.com", "alias-b.com", "bob", "bob@b.com", "INV-B", key, theirs)
    return Neighbours(panel, names, (MARK, ADDRESS, key))


@pytest.fixture
def walk() -> Callable[[str], Iterator[tuple[Command, list[Any]]]]:
    """Give a walk over all methods with a text in every place that takes one, all at once and one by one."""
    return every_call


def every_call(text: str) -> Iterator[tuple[Command, list[Any]]]:
    for command in REGISTRY.emulated():
        every = [_with(parameter, text) for parameter in command.parameters]
        yield command, every
        for index, parameter in enumerate(command.parameters[:6]):
            if len(every) > 1 and _with(parameter, text) != _PLAIN.get(parameter.type.kind):
                yield command, [_other(p) if i != index else every[i] for i, p in enumerate(command.parameters)]


def _with(parameter: Parameter, text: str) -> Any:
    if parameter.type.kind in (Kind.LIST, Kind.ARRAY):
        return [text]
    if parameter.type.kind is Kind.MAP:
        return {text: text, "site": text, "siteinfo.domain": text}
    takes_anything = parameter.type.untyped or parameter.type.kind is Kind.MIXED
    return text if takes_anything else _PLAIN.get(parameter.type.kind, text)


def _other(parameter: Parameter) -> Any:
    if not parameter.required:
        return None
    arrays = {Kind.LIST: [], Kind.ARRAY: [], Kind.MIXED: "a.com"}
    return (_PLAIN | arrays).get(parameter.type.kind, "a.com")


@pytest.fixture
def send() -> Callable[..., bytes]:
    """Give a call that returns the whole answer, messages included, whatever it is."""

    def call(panel: EmulatedPanel, command: Command, given: list[Any], session: str | None) -> bytes:
        body = envelope.request(command.name, [(f"arg{number}", value) for number, value in enumerate(given)])
        headers = {"Cookie": f"esprit_id={session}"} if session else {}
        return panel.request("POST", f"/soap?authkey={panel.key}", body, headers).body

    return call
