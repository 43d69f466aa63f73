"""When a job runs and what it does: the fields of a line of a crontab (docs/panel.md, section 26)."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from apnscp.core.errors import Refused

MACROS = ("@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly")
"""What may stand for all five fields of time."""
LONGEST_FIELD, LONGEST_COMMAND = 128, 4_096

_FIELD = re.compile(r"[^\s@][^\s]*", re.ASCII)
_NAMES = ("minute", "hour", "day of month", "month", "day of week")


class Job(NamedTuple):
    """A line of a crontab; with a macro as its minute the other fields of time are empty."""

    minute: str
    hour: str
    day_of_month: str
    month: str
    day_of_week: str
    cmd: str


def job(times: tuple[Any, Any, Any, Any, Any], command: str) -> Job:
    """Return a job of five fields of time, or of a macro in the first one, and a command.

    The fields are not checked for their range, as the panel does not. Raises Refused for a field that is empty or has
    spaces, an unknown macro, and a command that is empty or not one line.
    """
    text = command.strip()
    if not text or len(text) > LONGEST_COMMAND or not text.isprintable():
        raise Refused("A command is one line of 1 to %d characters", LONGEST_COMMAND)
    first = _text(times[0])
    if first.startswith("@"):
        return Job(_macro(first), "", "", "", "", text)
    minute, hour, day, month, weekday = (_field(name, _text(value)) for name, value in zip(_NAMES, times, strict=True))
    return Job(minute, hour, day, month, weekday, text)


def parsed(line: str) -> Job:
    """Return the job of a line of a crontab; raises Refused for one that is not a job."""
    fields = line.strip().split(None, 1 if line.strip().startswith("@") else 5)
    if len(fields) == 2 and fields[0].startswith("@"):
        return job((fields[0], "", "", "", ""), fields[1])
    if len(fields) != 6 or fields[0].startswith("#"):
        raise Refused(
            "`%s' is not a job; write five fields of time, or a macro such as @daily, and a command", line[:64]
        )
    minute, hour, day, month, weekday, command = fields
    return job((minute, hour, day, month, weekday), command)


def _text(value: Any) -> str:
    """Return a field as text; a number may arrive as one."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value).strip()


def _macro(text: str) -> str:
    if text.lower() not in MACROS:
        raise Refused("Unknown macro `%s'; there are %s", text[:64], ", ".join(MACROS))
    return text.lower()


def _field(name: str, text: str) -> str:
    if len(text) > LONGEST_FIELD or not text.isprintable() or not _FIELD.fullmatch(text):
        raise Refused("`%s' is not a %s; write `*', a number, a list or a range", text[:64], name)
    return text
