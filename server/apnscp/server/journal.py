"""The journal: what was called, by whom, with what, what it did and how it ended. Secrets are masked before they reach it."""

from __future__ import annotations

import logging
import shlex
from collections.abc import Collection, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, select

from apnscp.core.changes import Changes
from apnscp.core.characters import readable
from apnscp.core.coerce import ABSENT
from apnscp.core.context import Caller, Panel
from apnscp.core.registry import Command
from apnscp.core.reporter import Message
from apnscp.opcenter.lifecycle import site_changes
from apnscp.opcenter.store.tables import journal_table
from apnscp.server.calls import envelopes
from apnscp.server.calls.decoded import LONGEST_LINE
from apnscp.server.calls.envelopes import Exchange
from apnscp.server.calls.outcomes import NOTHING, OK
from apnscp.server.calls.shortened import as_json
from apnscp.server.journal_reader import MOST
from apnscp.server.logs import redact
from apnscp.server.masking import MASK, masked, masked_arguments, masks_all, secrets_of
from apnscp.wire.cpcmd.notation import write

log = logging.getLogger("apnscp.journal")
KEPT = MOST
"""Entries kept; older ones are pruned now and then."""
PRUNED_EVERY = 500
LONGEST = 2_000
"""Characters kept of the outcome, and of the messages, of a call."""
LONGEST_RESULT = 16_384
"""Characters kept of the answer of a call that came without an envelope, as JSON."""
LONGEST_CHANGES = 65_536
"""Characters kept of what a call changed, as JSON."""
FEW, SHORT = 10, 200
"""Messages, and characters of an argument, up to which an entry is made a row later."""


class Arguments(NamedTuple):
    """The arguments of a call, ready to be kept.

    line: as one would type them after cpcmd; given, shown: as they were sent, and without secrets, to the last that was sent
    """

    line: str
    given: Sequence[Any]
    shown: Sequence[Any]


def arguments_of(command: Command, given: Sequence[Any]) -> Arguments:
    """Return the arguments of a call as one would type them after cpcmd: in its notation, quoted for a shell.

    Secrets are masked; a line of more than `LONGEST_LINE` characters is cut there and ends in three dots.
    """
    sent = [None if value is ABSENT else value for value in given]
    while sent and sent[-1] is None:
        sent.pop()
    if not sent:
        return _NONE
    shown = masked_arguments(command, sent)
    line = readable(shlex.join([write(value) for value in shown]))
    return Arguments(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "...", sent, shown)


_NONE = Arguments("", (), ())
_NOTHING: frozenset[str] = frozenset()


class Entry(NamedTuple):
    """What is known of a call when it ends; `row_of` makes of it what is kept.

    ts: panel time of the call in Unix seconds; ms: how long it took
    outcome: `ok`, `NOT_EMULATED` or the text of the error; told: what the caller got, `ANSWER`, `FAULT` or `NOTHING`
    changes: of a call that writes; result: the answer, of a call that came without an envelope
    """

    command: Command
    given: tuple[Any, ...]
    caller: Caller
    ts: float
    ms: float
    outcome: str
    messages: tuple[Message, ...]
    told: str
    changes: Changes | None = None
    result: Any = None

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

    def add(self, entry: Entry, sent: Exchange | None = None) -> None:
        """Queue one entry; the thread that writes it makes it a row, but for arguments that could change until then.

        sent: its envelopes; None for a call of a page, whose answer is in the entry
        What goes wrong here must not undo the answer of a call that is done, and is only logged.
        """
        try:
            if sent is None:
                self._panel.defer_row(journal_table, row_of(entry, None))
            else:
                arguments = None if entry.is_small else arguments_of(entry.command, entry.given)
                self._panel.defer_row(journal_table, partial(row_of, entry, sent, arguments))
        except Exception:
            log.exception("a call of %s could not be entered into the journal", entry.command.name)
        self._written += 1
        if self._written % PRUNED_EVERY == 0:
            self._panel.defer(_prune)


def row_of(entry: Entry, sent: Exchange | None, arguments: Arguments | None = None) -> dict[str, Any]:
    """Return the row of the journal, with secrets masked and texts cut; arguments as for `Journal.add`."""
    command, sent_ones, caller, ts, ms, outcome, messages, told, changes, result = entry
    line, given, shown = arguments or (arguments_of(command, sent_ones) if sent_ones else _NONE)
    secrets = secrets_of(given, shown) if given != shown else _NOTHING
    row = {
        "ts": ts, "command": command.name, "arguments": line,
        "site_id": caller.site_id, "user": caller.user, "role": int(caller.role), "ip": caller.ip, "ms": round(ms, 3),
        "outcome": outcome if outcome is OK else _clean(outcome, secrets),
        "messages": _messages(messages, secrets) if messages else "",
        "gate": caller.gate, "key_id": caller.key_id, "session_row": caller.session_row, "told": told,
        "abort_on": None, "request_size": None, "response_size": None, "touched": None, "changes": None, "result": None,
        "request": None, "response": None,
    }  # fmt: skip
    if sent is None:
        hidden = MASK if result is not None and masks_all(command, given) else masked(result)
        row["result"] = as_json(hidden, LONGEST_RESULT)
    else:
        _add_envelopes(row, sent, command, given, shown, secrets)
    if changes is not None and changes.settled:
        _add_changes(row, changes)
    return row


def _clean(text: str, secrets: Collection[str]) -> str:
    return readable(redact(envelopes.without(text, secrets) if secrets else text))[:LONGEST]


def _messages(messages: Sequence[Message], secrets: Collection[str]) -> str:
    return _clean("\n".join(f"{message.severity.word}: {message.text}" for message in messages), secrets)


def _add_envelopes(
    row: dict[str, Any], sent: Exchange, command: Command, given: Sequence[Any], shown: Sequence[Any],
    secrets: Collection[str],
) -> None:  # fmt: skip
    row["request_size"], row["response_size"] = len(sent.request), sent.answer_size
    row["request"] = envelopes.kept_request(sent, command, given, shown, secrets)
    if sent.answer is None:
        row["told"] = NOTHING
    else:
        row["response"] = envelopes.kept_answer(sent.answer, command, given, secrets)
    if sent.abort_on is not None:
        row["abort_on"] = readable(sent.abort_on)[:16]


def _add_changes(row: dict[str, Any], changes: Changes) -> None:
    noted = changes.kept()
    lines = [[each.subject, each.name, each.before, each.after] for each in site_changes.told(noted)]
    if changes.beyond:
        lines.append(["further things", "number", None, changes.beyond])
    row["changes"] = as_json(lines, LONGEST_CHANGES)
    sites = site_changes.touched(noted)
    if sites:
        row["touched"] = f" {' '.join(map(str, sites))} "


def _is_small(value: Any) -> bool:
    return (
        value is None
        or value is ABSENT
        or (len(value) <= SHORT if type(value) is str else isinstance(value, int | float))
    )


def _prune(connection: Connection) -> None:
    newest = connection.execute(select(func.max(journal_table.c.id))).scalar() or 0
    connection.execute(delete(journal_table).where(journal_table.c.id <= newest - KEPT))
