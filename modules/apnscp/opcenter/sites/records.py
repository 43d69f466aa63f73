"""A site as the store keeps it: its row, its metadata, its host names and addresses, always in agreement.

Everything that changes a site goes through `save`, which checks what must be unique on the server. Nothing here knows of
users, keys or bans; `lifecycle` tells the rooms that do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import completed
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.tables import dedicated_address_table, host_table, site_table
from apnscp.opcenter.store.facts import count_up
from apnscp.opcenter.store.tables import JsonDocument

_LOAD = select(
    site_table.c.id, site_table.c.revision, site_table.c.doc, site_table.c.suspended_at, site_table.c.suspended_reason
).where(site_table.c.id == bindparam("site_id"))
_LOCK = _LOAD.with_for_update(key_share=True)
"""The same, keeping other writers of this site out until the transaction ends; SQLite has one writer anyway."""
_OWNERS_OF_HOSTS = select(host_table.c.name, host_table.c.site_id).where(
    host_table.c.name.in_(bindparam("some", expanding=True))
)
_OWNERS_OF_ADDRESSES = select(dedicated_address_table.c.address, dedicated_address_table.c.site_id).where(
    dedicated_address_table.c.address.in_(bindparam("some", expanding=True))
)
UNIQUE = (
    ("siteinfo", "admin_user", site_table.c.admin_user),
    ("mysql", "dbaseprefix", site_table.c.mysql_prefix),
    ("mysql", "dbaseadmin", site_table.c.mysql_admin),
    ("pgsql", "dbaseprefix", site_table.c.pgsql_prefix),
    ("pgsql", "dbaseadmin", site_table.c.pgsql_admin),
)
"""Parameters of which the server admits one holder, with the column whose index sees to it (docs/panel.md, section 6)."""
_HOLDERS = select(*(column for _, _, column in UNIQUE)).where(
    or_(*(column == bindparam(column.name) for _, _, column in UNIQUE)), site_table.c.id != bindparam("own_id")
)
"""The accounts that hold one of these; what is null is held by nobody."""
_OF_SITE = site_table.c.id == bindparam("of_site")
_SAVE = (
    update(site_table)
    .where(_OF_SITE, site_table.c.revision == bindparam("of_revision"))
    .values(doc=bindparam("new_doc", type_=JsonDocument), revision=bindparam("new_revision"))
)
_MARK = update(site_table).where(_OF_SITE).values(suspended_at=bindparam("since"), suspended_reason=bindparam("reason"))
_DELETE = site_table.delete().where(_OF_SITE)
_INSERT, _INSERT_HOSTS, _INSERT_ADDRESSES = insert(site_table), insert(host_table), insert(dedicated_address_table)
DEDICATED = ("ipinfo", "ipinfo6")
"""Services whose ipaddrs are addresses of one holder each."""


@dataclass(frozen=True)
class Site:
    """A site as it was read or saved last.

    suspended_at: Unix time, None while it is active; reason: of the suspension, with its hidden lines
    """

    id: int
    revision: int
    metadata: Metadata
    suspended_at: int | None = None
    reason: str | None = None

    @property
    def domain(self) -> str:
        """Return the primary domain."""
        return self.metadata.domain

    @property
    def admin_user(self) -> str:
        """Return the name of the site's administrator."""
        return self.metadata.admin_user

    @property
    def is_suspended(self) -> bool:
        """Tell whether the site is suspended."""
        return self.suspended_at is not None

    @property
    def label(self) -> str:
        """Return the site as messages name it: ``site12 (example.com)``."""
        return f"{site_name(self.id)} ({self.domain})"


class NewSite(NamedTuple):
    """A site to be: its id, complete metadata, Unix time of creation, and its suspension if there is one."""

    id: int
    metadata: Metadata
    created: int
    suspended_at: int | None = None
    reason: str | None = None


def load(db: Connection, site_id: int, *, lock: bool = False) -> Site:
    """Return a site; raises Refused when it is gone. `lock` as for `find`."""
    found = find(db, site_id, lock=lock)
    if found is None:
        raise Refused("Unknown site `%s'; it was deleted", site_name(site_id))
    return found


def find(db: Connection, site_id: int, *, lock: bool = False) -> Site | None:
    """Return a site, None when it is gone.

    lock: make other writers of this site wait for the end of the transaction
    """
    row = db.execute(_LOCK if lock else _LOAD, {"site_id": site_id}).first()
    if row is None:
        return None
    return Site(row.id, row.revision, completed(row.doc), row.suspended_at, row.suspended_reason)


