"""Module email: mailboxes, forwards, the domains that receive mail, vacation messages (docs/panel.md, section 24)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers_email import MailAddress, MailRecord, VacationOptions
from apnscp.core.context import Context
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.dns import mail_zone
from apnscp.opcenter.email import (
    addresses,
    listing,
    mailboxes,
    permissions,
    provider,
    transports,
    vacation,
    webmail,
)
from apnscp.opcenter.sites import records

_INNER = Role.SITE | Role.USER


@command(Role.SITE)
def enabled(ctx: Context, which: str | None = None) -> bool:
    """Tell whether the account has mail.

    which: imap or smtp; both when left out, and both come with mail,enabled
    """
    permissions.named(which)
    return bool(records.own(ctx).metadata.enabled("mail"))


@command(Role.ALL)
def get_provider(ctx: Context) -> str:
    """Return who handles the mail of the account: builtin, gmail, mxroute or null; the server's default for the
    administrator."""
    return provider.of_caller(ctx)


@command(_INNER)
def get_mail_ip(ctx: Context) -> str:
    """Return the IPv4 address of the account's mail server."""
    return provider.mail_address(ctx)


@command(Role.SITE)
def get_records(ctx: Context, domain: str) -> list[MailRecord]:
    """Return the DNS records that the mail of a domain needs; which, depends on the account's mail,provider.

    domain: of the account, or a subdomain of it that receives mail
    """
    return mail_zone.needed(ctx, domain)


@command(Role.SITE)
def provisioning_records(ctx: Context, domain: str) -> list[MailRecord]:
    """Return what email:get-records returns."""
    return mail_zone.needed(ctx, domain)


@command(Role.SITE)
def list_mailboxes(
    ctx: Context, filter: Annotated[str | None, Untyped] = None, address: Annotated[str | None, Untyped] = None,
    domain: Annotated[str | None, Untyped] = None,
) -> list[MailAddress]:  # fmt: skip
    """Return the addresses of the account, mailboxes and forwards.

    filter: forward, local, special (forwards to programs), single (needs `address`), enabled, disabled, or destination:
        those that lead to `address`
    address: the part before the @, or a whole address; domain: only its addresses
    """
    return listing.rows(ctx, filter, address, domain)


@command(Role.SITE)
def list_aliases(ctx: Context) -> list[MailAddress]:
    """Return the forwards of the account, as email:list-mailboxes does with the filter forward."""
    return listing.rows(ctx, "forward", None, None)


@command(Role.SITE)
def get_mailbox(ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped]) -> dict[str, Any]:
    """Return an address as email:list-mailboxes does; an empty array where there is none.

    user: the part before the @, empty for a catch-all
    """
    found = addresses.find(ctx.db, records.own(ctx), user, domain)
    return {} if found is None else dict(listing.row(found))


@command(_INNER)
def address_exists(ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped]) -> bool:
    """Tell whether the account has an address.

    user: the part before the @, empty for a catch-all
    """
    return addresses.find(ctx.db, records.own(ctx), user, domain) is not None


@command(Role.SITE)
def mailbox_type(ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped]) -> str | None:
    """Return the type of an address: v for a mailbox, a for a forward; null where there is none."""
    found = addresses.find(ctx.db, records.own(ctx), user, domain)
    return None if found is None else found.type


@command(Role.SITE, "write")
def add_mailbox(
    ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped], uid: Annotated[str, Untyped],
    mailbox: Annotated[str, Untyped] = "",
) -> bool:  # fmt: skip
    """Add an address that is a user's mailbox.

    user: the part before the @, empty for a catch-all; domain: one that receives mail
    uid: number of the user, as user:get-users shows it, or its name
    mailbox: folder of the user's mail, the inbox when left out
    """
    mailboxes.add_mailbox(ctx, user, domain, uid, mailbox)
    return True


@command(Role.SITE, "write")
def add_alias(
    ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped], destination: Annotated[Any, Untyped]
) -> bool:
    """Add an address that forwards.

    user: the part before the @; a catch-all, with nothing there, needs [mail] forwarded_catchall
    destination: addresses or users of the account, as a list or with commas, or `|` and a command line
    """
    mailboxes.add_forward(ctx, user, domain, destination)
    return True


