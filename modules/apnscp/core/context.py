"""What a method knows about its call: the caller, the panel, the open transaction, the reporter of messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Table

from apnscp.core.clock import Clock
from apnscp.core.reporter import Reporter
from apnscp.core.roles import CALLERS, Role
from apnscp.core.secret import Secret

T = TypeVar("T")
Aside = Callable[[Connection], None]


@dataclass(frozen=True)
class Caller:
    """Who is calling, as the gate established it.

    user: name of the user; site_id: 0 for the administrator; session: id as the client sent it, None for a key
    key_id: row of the API key that was sent, or that opened the session; ip: the client's own address
    gate: UI, SOAP, DAV or CLI; commands: the command list of that key, None without one
    """

    role: Role
    user: str
    site_id: int = 0
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
    """One panel: its store, its secret and what it may keep in memory until the generation changes.

    plans: folders with plan files, the user's before the package's
    prefix: path below which the panel is served, empty for the only panel of a server
    """

    engine: Engine
    secret: Secret
    plans: tuple[Path, ...] = ()
    state: Path | None = None
    prefix: str = ""
    generation: int = -1
    cache: dict[str, Any] = field(default_factory=dict)
    aside: Callable[[Aside], None] = lambda work: None
    aside_row: Callable[[Table, dict[str, Any]], None] = lambda table, row: None

    def cached(self, name: str, make: Callable[[], T]) -> T:
        """Return what `make` made since the generation last changed."""
        cache = self.cache
        if name not in cache:
            cache[name] = make()
        found: T = cache[name]
        return found

    def renew(self, generation: int) -> None:
        """Drop what was cached when another generation has begun."""
        if generation != self.generation:
            self.cache = {}
            self.generation = generation


@dataclass
class Context:
    """A call in progress."""

    panel: Panel
    db: Connection
    caller: Caller
    reporter: Reporter
    clock: Clock
    kept: bool = False
    after: list[Callable[[], None]] = field(default_factory=list)

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

    def keep(self) -> None:
        """Let what was done so far stand even if the call ends in a refusal.

        Group operations use it: an error in one site leaves the others done.
        """
        self.kept = True

    def aside(self, work: Aside) -> None:
        """Queue a change that outlives a rollback of this call (journal, counters, lives of sessions)."""
        self.panel.aside(work)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Roll back the enclosed work, and only that, when it raises an exception."""
        with self.db.begin_nested():
            yield
