"""An account: its row, its document, its host names, kept in agreement.

Everything that changes an account goes through `save`, which checks what must be unique on the server and writes row,
host names and document together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Text, bindparam, cast, func, insert, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import sessions
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.firewall.tables import delegated_table
from apnscp.opcenter.services.values import Metadata
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.tables import host_table, site_data_table, site_table
from apnscp.opcenter.store.facts import count_up
from apnscp.opcenter.usage.tables import usage_table
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table

_LOAD = select(
    site_table.c.id, site_table.c.revision, site_table.c.doc, site_table.c.suspended_at, site_table.c.suspended_reason
).where(site_table.c.id == bindparam("site_id"))
_LOCK = _LOAD.with_for_update(key_share=True)
"""The same, keeping other writers of this site out until the transaction ends; SQLite has one writer anyway."""
_OWNER_OF_HOST = select(host_table.c.name, host_table.c.site_id)
UNIQUE = (
    ("siteinfo", "admin_user", site_table.c.admin_user),
    ("mysql", "dbaseprefix", site_table.c.mysql_prefix),
    ("mysql", "dbaseadmin", site_table.c.mysql_admin),
    ("pgsql", "dbaseprefix", site_table.c.pgsql_prefix),
    ("pgsql", "dbaseadmin", site_table.c.pgsql_admin),
)
"""Parameters of which the server admits one holder (docs/panel.md, section 6)."""
DEDICATED = ("ipinfo", "ipinfo6")
"""Services whose ipaddrs are addresses of one holder each."""


@dataclass
class Site:
    """An account as the store holds it; `doc` is the complete metadata."""

    id: int
    revision: int
    doc: Metadata
    suspended_at: int | None
    reason: str | None

    @property
    def domain(self) -> str:
        """Return the primary domain."""
        return str(self.doc["siteinfo"]["domain"])

    @property
    def admin_user(self) -> str:
        """Return the name of the account's administrator."""
        return str(self.doc["siteinfo"]["admin_user"])

    @property
    def label(self) -> str:
        """Return the account as messages name it: ``site12 (example.com)``."""
        return f"{site_name(self.id)} ({self.domain})"


class NewSite(NamedTuple):
    """An account to be: id, complete document, password hash, Unix time of creation, and suspension if there is one."""

    id: int
    doc: Metadata
    password: str | None
    created: int
    suspended_at: int | None = None
    reason: str | None = None


def load(db: Connection, site_id: int, *, lock: bool = False) -> Site:
    """Return an account; raises Refused when it is gone.

    lock: make other writers of this account wait for the end of the transaction
    """
    row = db.execute(_LOCK if lock else _LOAD, {"site_id": site_id}).first()
    if row is None:
        raise Refused("Unknown site `%s'; it was deleted", site_name(site_id))
    return Site(row.id, row.revision, _document(row.doc), row.suspended_at, row.suspended_reason)


def own(ctx: Context) -> Site:
    """Return the account of the caller, a site's administrator or user."""
    return load(ctx.db, ctx.caller.site_id)


def document_of(db: Connection, site_id: int) -> Metadata:
    """Return the metadata of a site."""
    return load(db, site_id).doc


def _document(raw: Any) -> Metadata:
    # psycopg reads the json type by itself, SQLite hands over text
    found: Metadata = json.loads(raw) if isinstance(raw, str) else raw
    return found


def insert_new(ctx: Context, doc: Metadata, password: str | None) -> Site:
    """Give a document a site id and keep it as a new account.

    doc: complete metadata without siteinfo,admin and billing,ctime, which are filled in
    password: crypt(3) hash of the administrator
    """
    require_free(ctx.db, doc, None)
    fresh = NewSite(take_ids(ctx.db, 1), doc, password, ctx.clock.unix())
    insert_all(ctx.db, [fresh])
    return Site(fresh.id, 1, doc, None, None)


def insert_all(db: Connection, fresh: Sequence[NewSite]) -> None:
    """Keep new accounts with their host names and administrators; that their names are free is for the caller to know.

    siteinfo,admin and, where it is null, billing,ctime are filled in.
    """
    for new in fresh:
        new.doc["siteinfo"]["admin"] = f"admin{new.id}"
        if new.doc["billing"]["ctime"] is None:
            new.doc["billing"]["ctime"] = new.created
    db.execute(insert(site_table), [_site_row(db, new) for new in fresh])
    db.execute(insert(host_table), [row for new in fresh for row in _host_rows(new.id, hosts_of(new.doc), new.doc)])
    db.execute(insert(user_table), [_user_row(new) for new in fresh])
    for new in fresh:
        if new.doc["rampart"]["whitelist"]:
            bans.delegate(db, new.id, [], let_through(new.doc))


def _site_row(db: Connection, new: NewSite) -> dict[str, Any]:
    suspended = {"suspended_at": new.suspended_at, "suspended_reason": new.reason}
    return {"id": new.id, "revision": 1, "doc": _encoded(db, new.doc), **suspended}


