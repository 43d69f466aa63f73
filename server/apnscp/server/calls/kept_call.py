"""A call as the journal keeps it, decoded for pages, command lines and exports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Row, select

from apnscp import modules
from apnscp.core.changes import Change
from apnscp.core.errors import UnknownMethod
from apnscp.core.registry import REGISTRY, Command
from apnscp.opcenter.access.tables import api_key_table, session_table
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.users import people
from apnscp.server.calls import decoded
from apnscp.server.calls.abbreviations import in_full
from apnscp.server.calls.outcomes import ANSWER, DONE, OK
from apnscp.wire.errors import FaultReceived, WireError
from apnscp.wire.soap import envelope

SOME = 500
"""Names that are asked for in one statement."""


@dataclass(frozen=True)
class Names:
    """What the numbers in entries stand for today.

    sites: number to (domain, administrator); keys: number to comment; senders: number of a session to who opened it
    admin: the first administrator of the panel, whose key `apnscpd env` prints
    """

    sites: Mapping[int, tuple[str, str]]
    keys: Mapping[int, str]
    senders: Mapping[int, str | None]
    admin: str


@dataclass(frozen=True)
class KeptCall:
    """One entry of the journal; `row` holds its columns, `names` what the numbers in it stand for."""

    row: Row[Any]
    names: Names

    @property
    def id(self) -> int:
        """Return the number of the entry."""
        return int(self.row.id)

    @property
    def method(self) -> str:
        """Return the method as `cpcmd` takes it: ``admin:edit-site``."""
        return str(self.row.command).replace("_", ":", 1).replace("_", "-")  # no module has an underscore in its name

    @property
    def command(self) -> Command | None:
        """Return the method; None for one that an older version of this server had."""
        modules.load_all()
        try:
            return REGISTRY.find(self.row.command)
        except UnknownMethod:
            return None

    @property
    def moment(self) -> datetime:
        """Return when it was called, by the panel's clock."""
        return datetime.fromtimestamp(self.row.ts, UTC)

    @property
    def site(self) -> str | None:
        """Return the site of the caller by its domain, or by its id once it is gone; None for the panel's own users."""
        if not self.row.site_id:
            return None
        return (
            self.names.sites[self.row.site_id][0]
            if self.row.site_id in self.names.sites
            else site_name(self.row.site_id)
        )

    @property
    def caller(self) -> str:
        """Return who called, as ``bob@example.com`` or ``admin``."""
        return f"{self.row.user}@{self.site}" if self.site else str(self.row.user)

    @property
    def is_of_site_admin(self) -> bool:
        """Tell whether the caller administers the account."""
        known = self.names.sites.get(self.row.site_id)
        return known is not None and known[1] == self.row.user

    @property
    def way(self) -> str:
        """Return how the caller came in: by which key, or in a session that who had opened."""
        row, key = self.row, self._key()
        if row.gate is None:
            return "not known"
        if row.session_row is None:
            return key or "a key"
        sender = self.names.senders.get(row.session_row, "") or ""
        opened = f", opened by {sender}" if sender else ""
        return f"session{opened}{f' with {key}' if key else ''}"

    def _key(self) -> str:
        number = self.row.key_id
        if number is None:
            return ""
        comment = self.names.keys.get(number)
        if comment is None:
            return f"API key {number}, which is gone"
        return f"API key {number} ({comment})" if comment else f"API key {number}"

    @cached_property
    def arguments(self) -> tuple[Any, ...]:
        """Return the arguments as they were sent, secrets as ``(hidden)``; what was cut off is left out."""
        return decoded.arguments(self.row.arguments)

    @property
    def is_cut(self) -> bool:
        """Tell whether there were more arguments than the journal keeps."""
        return decoded.is_cut(self.row.arguments)

    @property
    def messages(self) -> tuple[tuple[str, str], ...]:
        """Return the messages as (severity, text) pairs."""
        return decoded.messages(self.row.messages)

    @property
    def is_ok(self) -> bool:
        """Tell whether the call was answered without any error."""
        return bool(self.row.outcome == OK)

    @property
    def is_done(self) -> bool:
        """Tell whether the call did all of its work, whatever its caller was told."""
        if any(severity == "error" for severity, _ in self.messages):
            return False
        return self.is_ok or self.row.outcome.startswith(DONE)

    @property
    def told(self) -> str | None:
        """Return what the caller got: ``answer``, ``fault`` or ``nothing``; None in an old entry."""
        return None if self.row.told is None else str(self.row.told)

    @property
    def changes(self) -> list[Change]:
        """Return what the call changed."""
        lines = json.loads(self.row.changes) if self.row.changes else []
        return [
            Change(*line) if isinstance(line, list) and len(line) == 4 else Change("...", "", None, None)
            for line in lines
        ]

    @property
    def request(self) -> str | None:
        """Return the request as it was sent, masked and cut; None for a call of a page."""
        return None if self.row.request is None else in_full(self.row.request)

    @property
    def response(self) -> str | None:
        """Return the answer as it was sent, masked and cut; None where none was, and for a call of a page."""
        return None if self.row.response is None else in_full(self.row.response)

    @cached_property
    def answered(self) -> tuple[bool, Any]:
        """Return whether the whole answer is kept, and its value: the text of the fault where it was one."""
        if self.row.result is not None:
            return True, json.loads(self.row.result)
        text = self.response
        if text is None or not text.rstrip().endswith("Envelope>"):
            return False, None
        try:
            return True, envelope.read_response(text.encode()).value
        except FaultReceived as fault:
            return True, fault.text
        except WireError:
            return False, None

    def facts(self) -> dict[str, Any]:
        """Return the call for programs; `fault` is None for one that was answered without an error."""
        whole, value = self.answered
        return {
            "id": self.id,
            "time": f"{self.moment:%Y-%m-%dT%H:%M:%S.%f}Z",
            "ms": self.row.ms,
            "method": self.method,
            "arguments": self.row.arguments,
            "user": self.row.user,
            "site": site_name(self.row.site_id) if self.row.site_id else None,
            "ip": self.row.ip,
            "gate": self.row.gate,
            "way": self.way,
            "abort_on": self.row.abort_on,
            "fault": None if self.is_ok else self.row.outcome,
            "told": self.told,
            "done": self.is_done,
            "result": value if whole and self.told == ANSWER else None,
            "messages": [f"{severity}: {text}" for severity, text in self.messages],
            "changes": [
                {"of": each.subject, "name": each.name, "before": each.before, "after": each.after}
                for each in self.changes
            ],
        }

    def all_facts(self) -> dict[str, Any]:
        """Return the same with the envelopes, and the bytes that they had."""
        return self.facts() | {
            "request": self.request, "request_size": self.row.request_size,
            "response": self.response, "response_size": self.row.response_size,
        }  # fmt: skip


def kept_calls(db: Connection, rows: Sequence[Row[Any]]) -> list[KeptCall]:
    """Return entries with the names of the sites, keys and sessions in them, asked for together."""
    names = Names(
        {
            row.id: (row.domain, row.admin_user)
            for row in _rows(db, rows, "site_id", site_table, "domain", "admin_user")
        },
        {row.id: row.comment for row in _rows(db, rows, "key_id", api_key_table, "comment")},
        {row.id: row.sent_by for row in _rows(db, rows, "session_row", session_table, "sent_by")},
        first.name if (first := people.first_of_panel(db)) else "",
    )
    return [KeptCall(row, names) for row in rows]


def _rows(db: Connection, rows: Sequence[Row[Any]], number: str, table: Any, *columns: str) -> Iterable[Row[Any]]:
    wanted = sorted({found for row in rows if (found := getattr(row, number))})
    for start in range(0, len(wanted), SOME):
        chosen = select(table.c.id, *(table.c[name] for name in columns))
        yield from db.execute(chosen.where(table.c.id.in_(wanted[start : start + SOME])))
