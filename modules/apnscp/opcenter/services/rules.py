"""What a value of a service parameter may be: a rule for each word of the column ``rule`` in services.tsv.

Settings and scopes know these words too, and more (`settings.rules`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from apnscp.opcenter.services import lists, names, networks
from apnscp.opcenter.services.booleans import boolean
from apnscp.opcenter.services.rulebook import Rule, Rulebook, fixed

StoredValue: TypeAlias = bool | int | float | str | list[Any] | dict[Any, Any] | None

NULLS = (None, "null", "None")

_NUMBER = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,19})?", re.ASCII)
_IDENTIFIER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}", re.ASCII)
_SALT_AND_ROUNDS = r"(?:rounds=([1-9]\d{3,5})\$)?[./0-9A-Za-z]{0,16}\$"
_CRYPT = re.compile(
    r"\$5\$" + _SALT_AND_ROUNDS + r"[./0-9A-Za-z]{43}|\$6\$" + _SALT_AND_ROUNDS + r"[./0-9A-Za-z]{86}", re.ASCII
)
_MOST_ROUNDS = 500_000  # more would let one hash keep a processor busy at every login


def is_null(value: StoredValue) -> bool:
    """Tell whether `value` is null as clients write it: nil, ``null`` or ``None`` (docs/panel.md, section 6)."""
    return (value.strip(" ") if isinstance(value, str) else value) in NULLS


def as_text(value: StoredValue) -> str:
    """Return text, or a number as text; raises ValueError for anything else, booleans too."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not text")
    return str(as_number(value))


