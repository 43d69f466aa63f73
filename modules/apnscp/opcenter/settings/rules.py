"""What a setting or scope may be: a taker for each word of the column `rule` in config_ini.tsv and scopes.tsv.

A taker gets the weak form that a client sends and what follows the word, returns the form that is kept, and raises
ValueError for anything else. A ``?`` before the word admits an empty value, kept as null. Words that are not here are
those of `validators`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from apnscp.core.errors import Refused
from apnscp.opcenter.services import names, networks, rules, timezones
from apnscp.opcenter.settings.config import SPANS

_SPAN = re.compile(r"[1-9]\d{0,8}(?: (?:" + "|".join(SPANS) + r")s?)?\Z", re.ASCII)
_AGE = re.compile(r"[1-9]\d{0,4} (?:day|week|month|year|hour|minute|second)s?\Z", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_.-]{0,64}\Z", re.ASCII)
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})\Z", re.ASCII)
_BOOLEANS = {"1": True, "true": True, "on": True, "yes": True, "0": False, "false": False, "off": False, "no": False}
_RULE_OF_TYPE = {bool: "bool", int: f"int {-(2**63)}..{2**63 - 1}", float: "number -1000000000..1000000000"}
_NOTHING = (None, "", "null", "none")
LONGEST = 65536
"""Characters of JSON that one value may come to."""


class Taker(NamedTuple):
    """A rule: what takes a value, and what it takes in words."""

    take: Callable[[Any, str], Any]
    wording: Callable[[str], str]


def take(rule: str, value: Any) -> Any:
    """Return the form of `value` that is kept under `rule`; raises ValueError where the rule does not take it."""
    bare = rule.removeprefix("?")
    if bare != rule and (value.strip().lower() if isinstance(value, str) else value) in _NOTHING:
        return None
    word, _, rest = bare.partition(" ")
    taker = TAKERS.get(word)
    taken = taker.take(value, rest) if taker else rules.check(bare, value)
    if len(json.dumps(taken)) > LONGEST:
        raise ValueError("too long")
    return taken


def wording(rule: str) -> str:
    """Return what `rule` takes, as the end of a sentence."""
    bare = rule.removeprefix("?")
    word, _, rest = bare.partition(" ")
    words = TAKERS[word].wording(rest) if word in TAKERS else rules.wording(bare)
    return words if bare == rule else f"{words}, or '' for none"


def rule_of(default: Any) -> str:
    """Return the rule of a setting that has none of its own: the type of its default."""
    kinds = {
        bool: "bool",
        int: "int -9223372036854775808..9223372036854775807",
        float: "number -1000000000..1000000000",
    }
    return "?scalar" if default is None else kinds.get(type(default), "text")


def _bool(value: Any, _: str) -> bool:
    text = rules.as_text(value) if not isinstance(value, bool) else str(value)
    if text.strip().lower() not in _BOOLEANS:
        raise ValueError("no boolean")
    return _BOOLEANS[text.strip().lower()]


def _text(value: Any, _: str) -> str:
    text = rules.as_text(value)
    if any(not char.isprintable() and char not in "\n\t" for char in text):
        raise ValueError("control characters")
    return text


def _line(value: Any, _: str) -> str:
    text = _text(value, "").strip()
    if not text or "\n" in text or "\t" in text:
        raise ValueError("not one line")
    return text


def _scalar(value: Any, _: str) -> Any:
    if isinstance(value, int | float) and not -(2.0**63) <= value < 2.0**63:
        raise ValueError("not finite")
    return value if isinstance(value, bool | int | float) else _text(value, "")


def _any(value: Any, _: str) -> Any:
    if isinstance(value, list):
        return [_any(entry, "") for entry in value]
    if isinstance(value, dict):
        return {_text(str(key), ""): _any(entry, "") for key, entry in value.items()}
    return None if value is None else _scalar(value, "")


def _choice(value: Any, rest: str) -> Any:
    word = str(value).strip().lower() if isinstance(value, bool) else rules.as_text(value).strip().lower()
    options = rest.split()
    if word in ("0", "") and "false" in options:
        word = "false"
    if word not in options:
        raise ValueError("not among the choices")
    return False if word == "false" else word


def _pattern(pattern: re.Pattern[str]) -> Callable[[Any, str], str]:
    def taker(value: Any, _: str) -> str:
        text = re.sub(r"\s+", " ", rules.as_text(value).strip().lower())
        if not pattern.match(text):
            raise ValueError("of another form")
        return text

    return taker


def _word(value: Any, _: str) -> str:
    text = rules.as_text(value).strip()
    if not _WORD.match(text):
        raise ValueError("not a word")
    return text


def _cleanup(value: Any, _: str) -> Any:
    if value is None or isinstance(value, bool) or str(value).strip().lower() in ("true", "false", "", "0", "null"):
        return value is True or str(value).strip().lower() == "true"
    return _pattern(_AGE)(value, "")


def _hours(value: Any, _: str) -> str:
    found = _HOURS.match(rules.as_text(value).strip())
    if not found or not int(found[1]) < int(found[2]) <= 23:
        raise ValueError("no hours")
    return found[0]


def _zone(value: Any, _: str) -> str:
    try:
        return timezones.named(rules.as_text(value).strip())
    except Refused as refusal:
        raise ValueError(refusal.text) from refusal


def entries(value: Any) -> list[Any]:
    """Return a list from a list, a map's values, or text with commas or blanks."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return [entry for part in value for entry in (entries(part) if isinstance(part, list | dict | str) else [part])]
    return rules.as_text(value).replace(",", " ").split() if value is not None else []


