"""Who handles the mail of an account, and at which address (docs/panel.md, section 24)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.services.values import resolve
from apnscp.opcenter.sites import addresses, records


def of_caller(ctx: Context) -> str:
    """Return who handles the mail of the caller's account, or of the server by default; "null" for nobody."""
    value = "DEFAULT" if ctx.is_admin else records.own(ctx).metadata["mail"]["provider"]
    found = resolve("mail", "provider", value, ctx.settings)
    return "null" if found is None else str(found)


def mail_address(ctx: Context) -> str:
    """Return the IPv4 address of the caller's mail server: the account's last, else the server's."""
    own = addresses.of_account(records.own(ctx).metadata)
    return own[-1] if own else addresses.of_server(ctx)