def _host_rows(site_id: int, names: Iterable[str], doc: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    primary = doc["siteinfo"]["domain"]
    return [{"name": name, "site_id": site_id, "is_primary": int(name == primary)} for name in sorted(names)]


def _user_row(new: NewSite) -> dict[str, Any]:
    name = new.doc["siteinfo"]["admin_user"]
    return {"site_id": new.id, "name": name, "password": new.password, "created": new.created}


def take_ids(db: Connection, number: int) -> int:
    """Take the next site ids and return the first: one above the highest ever used.

    An id never comes back, so that an old session or link never meets a new account.
    """
    return count_up(db, "last_site_id", number) - number + 1


def save(ctx: Context, account: Site, doc: Metadata) -> None:
    """Replace an account's document; host names and the administrator's name follow."""
    before = account.doc
    require_free(ctx.db, doc, account.id, before)
    changed = (
        update(site_table)
        .where(site_table.c.id == account.id, site_table.c.revision == account.revision)
        .values(doc=_encoded(ctx.db, doc), revision=account.revision + 1)
    )
    if _write(ctx.db, changed) != 1:
        raise Refused("%s was changed by another call meanwhile; nothing was saved, call again", account.label)
    _write_hosts(ctx.db, account.id, hosts_of(before), hosts_of(doc), doc, before)
    bans.delegate(ctx.db, account.id, let_through(before), let_through(doc))
    if before["siteinfo"]["admin_user"] != doc["siteinfo"]["admin_user"]:
        _rename_administrator(ctx.db, account, str(doc["siteinfo"]["admin_user"]))
    account.doc, account.revision = doc, account.revision + 1


def _rename_administrator(db: Connection, account: Site, name: str) -> None:
    if people.find(db, account.id, name) is not None:
        raise Refused("siteinfo,admin_user: `%s' is a user of this account; rename or delete that user first", name)
    people.rename(db, account.id, account.admin_user, name)


def delete(db: Connection, account: Site) -> None:
    """Forget an account and everything that is its own."""
    people.delete_of_site(db, account.id)
    sessions.delete_of_site(db, account.id)
    for table in (host_table, usage_table, site_data_table, delegated_table):
        db.execute(table.delete().where(table.c.site_id == account.id))
    db.execute(site_table.delete().where(site_table.c.id == account.id))


def mark_suspended(db: Connection, account: Site, since: int | None, reason: str | None) -> None:
    """Write the mark of suspension, or take it away with None."""
    db.execute(
        update(site_table).where(site_table.c.id == account.id).values(suspended_at=since, suspended_reason=reason)
    )
    account.suspended_at, account.reason = since, reason


def hosts_of(doc: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Return all host names of a document: primary domain and aliases."""
    return {doc["siteinfo"]["domain"], *(doc["aliases"]["aliases"] or ())}


def let_through(doc: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the addresses that an account lets through the firewall, none while rampart,enabled is off."""
    return list(doc["rampart"]["whitelist"] or ()) if doc["rampart"]["enabled"] else []


def require_free(
    db: Connection, doc: Mapping[str, Mapping[str, Any]], own_id: int | None, before: Metadata | None = None
) -> None:
    """Raise Refused when a host name or a unique parameter of `doc` belongs to another account."""
    domain = doc["siteinfo"]["domain"]
    if domain in (doc["aliases"]["aliases"] or ()):
        raise Refused("aliases,aliases: `%s' is the primary domain of the account already", domain)
    fresh = hosts_of(doc) - (hosts_of(before) if before else set())
    for name, owner in db.execute(_OWNER_OF_HOST.where(host_table.c.name.in_(sorted(fresh)))).all() if fresh else ():
        if owner != own_id:
            which = "siteinfo,domain" if name == domain else "aliases,aliases"
            raise Refused("%s: `%s' is in use by another account; name a domain that is free", which, name)
    for service, parameter, column in UNIQUE:
        value = doc[service][parameter]
        if value is None or (before and before[service][parameter] == value):
            continue
        owner = db.execute(select(site_table.c.id).where(column == value, site_table.c.id != (own_id or 0))).scalar()
        if owner is not None:
            raise Refused("%s,%s: `%s' is taken by another account; name one that is free", service, parameter, value)
    _require_free_addresses(db, doc, own_id, before)


def _require_free_addresses(
    db: Connection, doc: Mapping[str, Mapping[str, Any]], own_id: int | None, before: Metadata | None
) -> None:
    """Raise Refused for a dedicated address of another account; documents are searched only for one that is new."""
    for service in DEDICATED:
        held = _addresses(before, service) if before else []
        for address in _addresses(doc, service):
            if address not in held and _has_address(db, service, address, own_id):
                raise Refused(
                    "%s,ipaddrs: `%s' belongs to another account; name an address that is free", service, address
                )


def _has_address(db: Connection, service: str, address: str, own_id: int | None) -> bool:
    near = select(site_table.c.doc).where(
        cast(site_table.c.doc, Text).contains(f'"{address}"'), site_table.c.id != (own_id or 0)
    )
    return any(address in _addresses(_document(row.doc), service) for row in db.execute(near))


def _addresses(doc: Mapping[str, Mapping[str, Any]], service: str) -> list[str]:
    return list(doc[service]["ipaddrs"] or ())


def _write_hosts(
    db: Connection, site_id: int, before: set[str], after: set[str], doc: Metadata, old: Metadata | None = None
) -> None:
    primary = doc["siteinfo"]["domain"]
    if before == after and old and old["siteinfo"]["domain"] == primary:
        return
    gone = sorted(before - after)
    if gone:
        db.execute(host_table.delete().where(host_table.c.site_id == site_id, host_table.c.name.in_(gone)))
    rows = _host_rows(site_id, after - before, doc)
    if rows:
        db.execute(insert(host_table), rows)
    if old and old["siteinfo"]["domain"] != primary:
        db.execute(update(host_table).where(host_table.c.site_id == site_id).values(is_primary=0))
        db.execute(update(host_table).where(host_table.c.name == primary).values(is_primary=1))


def _write(db: Connection, statement: Any) -> int:
    return int(db.execute(statement).rowcount)


def _encoded(db: Connection, doc: Metadata) -> Any:
    return doc if db.dialect.name == "postgresql" else json.dumps(doc, separators=(",", ":"), ensure_ascii=False)


def count(db: Connection) -> int:
    """Return how many accounts there are."""
    return db.execute(select(func.count()).select_from(site_table)).scalar_one()
