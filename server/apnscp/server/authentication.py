"""Who is calling: from a key or a session to a Caller (docs/panel.md, sections 1 and 4).

A session that this panel issued decides over a key sent with it; an unknown or empty one beside a valid key is ignored
(older WHMCS modules send their own PHP session id); one that has ended is refused and never answered with the key's
rights.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection

from apnscp.core.context import Caller, Context, Panel
from apnscp.core.errors import Closed, KeyLimited, LockedOut, NotAuthenticated
from apnscp.core.reporter import Reporter
from apnscp.core.roles import Role
from apnscp.opcenter.access import brute_force, keys, restrictions, sessions, temporary_passwords, totp
from apnscp.opcenter.access.brute_force import BruteForceGuard
from apnscp.opcenter.services import networks
from apnscp.opcenter.settings.config import DEFAULTS, of_panel
from apnscp.opcenter.settings.panel_clock import clock_of
from apnscp.opcenter.store.facts import fact
from apnscp.opcenter.store.transactions import writing

log = logging.getLogger("apnscp.gate")
Failure = TypeVar("Failure", NotAuthenticated, KeyLimited)

NO_KEY = "No API key was sent; send ?authkey=KEY or the header Auth-Key"
WRONG_KEY = "The API key is not valid; apnscpd env prints the administrator's"
WRONG_SESSION = "The session is not known and no API key was sent with it"
ONLY_HTTPS = "Plain HTTP is refused from %s ([frontend] https_only); use https and the TLS port"
SWITCHED_OFF = "The API is switched off ([soap] enabled); `apnscpd scope cp.api true' on the server switches it on"


@dataclass(frozen=True)
class Credentials:
    """What a request says about its sender.

    key, session: as sent, None when absent; peer: address of the connection; forwarded: X-Forwarded-For
    totp: X-Extended-Auth; scheme: http or https; soap: whether the SOAP endpoint was asked
    """

    key: str | None
    session: str | None
    peer: str
    forwarded: str | None = None
    totp: str | None = None
    scheme: str = "http"
    soap: bool = False


class _Request(NamedTuple):
    """One request at the gate.

    now: panel time in Unix seconds; address: the client's own
    """

    given: Credentials
    db: Connection
    settings: Mapping[str, Any]
    now: int
    address: str


class Authenticator:
    """Turns credentials into a Caller."""

    def __init__(self, panel: Panel) -> None:
        """Guard the calls of `panel`."""
        self._panel = panel
        self._guard = BruteForceGuard(panel)
        self._used: dict[int, int] = {}

    def identify(self, given: Credentials, db: Connection) -> Caller:
        """Return who is calling.

        db: an open transaction that reads
        Raises Closed, NotAuthenticated, SessionEnded, KeyLimited or LockedOut.
        """
        panel = self._panel
        guessed = client_address(given.peer, given.forwarded, panel.cache.get("settings", DEFAULTS))
        seen = keys.find(db, panel.secret, given.key or "", brute_force.counted_under(guessed))
        panel.renew(seen.generation)
        settings, now = of_panel(panel, db), clock_of(panel, db).unix()
        _require_open(given, settings)
        address = client_address(given.peer, given.forwarded, settings)
        failures = (
            seen.failures if address == guessed else brute_force.load_failures(db, brute_force.counted_under(address))
        )
        asked = _Request(given, db, settings, now, address)
        if failures is not None:
            self._require_unlocked(asked, failures)
        self._end_temporary_passwords(asked)
        caller = self._by_session(asked) if given.session else None
        if caller is None:
            caller = self._by_key(asked, seen.key)
        return self._extended(asked, caller) if given.totp else caller

    def admit(self, given: Credentials, db: Connection) -> str:
        """Return the client's own address for a sign-in by password; raises LockedOut where it failed too often."""
        self.require_open(given, db)
        settings, now = of_panel(self._panel, db), clock_of(self._panel, db).unix()
        address = client_address(given.peer, given.forwarded, settings)
        asked = _Request(given, db, settings, now, address)
        failures = brute_force.load_failures(db, brute_force.counted_under(address))
        if failures is not None:
            self._require_unlocked(asked, failures)
        self._end_temporary_passwords(asked)
        return address

    def require_open(self, given: Credentials, db: Connection) -> None:
        """Raise Closed when the panel takes no requests by this way; for what is shown to everybody."""
        self._panel.renew(int(fact(db, "generation", "0")))
        _require_open(given, of_panel(self._panel, db))

    def failed(self, address: str, db: Connection, error: Failure) -> Failure:
        """Count a failure and return its error, which says how long the answer is held back."""
        error.delay = self._guard.failed(address, of_panel(self._panel, db), clock_of(self._panel, db).unix())
        return error

    def _by_key(self, asked: _Request, key: keys.FoundKey | None) -> Caller:
        if key is None:
            given = asked.given
            if not given.key and not given.session:
                raise NotAuthenticated(NO_KEY)
            raise self._counted(asked, NotAuthenticated(WRONG_KEY if given.key else WRONG_SESSION))
        self._require_rules(asked, key)
        role = key_role(key)
        caller = Caller(role, key.user, key.site_id, key_id=key.id, ip=asked.address, commands=key.commands)
        self._require_welcome(asked, caller, key.suspended)
        if not restrictions.restrictions_of(self._panel, asked.db).admits(
            key.site_id, key.user, asked.address, caller.gate
        ):
            log.info("%s is no address from which %s may sign in", asked.address, key.user)
            raise self._counted(asked, NotAuthenticated(WRONG_KEY))
        self._note_use(key, asked.now)
        return caller

    def _by_session(self, asked: _Request) -> Caller | None:
        session_id = asked.given.session or ""
        found = sessions.find(asked.db, self._panel.secret, session_id, asked.settings, asked.now)
        if found is None:
            return None
        caller = Caller(
            found.role, found.user, found.site_id, session_id, found.id, found.key_id, asked.address, found.gate,
            found.commands,
        )  # fmt: skip
        self._require_welcome(asked, caller, found.suspended)
        if found.last_used < asked.now:
            self._panel.aside(lambda connection: sessions.touch(connection, found.id, asked.now))
        return caller

    def _require_rules(self, asked: _Request, key: keys.FoundKey) -> None:
        """Refuse a key whose own rules do not admit this use; commands are looked at when the call is known."""
        if key.expires is not None and key.expires <= asked.now:
            when = datetime.fromtimestamp(key.expires, UTC).strftime("%Y-%m-%d %H:%M UTC")
            raise NotAuthenticated("The API key expired on %s (its rule `expires')", when)
        if key.addresses is not None and not networks.covers(key.addresses, asked.address):
            text = "The API key may not be used from %s (its rule `addresses')"
            raise self._counted(asked, KeyLimited(text, asked.address))

    def _require_welcome(self, asked: _Request, caller: Caller, suspended: bool) -> None:
        """Refuse users who are kept out although they are who they say."""
        if suspended and not asked.settings["auth.suspended_login"]:
            raise NotAuthenticated("The account is suspended and [auth] suspended_login is off")
        if restrictions.restrictions_of(self._panel, asked.db).denies(caller.site_id, caller.user):
            raise NotAuthenticated("`%s' may not sign in to the panel (auth:deny-user)", caller.user)

    def _extended(self, asked: _Request, caller: Caller) -> Caller:
        """Return the caller with extended authentication when the code in X-Extended-Auth is right and unused."""
        if caller.role & Role.EXTAUTH or not totp.is_enabled(asked.db, caller.site_id, caller.user):
            return caller
        with writing(self._panel.engine) as db:
            code = asked.given.totp or ""
            right = totp.spend(db, self._panel.secret, caller.site_id, caller.user, code, asked.now)
        if not right:
            self._guard.failed(asked.address, asked.settings, asked.now)
            return caller
        return replace(caller, role=caller.role | Role.EXTAUTH)

    def _require_unlocked(self, asked: _Request, failures: brute_force.Failures) -> None:
        try:
            brute_force.require_unlocked(failures, asked.address, asked.settings, asked.now)
        except LockedOut:
            self._guard.refused(asked.address, asked.settings, asked.now)
            raise

    def _counted(self, asked: _Request, error: Failure) -> Failure:
        return self.failed(asked.address, asked.db, error)

    def _end_temporary_passwords(self, asked: _Request) -> None:
        due = temporary_passwords.earliest_end(self._panel, asked.db)
        if due is None or due > asked.now:
            return
        asked.db.rollback()
        with writing(self._panel.engine) as db:
            temporary_passwords.end_due(server_context(self._panel, db))
        self._panel.cache.pop("temporary", None)

    def _note_use(self, key: keys.FoundKey, now: int) -> None:
        """Note the last use of a key, once a second at the most; the first use at once, so that it can be seen."""
        if self._used.get(key.id) == now:
            return
        first = key.last_used is None and key.id not in self._used
        self._used[key.id] = now
        note = self._guard.soon if first else self._panel.aside
        note(lambda connection: keys.touch(connection, key.id, now))


