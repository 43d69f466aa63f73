"""What can go wrong on the wire.

WireError                 this side cannot read or write something; a SOAP fault waiting to be sent
└── FaultReceived         the other side answered with a fault
"""

from __future__ import annotations

from collections.abc import Sequence

CLIENT = "Client"
SERVER = "Server"
VERSION_MISMATCH = "VersionMismatch"

Message = tuple[str, str]
"""A severity name such as `warning', and its text."""


class WireError(Exception):
    """Say what cannot be read or written.

    text: one sentence for people, safe to send: never a parser's own text
    fault_code: `Client', `Server' or `VersionMismatch', the local name of the SOAP fault code
    """

    def __init__(self, text: str, fault_code: str = CLIENT) -> None:
        """Keep the sentence and the code."""
        super().__init__(text)
        self.text = text
        self.fault_code = fault_code


class FaultReceived(WireError):
    """Report the fault that the server answered.

    code: local name of the fault code, such as `Client'
    text: the fault string as sent
    messages: (severity, text) pairs of the messages header block
    """

    def __init__(self, code: str, text: str, messages: Sequence[Message] = ()) -> None:
        """Keep what was received."""
        super().__init__(text, code)
        self.code = code
        self.messages = tuple(messages)


def bad_request(reason: str = "") -> WireError:
    """Build the fault that PHP answers to a body it cannot read.

    reason: what is wrong, for people; left out when only the parser knows
    """
    return WireError(f"Bad Request: {reason}" if reason else "Bad Request")