@command(Role.SITE, "write")
def modify_mailbox(
    ctx: Context, olduser: str, olddomain: str, newuser: str = "", newdomain: str = "", newdestination: str = "",
    newtype: str | None = None,
) -> bool:  # fmt: skip
    """Change an address and tell whether that made a difference; what is left out stays.

    newdestination: of a mailbox, the name or number of a user, or a folder after a dot; of a forward as in email:add-alias
    newtype: v or a; another type needs a destination
    """
    return mailboxes.change(ctx, (olduser, olddomain), newuser, newdomain, newdestination, newtype)


@command(Role.SITE, "write", deprecated=True)
def rename_mailbox(
    ctx: Context, olduser: Annotated[str, Untyped], olddomain: Annotated[str, Untyped], newuser: Annotated[str, Untyped],
    newdomain: Annotated[str, Untyped], newmailbox: Annotated[str | None, Untyped],
    newtype: Annotated[str | None, Untyped] = None,
) -> bool:  # fmt: skip
    """Change an address as email:modify-mailbox does."""
    return mailboxes.change(ctx, (olduser, olddomain), newuser, newdomain, newmailbox, newtype)


@command(Role.SITE, "write")
def delete_mailbox(
    ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped], type_: Annotated[str, Untyped] = ""
) -> bool:
    """Remove an address and tell whether there was one.

    type_: v or a, for an address of that type alone
    """
    return mailboxes.remove(ctx, user, domain, type_)


@command(Role.SITE, "write")
def remove_mailbox(ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped]) -> bool:
    """Remove an address that is a mailbox and tell whether there was one."""
    return mailboxes.remove(ctx, user, domain, addresses.MAILBOX)


@command(Role.SITE, "write")
def remove_alias(ctx: Context, user: Annotated[str, Untyped], domain: Annotated[str, Untyped]) -> bool:
    """Remove an address that forwards and tell whether there was one."""
    return mailboxes.remove(ctx, user, domain, addresses.FORWARD)


@command(Role.SITE, "write")
def enable_address(
    ctx: Context, account: Annotated[str, Untyped], domain: Annotated[str | None, Untyped] = None
) -> bool:
    """Switch an address on and tell whether that made a difference.

    account: an address, or the part before the @; domain: every domain in the latter case when left out
    """
    return mailboxes.switch(ctx, account, domain, enabled=True)


@command(Role.SITE, "write")
def disable_address(
    ctx: Context, account: Annotated[str, Untyped], domain: Annotated[str | None, Untyped] = None
) -> bool:
    """Switch an address off and tell whether that made a difference; arguments as for email:enable-address."""
    return mailboxes.switch(ctx, account, domain, enabled=False)


@command(Role.SITE, "write")
def clone_domain_mailboxes(ctx: Context, source: Annotated[str, Untyped], destination: Annotated[str, Untyped]) -> bool:
    """Copy the addresses of a domain to another; those that exist there stay, with a warning each."""
    mailboxes.clone(ctx, source, destination)
    return True


@command(Role.SITE)
def list_virtual_transports(ctx: Context) -> list[str]:
    """Return the domains that receive mail, the primary one first."""
    return transports.of_site(ctx.db, records.own(ctx))


@command(Role.SITE)
def transport_exists(ctx: Context, domain: Annotated[str, Untyped]) -> bool:
    """Tell whether a domain of the account receives mail."""
    return domain.strip().lower() in transports.of_site(ctx.db, records.own(ctx))


@command(Role.SITE, "write")
def add_virtual_transport(
    ctx: Context, domain: Annotated[str, Untyped], subdomain: Annotated[str, Untyped] = ""
) -> bool:
    """Let a domain receive mail; the records that its mail needs come with it.

    domain: of the account; subdomain: what stands before it
    """
    mail_zone.changed(ctx, records.own(ctx), transports.add(ctx, domain, subdomain))
    return True


@command(Role.SITE, "write")
def remove_virtual_transport(
    ctx: Context, domain: Annotated[str, Untyped], keepdns: Annotated[bool | None, Untyped] = None
) -> bool:
    """Let a domain receive no mail; its addresses stay and wait for it, and its records are removed.

    keepdns: true leaves the records for its mail in the zone
    """
    site = records.own(ctx)
    staying = mail_zone.held(ctx, site, transports.require(ctx.db, site, domain)) if keepdns else []
    mail_zone.changed(ctx, site, transports.remove(ctx, domain), staying)
    return True


