"""Everything that can go wrong when the panel is called, as one tree.

ApisError
├── Fault                       the panel answered with a fault; its text is written for people
│   ├── UnknownMethod           no such method, or none for this role
│   ├── NotEmulated             an emulator of the panel knows this method and does not carry it out
│   ├── AuthenticationFailed    the key or the session was refused (HTTP 401), or may not be used so (403)
│   └── LockedOut               too many failures from this address (HTTP 429)
└── ConnectionFailed            no answer, or one that is not a SOAP envelope
"""

from __future__ import annotations

__all__ = [
    "ApisError",
    "AuthenticationFailed",
    "ConnectionFailed",
    "Fault",
    "LockedOut",
    "NotEmulated",
    "UnknownMethod",
]


class ApisError(Exception):
    """Base of all errors of the client."""

    def __init__(self, text: str) -> None:
        """Keep the text, a sentence to show to people."""
        self.text = text
        super().__init__(text)


class Fault(ApisError):
    """The panel answered with a SOAP fault."""

    def __init__(self, text: str, code: str = "Server", status: int = 500) -> None:
        """Keep what the panel sent.

        text: the fault string
        code: the local part of the fault code, ``Client``, ``Server``, ``Server.NotEmulated`` or ``VersionMismatch``
        status: the HTTP status that came with it
        """
        super().__init__(text)
        self.code = code
        self.status = status


class UnknownMethod(Fault):
    """No method of this name can be called by this caller."""


class NotEmulated(Fault):
    """The panel is an emulator, which lists this method and does not carry it out."""


class AuthenticationFailed(Fault):
    """The panel refused the key or the session, or this use of it."""


class LockedOut(Fault):
    """The panel refuses this address for a while."""


class ConnectionFailed(ApisError):
    """The panel could not be reached, or did not answer with a SOAP envelope."""
