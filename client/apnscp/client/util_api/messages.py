"""The messages that a panel reports with an answer, kept for the thread that called."""

from __future__ import annotations

import threading
from typing import Any, Final

from lxml import etree
from zeep.plugins import Plugin

from apnscp.wire.errors import Message
from apnscp.wire.soap import names

_MESSAGES: Final = f"{{{names.ENVELOPE}}}Header//{{{names.MESSAGES}}}message"


class MessagesPlugin(Plugin):
    """Keeps the messages of the last answer of each thread, faults included."""

    def __init__(self) -> None:
        """Start without messages."""
        self._local = threading.local()

    @property
    def last(self) -> list[Message]:
        """Messages of this thread's last call, in the order they were reported."""
        return list(getattr(self._local, "messages", ()))

    def clear(self) -> None:
        """Drop this thread's messages before a call."""
        self._local.messages = []

    def ingress(self, envelope: etree._Element, http_headers: Any, _operation: Any) -> tuple[Any, Any]:
        """Read the messages header block of an answer; zeep calls this."""
        found = envelope.iterfind(_MESSAGES)
        self._local.messages = [Message(str(each.get("severity", "")), each.text or "") for each in found]
        return envelope, http_headers
