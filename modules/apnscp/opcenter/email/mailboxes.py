"""Changes of an account's addresses: mailboxes and forwards, made, changed, switched, removed and copied."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, delete, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.email import addresses, destinations, transports
from apnscp.opcenter.email.addresses import FORWARD, MAILBOX, Address
from apnscp.opcenter.email.tables import mail_address_table
from apnscp.opcenter.sites.records import Site


def add_mailbox(ctx: Context, local: str, domain: str, uid: Any, folder: str) -> None:
    """Add an address that is a user's mailbox.

    local: empty for a catch-all; uid: number or name of the user; folder: of the mailbox, empty for the inbox
    Raises Refused for an address that exists or cannot be, and for an unknown user.
    """
    site = _writable(ctx)
    fresh = _new(ctx, site, local, domain)
    user = destinations.owner(ctx.db, site, uid)
    mailbox = replace(fresh, type=MAILBOX, user_id=user.id, folder=destinations.folder(folder))
    addresses.put_all(ctx.db, site.id, [mailbox])


def add_forward(ctx: Context, local: str, domain: str, destination: Any) -> None:
    """Add an address that forwards.

    destination: as in `destinations.forward`
    Raises Refused for an address that exists or cannot be, without a destination, and for a catch-all unless
    [mail] forwarded_catchall is on.
    """
    site = _writable(ctx)
    fresh = _new(ctx, site, local, domain)
    forward = replace(fresh, type=FORWARD, destination=destinations.forward(ctx.db, site, destination))
    _require_admitted(ctx, forward)
    addresses.put_all(ctx.db, site.id, [forward])


def change(
    ctx: Context, old: tuple[str, str], local: str, domain: str, destination: Any, type_: str | None
) -> bool:  # fmt: skip
    """Change an address and tell whether that made a difference; what is empty stays.

    old: name and domain of the address; destination: of a mailbox a user, or a folder after a dot; type_: v or a
    Raises Refused for an unknown address, one that exists, and a destination that does not fit.
    """
    site = _writable(ctx)
    before = _require(ctx, site, *old)
    after = replace(before, type=_type(type_, before.type))
    if domain:
        after = replace(after, domain=transports.require(ctx.db, site, domain))
    if local:
        after = replace(after, local=destinations.local_part(local, after.domain))
    after = _leading_to(ctx, site, after, destination, before)
    _require_admitted(ctx, after)
    if (after.local, after.domain) != (before.local, before.domain):
        _require_free(ctx, site, after)
    ctx.db.execute(update(mail_address_table).where(_is(after)).values(addresses.values_of(after)))
    return after != before


def remove(ctx: Context, local: str, domain: str, type_: str | None) -> bool:
    """Remove an address and tell whether there was one.

    type_: v or a for an address of that type alone, empty or None for any
    """
    site = _writable(ctx)
    found = addresses.find(ctx.db, site, local, domain)
    if found is None or (type_ and found.type != _type(type_, "")):
        return False
    ctx.db.execute(delete(mail_address_table).where(_is(found)))
    return True


def switch(ctx: Context, account: str, domain: str | None, *, enabled: bool) -> bool:
    """Switch addresses on or off and tell whether that made a difference.

    account: an address, or the part before ``@``; domain: None for every domain in the latter case
    Raises Refused when the account has no such address.
    """
    site = _writable(ctx)
    local, at, host = account.strip().lower().rpartition("@")
    local, host = (local, host) if at and domain is None else (account.strip().lower(), (domain or "").strip().lower())
    named = [each for each in addresses.of_site(ctx.db, site) if each.local == local and host in ("", each.domain)]
    if not named:
        raise Refused("This account has no address `%s'; email:list-mailboxes lists them", account[:80])
    others = [each for each in named if each.enabled != enabled]
    for each in others:
        ctx.db.execute(update(mail_address_table).where(_is(each)).values(enabled=int(enabled)))
    return bool(others)


def clone(ctx: Context, source: str, destination: str) -> None:
    """Copy the addresses of a domain to another; those that exist there stay, with a warning each.

    Raises Refused when either domain receives no mail, and when they are the same.
    """
    site = _writable(ctx)
    from_, to = transports.require(ctx.db, site, source), transports.require(ctx.db, site, destination)
    if from_ == to:
        raise Refused("`%s' cannot be cloned to itself; name another domain", to)
    held = addresses.of_site(ctx.db, site)
    taken = {each.local for each in held if each.domain == to}
    copies = [replace(each, domain=to, id=None) for each in held if each.domain == from_]
    for each in copies:
        if each.local in taken:
            ctx.warn("`%s' exists already and stays as it is", each.full)
    addresses.put_all(ctx.db, site.id, [each for each in copies if each.local not in taken])


def _writable(ctx: Context) -> Site:
    site = transports.writable(ctx)
    addresses.keep(ctx.db, site)
    return site


def _new(ctx: Context, site: Site, local: str, domain: str) -> Address:
    host = transports.require(ctx.db, site, domain)
    fresh = Address(destinations.local_part(local, host), host, MAILBOX)
    _require_free(ctx, site, fresh)
    return fresh


def _leading_to(ctx: Context, site: Site, after: Address, destination: Any, before: Address) -> Address:
    """Return an address that leads where it is told to; it stays where it leads if nothing is said and its type stays."""
    if destination in (None, "", []):
        if after.type != before.type:
            raise Refused("`%s' needs a destination to be of the type `%s'", before.full, after.type)
        return after
    if after.type == FORWARD:
        forward = destinations.forward(ctx.db, site, destination)
        return replace(after, destination=forward, user_id=None, user="", folder="")
    if before.type == MAILBOX and str(destination).startswith("."):
        return replace(after, folder=destinations.folder(str(destination)))
    user = destinations.owner(ctx.db, site, destination)
    return replace(after, user_id=user.id, user=user.name, folder="", destination="")


def _require_admitted(ctx: Context, address: Address) -> None:
    if address.type == FORWARD and not address.local and not ctx.settings.flag("mail.forwarded_catchall"):
        raise Refused("A catch-all cannot be forwarded ([mail] forwarded_catchall is off); give it a mailbox")


def _require_free(ctx: Context, site: Site, address: Address) -> None:
    if addresses.find(ctx.db, site, address.local, address.domain) is not None:
        raise Refused("The address `%s' exists already; email:modify-mailbox changes it", address.full)


def _require(ctx: Context, site: Site, local: str, domain: str) -> Address:
    found = addresses.find(ctx.db, site, local, domain)
    if found is None:
        raise Refused("This account has no address `%s@%s'; email:list-mailboxes lists them", local[:64], domain[:80])
    return found


def _type(text: str | None, otherwise: str) -> str:
    wanted = (text or "").strip().lower() or otherwise
    if wanted not in (MAILBOX, FORWARD):
        raise Refused("Unknown type `%s'; an address is v (mailbox) or a (forward)", wanted[:64])
    return wanted


def _is(address: Address) -> ColumnElement[bool]:
    return mail_address_table.c.id == address.id
