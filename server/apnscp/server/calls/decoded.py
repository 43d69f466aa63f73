"""What the journal keeps as text, read back: arguments and messages."""

from __future__ import annotations

import re
import shlex
from typing import Any

from apnscp.core.reporter import Severity
from apnscp.wire.cpcmd.notation import parse

LONGEST_LINE = 16_384
"""Characters kept of the arguments of a call; a line that was cut there ends in three dots."""
_WORDS = "|".join(severity.word for severity in Severity)
_MESSAGE = re.compile(rf"^({_WORDS}): (.*?)(?=\n(?:{_WORDS}): |\Z)", re.MULTILINE | re.DOTALL)


def arguments(line: str) -> tuple[Any, ...]:
    """Return the arguments of a line as they were sent; one that was cut off at the end is left out."""
    return tuple(parse(word) for word in _words(line))


def is_cut(line: str) -> bool:
    """Tell whether a line holds less than all arguments."""
    return len(line) > LONGEST_LINE


def messages(text: str) -> tuple[tuple[str, str], ...]:
    """Return the messages of a call as (severity, text) pairs."""
    return tuple((found[1], found[2]) for found in _MESSAGE.finditer(text))


def _words(line: str) -> list[str]:
    cut = is_cut(line)
    words = shlex.shlex(line[:LONGEST_LINE], posix=True)
    words.whitespace_split = True
    words.commenters = ""
    kept: list[str] = []
    try:
        for word in words:
            kept.append(word)
    except ValueError:
        return kept
    return kept[:-1] if cut else kept