@command(_INNER)
def vacation_exists(ctx: Context, user: Annotated[str | None, Untyped] = None) -> bool:
    """Tell whether a vacation message is sent at present.

    user: of the account, whom its administrator may name; the caller when left out
    """
    return vacation.exists(ctx, user)


@command(_INNER)
def get_vacation_message(ctx: Context, user: Annotated[str | None, Untyped] = None) -> str | None:
    """Return the text of a vacation message, null without one; `user` as for email:vacation-exists."""
    return vacation.message(ctx, user)


@command(_INNER)
def get_vacation_options(ctx: Context) -> VacationOptions:
    """Return the options of the caller's vacation message."""
    return vacation.options_of_caller(ctx)


@command(_INNER, "write")
def set_vacation_options(ctx: Context, options: dict[str, Any]) -> bool:
    """Set options of the caller's vacation message; what is left out stays.

    options: response (the text), subject, contenttype (plain or html), days until a sender gets it again
    """
    vacation.put(ctx, None, options)
    return True


@command(_INNER, "write", deprecated=True)
def add_vacation(
    ctx: Context, response: Annotated[str, Untyped], user: Annotated[str | None, Untyped] = None,
    flags: dict[str, Any] | None = None,
) -> bool:  # fmt: skip
    """Set the text of a vacation message and send it from now on.

    user: as for email:vacation-exists; flags: options of email:set-vacation-options
    """
    vacation.put(ctx, user, {**(flags or {}), "response": response}, enable=True)
    return True


@command(_INNER, "write", deprecated=True)
def change_vacation_message(
    ctx: Context, response: Annotated[str, Untyped], user: Annotated[str | None, Untyped] = None,
    flags: dict[str, Any] = {},
) -> bool:  # fmt: skip
    """Replace the text of a vacation message; arguments as for email:add-vacation."""
    vacation.change_message(ctx, user, response, flags)
    return True


@command(_INNER, "write")
def enable_vacation(
    ctx: Context, user: Annotated[str | None, Untyped] = None, flags: dict[str, Any] | None = None
) -> bool:
    """Send a vacation message from now on; arguments as for email:add-vacation."""
    vacation.put(ctx, user, flags or {}, enable=True)
    return True


@command(_INNER, "write")
def remove_vacation(ctx: Context, user: str | None = None) -> bool:
    """Forget a vacation message and its options; `user` as for email:vacation-exists."""
    vacation.remove(ctx, user)
    return True


@command(_INNER)
def user_enabled(
    ctx: Context, user: Annotated[str | None, Untyped] = None, svc: Annotated[str | None, Untyped] = None
) -> bool:
    """Tell whether a user may use mail.

    user: of the account, whom its administrator may name; the caller when left out; svc: imap or smtp, both when left out
    """
    return permissions.enabled(ctx, user, svc)


@command(Role.SITE, "write")
def permit_user(ctx: Context, user: Annotated[str, Untyped], svc: Annotated[str | None, Untyped] = None) -> bool:
    """Let a user use mail.

    svc: imap or smtp; both when left out
    """
    permissions.switch(ctx, user, svc, on=True)
    return True


@command(Role.SITE, "write")
def deny_user(ctx: Context, user: Annotated[str, Untyped], svc: Annotated[str | None, Untyped] = None) -> bool:
    """Keep a user from mail; the account's administrator keeps it.

    svc: imap or smtp; both when left out
    """
    permissions.switch(ctx, user, svc, on=False)
    return True


@command(_INNER)
def webmail_apps(ctx: Context) -> list[str]:
    """Return the names of the webmail programs."""
    return list(webmail.APPS)


@command(_INNER)
def get_webmail_location(ctx: Context, app: Annotated[str, Untyped]) -> str:
    """Return the host name of a webmail program.

    app: a name of email:webmail-apps
    """
    return webmail.location(ctx, app)


@command(Role.SITE, "write")
def set_webmail_location(ctx: Context, app: Annotated[str, Untyped], subdomain: Annotated[str, Untyped]) -> bool:
    """Give a webmail program another subdomain; its records in the zones of the account move along.

    app: a name of email:webmail-apps; subdomain: without the domain
    """
    webmail.move(ctx, app, subdomain)
    site = records.own(ctx)
    for domain in transports.of_site(ctx.db, site):
        mail_zone.changed(ctx, site, domain)
    return True
