"""The one way a call takes: role check, arguments, transaction, the method, its messages, the journal.

SOAP, the web pages and the pytest plugin all come through here; what every call needs stands here once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from apnscp.core.clock import monotonic
from apnscp.core.coerce import arguments
from apnscp.core.context import Caller, Context, Panel
from apnscp.core.errors import (
    Aborted,
    ApnscpError,
    KeyLimited,
    NotEmulated,
    Refused,
    SurplusArguments,
    UnknownMethod,
)
from apnscp.core.registry import Command
from apnscp.core.reporter import ABORT_LEVELS, Message, Reporter, Severity
from apnscp.core.snapshot import Snapshot
from apnscp.opcenter.access.key_rules import permits
from apnscp.opcenter.access.privileges import needs_admin_api
from apnscp.opcenter.store.transactions import continuing, reading, writing
from apnscp.server.injected_failures import InjectedFailures
from apnscp.server.journal import NOT_EMULATED, Journal

log = logging.getLogger("apnscp.call")
T = TypeVar("T")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a call came to: the answer as `finish` made it, and the messages."""

    value: T
    messages: tuple[Message, ...]


@dataclass(frozen=True)
class _Call(Generic[T]):
    """A call in progress: what is called, by whom, in which state of the panel, and what its answer is made of.

    noted: what the journal says of its outcome, where `ok` or the error that ends it is not the truth
    """

    command: Command
    given: Sequence[Any]
    caller: Caller
    snapshot: Snapshot
    reporter: Reporter
    finish: Callable[[Any], T]
    begun: Connection | None
    noted: list[str]


class Dispatcher:
    """Calls methods for callers."""

    def __init__(self, panel: Panel) -> None:
        """Work for `panel`; `failures` are the rules by which calls go wrong on purpose."""
        self._panel = panel
        self._journal = Journal(panel)
        self.failures = InjectedFailures()

    def call(
        self, command: Command, given: Sequence[Any], caller: Caller, snapshot: Snapshot, *,
        abort_on: str | None = None, surplus: int = 0, finish: Callable[[Any], T], db: Connection | None = None,
    ) -> Outcome[T]:  # fmt: skip
        """Carry out one call.

        given: the arguments as the wire carried them, ABSENT where there was none
        caller, snapshot: who calls, and what the panel was like when that was found out
        abort_on: header Abort-On
        surplus: arguments beyond those that the method takes, which the caller wants refused; others are not counted
        finish: turns the answer into what the caller wants while the transaction is open, so that large answers are
            written as they are read
        db: the transaction in which the caller was identified; a method that only reads goes on in it
        Raises ApnscpError for what must become a fault; its work is rolled back.
        """
        _require_open(command, caller, snapshot)
        noted: list[str] = []
        if self.failures:
            command = self.failures.applied(command, given, noted.append)
        reporter = Reporter(ABORT_LEVELS.get((abort_on or "").strip().lower(), Severity.FATAL))
        call = _Call(command, given, caller, snapshot, reporter, finish, db, noted)
        begun = monotonic()
        outcome = "ok"
        try:
            if surplus:
                raise SurplusArguments(command.cli_name, len(given), len(given) + surplus)
            values = arguments(command, given)
            if not command.emulated:
                raise NotEmulated(command.cli_name)
            return Outcome(self._run(call, values), tuple(reporter.messages))
        except NotEmulated:
            outcome = NOT_EMULATED
            raise
        except ApnscpError as error:
            outcome = error.text
            raise
        except Exception:
            outcome = "unexpected error"
            raise
        finally:
            self._note(call, (monotonic() - begun) * 1000, noted[0] if noted else outcome)

    def _note(self, call: _Call[T], ms: float, outcome: str) -> None:
        """Enter a call into the journal; what goes wrong there must not undo the answer of a call that is done."""
        try:
            self._journal.add(
                call.command, call.given, call.caller, ts=call.snapshot.clock.now(), ms=ms, outcome=outcome,
                messages=call.reporter.messages,
            )  # fmt: skip
        except Exception:
            log.exception("a call of %s could not be entered into the journal", call.command.name)

    def _run(self, call: _Call[T], values: list[Any]) -> T:
        after: list[Callable[[], None]] = []
        refusal: ApnscpError | None = None
        try:
            prepared = self._prepared(call, values)
            with self._transaction(call) as db:
                ctx = self._context(call, db)
                ctx.prepared = prepared
                after = ctx.after
                if call.command.deprecated:
                    call.reporter.deprecated("%s is deprecated", call.command.cli_name)
                try:
                    answer = call.finish(call.command.function(ctx, *values))
                except (Refused, Aborted) as error:
                    if not ctx.commit_despite_refusal:
                        raise
                    refusal = error
            for work in after:
                work()
            if refusal is not None:
                raise refusal
            return answer
        except Refused as error:
            call.reporter.error(error.text)
            call.noted.append(error.text)
            return call.finish(call.command.returns.empty)

    def _prepared(self, call: _Call[T], values: list[Any]) -> Any:
        """Return what the method wants to know before its transaction begins."""
        if call.command.prepare is None:
            return None
        with self._reading(call) as db:
            return call.command.prepare(self._context(call, db), *values)

    def _transaction(self, call: _Call[T]) -> AbstractContextManager[Connection]:
        return writing(self._panel.engine, call.begun) if call.command.mode == "write" else self._reading(call)

    def _reading(self, call: _Call[T]) -> AbstractContextManager[Connection]:
        return reading(self._panel.engine) if call.begun is None else continuing(call.begun)

    def _context(self, call: _Call[T], db: Connection) -> Context:
        return Context(self._panel, db, call.caller, call.reporter, call.snapshot)


def _require_open(command: Command, caller: Caller, snapshot: Snapshot) -> None:
    """Refuse what this caller may not call, before a look at the arguments could tell that it exists."""
    if not command.allows(caller.role):
        raise UnknownMethod(command.name)
    if needs_admin_api(command) and not snapshot.settings.flag("auth.admin_api"):
        raise UnknownMethod(command.name)
    if caller.commands is not None and not permits(caller.commands, command):
        raise KeyLimited("The API key may not call %s (its rule `commands')", command.cli_name)
