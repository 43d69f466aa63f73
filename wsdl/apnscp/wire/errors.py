"""What can go wrong on the wire, as one tree.

WireError                   this side cannot read or write something
├── FormatError             a text is not in the format it should be in (`apnscp.wire.cpcmd.formats`)
├── NotationError           a text is not in cpcmd's notation (`apnscp.wire.cpcmd.notation_reader`)
└── FaultReceived           the other side answered with a fault
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

CLIENT = "Client"
SERVER = "Server"
VERSION_MISMATCH = "VersionMismatch"
MUST_UNDERSTAND = "MustUnderstand"


class Message(NamedTuple):
    """One entry of the messages header block.

    severity: its class, such as `warning`
    text: one sentence for people
    """

    severity: str
    text: str


class WireError(Exception):
    """Something cannot be read or written.

    text: one sentence that is safe to send: it never quotes a parser
    fault_code: local name of the SOAP fault code, in the words of SOAP 1.1: `Client`, `Server`, `VersionMismatch` ...
    """

    def __init__(self, text: str, fault_code: str = CLIENT) -> None:
        """Keep the sentence and the fault code."""
        super().__init__(text)
        self.text = text
        self.fault_code = fault_code


class FaultReceived(WireError):
    """The server answered with a fault.

    code: local name of the fault code in the words of SOAP 1.1, such as `Client`
    text: the fault string as sent
    messages: those of the messages header block
    """

    def __init__(self, code: str, text: str, messages: Sequence[Message] = ()) -> None:
        """Keep what the fault said."""
        super().__init__(text, code)
        self.code = code
        self.messages = tuple(messages)


def bad_request(reason: str = "") -> WireError:
    """Return the error for a body that cannot be read, worded as PHP's server does.

    reason: what is wrong; left out when only the parser knows
    """
    return WireError(f"Bad Request: {reason}" if reason else "Bad Request")
