"""What one types about an API key: when it ends, what it may call, and from where."""

from __future__ import annotations

import re
from collections.abc import Mapping

from apnscp.core import moments
from apnscp.core.errors import Refused
from apnscp.opcenter.access import key_rules
from apnscp.opcenter.access.keys import Rules

NEVER = ("", "never")
_DATE = re.compile(r"\d{4}-")
FIELDS = ("comment", "user", "expires", "profile", "commands", "addresses")


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into each field."""
    return {name: form.get(name, "").strip() for name in FIELDS}


def rules(form: Mapping[str, str], now: float) -> Rules:
    """Return the rules that were typed.

    now: Unix time by the panel's clock
    Raises Refused for what is no time, no address, no command and no profile.
    """
    profile = form["profile"]
    words = [form["commands"], *([f"@{profile}"] if profile else [])]
    return Rules(
        expires=expiry(form["expires"], now),
        addresses=key_rules.read_addresses([form["addresses"]]),
        commands=key_rules.read_commands(words),
    )


def expiry(text: str, now: float) -> int | None:
    """Return the Unix time at which a key ends, None for never.

    text: a date or time in UTC, or a span from now on such as ``30 days``
    Raises Refused for anything else, and for what has passed.
    """
    if text.lower() in NEVER:
        return None
    found = _moment(text, now)
    if found <= now:
        raise Refused("The key would have ended already: `%s' has passed by the panel's clock", text)
    return int(found)


def _moment(text: str, now: float) -> float:
    try:
        return moments.unix(text) if _DATE.match(text) else moments.moved(now, text)
    except ValueError:
        raise Refused("`%s' is not a time; write 30 days, 2030-12-31 or never", text) from None
