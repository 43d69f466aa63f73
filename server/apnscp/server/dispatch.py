"""The one way a call takes: role check, arguments, transaction, the method, its messages, the journal.

SOAP, the web pages and the pytest plugin all come through here; what every call needs stands here once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import Connection

from apnscp.core.changes import Changes
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
from apnscp.core.registry import Command, Registry
from apnscp.core.reporter import ABORT_LEVELS, Message, Reporter, Severity
from apnscp.core.roles import Role
from apnscp.core.snapshot import Snapshot
from apnscp.opcenter.access.key_rules import permits
from apnscp.opcenter.access.privileges import needs_admin_api
from apnscp.opcenter.store.transactions import View, writing
from apnscp.server.calls.outcomes import ANSWER, FAULT, NOT_EMULATED, NOTHING, OK, reported
from apnscp.server.injected_failures import InjectedFailures
from apnscp.server.journal import Entry, Journal

T = TypeVar("T")


class Outcome(NamedTuple, Generic[T]):
    """What a call came to: the answer as `finish` made it, and the messages."""

    value: T
    messages: tuple[Message, ...]


class HoldsEntry(Protocol):
    """What holds the entry of a call until its answer is written."""

    entry: Entry | None


class _Call(NamedTuple, Generic[T]):
    """A call in progress: what is called, by whom, in which state of the panel, and what its answer is made of.

    noted: what the journal says of its outcome, where `ok` or the error that ends it is not the truth
    changes: what it changed, of a call that writes
    """

    command: Command
    given: Sequence[Any]
    caller: Caller
    snapshot: Snapshot
    reporter: Reporter
    finish: Callable[[Any], T]
    view: View
    noted: list[str]
    changes: Changes | None


class Dispatcher:
    """Calls methods for callers."""

    def __init__(self, panel: Panel) -> None:
        """Work for `panel`; `failures` are the rules by which calls go wrong on purpose."""
        self._panel = panel
        self.journal = Journal(panel)
        self._allowed: dict[tuple[str, Role], bool] = {}
        self.failures = InjectedFailures()

    @property
    def registry(self) -> Registry:
        """Return the methods of the panel."""
        return self._panel.registry

    def call(
        self, command: Command, given: Sequence[Any], caller: Caller, snapshot: Snapshot, *,
        abort_on: str | None = None, surplus: int = 0, finish: Callable[[Any], T], view: View,
        held: HoldsEntry | None = None,
    ) -> Outcome[T]:  # fmt: skip
        """Carry out one call.

        given: the arguments as the wire carried them, ABSENT where there was none
        caller, snapshot: who calls, and what the panel was like when that was found out
        abort_on: header Abort-On
        surplus: arguments beyond those that the method takes, which the caller wants refused; others are not counted
        finish: turns the answer into what the caller wants while the transaction is open, so that large answers are
            written as they are read
        view: in which the caller was identified; a method that only reads goes on in it
        held: takes the entry of the journal, to be added once the answer is written; without it the call is entered as one
            that came without an envelope
        Raises ApnscpError for what must become a fault; its work is rolled back.
        """
        self._require_open(command, caller, snapshot)
        noted: list[str] = []
        if self.failures:
            command = self.failures.applied(command, given, noted.append)
        reporter = Reporter(ABORT_LEVELS.get((abort_on or "").strip().lower(), Severity.FATAL))
        changes = Changes() if command.mode == "write" else None
        call = _Call(command, given, caller, snapshot, reporter, finish, view, noted, changes)
        begun = monotonic()
        outcome, told, value = OK, FAULT, None
        try:
            if surplus:
                raise SurplusArguments(command.cli_name, len(given), len(given) + surplus)
            values = arguments(command, given)
            if not command.emulated:
                raise NotEmulated(command.cli_name)
            value = self._run(call, values)
            told = ANSWER
            return Outcome(value, tuple(reporter.messages))
        except NotEmulated:
            outcome = NOT_EMULATED
            raise
        except ApnscpError as error:
            outcome = error.text
            raise
        except Exception:
            outcome = "unexpected error"
            raise
        except BaseException:
            told = NOTHING
            raise
        finally:
            messages = tuple(reporter.messages)
            if noted:
                outcome = noted[0]
            elif messages and outcome is OK:
                outcome = reported(messages)
            entry = Entry(
                command, tuple(given), caller, snapshot.clock.now(), (monotonic() - begun) * 1000, outcome, messages,
                told, changes, None if held else value,
            )  # fmt: skip
            if held is None:
                self.journal.add(entry)
            else:
                held.entry = entry

    def _run(self, call: _Call[T], values: list[Any]) -> T:
        try:
            return self._written(call, values) if call.command.mode == "write" else self._read(call, values)
        except Refused as error:
            call.reporter.error(error.text)
            call.noted.append(error.text)
            return call.finish(call.command.returns.empty)

    def _read(self, call: _Call[T], values: list[Any]) -> T:
        ctx = self._context(call, call.view)
        try:
            ctx.prepared = self._prepared(call, values)
            answer = self._answer(call, ctx, values)
        except BaseException:
            call.view.mark_failed()
            raise
        for work in ctx.after:
            work()
        return answer

    def _written(self, call: _Call[T], values: list[Any]) -> T:
        refusal: ApnscpError | None = None
        prepared = self._prepared(call, values)
        with writing(self._panel.engine, call.view.opened) as db:
            ctx = self._context(call, db)
            ctx.prepared, ctx.changes = prepared, call.changes
            try:
                answer = self._answer(call, ctx, values)
            except (Refused, Aborted) as error:
                if not ctx.commit_despite_refusal:
                    raise
                refusal = error
        if call.changes is not None:
            call.changes.settle()
        for work in ctx.after:
            work()
        if refusal is not None:
            raise refusal
        return answer

    def _answer(self, call: _Call[T], ctx: Context, values: list[Any]) -> T:
        if call.command.deprecated:
            call.reporter.deprecated("%s is deprecated", call.command.cli_name)
        return call.finish(call.command.function(ctx, *values))

    def _prepared(self, call: _Call[T], values: list[Any]) -> Any:
        """Return what the method wants to know before its transaction begins."""
        if call.command.prepare is None:
            return None
        try:
            return call.command.prepare(self._context(call, call.view), *values)
        except BaseException:
            call.view.mark_failed()
            raise

    def _context(self, call: _Call[T], transaction: Connection | View) -> Context:
        return Context(self._panel, transaction, call.caller, call.reporter, call.snapshot)

    def _require_open(self, command: Command, caller: Caller, snapshot: Snapshot) -> None:
        """Refuse what this caller may not call, before a look at the arguments could tell that it exists."""
        asked = command.name, caller.role
        allowed = self._allowed.get(asked)
        if allowed is None:
            allowed = self._allowed[asked] = command.allows(caller.role)
        if not allowed:
            raise UnknownMethod(command.name)
        if not snapshot.settings.flag("auth.admin_api") and needs_admin_api(command):
            raise UnknownMethod(command.name)
        if caller.commands is not None and not permits(caller.commands, command):
            raise KeyLimited("The API key may not call %s (its rule `commands')", command.cli_name)
