"""Signing in with a password: name, password, address and second factor are judged together (docs/panel.md, section 4).

Whatever is wrong, the answer is the same and takes as long, so that nobody learns which part it was.
"""

from __future__ import annotations

import re
from dataclasses import replace

from apnscp.core.context import Context
from apnscp.core.errors import NotAuthenticated
from apnscp.core.roles import Role
from apnscp.opcenter.access import logins, sessions, totp
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.users import passwords, people
from apnscp.opcenter.users.people import User

WRONG = "User name, domain, password or code is wrong"
_LOGIN = re.compile(r"(?P<user>[^@#]*)(?:[@#](?P<domain>.*))?", re.DOTALL)
_NOBODY = "$6$rounds=5000$nobody$" + "." * 86
"""A hash that no password has, checked where there is no user."""


def check_credentials(ctx: Context, login: str, password: str, gate: str = "UI") -> User:
    """Return the user whose name and password these are, who may come in from the caller's address.

    ctx: only read from, so that the work of hashing holds nobody up; its caller has the client's address and no role
    login: ``user@domain``, ``user#domain``, or a user of the panel without a domain
    Raises NotAuthenticated, which the caller is to count.
    """
    user = _found(ctx, login)
    right = passwords.verify(password[: passwords.LONGEST], user.password if user and user.password else _NOBODY)
    if user is None or not right or not _may_sign_in(ctx, user, gate):
        raise NotAuthenticated(WRONG)
    return user


def sign_in(ctx: Context, checked: User, code: str = "", gate: str = "UI") -> str:
    """Open a session for a person and return its id.

    ctx: in a writing transaction; checked: from `check_credentials`
    code: of the second factor, where the user has one
    Raises NotAuthenticated, which the caller is to count.
    """
    user = people.by_id(ctx.db, checked.id)
    if user is None or user.password != checked.password:
        raise NotAuthenticated(WRONG)
    factor = totp.is_enabled(ctx.db, user.id)
    if factor and not totp.spend(ctx.db, ctx.panel.secret, user.id, code, ctx.clock.unix()):
        raise NotAuthenticated(WRONG)
    return _opened(ctx, user, gate, Role.EXTAUTH if factor else Role.NONE)


def _found(ctx: Context, login: str) -> User | None:
    parts = _LOGIN.fullmatch(login.strip())
    if parts is None or "\0" in login:  # no text of PostgreSQL can hold a NUL
        return None
    name, domain = parts["user"], parts["domain"]
    if not domain:
        return people.find(ctx.db, people.PANEL, name)
    site_id = find_one(ctx.db, domain)
    return people.find(ctx.db, site_id, name) if site_id else None


def _may_sign_in(ctx: Context, user: User, gate: str) -> bool:
    """Tell whether a user may come in, from this address and at all."""
    known = ctx.snapshot.restrictions
    if not known.admits(user.id, ctx.caller.ip, gate) or known.denies(user.id):
        return False
    suspended = user.site_id != people.PANEL and records.load(ctx.db, user.site_id).is_suspended
    return not sessions.is_shut(ctx.settings, suspended=suspended)


def _opened(ctx: Context, user: User, gate: str, extended: Role) -> str:
    role = Role.ADMIN
    if user.site_id != people.PANEL:
        role = sessions.role_in(records.load(ctx.db, user.site_id), user)
    session_id = sessions.open_session(ctx, user, role | extended, gate)
    row = sessions.row_of(ctx, session_id)
    entered = replace(ctx.caller, site_id=user.site_id, user=user.name, user_id=user.id, session_row=row)
    logins.note(ctx.db, entered, ctx.clock.unix())
    return session_id
