"""A service parameter as a field of a form: which input it has, and its value as the text of that input."""

from __future__ import annotations

import json
from typing import Any

from apnscp.core.errors import Refused
from apnscp.opcenter.services import rules
from apnscp.opcenter.services.catalogue import ServiceParameter
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import HIDDEN, normalise

_WORDS = {"switch": "switch", "choice": "choice", "unit": "choice", "text": "text", "list": "list"}
_NUMBERS = {"int": "1", "number": "any"}


def kind(parameter: ServiceParameter) -> str:
    """Return which input a parameter has: switch, choice, number, list, text, secret or line."""
    word = parameter.rule.split(" ")[0]
    if parameter.secret:
        return "secret"
    if word == "switch":
        return "choice" if parameter.takes_default or parameter.nullable else "switch"
    if word in _NUMBERS:
        return "line" if parameter.takes_default else "number"
    return _WORDS.get(word, "line")


def choices(parameter: ServiceParameter) -> list[tuple[str, str]]:
    """Return what may be chosen, as (text of the value, label); empty where anything may be written."""
    word, *rest = parameter.rule.split(" ")
    if kind(parameter) != "choice":
        return []
    found = [("1", "on"), ("0", "off")] if word == "switch" else [(each, each) for each in rest]
    if parameter.nullable and "null" not in rest:
        found.append(("", "none (null)"))
    return found + ([("DEFAULT", "DEFAULT (the server's)")] if parameter.takes_default else [])


def bounds(parameter: ServiceParameter) -> dict[str, str]:
    """Return the attributes of an input for numbers: min, max and step."""
    word, _, rest = parameter.rule.partition(" ")
    if kind(parameter) != "number":
        return {}
    low, _, high = rest.partition("..")
    return {"min": low, "step": _NUMBERS[word]} | ({"max": high} if high else {})


def written(parameter: ServiceParameter, value: StoredValue) -> str:
    """Return a stored value as the text of its input; null and secrets are empty."""
    if value is None or parameter.secret:
        return ""
    if isinstance(value, list):
        return _lines(value) if parameter.is_list else ", ".join(map(str, value))
    return json.dumps(value) if isinstance(value, dict) else str(int(value) if isinstance(value, bool) else value)


def sent(parameter: ServiceParameter, text: str) -> Any:
    """Return the value that the text of an input stands for, in a form that the API takes."""
    bare = text.strip()
    if not bare and parameter.nullable:
        return None
    if parameter.is_list and bare != "DEFAULT":
        return _members(bare)
    if parameter.rule.split(" ")[0] in _NUMBERS:
        return _number(bare)
    return text if kind(parameter) == "text" else bare


def problem(parameter: ServiceParameter, value: Any) -> str | None:
    """Return what is wrong with a value that is to be sent, in words for beside its input; None for a good one."""
    try:
        normalise(parameter.service, parameter.name, value)
    except Refused as error:
        return error.text.removeprefix(f"{parameter.address}: ")
    return None


def for_people(parameter: ServiceParameter, value: StoredValue) -> str:
    """Return a stored value for people: null, on, off, lists with commas; a secret that is set is hidden."""
    if value is None:
        return "null"
    if parameter.secret and value != "DEFAULT":
        return HIDDEN
    if parameter.rule == "switch" and value != "DEFAULT":
        return "on" if value else "off"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "[]"
    return json.dumps(value) if isinstance(value, dict) else str(value) or "''"


def _lines(members: list[Any]) -> str:
    """Return a list one member a line, or as JSON where a member would not come back from its line as it was."""
    texts = [str(member) for member in members]
    plain = all(isinstance(member, str | int | float) and not isinstance(member, bool) for member in members)
    if plain and not any("\n" in text or text != text.strip() or not text or text.startswith("[") for text in texts):
        return "\n".join(texts)
    return json.dumps(members, ensure_ascii=False)


def _number(text: str) -> Any:
    """Return a number as one, and anything else as it is, for the API to say what is wrong with it."""
    try:
        return rules.as_number(text)
    except ValueError:
        return text


def _members(text: str) -> Any:
    if not text.startswith("["):
        return [line.strip() for line in text.splitlines() if line.strip()]
    try:
        return json.loads(text)
    except ValueError:
        return text
