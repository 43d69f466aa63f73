"""What ``admin:edit-site`` tells in a dry run, as a table: each parameter before and after, and what would follow."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apnscp.core.reporter import Message, Severity

_CHANGE = re.compile(r"site\d+ \([^)]*\): ([a-z0-9_-]+,\S+) would change(?: from )?")
_NOTHING = "nothing would change"
_TO = " to "


@dataclass(frozen=True)
class Line:
    """A parameter that would change; the values are for people, and both None where only that it changes is told."""

    name: str
    before: str | None = None
    after: str | None = None


@dataclass
class DryRun:
    """What an edit would do: the parameters that it changes, what follows, and warnings."""

    lines: list[Line] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read(messages: Iterable[Message]) -> DryRun:
    """Return what the messages of a dry run tell."""
    found = DryRun()
    for message in messages:
        line = _line(message.text)
        if message.severity.rank > Severity.INFO.rank:
            found.warnings.append(message.text)
        elif line is not None:
            found.lines.append(line)
        elif not message.text.endswith(_NOTHING):
            found.effects.append(message.text)
    return found


def _line(text: str) -> Line | None:
    """Return the parameter that a message is about; both of its values are JSON, so that they end where they end."""
    found = _CHANGE.match(text)
    if found is None:
        return None
    if found.end() == len(text):
        return Line(found[1])
    before, end = json.JSONDecoder().raw_decode(text, found.end())
    after, _ = json.JSONDecoder().raw_decode(text, end + len(_TO))
    return Line(found[1], _shown(before), _shown(after))


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value or "''"
    if isinstance(value, list) and all(isinstance(member, str) for member in value):
        return ", ".join(value) or "[]"
    return json.dumps(value, ensure_ascii=False)
