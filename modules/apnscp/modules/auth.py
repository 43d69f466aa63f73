"""Module auth: identities, passwords, keys, sessions, second factor (docs/panel.md, section 12)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import ApiKey, LastLogin, Login, SessionInfo
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import FreeText, Secret
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.access import (
    address_restrictions,
    administrators,
    credentials,
    keys,
    logins,
    restrictions,
    sessions,  # fmt: skip
    temporary_passwords,
    totp,
)
from apnscp.opcenter.lifecycle import renames
from apnscp.opcenter.sites import records, suspension
from apnscp.opcenter.sites.identifiers import require_one, site_name
from apnscp.opcenter.users import passwords, people

Hidden = Annotated[str, Secret]
"""Text that opens a door: it is masked in the journal."""
Comment = Annotated[str, FreeText]
"""Text for people; an empty one takes away what was there."""


@command(Role.ALL)
def session_info(ctx: Context) -> SessionInfo:
    """Return who is calling: id, username, domain (empty for the administrator), site, site_id, level, gate ..."""
    caller = ctx.caller
    site = records.own(ctx) if caller.site_id else None
    return {
        "id": caller.session or "",
        "username": caller.user,
        "domain": site.domain if site else "",
        "site": site_name(caller.site_id) if site else "",
        "site_id": caller.site_id,
        "user_id": ctx.caller.user_id,
        "group_id": caller.site_id,
        "level": int(ctx.role),
        "gate": caller.gate,
    }


@command(Role.ALL)
def is_inactive(ctx: Context) -> bool:
    """Tell whether the caller's account is suspended; the administrator never is."""
    return bool(ctx.caller.site_id) and records.own(ctx).is_suspended


@command(Role.ALL)
def inactive_reason(ctx: Context, site: str | None = None) -> str | None:
    """Return why the account is suspended, without hidden lines; null while it is active.

    site: for the administrator: the account to ask about
    """
    if site is not None and not ctx.is_admin:
        raise Refused("Only the administrator may name a site")
    site_id = require_one(ctx, site) if site is not None else ctx.caller.site_id
    account = records.load(ctx.db, site_id) if site_id else None
    if account is None or account.suspended_at is None:
        return None
    return suspension.visible(account.reason) if ctx.settings.flag("auth.show_suspension_reason") else ""


@command(Role.ALL)
def is_demo(ctx: Context) -> bool:
    """Tell whether this is the demonstration account, the one whose invoice is [billing] demo_invoice."""
    return records.is_demo(ctx)


def _hashed(
    ctx: Context, password: Hidden, user: str | None = None, domain: str | None = None
) -> passwords.Chosen:  # fmt: skip
    """Hash the password of change_password before anything is locked."""
    return passwords.chosen(password, ctx.settings)


@command(Role.ALL, "write", prepare=_hashed)
def change_password(ctx: Context, password: Hidden, user: str | None = None, domain: str | None = None) -> bool:
    """Change a password; the user's other sessions end and a mail tells of it.

    user: null for the caller; a site's administrator may name its users, the panel's administrator any; where no
        administrator of the panel has the name and there is no domain, it becomes a further one
    domain: for the panel's administrator: the account of the user, whose administrator is meant when user is null
    """
    if administrators.is_new(ctx, user, domain):
        passwords.require_strong(password, str(user), ctx.settings)
        administrators.add(ctx, str(user), ctx.prepared.crypted)
        return True
    target = credentials.resolve_user(ctx, user, domain)
    passwords.require_strong(password, target.name, ctx.settings)
    credentials.set_password(ctx, target, ctx.prepared.crypted)
    return True


@command(Role.ALL, "write")
def change_cpassword(ctx: Context, cpassword: Hidden, user: str | None = None, domain: str | None = None) -> bool:
    """Change a password to one that is hashed already.

    cpassword: a crypt(3) hash of SHA-512 or SHA-256; user, domain: as in change-password
    """
    target = credentials.resolve_user(ctx, user, domain)
    if not passwords.is_crypted(cpassword):
        raise Refused("The password is not a crypt(3) hash of SHA-512 or SHA-256; auth:crypt makes one")
    credentials.set_password(ctx, target, cpassword)
    return True


