"""Who may have jobs, and whether they run (docs/panel.md, section 26)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records, site_data
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import people, switches
from apnscp.opcenter.users.people import User

_SERVICE = "crontab"
_STOPPED = ("crontab", "stopped")
"""Kind and name under which a site keeps that its administrator stopped cron."""


def permitted(site: Site) -> bool:
    """Tell whether an account may have jobs: crontab,permit is on, and so is ssh, under which they run."""
    return bool(site.metadata["crontab"]["permit"]) and site.metadata.enabled("ssh")


def require_permitted(site: Site) -> None:
    """Raise Refused where an account may not have jobs."""
    if not site.metadata.enabled("ssh"):
        raise Refused("Jobs need ssh, which is off for this account (ssh,enabled)")
    if not site.metadata["crontab"]["permit"]:
        raise Refused("This account may not have jobs (crontab,permit)")


def is_running(ctx: Context, site: Site) -> bool:
    """Tell whether cron runs for an account: the service is on, nobody stopped it, and the account is not suspended."""
    stopped = site_data.get(ctx.db, site.id, *_STOPPED, False)
    return permitted(site) and site.metadata.enabled(_SERVICE) and not stopped and not site.is_suspended


def require_running(ctx: Context, site: Site) -> None:
    """Raise Refused where cron does not run for an account; the text says why."""
    require_permitted(site)
    if not site.metadata.enabled(_SERVICE):
        raise Refused("cron is off for this account (crontab,enabled)")
    if site.is_suspended:
        raise Refused("The account is suspended, and so is cron")
    if not is_running(ctx, site):
        raise Refused("cron is stopped; crontab:toggle-status 1 starts it")


def start(ctx: Context, site: Site) -> None:
    """Let cron run for an account; raises Refused where the account cannot have it."""
    require_permitted(site)
    if not site.metadata.enabled(_SERVICE):
        raise Refused("cron is off for this account (crontab,enabled)")
    site_data.put(ctx.db, site.id, *_STOPPED, None)


def stop(ctx: Context, site: Site) -> None:
    """Stop cron for an account; its jobs stay."""
    require_permitted(site)
    site_data.put(ctx.db, site.id, *_STOPPED, True)


def user_permitted(ctx: Context, user: User) -> bool:
    """Tell whether jobs were not denied to a user of the caller's account, whether or not cron runs."""
    return user.name == records.own(ctx).admin_user or not switches.is_denied(ctx.db, user.id, _SERVICE)


def owner(ctx: Context, name: str | None) -> User:
    """Return the user whose jobs a call is about: the caller, or one whom the caller may name.

    Raises Refused for an unknown or foreign user, one who may have no jobs, and where the account may have none.
    """
    site = records.own(ctx)
    require_permitted(site)
    user = people.target(ctx, name or None)
    if not user_permitted(ctx, user):
        raise Refused("`%s' may not have jobs; crontab:permit-user lets the user", user.name)
    return user
