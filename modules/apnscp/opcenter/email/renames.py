"""How addresses follow a site: another primary domain, domains that it gives up, other names of users."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Table, delete, select, update

from apnscp.opcenter.email.addresses import FORWARD
from apnscp.opcenter.email.destinations import PROGRAM
from apnscp.opcenter.email.tables import mail_address_table, mail_transport_table
from apnscp.opcenter.email.transports import host_above
from apnscp.opcenter.sites.records import Site


def follow_domains(db: Connection, before: Site, after: Site) -> None:
    """Move what is at a primary domain that was renamed, and forget what is at domains that were given up."""
    given_up = before.metadata.hosts - after.metadata.hosts
    if not given_up:
        return
    renamed = {before.domain: after.domain} if before.domain in given_up else {}
    for table in (mail_address_table, mail_transport_table):
        held = db.execute(select(table.c.domain).where(table.c.site_id == after.id).distinct()).scalars().all()
        for domain in held:
            host = host_above(before.metadata.hosts, domain)
            if host in renamed:
                _move(db, table, after.id, domain, domain.removesuffix(host) + renamed[host])
            elif host in given_up:
                db.execute(delete(table).where(table.c.site_id == after.id, table.c.domain == domain))
    if renamed:
        _change_destinations(db, after.id, lambda part: _moved(part, before.domain, after.domain))


def follow_user(db: Connection, site: Site, user_id: int, old: str, new: str) -> None:
    """Rename the mailboxes of a user that are called after it, unless an address of the new name exists.

    user_id: the user's number; old, new: its names. Forwards to its name follow too.
    """
    table = mail_address_table
    own = table.c.site_id == site.id
    taken = select(table.c.domain).where(own, table.c.local == new)
    named = own & (table.c.user_id == user_id) & (table.c.local == old) & table.c.domain.not_in(taken)
    db.execute(update(table).where(named).values(local=new))
    _change_destinations(db, site.id, lambda part: new if part == old else part)


def _move(db: Connection, table: Table, site_id: int, old: str, new: str) -> None:
    """Give rows of a domain another one; where there is such a row already, it stays and the moved one goes."""
    own = table.c.site_id == site_id
    there = own & (table.c.domain == new)
    if table is mail_address_table:
        clashing = table.c.local.in_(select(table.c.local).where(there))
        db.execute(delete(table).where(own, table.c.domain == old, clashing))
    elif db.execute(select(table.c.domain).where(there)).first() is not None:
        db.execute(delete(table).where(own, table.c.domain == old))
    db.execute(update(table).where(own, table.c.domain == old).values(domain=new))


def _moved(destination: str, old: str, new: str) -> str:
    """Return an e-mail address at a renamed domain, or at a subdomain of it, as it is now; anything else stays."""
    local, at, domain = destination.rpartition("@")
    if at and (domain == old or domain.endswith("." + old)):
        return f"{local}@{domain.removesuffix(old)}{new}"
    return destination


def _change_destinations(db: Connection, site_id: int, changed: Callable[[str], str]) -> None:
    """Change each destination of the forwards of a site; programs stay as they are."""
    table = mail_address_table
    forwards = select(table.c.id, table.c.destination).where(table.c.site_id == site_id, table.c.type == FORWARD)
    for row in db.execute(forwards).all():
        parts = [row.destination] if row.destination.startswith(PROGRAM) else row.destination.split(",")
        destination = ",".join(changed(part) for part in parts)
        if destination != row.destination:
            db.execute(update(table).where(table.c.id == row.id).values(destination=destination))