@command(Role.ALL)
def password_permitted(ctx: Context, password: Hidden, user: str | None = None) -> bool:
    """Tell whether a password is strong enough; a warning says what it lacks.

    user: name that it must not contain; the caller's when null
    """
    reason = passwords.weakness(password, user or ctx.caller.user, ctx.settings)
    if reason:
        ctx.warn("The password is too weak: %s", reason)
    return reason is None


@command(Role.ALL, "long")
def crypt(ctx: Context, password: Hidden, salt: Hidden | None = None) -> Hidden:
    """Return the SHA-512 crypt of a password, 5,000 rounds.

    salt: up to 16 letters, digits, dots and slashes, with or without ``$6$`` before them; random when null
    """
    if len(password) > passwords.LONGEST or "\0" in password:
        raise Refused("A password has up to %d characters and no NUL", passwords.LONGEST)
    return passwords.crypt(password, None if salt is None else passwords.salt_of(salt))


def _random(ctx: Context, user: str | None = None, site: str | None = None) -> passwords.Chosen:
    """Make the password of reset_password before anything is locked."""
    fresh = passwords.generate()
    return passwords.Chosen(fresh, passwords.crypt(fresh))


@command(Role.ALL, "write", prepare=_random)
def reset_password(ctx: Context, user: str | None = None, site: str | None = None) -> Annotated[str | None, Secret]:
    """Give a user a random password, mail it to the address on record and return it.

    user: null for the caller, or for the administrator of `site`
    site: for the panel's administrator: the account of the user
    """
    target = credentials.resolve_user(ctx, user, site)
    fresh: passwords.Chosen = ctx.prepared
    credentials.reset_password(ctx, target, fresh)
    if ctx.settings.flag("auth.update_restrictions_on_reset"):
        address_restrictions.admit(ctx, target.id)
    return fresh.text


def _temporary(ctx: Context, site: str, limit: int = 120, password: Hidden | None = None) -> passwords.Chosen:
    """Make and hash the password of set_temp_password before anything is locked."""
    return passwords.chosen(password, ctx.settings)


@command(Role.ADMIN, "write", prepare=_temporary)
def set_temp_password(ctx: Context, site: str, limit: int = 120, password: Hidden | None = None) -> Hidden:
    """Give a user a password for a while and return it; the former one comes back by itself.

    site: site id or domain for its administrator, user@domain for another user
    limit: seconds; a second call while one holds changes the password and not its end
    password: a random one when null
    """
    target = credentials.of_item(ctx, site)
    credentials.require_change(ctx, target)
    chosen: passwords.Chosen = ctx.prepared
    passwords.require_strong(chosen.text, target.name, ctx.settings)
    until = temporary_passwords.give(ctx, target, chosen.crypted, limit)
    ctx.info("Password of %s is, for %d seconds, password=%s", target.name, until - ctx.clock.unix(), chosen.text)
    return chosen.text


@command(Role.ALL, "write")
def create_api_key(ctx: Context, comment: Comment = "", user: str | None = None) -> Hidden:
    """Make an API key of 64 hexadecimal characters; a user may have 10.

    comment: cut after 255 characters; user: for a site's administrator: the user whose key it is, null for the caller
    """
    owner = people.target(ctx, user)
    credentials.require_no_origin(ctx)
    credentials.require_invoice(ctx)
    text, now = credentials.comment_for_key(ctx, comment), ctx.clock.unix()
    rules = keys.rules_of(ctx.db, ctx.caller.key_id)
    return keys.make(ctx.db, ctx.panel.secret, owner, comment=text, now=now, rules=rules)


@command(Role.ALL)
def get_api_keys(ctx: Context, user: str | None = None) -> list[ApiKey]:
    """Return a user's API keys as key, last_used (Unix time or null) and comment.

    user: for a site's administrator: one of its users; null for the caller
    """
    rows = keys.of_user(ctx.db, people.target(ctx, user).id)
    shown = [(ctx.panel.secret.unseal(row.sealed), row) for row in rows]
    return [{"key": key, "last_used": row.last_used, "comment": row.comment} for key, row in shown if key is not None]


