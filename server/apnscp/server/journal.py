"""The journal: what was called, by whom, with what, and how it ended. Secrets are masked before they reach it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select

from apnscp.core.characters import readable
from apnscp.core.coerce import ABSENT
from apnscp.core.context import Caller, Panel
from apnscp.core.registry import Command
from apnscp.core.reporter import Message
from apnscp.opcenter.store.tables import journal_table
from apnscp.server.logs import redact
from apnscp.server.masking import masked_arguments
from apnscp.wire.cpcmd.notation import write

KEPT = 5_000
"""Entries kept; older ones are pruned now and then."""
PRUNED_EVERY = 500
NOT_EMULATED = "not emulated"
"""Outcome of a call of a method that is listed only."""
LONGEST = 2_000
"""Characters kept of the arguments, and of the messages, of a call."""
FEW, SHORT = 10, 200
"""Messages, and characters of an argument, up to which an entry is made a row later."""


def arguments_of(command: Command, given: Sequence[Any]) -> str:
    """Return the arguments of a call as one would type them after cpcmd: in its notation, quoted for a shell.

    Secrets are masked; a line of more than `LONGEST` characters is cut there and ends in three dots.
    """
    sent = [None if value is ABSENT else value for value in given]
    while sent and sent[-1] is None:
        sent.pop()
    if not sent:
        return ""
    texts = [write(value) for value in masked_arguments(command, sent)]
    line = readable(shlex.join(texts))
    return line if len(line) <= LONGEST else line[:LONGEST] + "..."


class Entry(NamedTuple):
    """What is known of a call when it ends; `row` makes of it what is kept.

    ts: panel time of the call in Unix seconds; ms: how long it took; outcome: `ok`, `NOT_EMULATED` or the text of the error
    """

    command: Command
    given: tuple[Any, ...]
    caller: Caller
    ts: float
    ms: float
    outcome: str
    messages: tuple[Message, ...]

    def row(self) -> dict[str, Any]:
        """Return the row of the journal, with secrets masked and texts cut."""
        return {
            "ts": self.ts, "command": self.command.name, "arguments": arguments_of(self.command, self.given),
            "site_id": self.caller.site_id, "user": self.caller.user, "role": int(self.caller.role), "ip": self.caller.ip,
            "ms": round(self.ms, 3), "outcome": readable(redact(self.outcome))[:LONGEST],
            "messages": readable("\n".join(f"{entry.severity.word}: {redact(entry.text)}" for entry in self.messages))[:LONGEST],
        }  # fmt: skip

    @property
    def is_small(self) -> bool:
        """Tell whether this may wait for its writing as it is: nothing in it can change, and it is not large."""
        return len(self.messages) <= FEW and all(map(_is_small, self.given))


class Journal:
    """Writes entries in the batch that outlives rollbacks."""

    def __init__(self, panel: Panel) -> None:
        """Keep the journal of `panel`."""
        self._panel = panel
        self._written = 0

    def add(self, entry: Entry) -> None:
        """Queue one entry; a small one is made a row by the thread that writes it."""
        self._panel.defer_row(journal_table, entry.row if entry.is_small else entry.row())
        self._written += 1
        if self._written % PRUNED_EVERY == 0:
            self._panel.defer(_prune)


def _is_small(value: Any) -> bool:
    return (
        value is None
        or value is ABSENT
        or (len(value) <= SHORT if type(value) is str else isinstance(value, int | float))
    )


def _prune(connection: Connection) -> None:
    newest = connection.execute(select(func.max(journal_table.c.id))).scalar() or 0
    connection.execute(delete(journal_table).where(journal_table.c.id <= newest - KEPT))