def own(ctx: Context) -> Site:
    """Return the site of the caller, its administrator or one of its users; read once in a call."""
    if not isinstance(ctx.own_site, Site):
        ctx.own_site = load(ctx.db, ctx.caller.site_id)
    return ctx.own_site


def metadata_of(db: Connection, site_id: int) -> Metadata:
    """Return the metadata of a site; raises Refused when it is gone."""
    return load(db, site_id).metadata


def decoded(raw: Any) -> Any:
    """Return a document that a driver read without SQLAlchemy: PostgreSQL's decodes it, SQLite's gives text."""
    return json.loads(raw) if isinstance(raw, str) else raw


def is_demo(ctx: Context) -> bool:
    """Tell whether the caller's site is the demonstration account: its invoice is [billing] demo_invoice."""
    if not ctx.caller.site_id:
        return False
    invoice = own(ctx).metadata.invoice
    return bool(invoice) and invoice == ctx.settings["billing.demo_invoice"]


def add(ctx: Context, metadata: Metadata) -> Site:
    """Give metadata a site id and keep it as a new site.

    metadata: complete but for siteinfo,admin and billing,ctime, which are filled in
    Raises Refused when a name or address in it belongs to another site.
    """
    require_free(ctx, metadata, None)
    fresh = NewSite(take_ids(ctx.db, 1), metadata, ctx.clock.unix())
    return add_all(ctx.db, [fresh])[0]


def add_all(db: Connection, fresh: Sequence[NewSite]) -> list[Site]:
    """Keep new sites with their host names; that these are free is for the caller to know.

    siteinfo,admin and, where it is null, billing,ctime are filled in.
    """
    sites = [Site(new.id, 1, _completed(new), new.suspended_at, new.reason) for new in fresh]
    db.execute(_INSERT, [_row(site) for site in sites])
    db.execute(
        _INSERT_HOSTS, [row for site in sites for row in _host_rows(site.id, site.metadata.hosts, site.metadata)]
    )
    addresses = [{"address": address, "site_id": site.id} for site in sites for address in _dedicated(site.metadata)]
    if addresses:
        db.execute(_INSERT_ADDRESSES, addresses)
    return sites


def _completed(new: NewSite) -> Metadata:
    created = new.created if new.metadata["billing"]["ctime"] is None else new.metadata["billing"]["ctime"]
    return new.metadata.with_values({"siteinfo": {"admin": f"admin{new.id}"}, "billing": {"ctime": created}})


def _row(site: Site) -> dict[str, Any]:
    suspended = {"suspended_at": site.suspended_at, "suspended_reason": site.reason}
    return {"id": site.id, "revision": site.revision, "doc": site.metadata, **suspended}


def _host_rows(site_id: int, names: Iterable[str], metadata: Metadata) -> list[dict[str, Any]]:
    return [{"name": name, "site_id": site_id, "is_primary": int(name == metadata.domain)} for name in sorted(names)]


def take_ids(db: Connection, number: int) -> int:
    """Take the next site ids and return the first: one above the highest ever used.

    An id never comes back, so that an old session or link never meets a new site.
    """
    return count_up(db, "last_site_id", number) - number + 1


def save(ctx: Context, site: Site, metadata: Metadata) -> Site:
    """Replace a site's metadata and return the site as it is now; its host names and addresses follow.

    Other rooms do not hear of it: what concerns them goes through `lifecycle.operations.save`.
    Raises Refused when a name belongs to another site, or another call changed this one meanwhile.
    """
    before = site.metadata
    require_free(ctx, metadata, site.id, before)
    revisions = {"of_site": site.id, "of_revision": site.revision, "new_revision": site.revision + 1}
    if ctx.db.execute(_SAVE, {**revisions, "new_doc": metadata}).rowcount != 1:
        raise Refused("%s was changed by another call meanwhile; nothing was saved, call again", site.label)
    _write_hosts(ctx.db, site.id, before, metadata)
    _write_addresses(ctx.db, site.id, before, metadata)
    return _kept(ctx, site, replace(site, metadata=metadata, revision=site.revision + 1))


def mark_suspended(ctx: Context, site: Site, since: int, reason: str | None) -> Site:
    """Write the mark of suspension and return the site as it is now."""
    return _mark(ctx, site, replace(site, suspended_at=since, reason=reason))


def mark_active(ctx: Context, site: Site) -> Site:
    """Take the mark of suspension away and return the site as it is now."""
    return _mark(ctx, site, replace(site, suspended_at=None, reason=None))


def _mark(ctx: Context, before: Site, site: Site) -> Site:
    ctx.db.execute(_MARK, {"of_site": site.id, "since": site.suspended_at, "reason": site.reason})
    return _kept(ctx, before, site)


