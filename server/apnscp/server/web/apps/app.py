"""What an app is: a page over one kind of state, and forms that each call one method."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apnscp.server.web.visitors import Gate, Visitor

Fields = Mapping[str, str]
"""The fields of a form as they were typed."""


@dataclass(frozen=True)
class Action:
    """A form: the method that it calls, the arguments that its fields make, and what is said when that is done.

    done: a sentence in which ``{name}`` stands for what was typed into a field
    """

    method: str
    arguments: Callable[[Fields], Sequence[Any]]
    done: str


@dataclass(frozen=True)
class Request:
    """A request for an app: who asks, and the parameters of the address."""

    gate: Gate
    visitor: Visitor
    args: Fields


@dataclass(frozen=True)
class App:
    """An app with a page.

    opens: the method that whoever opens the page must be allowed to call; about: what it is for, in a few words
    facts: what the page tells, as JSON can; keeps: parameters of the address that stay after a form
    """

    name: str
    title: str
    about: str
    opens: str
    facts: Callable[[Request], Mapping[str, Any]]
    actions: Mapping[str, Action] = field(default_factory=dict)
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attempt:
    """A form that was refused: which one, what was typed, and why."""

    action: str
    form: Fields
    text: str


def named(*names: str) -> Callable[[Fields], list[str]]:
    """Return what makes the arguments of a call out of the fields of these names; spaces around them do not count."""
    return lambda form: [form.get(name, "").strip() for name in names]


def ticked(form: Fields, *names: str) -> dict[str, int]:
    """Return the switches of a form as 1 and 0."""
    return {name: int(form.get(name) == "1") for name in names}
