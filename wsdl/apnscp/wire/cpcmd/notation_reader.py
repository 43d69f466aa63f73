"""Read an array of the notation from left to right (`apnscp.wire.cpcmd.notation` has the rules)."""

from __future__ import annotations

import math
import re
from typing import Any

from apnscp.wire.errors import WireError
from apnscp.wire.soap.kinds import Value
from apnscp.wire.soap.text import php_key

MAX_DEPTH = 100
"""Levels of brackets that `parse` and `write` accept."""

_SPACES = " \t\r\n"
_WORDS = {"null": None, "None": None}
_TRUTH = {"true": True, "false": False}
_NUMBER = re.compile(r"-?[0-9]{1,4300}(\.[0-9]+)?([eE][+-]?[0-9]{1,9})?")
_NOT_SPACE = re.compile(rf"[^{_SPACES}]")
_ESCAPE = re.compile(r"""\\([,:\[\]"'\\ \t\r\n])""")
_STOP = re.compile(rf"{_ESCAPE.pattern}|[,:\[\]]")
_BARE = r"""[^,:\[\]"'\\\s]++"""
_SIMPLE = re.compile(rf"({_BARE})(?::({_BARE}))?([,\]])")
_MARGIN = 30


class NotationError(WireError):
    """A text is not in the notation; `column` counts from 1, and the message marks the place with a caret."""

    def __init__(self, reason: str, source: str, column: int) -> None:
        """Explain with `reason` what is wrong at `column` of `source`."""
        super().__init__(f"{reason} (column {column})\n{_pointer(source, column - 1)}")
        self.reason = reason
        self.column = column


def read_array(text: str) -> Value:
    """Read a text that starts with a bracket.

    Raises NotationError when it is not a complete array of the notation.
    """
    return _ArrayReader(text).read()


def literal(text: str) -> Value:
    """Return the value of an unquoted text: a number, a boolean, null, or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= 5 and text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    return _number(text)


def array(entries: dict[int | str, Any]) -> Value:
    """Return the entries of a PHP array as a list when the keys are 0, 1, 2 ... in order, else as they are."""
    if all(key == place for place, key in enumerate(entries)):
        return list(entries.values())
    return entries


def ends_in_escape(text: str) -> bool:
    """Tell whether a quote after this text is escaped: it ends in an odd number of backslashes."""
    return bool((len(text) - len(text.rstrip("\\"))) % 2)


def _number(text: str) -> Value:
    match = _NUMBER.fullmatch(text)
    if not match:
        return text
    if match[1]:
        return float(text)
    if not match[2]:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() and abs(number) < 2**63 else number


def _pointer(source: str, at: int) -> str:
    start = max(0, at - _MARGIN)
    line = "".join(char if char.isprintable() else " " for char in source[start : at + _MARGIN])
    return f"  {line}\n  {' ' * (at - start)}^"


class _Array:
    """The entries of one pair of brackets while it is read; `start` is the index of its opening bracket."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.entries: dict[int | str, Any] = {}
        self.key: int | str | None = None
        self.next = 0

    def take(self, value: Any) -> None:
        key = self.next if self.key is None else self.key
        self.entries[key] = value
        self.key = None
        if isinstance(key, int):
            self.next = max(self.next, key + 1)


class _Broken(Exception):
    """An escaped quote inside quotes: the array ends at the opening quote."""


