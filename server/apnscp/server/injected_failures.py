"""Calls that go wrong on purpose, for those who test what their billing does then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import ApnscpError, Refused
from apnscp.core.registry import Command

TEXT = "This fault was asked for by a rule"


class Cut(BaseException):
    """Ends a call without an answer: servers close the connection.

    It is no Exception, so that nothing on its way makes a fault of it.
    """


def _fault(text: str) -> None:
    raise ApnscpError(text)


def _refuse(text: str) -> None:
    raise Refused(text)


def _cut(text: str) -> None:
    raise Cut(text)


def _null(text: str) -> None:
    """Answer null, which clients of the official stub take for a reason to call again."""


ENDINGS: dict[str, Callable[[str], None]] = {"fault": _fault, "refuse": _refuse, "null": _null, "cut": _cut}
"""How a call ends instead of its work."""
AFTERWARDS: dict[str, Callable[[str], None]] = {"fault-after": _fault, "null-after": _null, "cut-after": _cut}
"""How a call ends once its work is done and committed."""


@dataclass
class InjectedFailure:
    """One rule.

    method: name on the wire; effect: of `ENDINGS` or `AFTERWARDS`; text: what the caller reads
    times: how many calls it is for, None for all; where: what parameters must be, by name; hits: calls it met so far
    """

    method: str
    effect: str
    text: str | None = None
    times: int | None = 1
    where: Mapping[str, Any] = field(default_factory=dict)
    hits: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for an effect that there is not."""
        if self.effect not in ENDINGS | AFTERWARDS:
            raise ValueError(f"Unknown effect `{self.effect}'; there are {', '.join(ENDINGS | AFTERWARDS)}")

    def remove(self) -> None:
        """Let the rule hold no longer."""
        self.times = self.hits

    def meets(self, command: Command, given: Sequence[Any]) -> bool:
        """Tell whether the rule is for this call."""
        if command.name != self.method or self.times == self.hits:
            return False
        named = dict(zip((parameter.name for parameter in command.parameters), given, strict=False))
        return all(name in named and named[name] == value for name, value in self.where.items())

    def applied(self, command: Command) -> Command:
        """Return the method with the effect of the rule."""
        text = self.text or TEXT
        if self.effect in ENDINGS:
            ending = partial(ENDINGS[self.effect], text)
            return replace(command, function=lambda *_: ending(), prepare=None)
        return replace(command, function=partial(_afterwards, command.function, partial(AFTERWARDS[self.effect], text)))


class InjectedFailures(list[InjectedFailure]):
    """The rules of a panel; the first that meets a call holds."""

    def add(self, rule: InjectedFailure) -> InjectedFailure:
        """Add a rule and return it."""
        self.append(rule)
        return rule

    def applied(self, command: Command, given: Sequence[Any]) -> Command:
        """Return the method as this call shall find it."""
        for rule in self:
            if rule.meets(command, given):
                rule.hits += 1
                return rule.applied(command)
        return command


def _afterwards(function: Callable[..., Any], ending: Callable[[], None], ctx: Context, *arguments: Any) -> None:
    """Do the work and end the call after its transaction."""
    function(ctx, *arguments)
    ctx.after.append(ending)