def as_number(value: StoredValue) -> int | float:
    """Return a number of at most 64 bits; a whole one is an int however it was written ("5000", 5000.0).

    Raises ValueError for anything else.
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        text = value.strip()
        value = float(text) if "." in text else int(text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("not a number")
    if not -(2.0**63) < value < 2.0**63:
        raise ValueError("not finite")
    return int(value) if value == int(value) else value


def _bool(value: StoredValue, _: str) -> bool:
    return value if isinstance(value, bool) else boolean(as_text(value))


def _switch(value: StoredValue, _: str) -> int:
    if isinstance(value, str) and not value.strip():
        return 0
    return int(_bool(value, ""))


def _bounds(rest: str) -> tuple[int, int | None]:
    low, _, high = rest.partition("..")
    return int(low), int(high) if high else None


def _number(value: StoredValue, rest: str) -> int | float:
    number, (low, high) = as_number(value), _bounds(rest)
    if number < low or (high is not None and number > high):
        raise ValueError("out of range")
    return number


def _int(value: StoredValue, rest: str) -> int:
    number = _number(value, rest)
    if not isinstance(number, int):
        raise ValueError("not whole")
    return number


def _range(noun: str) -> Callable[[str], str]:
    def words(rest: str) -> str:
        low, high = _bounds(rest)
        return f"{noun} from {low}" + (f" to {high}" if high is not None else "")

    return words


def _version(value: StoredValue, _: str) -> float:
    if as_number(value) not in (3, 3.1):
        raise ValueError("unknown version")
    return float(as_number(value))


def _choice(value: StoredValue, rest: str) -> str | bool:
    """Take one of the words; ``false`` among them is the boolean, which 0 and empty text mean too."""
    choices = rest.split()
    text = (str(value) if isinstance(value, bool) else as_text(value)).strip().lower()
    if text in ("0", "") and "false" in choices:
        text = "false"
    if text not in choices:
        raise ValueError("not among the choices")
    return False if text == "false" else text


def _unit(value: StoredValue, rest: str) -> str:
    """Take ``T`` for ``TB`` as well, in any case (docs/panel.md, section 32)."""
    text = as_text(value).strip().upper()
    for unit in rest.split():
        if text and text in (unit, unit.removesuffix("B")):
            return unit
    raise ValueError("unknown unit")


def _alternatives(rest: str) -> str:
    """Return "a, b or c" for "a b c"."""
    *others, last = rest.split()
    return f"{', '.join(others)} or {last}" if others else last


def _line(value: StoredValue, rest: str) -> str:
    text = as_text(value).strip(" ")
    if not text or len(text) > int(rest) or not text.isprintable():
        raise ValueError("not one line")
    return text


def _text(value: StoredValue, rest: str) -> str:
    text = as_text(value)
    if len(text) > int(rest) or not all(char.isprintable() or char in "\n\r\t" for char in text):
        raise ValueError("not text")
    return text


def _password(value: StoredValue, _: str) -> str:
    text = as_text(value)
    if not 1 <= len(text) <= 256 or not text.isprintable():
        raise ValueError("not a password")
    return text


def _crypt(value: StoredValue, _: str) -> str:
    """Take SHA-256 and SHA-512 with 1,000 rounds or more, the least that crypt(3) makes."""
    found = _CRYPT.fullmatch(as_text(value))
    if not found or int(found[1] or found[2] or 0) > _MOST_ROUNDS:
        raise ValueError("not a hash")
    return found[0]


def _identifier(value: StoredValue, _: str) -> str:
    found = _IDENTIFIER.fullmatch(as_text(value))
    if not found:
        raise ValueError("not an identifier")
    return found[0]


def _credential(value: StoredValue, _: str) -> StoredValue:
    """Take a key, a ``keyring:name`` reference, or the array of settings that some providers need."""
    if isinstance(value, list | dict):
        settings: StoredValue = lists.plain(value)
        return settings
    return _line(value, "4096")


def _number_or_text(value: StoredValue, _: str) -> StoredValue:
    """Take booleans and null too: what the panel does not look into is kept as it came."""
    if value is None or isinstance(value, bool):
        return value
    return as_number(value) if isinstance(value, int | float) else _text(value, "4096")


def _list(value: StoredValue, rest: str) -> list[StoredValue]:
    return lists.distinct([check(rest, member) for member in lists.members(value)])


def _email_or_list(value: StoredValue, _: str) -> str | list[StoredValue]:
    """Take one address or several; several arrive as a list or as text with commas or brackets."""
    if isinstance(value, str) and "," not in value and not value.strip().startswith("["):
        return names.email(value)
    addresses = _list(value, "email")
    if not addresses:
        raise ValueError("no address")
    return addresses


def _address(text: str) -> str:
    return networks.to_text(networks.parse_network(text.strip(" ")))


def _named(reader: Callable[[str], str], words: str) -> Rule:
    return Rule(lambda value, _: reader(as_text(value)), lambda _: words)


RULES: dict[str, Rule] = {
    "bool": fixed(_bool, "true or false"),
    "switch": fixed(_switch, "0 or 1"),
    "version": fixed(_version, "3.0 or 3.1"),
    "int": Rule(_int, _range("a whole number")),
    "number": Rule(_number, _range("a number")),
    "choice": Rule(_choice, _alternatives),
    "unit": Rule(_unit, _alternatives),
    "line": Rule(_line, lambda rest: f"one line of 1 to {rest} printable characters"),
    "text": Rule(_text, lambda rest: f"text of at most {rest} characters"),
    "password": fixed(_password, "a password of 1 to 256 printable characters"),
    "crypt": fixed(_crypt, "a crypt(3) hash that begins with $5$ or $6$"),
    "identifier": fixed(_identifier, "a name of letters, digits, `_', `.' and `-'"),
    "credential": fixed(_credential, "a key, `keyring:NAME' or an array"),
    "number-or-text": fixed(_number_or_text, "a number or text"),
    "list": Rule(_list, lambda rest: f"a list ['a','b'], each {wording(rest)}"),
    "email-or-list": fixed(_email_or_list, "an e-mail address or a list of them"),
    "domain": _named(names.domain, "a domain name such as example.com"),
    "host": _named(names.host_or_prefix, "a host name, or a prefix that ends in a dot such as `www.'"),
    "email": _named(names.email, "an e-mail address"),
    "ipv4": _named(networks.ipv4, "an IPv4 address"),
    "ipv6": _named(networks.ipv6, "an IPv6 address"),
    "address": _named(_address, "an IPv4 or IPv6 address or range"),
    "user": _named(names.user, names.USER_WORDS),
    "admin-user": _named(names.admin_user, names.ADMIN_WORDS),
    "system-name": _named(names.system_name, "`admin' and a number; the panel assigns it"),
    "database-user": _named(names.database_user, names.DATABASE_WORDS),
    "database-prefix": _named(names.database_prefix, names.DATABASE_WORDS + " that ends with `_'"),
    "plan": _named(names.plan, "the name of a plan"),
}

_BOOK = Rulebook(RULES)


def check(rule: str, value: StoredValue) -> StoredValue:
    """Return the stored form of `value` under one of RULES; raises ValueError when the rule does not take it."""
    stored: StoredValue = _BOOK.check(rule, value)
    return stored


def wording(rule: str) -> str:
    """Return what one of RULES takes, as the end of a sentence: "a whole number from 0 to 4096"."""
    return _BOOK.wording(rule)
