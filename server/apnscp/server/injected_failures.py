"""Calls that go wrong on purpose, for those who test what their billing does then."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import ApnscpError, Busy, LockedOut, NotAuthenticated, Refused
from apnscp.core.registry import Command
from apnscp.server.calls.outcomes import DONE

TEXT = "This fault was asked for by a rule"

Note = Callable[[str], None]
"""Takes what the journal is to say of the call, where the error or `ok` alone would not be true."""


class Cut(BaseException):
    """Ends a call without an answer: servers close the connection.

    It is no Exception, so that nothing on its way makes a fault of it.
    """


class Overloaded(Busy):
    """The server has no time for the call."""

    def __init__(self, text: str, retry_after: int) -> None:
        """Keep the text and the seconds until the client may try again, 0 for the usual ones."""
        super().__init__(text)
        self.retry_after = retry_after


def _fault(rule: InjectedFailure) -> None:
    raise ApnscpError(rule.said)


def _refuse(rule: InjectedFailure) -> None:
    raise Refused(rule.said)


def _cut(rule: InjectedFailure) -> None:
    raise Cut(rule.said)


def _null(rule: InjectedFailure) -> None:
    """Answer null, which clients of the official stub take for a reason to call again."""


def _delay(rule: InjectedFailure) -> None:
    rule.over.wait(rule.seconds)


def _unauthorized(rule: InjectedFailure) -> None:
    raise NotAuthenticated(rule.said)


def _too_many(rule: InjectedFailure) -> None:
    raise LockedOut(rule.said, retry_after=math.ceil(rule.seconds or 0))


def _unavailable(rule: InjectedFailure) -> None:
    raise Overloaded(rule.said, math.ceil(rule.seconds or 0))


@dataclass(frozen=True)
class Effect:
    """What a rule does to a call.

    end: ends the call with an error; where it returns, the answer is null, or the true one where it `keeps` it
    after: whether the work is done and committed first
    noted: what the journal says, ``%s`` being the text of the rule; empty where the error or `ok` says it all
    """

    end: Callable[[InjectedFailure], None]
    after: bool = False
    noted: str = ""
    keeps: bool = False


EFFECTS: dict[str, Effect] = {
    "fault": Effect(_fault),
    "refuse": Effect(_refuse),
    "null": Effect(_null, noted="not done: a rule answered null"),
    "cut": Effect(_cut, noted="not done: a rule cut the connection"),
    "delay": Effect(_delay, after=True, keeps=True),
    "401": Effect(_unauthorized),
    "429": Effect(_too_many),
    "503": Effect(_unavailable),
    "fault-after": Effect(_fault, after=True, noted=f"{DONE}a rule answered with the fault: %s"),
    "null-after": Effect(_null, after=True, noted=f"{DONE}a rule answered null"),
    "cut-after": Effect(_cut, after=True, noted=f"{DONE}a rule cut the connection"),
}
"""The effects by their names, which every way of giving rules uses."""


@dataclass
class InjectedFailure:
    """One rule.

    method: name on the wire; effect: of `EFFECTS`; text: what the caller reads
    times: how many calls it is for, None for all; where: what parameters must be, by name; hits: calls it met so far
    seconds: how long `delay` holds the answer back, or the Retry-After of `429` and `503`
    every: 3 is for every third call that it could meet; seen: calls that it could have met so far
    over: set when no answer is to be held back any longer
    """

    method: str
    effect: str
    text: str | None = None
    times: int | None = 1
    where: Mapping[str, Any] = field(default_factory=dict)
    hits: int = 0
    seconds: float | None = None
    every: int = 1
    seen: int = 0
    over: threading.Event = field(default_factory=threading.Event, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError for what can be no rule."""
        if self.effect not in EFFECTS:
            raise ValueError(f"Unknown effect `{self.effect}'; there are {', '.join(EFFECTS)}")
        if self.times is not None and self.times < 0:
            raise ValueError(f"times: {self.times} is not a number of calls; None is for all")
        if self.every < 1:
            raise ValueError(f"every: {self.every} is not a number of calls; 3 is for every third one")
        if self.seconds is not None and not 0 <= self.seconds < threading.TIMEOUT_MAX:
            raise ValueError(f"seconds: {self.seconds} is not a span of time")
        if self.effect == "delay" and self.seconds is None:
            raise ValueError("The effect `delay' needs seconds=...")

    @property
    def said(self) -> str:
        """Return what the caller reads."""
        return self.text or TEXT

    @property
    def unused(self) -> bool:
        """Tell whether fewer calls came than the rule is for: none, for a rule without a number."""
        return self.hits < (1 if self.times is None else self.times)

    def remove(self) -> None:
        """Let the rule hold no longer."""
        self.times = self.hits

    def meets(self, command: Command, given: Sequence[Any]) -> bool:
        """Tell whether the rule could be for this call, were it not for `every`."""
        if command.name != self.method or self.times == self.hits:
            return False
        named = dict(zip((parameter.name for parameter in command.parameters), given, strict=False))
        return all(name in named and named[name] == value for name, value in self.where.items())

    def takes(self, command: Command, given: Sequence[Any]) -> bool:
        """Count a call, and tell whether the rule is for it."""
        if not self.meets(command, given):
            return False
        self.seen += 1
        if self.seen % self.every:
            return False
        self.hits += 1
        return True

    def applied(self, command: Command, note: Note) -> Command:
        """Return the method with the effect of the rule."""
        effect = EFFECTS[self.effect]
        if not effect.after:
            return replace(command, function=lambda *_: self._end(note), prepare=None, emulated=True)
        return replace(command, function=partial(_afterwards, command.function, partial(self._end, note), effect.keeps))

    def _end(self, note: Note) -> None:
        effect = EFFECTS[self.effect]
        if effect.noted:
            note(effect.noted % self.said if "%s" in effect.noted else effect.noted)
        effect.end(self)


class InjectedFailures(list[InjectedFailure]):
    """The rules of a panel; the first that meets a call holds."""

    def __init__(self) -> None:
        """Begin without rules."""
        super().__init__()
        self._counting = threading.Lock()

    def add(self, rule: InjectedFailure) -> InjectedFailure:
        """Add a rule and return it."""
        self.append(rule)
        return rule

    def applied(self, command: Command, given: Sequence[Any], note: Note) -> Command:
        """Return the method as this call shall find it.

        note: called when the effect comes, with what the journal is to say
        """
        with self._counting:
            rule = next((rule for rule in self if rule.takes(command, given)), None)
        return command if rule is None else rule.applied(command, note)

    def end(self) -> None:
        """Drop all rules, and hold no answer back any longer."""
        for rule in self:
            rule.over.set()
        self.clear()


def _afterwards(
    function: Callable[..., Any], ending: Callable[[], None], keeps: bool, ctx: Context, *arguments: Any
) -> Any:
    """Do the work and end the call after its transaction."""
    answer = function(ctx, *arguments)
    ctx.after.append(ending)
    return answer if keeps else None
