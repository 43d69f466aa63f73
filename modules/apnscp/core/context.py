"""What a method knows about its call: the caller, the panel, the open transaction, the reporter of messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, Table

from apnscp.core.changes import Change, Changes
from apnscp.core.clock import Clock
from apnscp.core.panel_settings import PanelSettings
from apnscp.core.registry import REGISTRY, Registry
from apnscp.core.reporter import Reporter
from apnscp.core.roles import CALLERS, Role
from apnscp.core.secret import Secret
from apnscp.core.snapshot import Snapshot

Deferred = Callable[[Connection], object]
"""A small change that is written after the call, in a transaction of its own."""

DeferredRow = dict[str, Any] | Callable[[], dict[str, Any]]
"""A row that is written after the call, or what makes it then."""


class Lends(Protocol):
    """What lends a connection to whoever asks for it."""

    @property
    def db(self) -> Connection:
        """Return the connection, which is taken now if it was not before."""


@dataclass(frozen=True)
class Caller:
    """Who is calling, as authentication established it.

    user, user_id: name and row of the user; site_id: 0 for the panel's own users
    session: id as the client sent it, None for a key; session_row: its row
    key_id: row of the API key that was sent, or that opened the session; ip: the client's own address
    gate: UI, SOAP, DAV or CLI; commands: the command list of that key, None without one
    """

    role: Role
    user: str
    site_id: int = 0
    user_id: int = 0
    session: str | None = None
    session_row: int | None = None
    key_id: int | None = None
    ip: str = "127.0.0.1"
    gate: str = "SOAP"
    commands: str | None = None

    @property
    def is_admin(self) -> bool:
        """Tell whether this is the administrator of the panel."""
        return bool(self.role & Role.ADMIN)


@dataclass
class Panel:
    """One panel as a process holds it: its store, its secret, and the newest snapshot that was read.

    plans: folders with plan files, the user's before the package's
    defer, defer_row: queue a change, or a row for a table, that outlives a rollback of the call (journal, counters,
        lives of sessions)
    registry: the methods that can be called here; those of every panel, unless surrogates change or add some
    """

    engine: Engine
    secret: Secret
    plans: tuple[Path, ...] = ()
    snapshot: Snapshot | None = None
    defer: Callable[[Deferred], None] = lambda work: None
    defer_row: Callable[[Table, DeferredRow], None] = lambda table, row: None
    registry: Registry = REGISTRY


@dataclass
class Context:
    """A call in progress.

    transaction: in which it works, or what opens it when the method first asks for `db`
    commit_despite_refusal: what was done so far stands even if the call ends in a refusal; group operations set it,
        since an error in one site leaves the others done
    after: what is to be done once the transaction is committed
    prepared: what the method's `prepare` returned
    own_site: the caller's site once `sites.records.own` has read it
    nested: whether this is a call within another one, which ends together with it: nothing may be committed before
    changes: what the call changes, for the journal; None where nobody asks
    """

    panel: Panel
    transaction: Connection | Lends
    caller: Caller
    reporter: Reporter
    snapshot: Snapshot
    commit_despite_refusal: bool = False
    after: list[Callable[[], None]] = field(default_factory=list)
    prepared: Any = None
    own_site: object | None = None
    nested: bool = False
    changes: Changes | None = None

    @property
    def db(self) -> Connection:
        """Return the open transaction."""
        held = self.transaction
        return held if isinstance(held, Connection) else held.db

    @property
    def settings(self) -> PanelSettings:
        """Return the panel's settings as of the beginning of the call."""
        return self.snapshot.settings

    @property
    def clock(self) -> Clock:
        """Return the panel's clock."""
        return self.snapshot.clock

    @property
    def role(self) -> Role:
        """Return who the caller is, without how it came."""
        return self.caller.role & CALLERS

    @property
    def is_admin(self) -> bool:
        """Tell whether the administrator is calling."""
        return self.caller.is_admin

    def error(self, message: str, *args: object) -> None:
        """Report an error and go on."""
        self.reporter.error(message, *args)

    def warn(self, message: str, *args: object) -> None:
        """Report a warning."""
        self.reporter.warn(message, *args)

    def info(self, message: str, *args: object) -> None:
        """Report an info."""
        self.reporter.info(message, *args)

    def success(self, message: str, *args: object) -> None:
        """Report a success."""
        self.reporter.success(message, *args)

    def changed(self, subject: str, name: str, before: Any, after: Any) -> None:
        """Tell the journal of a value that this call changes; arguments as for `Change`, secrets masked."""
        if self.changes is not None:
            self.changes.add(Change(subject, name, before, after))

    def became(self, before: Any, after: Any) -> None:
        """Tell the journal of a thing that this call changes, by its states; None where it was not or is no more."""
        if self.changes is not None:
            self.changes.add((before, after))

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back the enclosed work, and only that, when it raises an exception."""
        mark = self.changes.mark() if self.changes is not None else None
        try:
            with self.db.begin_nested():
                yield
        except BaseException:
            if self.changes is not None and mark is not None:
                self.changes.undo(mark)
            raise
