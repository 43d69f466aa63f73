"""Suspension: a date, and a reason whose lines with `#` or `;` the customer does not see (docs/panel.md, section 9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from apnscp.core.clock import Clock, monotonic
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites.tables import site_table

HIDDEN = ("#", ";")
TEMPLATES = Path(__file__).with_name("data") / "suspension"
_NUMBER = re.compile(r"-?\d{1,12}(\.\d*)?\Z")
LONGEST_TIME = 64
LONGEST_PATTERN = 256
"""Characters of a time expression and of a pattern: long ones take minutes to be read and mean nothing."""
PATIENCE = 1.0
"""Seconds that a pattern may take for all reasons together: some need for ever, and the caller waits for it."""
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
    if len(words) > LONGEST_TIME:
        raise Refused("A time has at most %d characters; write one such as `30 days ago' or a date", LONGEST_TIME)
    if _NUMBER.match(words):
        return float(words)
    import dateparser  # not needed by most processes, and slow to load

    span = _FORWARD.match(words)
    base = clock.datetime().replace(tzinfo=None)
    parsed = dateparser.parse(
        f"{span[1]} ago" if span else words,
        languages=["en"],
        settings={"RELATIVE_BASE": base, "TIMEZONE": "UTC", "PREFER_DATES_FROM": "past"},
    )
    if parsed is None:
        raise Refused('`%s\' is not a time; write "30 days ago", "last month", "now", a date or Unix time', words)
    return parsed.replace(tzinfo=parsed.tzinfo or UTC).timestamp()


def matcher(pattern: str) -> Callable[[str], bool]:
    """Return a function that tells whether a reason holds the pattern of a `match` flag.

    pattern: a regular expression; delimiters are optional, hidden lines count
    Raises Refused for a pattern that is too long or does not compile; so does the function once all its searches
    together have taken too long.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise Refused("match: a regular expression has at most %d characters", LONGEST_PATTERN)
    import regex

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
    except (regex.error, RecursionError, OverflowError) as error:
        raise Refused("`%s' is not a regular expression: %s", pattern, error) from error
    spent = 0.0

    def held(reason: str) -> bool:
        nonlocal spent
        begun = monotonic()
        try:
            return compiled.search(reason, timeout=max(PATIENCE - spent, 0.001)) is not None
        except TimeoutError as error:
            raise Refused("`%s' takes too long to be searched for; write a simpler expression", pattern) from error
        finally:
            spent += monotonic() - begun

    return held


class Mark(NamedTuple):
    """The mark of a suspension: its Unix time and its reason."""

    since: int
    reason: str | None


def due(ctx: Context, since: Any, match: Any) -> dict[int, Mark] | None:
    """Return the suspended sites, by id in order, that the flags of a deletion choose; None without either flag.

    since: a time expression; only sites suspended at that time or before
    match: a regular expression that a site's reason has to hold, hidden lines included
    Raises Refused for an expression of either kind that cannot be read.
    """
    if since is None and match is None:
        return None
    chosen = (
        select(site_table.c.id, site_table.c.suspended_at, site_table.c.suspended_reason)
        .where(site_table.c.suspended_at.is_not(None))
        .order_by(site_table.c.id)
    )
    if since is not None:
        chosen = chosen.where(site_table.c.suspended_at <= int(moment(since, ctx.clock)))
    held = matcher("" if match is None else str(match))
    # all rows before the first match: a pattern that is refused must leave no result open
    rows = ctx.db.execute(chosen).all()
    return {row.id: Mark(row.suspended_at, row.suspended_reason) for row in rows if held(row.suspended_reason or "")}


def day(timestamp: int) -> str:
    """Return a date as the panel prints it: Y-m-d."""
    return datetime.fromtimestamp(timestamp, UTC).strftime("%Y-%m-%d")