def _require_open(given: Credentials, settings: Mapping[str, Any]) -> None:
    """Raise Closed for plain HTTP under [frontend] https_only, and for SOAP while [soap] enabled is off.

    This machine and the peers of [core] http_trusted_forward, where a proxy has done the TLS, may use plain HTTP.
    """
    if settings["frontend.https_only"] and given.scheme != "https" and not _is_near(given.peer, settings):
        raise Closed(ONLY_HTTPS, given.peer)
    if given.soap and not settings["soap.enabled"]:
        raise Closed(SWITCHED_OFF)


def _is_near(peer: str, settings: Mapping[str, Any]) -> bool:
    try:
        return networks.parse_address(peer).is_loopback or _trusted(peer, settings)
    except ValueError:
        return False


def server_context(panel: Panel, db: Connection) -> Context:
    """Return a context in which the server itself puts things right."""
    return Context(panel, db, Caller(Role.ADMIN, "admin", gate="CLI"), Reporter(), clock_of(panel, db))


def key_role(key: keys.FoundKey) -> Role:
    """Return the role that a key carries: its creator's."""
    if key.site_id == 0:
        return Role.ADMIN
    return Role.SITE if key.is_site_admin else Role.USER


def client_address(peer: str, forwarded: str | None, settings: Mapping[str, Any]) -> str:
    """Return the client's own address: the last hop that is not trusted.

    X-Forwarded-For is believed only when the peer is listed in [core] http_trusted_forward.
    """
    if not forwarded or not _trusted(peer, settings):
        return peer
    for hop in reversed([part.strip() for part in forwarded.split(",")]):
        try:
            address = str(networks.parse_address(hop))
        except ValueError:
            return peer
        if not _trusted(address, settings):
            return address
    return peer


def _trusted(address: str, settings: Mapping[str, Any]) -> bool:
    return networks.covers(str(settings["core.http_trusted_forward"] or ""), address)
