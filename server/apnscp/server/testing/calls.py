"""What was called, for assertions: entries of the panel's journal, decoded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from apnscp.core.registry import REGISTRY, Registry
from apnscp.opcenter.store.tables import journal_table
from apnscp.server.calls import decoded
from apnscp.server.calls.outcomes import DONE
from apnscp.wire.soap.kinds import Value


@dataclass(frozen=True)
class Call:
    """One call as the journal keeps it.

    command: name on the wire, such as admin_edit_site
    arguments: as they were sent, in order; trailing ones that were left out are not there, secrets read (hidden), and
        what lies beyond the journal's first 16,384 characters is left out
    outcome: `ok`, or why the call failed, or what a rule of `panel.fail` did to it: ``not done: a rule cut the
        connection``, ``done, then a rule cut the connection``
    messages: (severity, text) pairs
    user, site_id: who called; site 0 is the panel itself
    ts: panel time in Unix seconds; ms: how long it took
    registry: the methods of the panel
    """

    command: str
    arguments: tuple[Value, ...]
    outcome: str
    messages: tuple[tuple[str, str], ...]
    user: str
    site_id: int
    ip: str
    ts: float
    ms: float
    registry: Registry = field(default=REGISTRY, repr=False, compare=False)

    @property
    def done(self) -> bool:
        """Tell whether the call did all of its work, whatever its caller was told."""
        if any(severity == "error" for severity, _ in self.messages):
            return False
        return self.outcome == "ok" or self.outcome.startswith(DONE)

    @property
    def named(self) -> dict[str, Any]:
        """Return the arguments by the names of their parameters; further ones of a variadic parameter are a list."""
        named: dict[str, Any] = {}
        for index, parameter in enumerate(self.registry.find(self.command).parameters):
            if parameter.variadic:
                named[parameter.name] = list(self.arguments[index:])
            elif index < len(self.arguments):
                named[parameter.name] = self.arguments[index]
        return named

    def has(self, where: Mapping[str, Any]) -> bool:
        """Tell whether the named parameters have these values."""
        named = self.named
        return all(name in named and named[name] == value for name, value in where.items())

    def __str__(self) -> str:
        """Show the call for people."""
        given = ", ".join(f"{name}={value!r}" for name, value in self.named.items())
        return f"{self.command}({given}) by {self.user}: {self.outcome}"


def check_names(registry: Registry, method: str, where: Mapping[str, Any]) -> str:
    """Return the name of a method on the wire.

    registry: the methods of the panel; method: either spelling; where: values by parameter name
    Raises UnknownMethod, and TypeError for a parameter that the method does not have: a typo would never match.
    """
    command = registry.find(method)
    names = [parameter.name for parameter in command.parameters]
    for name in where:
        if name not in names:
            raise TypeError(f"{command.name} has no parameter `{name}'; it takes {', '.join(names) or 'none'}")
    return command.name


def read(db: Connection, registry: Registry, method: str | None, where: Mapping[str, Any]) -> list[Call]:
    """Return the calls of a method, or of all, in their order.

    registry: the methods of the panel
    method: name on the wire; where: what parameters must be, by name
    """
    rows = select(journal_table).order_by(journal_table.c.id)
    if method is not None:
        rows = rows.where(journal_table.c.command == method)
    return [call for call in (_call(row, registry) for row in db.execute(rows)) if call.has(where)]


def _call(row: Any, registry: Registry) -> Call:
    return Call(
        command=row.command,
        arguments=decoded.arguments(row.arguments),
        outcome=row.outcome,
        messages=decoded.messages(row.messages),
        user=row.user,
        site_id=row.site_id,
        ip=row.ip,
        ts=row.ts,
        ms=row.ms,
        registry=registry,
    )