def _kept(ctx: Context, before: Site, site: Site) -> Site:
    """Return `site`, after letting go of an older reading of it and telling the journal."""
    ctx.became(before, site)
    if site.id == ctx.caller.site_id:
        ctx.own_site = site
    return site


def delete(db: Connection, site: Site) -> None:
    """Delete a site; everything that hangs on it goes by foreign keys."""
    db.execute(_DELETE, {"of_site": site.id})


def require_free(ctx: Context, metadata: Metadata, own_id: int | None, before: Metadata | None = None) -> None:
    """Raise Refused when a host name, an address or a unique parameter belongs to another site or to the server.

    own_id: the site that is to have them, None for a new one; before: what it has already
    """
    if metadata.domain in metadata.aliases:
        raise Refused("aliases,aliases: `%s' is the primary domain of the account already", metadata.domain)
    db = ctx.db
    _require_not_the_server(ctx, metadata, before)
    _require_free_hosts(db, metadata, own_id, before)
    _require_free_names(db, metadata, own_id, before)
    _require_free_addresses(db, metadata, own_id, before)


def _require_not_the_server(ctx: Context, metadata: Metadata, before: Metadata | None) -> None:
    """Raise Refused when an account is to have the host name of the server, whose mail would be the account's then."""
    own = ctx.settings.text("core.hostname").lower()
    if own in metadata.hosts - (before.hosts if before else set()):
        which = "siteinfo,domain" if own == metadata.domain else "aliases,aliases"
        raise Refused("%s: `%s' is the host name of the server itself (net.hostname); name another domain", which, own)


def _require_free_hosts(db: Connection, metadata: Metadata, own_id: int | None, before: Metadata | None) -> None:
    fresh = sorted(metadata.hosts - (before.hosts if before else set()))
    for name, owner in db.execute(_OWNERS_OF_HOSTS, {"some": fresh}).all() if fresh else ():
        if owner != own_id:
            which = "siteinfo,domain" if name == metadata.domain else "aliases,aliases"
            raise Refused("%s: `%s' is in use by another account; name a domain that is free", which, name)


def _require_free_names(db: Connection, metadata: Metadata, own_id: int | None, before: Metadata | None) -> None:
    wanted = {
        column.name: None if before and before[service][parameter] == value else value
        for service, parameter, column in UNIQUE
        for value in [metadata[service][parameter]]
    }
    if not any(wanted.values()):
        return
    for holder in db.execute(_HOLDERS, {**wanted, "own_id": own_id or 0}).all():
        for service, parameter, column in UNIQUE:
            value = wanted[column.name]
            if value is not None and value == getattr(holder, column.name):
                raise Refused(
                    "%s,%s: `%s' is taken by another account; name one that is free", service, parameter, value
                )


def _require_free_addresses(db: Connection, metadata: Metadata, own_id: int | None, before: Metadata | None) -> None:
    fresh = sorted(_dedicated(metadata) - (_dedicated(before) if before else set()))
    for address, owner in db.execute(_OWNERS_OF_ADDRESSES, {"some": fresh}).all() if fresh else ():
        if owner != own_id:
            service = next(name for name in DEDICATED if address in (metadata[name]["ipaddrs"] or ()))
            raise Refused("%s,ipaddrs: `%s' belongs to another account; name an address that is free", service, address)


def _dedicated(metadata: Mapping[str, Mapping[str, Any]]) -> set[str]:
    return {address for service in DEDICATED for address in metadata[service]["ipaddrs"] or ()}


def _write_hosts(db: Connection, site_id: int, before: Metadata, after: Metadata) -> None:
    old, new = before.hosts, after.hosts
    if old != new:
        db.execute(host_table.delete().where(host_table.c.site_id == site_id, host_table.c.name.in_(sorted(old - new))))
        if new - old:
            db.execute(_INSERT_HOSTS, _host_rows(site_id, new - old, after))
    if before.domain != after.domain:
        own_names = host_table.c.site_id == site_id
        db.execute(update(host_table).where(own_names).values(is_primary=0))
        db.execute(update(host_table).where(own_names, host_table.c.name == after.domain).values(is_primary=1))


def _write_addresses(db: Connection, site_id: int, before: Metadata, after: Metadata) -> None:
    old, new = _dedicated(before), _dedicated(after)
    if old == new:
        return
    table = dedicated_address_table
    db.execute(table.delete().where(table.c.site_id == site_id, table.c.address.in_(sorted(old - new))))
    if new - old:
        db.execute(_INSERT_ADDRESSES, [{"address": address, "site_id": site_id} for address in sorted(new - old)])


def count(db: Connection) -> int:
    """Return how many sites there are."""
    return db.execute(select(func.count()).select_from(site_table)).scalar_one()
