"""What each kind of error means to SOAP and HTTP: the one table."""

from __future__ import annotations

from dataclasses import dataclass

from apnscp.core import errors
from apnscp.wire.errors import WireError

UNEXPECTED = "Something went wrong inside the panel; its log names the cause under request %s"
"""The fixed sentence of every unexpected exception; the trace goes to the log only."""


DELAY = "x-apnscp-delay"
"""Header in which an answer says how many seconds it is to be held back; the HTTP server obeys and drops it."""


@dataclass(frozen=True)
class FaultStatus:
    """What a kind means: fault code, HTTP status, and the seconds after which a client may try again (0: not said)."""

    code: str
    status: str
    retry_after: int = 0


SERVER_ERROR = "500 Internal Server Error"
TABLE: dict[type[Exception], FaultStatus] = {
    errors.Refused: FaultStatus("Server", SERVER_ERROR),
    errors.Aborted: FaultStatus("Server", SERVER_ERROR),
    errors.UnknownMethod: FaultStatus("Server", SERVER_ERROR),
    errors.NotEmulated: FaultStatus("Server.NotEmulated", SERVER_ERROR),
    errors.BadArgument: FaultStatus("Client", SERVER_ERROR),
    errors.SessionEnded: FaultStatus("Client", "401 Unauthorized"),
    errors.NotAuthenticated: FaultStatus("Client", "401 Unauthorized"),
    errors.KeyLimited: FaultStatus("Client", "403 Forbidden"),
    errors.LockedOut: FaultStatus("Client", "429 Too Many Requests"),
    errors.Closed: FaultStatus("Client", "403 Forbidden"),
    errors.Busy: FaultStatus("Server", "503 Service Unavailable", retry_after=1),
    errors.StoreUnavailable: FaultStatus("Server", "503 Service Unavailable", retry_after=5),
    WireError: FaultStatus("Client", SERVER_ERROR),
}


def status_of(error: Exception) -> FaultStatus:
    """Return the table's row for an error, by the nearest class."""
    for kind in type(error).__mro__:
        if kind in TABLE:
            return TABLE[kind]
    return FaultStatus("Server", SERVER_ERROR)
