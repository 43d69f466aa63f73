"""What a setting or scope may be: the rules of service parameters, and those for words of config_ini.tsv and scopes.tsv."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from apnscp.core.errors import Refused
from apnscp.opcenter.services import names, networks, rules, timezones
from apnscp.opcenter.services.rulebook import Rule, Rulebook, fixed
from apnscp.opcenter.settings.config import SPAN

LONGEST = 65536
"""Characters of JSON that one value may come to."""

_AGE = re.compile(r"[1-9]\d{0,4} (?:day|week|month|year|hour|minute|second)s?", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_.-]{0,64}", re.ASCII)
_CALENDAR = re.compile(
    r"(?:minutely|hourly|daily|weekly|monthly|quarterly|semiannually|yearly)|(?=.*\d)[A-Za-z0-9*.,:/~ -]{1,128}",
    re.ASCII,
)
_PHP_VERSION = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,3})?", re.ASCII)
_SIGNATURE_TAIL = re.compile(r"\.UNOFFICIAL(?:\([^)]*\))?\Z")
_RELAY = re.compile(r"\[([^\[\]]+)\](?::(\d{1,5}))?|([^\[\]:]+):(\d{1,5})", re.ASCII)
_HOURS = re.compile(r"(\d{1,2})-(\d{1,2})", re.ASCII)
_RULE_OF_TYPE = {
    bool: "bool",
    int: f"int {-(2**63)}..{2**63 - 1}",
    float: "number -1000000000..1000000000",
    type(None): "?scalar",
}


def check(rule: str, value: Any) -> Any:
    """Return the form of `value` that is kept under `rule`; raises ValueError when the rule does not take it."""
    return _BOOK.check(rule, value)


def wording(rule: str) -> str:
    """Return what `rule` takes, as the end of a sentence."""
    return _BOOK.wording(rule)


def rule_of(default: Any) -> str:
    """Return the rule of a setting that has none of its own: the type of its default."""
    return _RULE_OF_TYPE.get(type(default), "free-text")


def entries(value: Any) -> list[Any]:
    """Return the entries of a list, a map's values, or text with commas or spaces; lists in a list are flattened."""
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return [entry for part in value for entry in (entries(part) if isinstance(part, list | dict | str) else [part])]
    return networks.split(rules.as_text(value)) if value is not None else []


def _free_text(value: Any, _: str) -> str:
    text = rules.as_text(value)
    if any(not char.isprintable() and char not in "\n\t" for char in text):
        raise ValueError("control characters")
    return text


def _free_line(value: Any, _: str) -> str:
    text = _free_text(value, "").strip()
    if not text or "\n" in text or "\t" in text:
        raise ValueError("not one line")
    return text


def _scalar(value: Any, _: str) -> Any:
    if isinstance(value, int | float) and not -(2.0**63) <= value < 2.0**63:
        raise ValueError("not finite")
    return value if isinstance(value, bool | int | float) else _free_text(value, "")


def _any(value: Any, _: str) -> Any:
    if isinstance(value, list):
        return [_any(entry, "") for entry in value]
    if isinstance(value, dict):
        return {_free_text(str(key), ""): _any(entry, "") for key, entry in value.items()}
    return None if value is None else _scalar(value, "")


def _pattern(pattern: re.Pattern[str]) -> Callable[[Any, str], str]:
    def check_pattern(value: Any, _: str) -> str:
        text = " ".join(rules.as_text(value).lower().split())
        if not pattern.fullmatch(text):
            raise ValueError("of another form")
        return text

    return check_pattern


def _word(value: Any, _: str) -> str:
    text = rules.as_text(value).strip()
    if not _WORD.fullmatch(text):
        raise ValueError("not a word")
    return text


def _cleanup(value: Any, _: str) -> Any:
    text = "" if value is None else str(value).strip().lower()
    if text in ("", "0", "false", "null"):
        return False
    return True if text == "true" else _pattern(_AGE)(value, "")


def _hours(value: Any, _: str) -> str:
    found = _HOURS.fullmatch(rules.as_text(value).strip())
    if not found or not int(found[1]) < int(found[2]) <= 23:
        raise ValueError("not a range of hours")
    return found[0]


def _zone(value: Any, _: str) -> str:
    try:
        return timezones.named(rules.as_text(value).strip())
    except Refused as refusal:
        raise ValueError(refusal.text) from refusal


def _address_list(value: Any, _: str) -> str:
    found = [networks.parse_network(rules.as_text(entry).strip()) for entry in entries(value)]
    if any(network.prefixlen == 0 for network in found):
        raise ValueError("every address")
    return ",".join(dict.fromkeys(networks.to_text(network) for network in found))


def _words(value: Any, _: str) -> list[str]:
    return list(dict.fromkeys(_free_line(entry, "") for entry in entries(value)))