@command(Role.ALL, "write")
def set_api_key_comment(ctx: Context, key: Hidden, comment: Comment | None = None, user: str | None = None) -> bool:
    """Change the comment of an API key; false when nothing changed.

    key: dashes and case do not count; user: as in get-api-keys
    """
    row = keys.owned(ctx.db, ctx.panel.secret, keys.require_hex(key), people.target(ctx, user).id)
    text = credentials.comment_for_key(ctx, comment)
    if row is None or row.comment == text:
        return False
    keys.change(ctx.db, row.id, comment=text)
    return True


@command(Role.ALL, "write")
def delete_api_key(ctx: Context, key: Hidden, user: str | None = None) -> bool:
    """Delete an API key; the sessions that it opened end. False for a user without any key.

    key: dashes and case do not count; user: as in get-api-keys
    """
    owner = people.target(ctx, user)
    row = keys.owned(ctx.db, ctx.panel.secret, keys.require_hex(key), owner.id)
    if row is not None:
        keys.delete(ctx.db, row.id)
        return True
    if not keys.of_user(ctx.db, owner.id):
        return False
    raise Refused("Unknown API key; auth:get-api-keys lists those of `%s'", owner.name)


@command(Role.ALL)
def get_last_login(ctx: Context) -> Annotated[dict[str, Any], LastLogin]:
    """Return the caller's last login before this one as ip and ts (Unix time); empty when there was none."""
    return logins.last(ctx)


@command(Role.ALL)
def get_login_history(ctx: Context, limit: Any = None) -> Annotated[list[dict[str, Any]], list[Login]]:
    """Return the caller's logins before this one, newest first, as ip and ts (Unix time).

    limit: a number below 100; anything else means 10
    """
    return logins.earlier(ctx, limit)


@command(Role.ALL)
def user_permitted(ctx: Context, user: str, svc: str = "cp") -> bool:
    """Tell whether a user may sign in to a service.

    svc: cp (the panel) or dav
    """
    service = restrictions.service_named(svc)
    if ctx.is_admin:
        return True
    return not restrictions.is_denied(ctx.db, people.target(ctx, user).id, service)


@command(Role.ALL)
def user_enabled(ctx: Context, user: str, svc: str = "cp") -> bool:
    """Tell whether a user may sign in to a service, the same as user-permitted.

    svc: cp (the panel) or dav
    """
    return user_permitted(ctx, user, svc)


@command(Role.ALL, "write")
def permit_user(ctx: Context, user: str, svc: str = "cp") -> bool:
    """Let a user sign in to a service again; for the account's administrator.

    svc: cp (the panel) or dav
    """
    restrictions.permit(ctx, _governed(ctx, user).id, restrictions.service_named(svc))
    return True


@command(Role.ALL, "write")
def deny_user(ctx: Context, user: str, svc: str = "cp") -> bool:
    """Keep a user out of a service; for the account's administrator.

    svc: cp (the panel) or dav
    """
    service, denied = restrictions.service_named(svc), _governed(ctx, user)
    if service == "cp" and denied.name == records.own(ctx).admin_user:
        raise Refused("`%s' administers the account and may always sign in", denied.name)
    restrictions.deny(ctx, denied.id, service)
    return True


def _governed(ctx: Context, user: str) -> people.User:
    """Return a user over whose services the caller decides."""
    if not ctx.role & Role.SITE:
        raise Refused("Only an account's administrator decides what its users may sign in to")
    return people.require(ctx.db, ctx.caller.site_id, user)


@command(Role.SITE, "write")
def change_domain(ctx: Context, domain: str) -> bool:
    """Give the account another primary domain; names of its servers follow and a mail tells of it.

    domain: free on this server, no alias and no subdomain of the account
    """
    renames.change_domain(ctx, domain)
    return True


@command(Role.SITE | Role.ADMIN, "write")
def change_username(ctx: Context, user: str) -> bool:
    """Rename the administrator who is calling; keys and sessions come along.

    user: free among administrators and in this account
    """
    renames.change_username(ctx, user)
    return True


