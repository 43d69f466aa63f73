"""Which services a user may use: those of the account that were not denied to the user (docs/panel.md, section 18)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, insert, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import denial_table

SERVICES: Mapping[str, str | None] = {
    "ftp": "ftp", "imap": "mail", "smtp": "mail", "ssh": "ssh", "dav": "apache", "cp": None, "cron": "crontab",
    "crontab": "crontab", "vacation": "vacation",
}  # fmt: skip
"""Service that can be switched for a user, and the service of the account that must be on; None: no other."""
_SAME = {"cron": "crontab"}


def enabled(db: Connection, site: Site, name: str, service: str) -> bool:
    """Tell whether a user may use a service: it is on for the account and not denied to the user.

    Raises Refused for an unknown user or service.
    """
    user = people.require(db, site.id, name)
    needs = needed(service)
    if needs is not None and not site.metadata.enabled(needs):
        return False
    return user.name == site.admin_user or not is_denied(db, user.id, service)


def permit(ctx: Context, name: str, service: str) -> None:
    """Let a user of the caller's account use a service of SERVICES other than cp and dav, which are `access`'s.

    Raises Refused for an unknown user, and while the service is off for the account.
    """
    user, needs = people.require(ctx.db, ctx.caller.site_id, name), needed(service)
    if needs is not None and not records.own(ctx).metadata.enabled(needs):
        raise Refused("%s is off for this account (%s,enabled), so no user can have it", service, needs)
    set_denied(ctx.db, user.id, service, denied=False)


def deny(ctx: Context, name: str, service: str) -> None:
    """Keep a user of the caller's account from a service; raises Refused for an unknown user and the administrator."""
    user = people.require(ctx.db, ctx.caller.site_id, name)
    needed(service)
    if user.name == records.own(ctx).admin_user:
        raise Refused("`%s' administers the account and always has %s", user.name, service)
    set_denied(ctx.db, user.id, service, denied=True)


def needed(service: str) -> str | None:
    """Return the service of the account that one of a user's needs; raises Refused for an unknown one."""
    if service not in SERVICES:
        raise Refused("Unknown service `%s'; users have %s", service[:64], ", ".join(SERVICES))
    return SERVICES[service]


def is_denied(db: Connection, user_id: int, service: str) -> bool:
    """Tell whether a service is denied to a user."""
    return db.execute(select(denial_table.c.user_id).where(_one(user_id, service))).first() is not None


def set_denied(db: Connection, user_id: int, service: str, *, denied: bool) -> bool:
    """Write down whether a service is denied to a user and return whether that changed anything."""
    if is_denied(db, user_id, service) == denied:
        return False
    if denied:
        db.execute(insert(denial_table).values(user_id=user_id, service=_SAME.get(service, service)))
    else:
        db.execute(denial_table.delete().where(_one(user_id, service)))
    return True


def _one(user_id: int, service: str) -> ColumnElement[bool]:
    return (denial_table.c.user_id == user_id) & (denial_table.c.service == _SAME.get(service, service))
