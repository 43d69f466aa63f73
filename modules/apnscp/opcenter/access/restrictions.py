"""Who is kept out although the password or key is right: services denied to a user, and address restrictions.

Both are few and are asked about at each call, so a worker keeps them until the generation changes; whoever writes them
begins a new one (docs/panel.md, section 4, "IP restrictions", and section 12).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from apnscp.core.context import Context, Panel
from apnscp.core.errors import Refused
from apnscp.opcenter.access import sessions
from apnscp.opcenter.access.tables import denial_table, ip_restriction_table
from apnscp.opcenter.services import networks
from apnscp.opcenter.services.networks import Network
from apnscp.opcenter.store.facts import begin_generation

SERVICES = ("cp", "dav")
GATES = ("UI", "SOAP", "DAV")
"""Gates that address restrictions cover; mail, FTP and the console are outside."""

Owner = tuple[int, str]


@dataclass(frozen=True)
class SignInRestrictions:
    """Everything that keeps users out.

    denied: (site id, user, service); restricted: (site id, user) to (network, gate or "" for all)
    """

    denied: frozenset[tuple[int, str, str]]
    restricted: dict[Owner, list[tuple[Network, str]]]

    def denies(self, site_id: int, user: str, service: str = "cp") -> bool:
        """Tell whether a service is denied to a user."""
        return (site_id, user, service) in self.denied

    def admits(self, site_id: int, user: str, address: str, gate: str) -> bool:
        """Tell whether a user may come from an address through a gate.

        One restriction for any gate closes all gates to addresses that are not listed for them.
        """
        entries = self.restricted.get((site_id, user))
        if not entries or gate not in GATES:
            return True
        try:
            own = networks.parse_address(address)
        except ValueError:
            return False
        return any(own in network and where in ("", gate) for network, where in entries)


def restrictions_of(panel: Panel, db: Connection) -> SignInRestrictions:
    """Return what keeps users out, read once per generation."""
    return panel.cached("barriers", lambda: load(db))


def load(db: Connection) -> SignInRestrictions:
    """Return what keeps users out, straight from the store."""
    restricted: dict[Owner, list[tuple[Network, str]]] = {}
    chosen = select(
        ip_restriction_table.c.site_id,
        ip_restriction_table.c.user,
        ip_restriction_table.c.address,
        ip_restriction_table.c.gate,
    )
    for site_id, user, address, gate in db.execute(chosen):
        restricted.setdefault((site_id, user), []).append((networks.parse_network(address), gate))
    denied = db.execute(select(denial_table.c.site_id, denial_table.c.user, denial_table.c.service))
    return SignInRestrictions(frozenset((row[0], row[1], row[2]) for row in denied), restricted)


def service_named(name: str) -> str:
    """Return a service that can be denied; raises Refused for any other."""
    if name.lower() not in SERVICES:
        raise Refused("Unknown service `%s'; cp and dav are the services", name)
    return name.lower()


def is_denied(db: Connection, site_id: int, user: str, service: str) -> bool:
    """Tell whether a service is denied to a user, straight from the store."""
    return db.execute(select(denial_table.c.user).where(_one(site_id, user, service))).first() is not None


def deny(ctx: Context, site_id: int, user: str, service: str) -> None:
    """Deny a service to a user; without the panel the sessions end as well."""
    if is_denied(ctx.db, site_id, user, service):
        return
    ctx.db.execute(insert(denial_table).values(site_id=site_id, user=user, service=service))
    if service == "cp":
        sessions.delete_of_user(ctx.db, site_id, user)
    begin_generation(ctx.db)


def permit(ctx: Context, site_id: int, user: str, service: str) -> None:
    """Let a user in again."""
    if ctx.db.execute(delete(denial_table).where(_one(site_id, user, service))).rowcount:
        begin_generation(ctx.db)


def _one(site_id: int, user: str, service: str) -> ColumnElement[bool]:
    return (denial_table.c.site_id == site_id) & (denial_table.c.user == user) & (denial_table.c.service == service)