@command(Role.ALL)
def totp_code(ctx: Context) -> Hidden:
    """Return a new secret for a second factor, in Base32; totp-enable puts it to use."""
    return totp.new_secret(ctx.settings.number("auth.totp_bits"))


@command(Role.ALL, "write", alias=("enable_totp",))
def totp_enable(ctx: Context, secret: Hidden, code: Hidden) -> bool:
    """Ask for a second factor at the caller's sign-ins from now on.

    secret: from totp-code; code: what a device shows for it now
    """
    credentials.require_change(ctx, people.caller(ctx))
    known = totp.require_secret(secret)
    if totp.is_enabled(ctx.db, ctx.caller.user_id) and not ctx.caller.role & Role.EXTAUTH:
        raise Refused("A second factor is in use; send its code as X-Extended-Auth to replace it")
    step = totp.matching_step(known, code, ctx.clock.unix())
    if step is None:
        raise Refused("The code is wrong; check the clock of the device")
    totp.enable(ctx.db, ctx.panel.secret, ctx.caller.user_id, known, step)
    return True


@command(Role.ALL, "write", alias=("disable_totp",))
def totp_disable(ctx: Context) -> bool:
    """Give the second factor up; needs a session opened with it, or its code in X-Extended-Auth."""
    credentials.require_change(ctx, people.caller(ctx))
    if not totp.is_enabled(ctx.db, ctx.caller.user_id):
        raise Refused("No second factor is in use")
    if not ctx.caller.role & Role.EXTAUTH:
        raise Refused("This needs the second factor itself; send its code as X-Extended-Auth")
    totp.disable(ctx.db, ctx.caller.user_id)
    return True


@command(Role.ALL, "write")
def restrict_ip(ctx: Context, ip: str, gate: str | None = None) -> bool:
    """Let the caller sign in only from listed addresses, and list one.

    ip: an address or a range such as 192.0.2.0/24; gate: UI, SOAP or DAV, null for all
    """
    credentials.require_change(ctx, people.caller(ctx))
    own = records.own(ctx).metadata["auth"]["iprestrict"] if ctx.caller.site_id else None
    limit = address_restrictions.limit_of(ctx, own)
    chosen = address_restrictions.gate_named(gate)
    address_restrictions.add(ctx, ctx.caller.user_id, ip, chosen, limit)
    if not restrictions.load(ctx.db).admits(ctx.caller.user_id, ctx.caller.ip, ctx.caller.gate):
        ctx.warn("%s, your present address, is not listed: keys and passwords are refused from there", ctx.caller.ip)
    return True


@command(Role.ALL, "write")
def remove_ip_restriction(ctx: Context, ip: str, gate: str | None = None) -> bool:
    """Take an address from the list of restrict-ip.

    gate: null for every gate it is listed for
    """
    credentials.require_change(ctx, people.caller(ctx))
    chosen = address_restrictions.gate_named(gate)
    address_restrictions.delete(ctx, ctx.caller.user_id, ip, chosen)
    return True


@command(Role.ALL)
def get_ip_restrictions(ctx: Context, gate: str | None = None) -> dict[str, list[str]]:
    """Return the addresses from which the caller may sign in, each with its gates, none named for all.

    gate: only what opens this gate
    """
    return address_restrictions.listed(ctx.db, ctx.caller.user_id, address_restrictions.gate_named(gate))


@command(Role.ADMIN, "write")
def set_extended_auth_flag(ctx: Context, session_id: Hidden) -> bool:
    """Give a session extended authentication, as if it had been opened with a second factor.

    An administrator who has a second factor must have used it.
    """
    own_factor = totp.is_enabled(ctx.db, ctx.caller.user_id)
    if own_factor and not ctx.caller.role & Role.EXTAUTH:
        raise Refused("This needs your own second factor; send its code as X-Extended-Auth")
    if not sessions.extend(ctx, session_id, ctx.clock.unix()):
        raise Refused("Unknown session; admin:hijack opens one")
    return True
