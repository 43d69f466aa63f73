"""Which users may fetch and send mail."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records
from apnscp.opcenter.users import people, switches

SERVICES = ("imap", "smtp")


def named(service: str | None) -> tuple[str, ...]:
    """Return the services that a name stands for, both for None; raises Refused for an unknown one."""
    if service is None:
        return SERVICES
    if service.lower() not in SERVICES:
        raise Refused("Unknown mail service `%s'; there are imap and smtp", service[:64])
    return (service.lower(),)


def enabled(ctx: Context, name: str | None, service: str | None) -> bool:
    """Tell whether a user may use a mail service.

    name: None for the caller; a secondary user may only ask about itself; service: None for both
    """
    services, site, user = named(service), records.own(ctx), people.target(ctx, name)
    return all(switches.enabled(ctx.db, site, user.name, each) for each in services)


def switch(ctx: Context, name: str, service: str | None, *, on: bool) -> None:
    """Let a user use a mail service, or keep it out.

    Raises Refused for an unknown user or service, for the account's administrator, who keeps both, and in a demo account.
    """
    services, site = named(service), records.own(ctx)
    user = people.require(ctx.db, site.id, name)
    if records.is_demo(ctx):
        raise Refused("%s is a demonstration account and may not change who uses mail", site.label)
    if user.name == site.admin_user and not on:
        raise Refused("`%s' is the administrator of this account and keeps its mail", user.name)
    for each in services:
        switches.set_denied(ctx.db, user.id, each, denied=not on)
