"""The messages of one call (errors, warnings, infos and so on), in the order they were reported.

Severities and their bits are those of the panel's error reporter (docs/panel.md, section 2).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from apnscp.core.errors import Aborted


class Severity(Enum):
    """Class of a message; `rank` orders them from success to exception."""

    OK = ("success", 0x00, 0)
    DEBUG = ("debug", 0x01, 1)
    DEPRECATED = ("deprecated", 0x02, 2)
    INFO = ("info", 0x04, 3)
    WARNING = ("warning", 0x08, 4)
    ERROR = ("error", 0x10, 5)
    FATAL = ("fatal", 0x20, 6)
    EXCEPTION = ("exception", 0x40, 7)

    def __init__(self, word: str, bit: int, rank: int) -> None:
        """Keep the word for the class, its bit in the panel's masks, and its rank."""
        self.word = word
        self.bit = bit
        self.rank = rank


ABORT_LEVELS = {severity.word: severity for severity in Severity} | {
    "warn": Severity.WARNING,
    "ok": Severity.OK,
}
"""Values of the header Abort-On; anything else means `fatal`, the panel's default."""


@dataclass(frozen=True)
class Message:
    """One message as the caller sees it."""

    severity: Severity
    text: str


@dataclass
class Reporter:
    """Collects the messages of a call, and ends the call as Abort-On demands.

    abort_on: the lowest class that ends the call at once with a fault
    """

    abort_on: Severity = Severity.FATAL
    messages: list[Message] = field(default_factory=list)

    def report(self, severity: Severity, message: str, *args: object) -> None:
        """Add a message, unless it is the same as the one before.

        Raises Aborted when the class is `abort_on` or above; a success never ends a call.
        """
        text = message % args if args else message
        entry = Message(severity, text)
        if not self.messages or self.messages[-1] != entry:
            self.messages.append(entry)
        if severity.rank >= max(self.abort_on.rank, 1):
            raise Aborted(text)

    def error(self, message: str, *args: object) -> None:
        """Report an error and go on; a method that must stop raises Refused instead."""
        self.report(Severity.ERROR, message, *args)

    def warn(self, message: str, *args: object) -> None:
        """Report a warning."""
        self.report(Severity.WARNING, message, *args)

    def info(self, message: str, *args: object) -> None:
        """Report an info."""
        self.report(Severity.INFO, message, *args)

    def success(self, message: str, *args: object) -> None:
        """Report a success."""
        self.report(Severity.OK, message, *args)

    def deprecated(self, message: str, *args: object) -> None:
        """Report that the caller used something deprecated."""
        self.report(Severity.DEPRECATED, message, *args)

    def level(self) -> Severity:
        """Return the highest class reported, OK without any message."""
        return max((m.severity for m in self.messages), key=lambda s: s.rank, default=Severity.OK)
