"""The address of the person at the command line, where a method of the firewall is given none (docs/panel.md, section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apnscp.wire.soap.names import canonical

METHODS = frozenset(
    f"rampart_{name}" for name in ("is_banned", "banned_services", "get_reason", "unban", "whitelist", "temp")
)
"""Methods whose first parameter is an address, the caller's own when it is left out or null.

To the panel the caller's own address is that of the connection: the machine on which the command runs, and not the one at
which the person sits.
"""


def with_own_address(method: str, args: Sequence[Any], environ: Mapping[str, str]) -> list[Any]:
    """Return the arguments of a call, with the caller's address where the method wants one and none was typed.

    environ: names the address as the panel's command line expects it: ``APNSCP_CLIENT_IP``, else the first word of
        ``SSH_CLIENT``; without either the arguments stay as they are
    """
    given = list(args)
    if canonical(method) not in METHODS or (given and given[0] is not None):
        return given
    address = environ.get("APNSCP_CLIENT_IP", "").strip() or environ.get("SSH_CLIENT", "").partition(" ")[0]
    return [address, *given[1:]] if address else given
