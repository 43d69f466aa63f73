"""Suspension: a date, and a reason whose lines with `#` or `;` the customer does not see (docs/panel.md, section 9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dateparser
import regex
from sqlalchemy import select

from apnscp.core.clock import Clock
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites.tables import site_table

HIDDEN = ("#", ";")
TEMPLATES = Path(__file__).with_name("data") / "suspension"
_NUMBER = re.compile(r"-?\d{1,12}(\.\d*)?\Z")
_PATIENCE = 1.0
"""Seconds that a pattern may take for one reason: some need for ever, and a server waits with it."""
_FORWARD = re.compile(r"(\d+\s+(?:second|minute|hour|day|week|month|year)s?)\Z", re.IGNORECASE)


def visible(reason: str | None) -> str:
    """Return the lines of a reason that the customer may read."""
    lines = (reason or "").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(HIDDEN)).strip()


def from_template(name: str, reason: str, folders: tuple[Path, ...] = ()) -> str:
    """Return a template's text with ``{reason}`` filled in.

    name: file name without its ending, in the panel's folder of suspension templates
    Raises Refused for a name that is not there.
    """
    available = {path.stem: path for folder in (TEMPLATES, *folders) for path in sorted(folder.glob("*.txt"))}
    if name.removesuffix(".txt") not in available:
        raise Refused("Unknown suspension template `%s'; there are %s", name, ", ".join(sorted(available)) or "none")
    lines = available[name.removesuffix(".txt")].read_text("utf-8").splitlines()
    return "\n".join(_filled(line, reason) for line in lines).strip()


def _filled(line: str, reason: str) -> str:
    """Return a template's line with the reason in it; where the line is hidden, so is every line of the reason."""
    if "{reason}" not in line or not line.lstrip().startswith(HIDDEN):
        return line.replace("{reason}", reason)
    return "\n".join(line.replace("{reason}", part) for part in reason.splitlines() or [""])


def moment(text: Any, clock: Clock) -> float:
    """Return the Unix time that a time expression names, on the panel's clock.

    text: "now", "last month", "30 days ago", "30 days" (the same), a date, or Unix time
    Raises Refused for anything else.
    """
    words = str(text).strip()
    if _NUMBER.match(words):
        return float(words)
    span = _FORWARD.match(words)
    base = clock.datetime().replace(tzinfo=None)
    parsed = dateparser.parse(
        f"{span[1]} ago" if span else words,
        languages=["en"],
        settings={"RELATIVE_BASE": base, "TIMEZONE": "UTC", "PREFER_DATES_FROM": "past"},
    )
    if parsed is None:
        raise Refused('`%s\' is no time; write "30 days ago", "last month", "now", a date or Unix time', words)
    return parsed.replace(tzinfo=parsed.tzinfo or UTC).timestamp()


def matcher(pattern: str) -> Callable[[str], bool]:
    """Return a function that tells whether a reason holds the pattern of a `match` flag.

    pattern: a regular expression; delimiters are optional, hidden lines count
    Raises Refused for a pattern that does not compile; so does the function for one that takes too long.
    """
    bare, options = pattern, ""
    framed = re.match(r"([/#~!@%])(.*)\1([imsxu]*)\Z", pattern, re.DOTALL)
    if framed:
        bare, options = framed[2], framed[3]
    flags = regex.MULTILINE
    for letter, flag in (("i", regex.IGNORECASE), ("s", regex.DOTALL), ("x", regex.VERBOSE)):
        if letter in options:
            flags |= flag
    try:
        compiled = regex.compile(bare, flags)
    except regex.error as error:
        raise Refused("`%s' is no regular expression: %s", pattern, error) from error

    def held(reason: str) -> bool:
        try:
            return compiled.search(reason, timeout=_PATIENCE) is not None
        except TimeoutError as error:
            raise Refused("`%s' takes too long to be searched for; write a simpler expression", pattern) from error

    return held


def due(ctx: Context, since: Any, match: Any) -> list[int] | None:
    """Return the ids, in order, of suspended sites that the flags of a deletion choose; None without either flag.

    since: a time expression; only sites suspended at that time or before
    match: a regular expression that a site's reason has to hold, hidden lines included
    Raises Refused for an expression of either kind that cannot be read.
    """
    if since is None and match is None:
        return None
    chosen = (
        select(site_table.c.id, site_table.c.suspended_reason)
        .where(site_table.c.suspended_at.is_not(None))
        .order_by(site_table.c.id)
    )
    if since is not None:
        chosen = chosen.where(site_table.c.suspended_at <= int(moment(since, ctx.clock)))
    held = matcher("" if match is None else str(match))
    # all rows before the first match: a pattern that is refused must leave no result open
    return [row[0] for row in ctx.db.execute(chosen).all() if held(row[1] or "")]


def day(timestamp: int) -> str:
    """Return a date as the panel prints it: Y-m-d."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")
