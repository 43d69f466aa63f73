"""Who is calling: from a key or a session to a Caller (docs/panel.md, sections 1 and 4).

A session that this panel issued decides over a key sent with it; an unknown or empty one beside a valid key is ignored
(older WHMCS modules send their own PHP session id); one that has ended is refused and never answered with the key's
rights.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple, TypeVar

from apnscp.core.context import Caller, Panel
from apnscp.core.errors import Closed, KeyLimited, LockedOut, NotAuthenticated
from apnscp.core.panel_settings import PanelSettings
from apnscp.core.roles import Role
from apnscp.core.snapshot import Snapshot
from apnscp.opcenter.access import brute_force, keys, sessions, snapshots, temporary_passwords, totp
from apnscp.opcenter.access.brute_force import BruteForceGuard, Failures
from apnscp.opcenter.access.memory import Memory
from apnscp.opcenter.services import networks
from apnscp.opcenter.settings.config import DEFAULT_SETTINGS
from apnscp.opcenter.store.engine import commits_of
from apnscp.opcenter.store.transactions import View, writing
from apnscp.server.administrator import administrator_context
from apnscp.server.placement import NeedsThread

log = logging.getLogger("apnscp.gate")
Failure = TypeVar("Failure", NotAuthenticated, KeyLimited)

NO_KEY = "No API key was sent; send ?authkey=KEY or the header Auth-Key"
UNKNOWN = "0.0.0.0"
"""Address of clients whose own a trusted proxy tells in a form that cannot be read: they count together."""
WRONG_KEY = "The API key is not valid; apnscpd env prints the administrator's"
WRONG_SESSION = "The session is not known and no API key was sent with it"
ONLY_HTTPS = "Plain HTTP is refused from %s ([frontend] https_only); use https and the TLS port"
SWITCHED_OFF = "The API is switched off ([soap] enabled); `apnscpd scope cp.api true' on the server switches it on"


class Credentials(NamedTuple):
    """What a request says about its sender.

    key, session: as sent, None when absent; peer: address of the connection; forwarded: X-Forwarded-For
    totp: X-Extended-Auth; scheme: http or https; soap: whether the SOAP endpoint was request
    """

    key: str | None
    session: str | None
    peer: str
    forwarded: str | None = None
    totp: str | None = None
    scheme: str = "http"
    soap: bool = False


class Identity(NamedTuple):
    """Who is calling, and what the panel was like when that was found out."""

    caller: Caller
    snapshot: Snapshot


class _Request(NamedTuple):
    """One request whose sender is being identified.

    now: panel time in Unix seconds; address: the client's own
    """

    given: Credentials
    view: View
    snapshot: Snapshot
    now: int
    address: str
    in_loop: bool

    @property
    def settings(self) -> PanelSettings:
        return self.snapshot.settings

    def require_thread(self) -> None:
        """Leave the event loop before something is written."""
        if self.in_loop:
            raise NeedsThread


class Authenticator:
    """Turns credentials into a Caller."""

    def __init__(self, panel: Panel) -> None:
        """Guard the calls of `panel`."""
        self._panel = panel
        self._guard = BruteForceGuard(panel)
        self._memory = Memory(commits_of(panel.engine))
        self._used: dict[int, int] = {}

    def identify(self, given: Credentials, view: View, *, in_loop: bool = False) -> Identity:
        """Return who is calling, with the snapshot that the call is to work on.

        view: the store, which is looked at only where something may have changed
        in_loop: whether this runs in the event loop, where nothing may be written
        Raises NeedsThread where something must be written first; Closed, NotAuthenticated, SessionEnded, KeyLimited or LockedOut.
        """
        panel = self._panel
        known = panel.snapshot.settings if panel.snapshot is not None else DEFAULT_SETTINGS
        guessed = client_address(given.peer, given.forwarded, known)
        seen = self._looked_up(given.key or "", brute_force.counted_under(guessed), view)
        request = self._request(given, view, self._snapshot(view, seen.generation), in_loop=in_loop)
        failures = seen.failures
        if request.address != guessed:
            failures = brute_force.load_failures(view.db, brute_force.counted_under(request.address))
        self._require_unlocked(request, failures)
        self._end_temporary_passwords(request)
        caller = self._by_session(request) if given.session else None
        if caller is None:
            caller = self._by_key(request, seen.key)
        return Identity(self._extended(request, caller) if given.totp else caller, request.snapshot)

    def _looked_up(self, key: str, counted: str, view: View) -> keys.LookedUp:
        """Look a key and the failures of an address up; what was found is kept, but not that a key does not exist."""
        name = "key", key, counted
        kept: keys.LookedUp | None = self._memory.recall(name)
        if kept is not None:
            return kept
        number = None if view.has_begun else self._memory.number()
        seen = keys.find(view.db, self._panel.secret, key, counted)
        if seen.key is not None or not key:
            self._memory.keep(number, name, seen)
        return seen

    def _session(self, request: _Request, session_id: str) -> sessions.FoundSession | None:
        """Look a session up; one that exists is kept, and its times are looked at each time."""
        name = "session", session_id
        row: sessions.Row | None = self._memory.recall(name)
        if row is None:
            number = None if request.view.has_begun else self._memory.number()
            row = sessions.look_up(request.view.db, self._panel.secret, session_id)
            if row is None:
                return None
            self._memory.keep(number, name, row)
        return sessions.found(row, request.settings, request.now)

    def _snapshot(self, view: View, generation: int) -> Snapshot:
        kept = self._panel.snapshot
        if kept is not None and kept.generation == generation:
            return kept
        return snapshots.current(self._panel, view.db, generation)

    def admit(self, given: Credentials, view: View) -> Identity:
        """Return a caller without any role, for a sign-in by password; raises LockedOut where it failed too often."""
        request = self._request(given, view, snapshots.current(self._panel, view.db))
        counted = brute_force.counted_under(request.address)
        self._require_unlocked(request, brute_force.load_failures(view.db, counted))
        self._end_temporary_passwords(request)
        return Identity(Caller(Role.NONE, "", ip=request.address, gate="UI"), request.snapshot)

    def require_open(self, given: Credentials, view: View) -> Snapshot:
        """Raise Closed when the panel takes no requests by this way; for what is shown to everybody."""
        return self._request(given, view, snapshots.current(self._panel, view.db)).snapshot

    def _request(self, given: Credentials, view: View, snapshot: Snapshot, *, in_loop: bool = False) -> _Request:
        _require_open(given, snapshot.settings)
        address = client_address(given.peer, given.forwarded, snapshot.settings)
        return _Request(given, view, snapshot, snapshot.clock.unix(), address, in_loop)

    def failed(self, address: str, snapshot: Snapshot, error: Failure) -> Failure:
        """Count a failure and return its error, which says how long the answer is held back."""
        error.delay = self._guard.failed(address, snapshot.settings, snapshot.clock.unix())
        return error

    def _by_key(self, request: _Request, key: keys.FoundKey | None) -> Caller:
        if key is None:
            given = request.given
            if not given.key and not given.session:
                raise NotAuthenticated(NO_KEY)
            raise self._counted(request, NotAuthenticated(WRONG_KEY if given.key else WRONG_SESSION))
        self._require_rules(request, key)
        caller = _caller(key, request.address)
        self._require_welcome(request, caller, key.suspended)
        if not request.snapshot.restrictions.admits(key.user_id, request.address, caller.gate):
            log.info("%s is no address from which %s may sign in", request.address, key.user)
            raise self._counted(request, NotAuthenticated(WRONG_KEY))
        self._note_use(request, key)
        return caller

    def _by_session(self, request: _Request) -> Caller | None:
        session_id = request.given.session or ""
        found = self._session(request, session_id)
        if found is None:
            return None
        caller = Caller(
            found.role, found.user, found.site_id, found.user_id, session_id, found.id, found.key_id, request.address, found.gate,
            found.commands,
        )  # fmt: skip
        self._require_welcome(request, caller, found.suspended)
        if found.last_used < request.now:
            self._panel.defer(lambda connection: sessions.touch(connection, found.id, request.now))
        return caller

    def _require_rules(self, request: _Request, key: keys.FoundKey) -> None:
        """Refuse a key whose own rules do not admit this use; commands are looked at when the call is known."""
        if key.expires is not None and key.expires <= request.now:
            when = datetime.fromtimestamp(key.expires, UTC).strftime("%Y-%m-%d %H:%M UTC")
            raise NotAuthenticated("The API key expired on %s (its rule `expires')", when)
        if key.addresses is not None and not networks.covers(key.addresses, request.address):
            text = "The API key may not be used from %s (its rule `addresses')"
            raise self._counted(request, KeyLimited(text, request.address))

    def _require_welcome(self, request: _Request, caller: Caller, suspended: bool) -> None:
        """Refuse users who are kept out although they are who they say."""
        if sessions.is_shut(request.settings, suspended=suspended):
            raise NotAuthenticated("The account is suspended and [auth] suspended_login is off")
        if request.snapshot.restrictions.denies(caller.user_id):
            raise NotAuthenticated("`%s' may not sign in to the panel (auth:deny-user)", caller.user)

    def _extended(self, request: _Request, caller: Caller) -> Caller:
        """Return the caller with extended authentication when the code in X-Extended-Auth is right and unused."""
        if caller.role & Role.EXTAUTH or not totp.is_enabled(request.view.db, caller.user_id):
            return caller
        request.require_thread()
        with writing(self._panel.engine) as db:
            code = request.given.totp or ""
            right = totp.spend(db, self._panel.secret, caller.user_id, code, request.now)
        if not right:
            self._guard.failed(request.address, request.settings, request.now)
            return caller
        return replace(caller, role=caller.role | Role.EXTAUTH)

    def _require_unlocked(self, request: _Request, failures: Failures | None) -> None:
        if failures is None:
            return
        try:
            brute_force.require_unlocked(failures, request.address, request.settings, request.now)
        except LockedOut:
            self._guard.refused(request.address)
            raise

    def _counted(self, request: _Request, error: Failure) -> Failure:
        request.require_thread()
        return self.failed(request.address, request.snapshot, error)

    def _end_temporary_passwords(self, request: _Request) -> None:
        due = request.snapshot.next_temporary_end
        if due is None or due > request.now:
            return
        request.require_thread()
        request.view.begin_anew()
        with writing(self._panel.engine) as db:
            temporary_passwords.end_due(administrator_context(self._panel, db))

    def _note_use(self, request: _Request, key: keys.FoundKey) -> None:
        """Note the last use of a key, once a second at the most; the first use at once, so that it can be seen."""
        now = request.now
        if self._used.get(key.id) == now:
            return
        first = key.last_used is None and key.id not in self._used
        if first:
            request.require_thread()
        self._used[key.id] = now
        note = self._guard.soon if first else self._panel.defer
        note(lambda connection: keys.touch(connection, key.id, now))


def _require_open(given: Credentials, settings: PanelSettings) -> None:
    """Raise Closed for plain HTTP under [frontend] https_only, and for SOAP while [soap] enabled is off.

    This machine and the peers of [core] http_trusted_forward, where a proxy has done the TLS, may use plain HTTP.
    """
    if settings.flag("frontend.https_only") and given.scheme != "https" and not _is_near(given.peer, settings):
        raise Closed(ONLY_HTTPS, given.peer)
    if given.soap and not settings.flag("soap.enabled"):
        raise Closed(SWITCHED_OFF)


def _is_near(peer: str, settings: PanelSettings) -> bool:
    try:
        return networks.parse_address(peer).is_loopback or _trusted(peer, settings)
    except ValueError:
        return False


@lru_cache(maxsize=256)
def _caller(key: keys.FoundKey, address: str) -> Caller:
    return Caller(
        key_role(key), key.user, key.site_id, key.user_id, key_id=key.id, ip=address, commands=key.commands
    )  # fmt: skip


def key_role(key: keys.FoundKey) -> Role:
    """Return the role that a key carries: its creator's."""
    if key.site_id == 0:
        return Role.ADMIN
    return Role.SITE if key.is_site_admin else Role.USER


def client_address(peer: str, forwarded: str | None, settings: PanelSettings) -> str:
    """Return the client's own address: the last hop that is not trusted.

    X-Forwarded-For is believed only when the peer is listed in [core] http_trusted_forward.
    """
    if not forwarded or not _trusted(peer, settings):
        return peer
    for hop in reversed(forwarded.split(",")):
        try:
            address = str(networks.parse_address(_bare(hop)))
        except ValueError:
            return UNKNOWN
        if not _trusted(address, settings):
            return address
    return peer


def _bare(hop: str) -> str:
    """Return the address of an entry of X-Forwarded-For, which may carry brackets and a port."""
    text = hop.strip()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _trusted(address: str, settings: PanelSettings) -> bool:
    return networks.covers(settings.text("core.http_trusted_forward"), address)