def _addresses(value: Any, _: str) -> str:
    try:
        return ",".join(dict.fromkeys(networks.network(rules.as_text(entry)) for entry in entries(value)))
    except Refused as refusal:
        raise ValueError(refusal.text) from refusal


def _words(value: Any, _: str) -> list[str]:
    return list(dict.fromkeys(_line(entry, "") for entry in entries(value)))


def _hosts(value: Any, _: str) -> list[str]:
    found = list(dict.fromkeys(names.domain(rules.as_text(entry)) for entry in entries(value)))
    if not found:
        raise ValueError("no host name")
    return found


def _list(value: Any, rest: str) -> list[Any]:
    return [rules.check(rest, entry) for entry in entries(value)]


def _ports(value: Any, _: str) -> list[Any]:
    found = [rules.check("int 1..65535", entry) for entry in entries(value)]
    if not found:
        raise ValueError("no port")
    return found


def _smart_host(value: Any, _: str) -> Any:
    parts = value if isinstance(value, list) else entries(value) if isinstance(value, str) else [value]
    if parts in ([False], [0], ["false"], ["0"]):
        return False
    if not 1 <= len(parts) <= 3 or not isinstance(parts[0], str):
        raise ValueError("neither false nor a host")
    return [names.domain(parts[0]), *(_line(part, "") for part in parts[1:2])]


def _fixed(taker: Callable[[Any, str], Any], words: str) -> Taker:
    return Taker(taker, lambda _: words)


TAKERS: dict[str, Taker] = {
    "bool": _fixed(_bool, "true or false"),
    "text": _fixed(_text, "text"),
    "line": _fixed(_line, "one line of text"),
    "word": _fixed(_word, "at most 64 letters, digits, `_', `.' and `-'"),
    "scalar": _fixed(_scalar, "a number, true, false or text"),
    "any": _fixed(_any, "text, a number, a list or a map"),
    "choice": Taker(_choice, lambda rest: rules.alternatives(rest.split())),
    "span": _fixed(_pattern(_SPAN), "a span such as `15 minutes', or a number of seconds"),
    "cleanup": _fixed(_cleanup, "a span such as `30 days', or false"),
    "hours": _fixed(_hours, "hours such as 3-22"),
    "zone": _fixed(_zone, "a time zone such as Europe/Berlin"),
    "address-list": _fixed(_addresses, "IPv4 or IPv6 addresses or ranges with commas between them"),
    "words": _fixed(_words, "names, as a list or with commas between them"),
    "hosts": _fixed(_hosts, "host names, as a list or with commas between them"),
    "list": Taker(_list, lambda rest: f"a list of which each is {rules.wording(rest)}"),
    "ports": _fixed(_ports, "ports from 1 to 65535"),
    "smart-host": _fixed(_smart_host, "false, or a host name, user and password"),
    "plan": _fixed(_word, "the name of a plan"),
}