def _hosts(value: Any, _: str) -> list[str]:
    found = list(dict.fromkeys(names.domain(rules.as_text(entry)) for entry in entries(value)))
    if not found:
        raise ValueError("no host name")
    return found


def _flat_list(value: Any, rest: str) -> list[Any]:
    return [rules.check(rest, entry) for entry in entries(value)]


def _ports(value: Any, _: str) -> list[Any]:
    found = _flat_list(value, "int 1..65535")
    if not found:
        raise ValueError("no port")
    return found


def _port_or_false(value: Any, _: str) -> Any:
    return False if str(value).strip().lower() in ("false", "0") else rules.check("int 1..65535", value)


def _web_ports(value: Any, _: str) -> list[Any]:
    """Return the port for HTTP and the one for HTTPS, which false switches off."""
    plain, *secure = entries(value)
    return [rules.check("int 1..65535", plain), *(_port_or_false(port, "") for port in secure)]


def _php_version(value: Any, _: str) -> str:
    """Take a number too, which is what the notation of cpcmd makes of 8.0 (docs/panel.md, section 16)."""
    text = value.strip() if isinstance(value, str) else f"{float(rules.as_number(value)):.1f}"
    if not _PHP_VERSION.fullmatch(text):
        raise ValueError("not a version")
    return text


def _bool_or_calendar(value: Any, _: str) -> Any:
    try:
        return rules.check("bool", value)
    except ValueError:
        text = " ".join(rules.as_text(value).split())
    if not _CALENDAR.fullmatch(text):
        raise ValueError("neither true or false nor a calendar text")
    return text


def _signatures(value: Any, _: str) -> list[str]:
    """Return names of signatures without what the scanner adds to them in its reports."""
    return list(dict.fromkeys(_SIGNATURE_TAIL.sub("", name) for name in _words(value, "")))


def _fields(value: Any, rest: str) -> dict[str, Any]:
    if not isinstance(value, dict) or {str(name) for name in value} != set(rest.split()):
        raise ValueError("not a map of these names")
    return {str(name): _scalar(entry, "") for name, entry in value.items()}


def _smart_host(value: Any, _: str) -> Any:
    """Return false, or host and user; the password is not kept."""
    parts = value if isinstance(value, list) else entries(value) if isinstance(value, str) else [value]
    if parts in ([False], [0], ["false"], ["0"]):
        return False
    if not 1 <= len(parts) <= 3 or not isinstance(parts[0], str):
        raise ValueError("neither false nor a host")
    return [_relay(parts[0]), *(_free_line(part, "") for part in parts[1:2])]


def _relay(text: str) -> str:
    """Return a host as it is written to Postfix: bare, with a port, or in brackets, which keep its MX records out."""
    found = _RELAY.fullmatch(text.strip())
    if not found:
        return names.domain(text)
    host, port = names.domain(found[1] or found[3]), found[2] or found[4]
    shown = f"[{host}]" if found[1] else host
    return f"{shown}:{rules.check('int 1..65535', port)}" if port else shown


RULES: Mapping[str, Rule] = rules.RULES | {
    "free-text": fixed(_free_text, "text"),
    "free-line": fixed(_free_line, "one line of text"),
    "word": fixed(_word, "at most 64 letters, digits, `_', `.' and `-'"),
    "scalar": fixed(_scalar, "a number, true, false or text"),
    "any": fixed(_any, "text, a number, a list or a map"),
    "span": fixed(_pattern(SPAN), "a span such as `15 minutes', or a number of seconds"),
    "cleanup": fixed(_cleanup, "a span such as `30 days', or false"),
    "hours": fixed(_hours, "hours such as 3-22"),
    "zone": fixed(_zone, "a time zone such as Europe/Berlin"),
    "address-list": fixed(_address_list, "IPv4 or IPv6 addresses or ranges with commas between them"),
    "words": fixed(_words, "names, as a list or with commas between them"),
    "hosts": fixed(_hosts, "host names, as a list or with commas between them"),
    "flat-list": Rule(_flat_list, lambda rest: f"a list of which each is {rules.wording(rest)}"),
    "ports": fixed(_ports, "ports from 1 to 65535"),
    "port-or-false": fixed(_port_or_false, "a port from 1 to 65535, or false"),
    "web-ports": fixed(_web_ports, "a port for HTTP and one for HTTPS, which may be false"),
    "php-version": fixed(_php_version, "a version of PHP such as 8.2"),
    "bool-or-calendar": fixed(_bool_or_calendar, "true, false or a calendar text such as `Mon..Fri 23:00'"),
    "signatures": fixed(_signatures, "names of signatures, as a list or with commas between them"),
    "fields": Rule(_fields, lambda rest: f"a map of {' and '.join(rest.split())}"),
    "smart-host": fixed(_smart_host, "false, or a host name or [host]:port, user and password"),
    "existing-plan": fixed(_word, "the name of a plan"),
}

_BOOK = Rulebook(RULES, LONGEST)