class _ArrayReader:
    """Reads one array with a stack of its own instead of recursion."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open = [_Array(0)]
        self.at = 1

    def read(self) -> Value:
        value: Value = None
        try:
            while self.open:
                value = self.step()
        except _Broken:
            return self.text[self.at :]
        if self.peek():
            raise self.error("Nothing may follow the closing bracket")
        return value

    def step(self) -> Any:
        """Read one element, or close one array and return it."""
        char = self.peek()
        frame = self.open[-1]
        if char and char in ",]" and frame.key is not None:
            return self.finish("")
        if char == "]":
            return self.close()
        if char == "[":
            return self.enter()
        if char == ",":
            raise self.error('An element is missing before the comma; an empty text is written ""')
        if not char:
            raise self.unclosed()
        return self.quoted(char) if char in "\"'" else self.plain()

    def enter(self) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self.error(f"Arrays are nested deeper than {MAX_DEPTH}")
        self.open.append(_Array(self.at))
        self.at += 1

    def close(self) -> Any:
        value = array(self.open.pop().entries)
        self.at += 1
        if self.open:
            self.finish(value)
        return value

    def finish(self, value: Any) -> None:
        """Add an element and skip what separates it from the next."""
        self.open[-1].take(value)
        char = self.peek()
        if char == ",":
            self.at += 1
        elif char and char != "]":
            raise self.error("A comma or a closing bracket was expected")

    def quoted(self, quote: str) -> None:
        end = self.text.find(quote, self.at + 1)
        if end < 0:
            raise self.error("The quote is not closed")
        content = self.text[self.at + 1 : end]
        if ends_in_escape(content):
            raise _Broken
        self.at = end + 1
        frame = self.open[-1]
        if frame.key is None and self.peek() == ":":
            frame.key = php_key(content)
            self.at += 1
        else:
            self.finish(content)

    def plain(self) -> None:
        """Read unquoted text up to its comma or closing bracket, or a key up to the quote or bracket of its value."""
        if self.open[-1].key is None and self.simple():
            return None
        start, depth, escaped = self.at, 0, self.at
        colons: list[tuple[int, int]] = []
        frame = self.open[-1]
        for match in _STOP.finditer(self.text, start):
            self.at, stop = match.start(), match[0]
            if len(stop) > 1:
                escaped = match.end()
            elif stop in ",]" and not depth:
                return self.entry(start, colons, escaped)
            elif stop == "[":
                depth += 1
            elif stop == "]":
                depth -= 1
            elif stop == ":" and not depth:
                if frame.key is not None:
                    raise self.error("A value that holds a colon must be quoted after a quoted key")
                if not colons and self.value_opens(match.end()):
                    frame.key = php_key(self.piece(start, self.at, escaped)[0])
                    self.at = match.end()
                    return None
                colons.append((self.at, escaped))
        raise self.unclosed()

    def simple(self) -> bool:
        """Read entries without quotes, escapes, spaces and brackets, which nearly all are; tell whether there was one."""
        frame, first = self.open[-1], self.at
        while match := _SIMPLE.match(self.text, self.at):
            left, right, stop = match.groups()
            if right is not None:
                frame.key = php_key(left)
            frame.take(literal(left if right is None else right))
            self.at = match.end()
            if stop == "]":
                self.at -= 1
                break
        return self.at > first

    def entry(self, start: int, colons: list[tuple[int, int]], escaped: int) -> None:
        """Add the unquoted text from `start` to here: key and value when it has one colon, else one element."""
        if len(colons) == 1:
            colon, escaped_in_key = colons[0]
            self.open[-1].key = php_key(self.piece(start, colon, escaped_in_key)[0])
            start = min(self.skip(colon + 1), self.at)
        text, typed = self.piece(start, self.at, max(escaped, start))
        self.finish(literal(text) if typed else text)

    def piece(self, start: int, end: int, escaped: int) -> tuple[str, bool]:
        """Return a text without its escapes, and whether it had none; spaces before `escaped` are kept."""
        raw = self.text[start:end]
        kept = max(len(raw.rstrip(_SPACES)), escaped - start)
        text, escapes = _ESCAPE.subn(r"\1", raw[:kept])
        return text, not escapes

    def value_opens(self, place: int) -> bool:
        place = self.skip(place)
        return place < len(self.text) and self.text[place] in "[\"'"

    def skip(self, place: int) -> int:
        match = _NOT_SPACE.search(self.text, place)
        return match.start() if match else len(self.text)

    def peek(self) -> str:
        """Skip spaces and return the next character, empty at the end."""
        self.at = self.skip(self.at)
        return self.text[self.at : self.at + 1]

    def error(self, reason: str) -> NotationError:
        return NotationError(reason, self.text, self.at + 1)

    def unclosed(self) -> NotationError:
        return NotationError("The bracket is not closed", self.text, self.open[-1].start + 1)
