"""The messages that a panel reports with an answer, kept for the thread that called."""

from __future__ import annotations

import threading
from typing import Any, Final, NamedTuple

from lxml import etree
from zeep.plugins import Plugin

from apnscp.wire.soap import names

_MESSAGES: Final = f"{{{names.ENVELOPE}}}Header//{{{names.MESSAGES}}}message"


class ReportedMessage(NamedTuple):
    """A message of an answer: its class, such as ``warning``, and its text."""

    severity: str
    text: str


class MessagesPlugin(Plugin):
    """Keeps the messages of the last answer of each thread, faults included."""

    def __init__(self) -> None:
        """Start without messages."""
        self._local = threading.local()

    @property
    def last(self) -> list[ReportedMessage]:
        """Messages of this thread's last call, in the order they were reported."""
        return list(getattr(self._local, "messages", ()))

    def clear(self) -> None:
        """Drop this thread's messages before a call."""
        self._local.messages = []

    def ingress(self, envelope: etree._Element, http_headers: Any, _operation: Any) -> tuple[Any, Any]:
        """Read the messages header block of an answer; zeep calls this."""
        found = envelope.iterfind(_MESSAGES)
        self._local.messages = [ReportedMessage(str(each.get("severity", "")), each.text or "") for each in found]
        return envelope, http_headers
