"""Values of settings and scopes in forms: as text, as a choice, and for people."""

from __future__ import annotations

from typing import Any

from apnscp.core.errors import Refused
from apnscp.opcenter.services.values import HIDDEN
from apnscp.wire.cpcmd.notation import parse, write
from apnscp.wire.cpcmd.notation_reader import NotationError

_TYPED = frozenset({"any", "scalar", "bool-or-calendar", "cleanup"})
"""Rules to which it matters whether a value is text, a number or a switch."""


def choices(rule: str) -> list[tuple[str, str]]:
    """Return what a rule lets choose, as (text of the value, label); empty where anything may be written."""
    word, *rest = rule.removeprefix("?").split(" ")
    if word == "bool":
        return [("true", "true"), ("false", "false")]
    return [(each, each) for each in rest] if word == "choice" else []


def sent(rule: str, text: str) -> Any:
    """Return the value that a text stands for: arrays, and what may be of several types, as on a command line.

    Raises Refused for an array that is not closed.
    """
    bare = text.replace("\r\n", "\n").strip()
    if bare.startswith("[") or rule.removeprefix("?").split(" ")[0] in _TYPED:
        return _parsed(bare)
    return None if not bare and rule.startswith("?") else bare


def lines(text: str) -> list[Any]:
    """Return the arguments that a text stands for, one a line, as on a command line.

    Raises Refused for an array that is not closed.
    """
    return [_parsed(line.strip()) for line in text.splitlines() if line.strip()]


def written(rule: str, value: Any, *, secret: bool = False) -> str:
    """Return a present value as the text of its input; nothing of a secret."""
    if value is None or secret:
        return ""
    if isinstance(value, str) and rule.removeprefix("?").split(" ")[0] not in _TYPED:
        return value
    return str(write(value))


def for_people(value: Any, *, secret: bool = False) -> str:
    """Return a value as a table shows it."""
    if secret and value not in (None, ""):
        return HIDDEN
    if value is None:
        return "null"
    return (value or "''") if isinstance(value, str) else str(write(value))


def _parsed(text: str) -> Any:
    try:
        return parse(text)
    except NotationError as error:
        raise Refused("%s", error) from None
