"""Further administrators of the panel (docs/panel.md, section 12)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import credentials
from apnscp.opcenter.services import names
from apnscp.opcenter.users import people


def is_new(ctx: Context, user: str | None, domain: str | None) -> bool:
    """Tell whether a change of a password names an administrator of the panel who does not exist yet."""
    return ctx.is_admin and bool(user) and not domain and people.find(ctx.db, people.PANEL, str(user)) is None


def add(ctx: Context, user: str, crypted: str) -> None:
    """Add an administrator of the panel and say so.

    crypted: a crypt(3) hash. Raises Refused for a name that cannot be one, and where the caller may not change its own
    credentials.
    """
    credentials.require_change(ctx, people.caller(ctx))
    try:
        name = names.admin_user(user.strip().lower())
    except ValueError:
        raise Refused("`%s' is not %s", user[:80], names.ADMIN_WORDS) from None
    people.add(ctx.db, people.PANEL, name, crypted, ctx.clock.unix())
    ctx.info("`%s' is an administrator of the panel from now on", name)
