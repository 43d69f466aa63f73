"""Who is kept out although the password or key is right: the panel or DAV denied to a user, and address restrictions.

Both are few and are asked about at each call, so they are part of the snapshot of a generation; whoever writes them
begins a new one (docs/panel.md, section 4, "IP restrictions", and section 12).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import sessions
from apnscp.opcenter.access.tables import ip_restriction_table
from apnscp.opcenter.services import networks
from apnscp.opcenter.services.networks import Network
from apnscp.opcenter.store.facts import begin_generation
from apnscp.opcenter.users import switches
from apnscp.opcenter.users.tables import denial_table

SERVICES = ("cp", "dav")
GATES = ("UI", "SOAP", "DAV")
"""Gates that address restrictions cover; mail, FTP and the console are outside."""


@dataclass(frozen=True)
class SignInRestrictions:
    """Everything that keeps users out.

    denied: (user id, service); restricted: user id to (network, gate or "" for all)
    """

    denied: frozenset[tuple[int, str]]
    restricted: Mapping[int, list[tuple[Network, str]]]

    def denies(self, user_id: int, service: str = "cp") -> bool:
        """Tell whether a service is denied to a user."""
        return (user_id, service) in self.denied

    def admits(self, user_id: int, address: str, gate: str) -> bool:
        """Tell whether a user may come from an address through a gate.

        One restriction for any gate closes all gates to addresses that are not listed for them.
        """
        entries = self.restricted.get(user_id)
        if not entries or gate not in GATES:
            return True
        try:
            own = networks.parse_address(address)
        except ValueError:
            return False
        return any(own in network and where in ("", gate) for network, where in entries)


def load(db: Connection) -> SignInRestrictions:
    """Return everything that keeps users out."""
    restricted: dict[int, list[tuple[Network, str]]] = {}
    columns = ip_restriction_table.c.user_id, ip_restriction_table.c.address, ip_restriction_table.c.gate
    for user_id, address, gate in db.execute(select(*columns)):
        restricted.setdefault(user_id, []).append((networks.parse_network(address), gate))
    columns_of_denial = denial_table.c.user_id, denial_table.c.service
    denied = db.execute(select(*columns_of_denial).where(denial_table.c.service.in_(SERVICES)))
    return SignInRestrictions(frozenset((row[0], row[1]) for row in denied), restricted)


def service_named(name: str) -> str:
    """Return a service that can be denied; raises Refused for any other."""
    if name.lower() not in SERVICES:
        raise Refused("Unknown service `%s'; cp and dav are the services", name)
    return name.lower()


def is_denied(db: Connection, user_id: int, service: str) -> bool:
    """Tell whether a service is denied to a user, straight from the store."""
    return switches.is_denied(db, user_id, service)


def deny(ctx: Context, user_id: int, service: str) -> None:
    """Deny a service to a user; without the panel the sessions end as well."""
    if not switches.set_denied(ctx.db, user_id, service, denied=True):
        return
    if service == "cp":
        sessions.delete_of_user(ctx.db, user_id)
    begin_generation(ctx.db)


def permit(ctx: Context, user_id: int, service: str) -> None:
    """Let a user in again."""
    if switches.set_denied(ctx.db, user_id, service, denied=False):
        begin_generation(ctx.db)
