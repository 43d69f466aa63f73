"""Which error a fault of the panel is."""

from __future__ import annotations

from apnscp.client.errors import AuthenticationFailed, Fault, LockedOut, NotEmulated, UnknownMethod

BY_STATUS: dict[int, type[Fault]] = {401: AuthenticationFailed, 403: AuthenticationFailed, 429: LockedOut}
"""HTTP status -> error."""
BY_CODE: dict[str, type[Fault]] = {"Server.NotEmulated": NotEmulated}
"""Fault code -> error."""


def fault_of(text: str, code: str = "Server", status: int = 500) -> Fault:
    """Return the error for a fault, by its status and text.

    text: the fault string; PHP's ``Procedure 'x' not present`` marks an unknown method
    code: the fault code, with or without its prefix
    status: the HTTP status
    """
    local = code.rpartition(":")[2] or "Server"
    kind = BY_STATUS.get(status) or BY_CODE.get(local)
    if kind is None:
        unknown = text.startswith("Procedure '") and text.endswith("' not present")
        kind = UnknownMethod if unknown else Fault
    return kind(text or "The panel answered with a fault without text", local, status)
