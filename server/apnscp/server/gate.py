"""Who is calling: from a key or a session to a Caller (docs/panel.md, sections 1 and 4).

A session that this panel issued decides over a key sent with it; an unknown or empty one beside a valid key is ignored
(older WHMCS modules send their own PHP session id); one that has ended is refused and never answered with the key's rights.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from apnscp.core.clock import Clock
from apnscp.core.context import Caller, Panel
from apnscp.core.errors import NotAuthenticated
from apnscp.core.roles import Role
from apnscp.opcenter import keys, sessions
from apnscp.opcenter.clocks import clock_of
from apnscp.opcenter.settings import of_panel

NO_KEY = "No API key was sent; send ?authkey=KEY or the header Auth-Key"
WRONG_KEY = "The API key is not valid; apnscpd env prints the administrator's"
WRONG_SESSION = "The session is not known and no API key was sent with it"


@dataclass(frozen=True)
class Credentials:
    """What a request says about its sender.

    key, session: as sent, None when absent; peer: address of the connection; forwarded: X-Forwarded-For
    """

    key: str | None
    session: str | None
    peer: str
    forwarded: str | None = None
    totp: str | None = None


class Gate:
    """Turns credentials into a Caller."""

    def __init__(self, panel: Panel) -> None:
        """Guard the calls of `panel`."""
        self._panel = panel
        self._used: dict[int, int] = {}

    def identify(self, given: Credentials, db: Connection) -> Caller:
        """Return who is calling.

        db: an open transaction that reads
        Raises NotAuthenticated, SessionEnded or LockedOut.
        """
        looked_up = keys.find(db, self._panel.secret, given.key or "", given.peer)
        key = looked_up.key
        self._panel.renew(looked_up.generation)
        settings = of_panel(self._panel, db)
        clock = clock_of(self._panel, db)
        address = client_address(given.peer, given.forwarded, settings)
        if given.session:
            caller = self._by_session(db, given.session, settings, clock, address, key)
            if caller is not None:
                return caller
        if key is None:
            raise NotAuthenticated(WRONG_KEY if given.key else WRONG_SESSION if given.session else NO_KEY)
        self._note_use(key.id, clock.unix())
        return Caller(key_role(key), key.user, key.site_id, key_id=key.id, ip=address)

    def _note_use(self, key_id: int, now: int) -> None:
        """Note the last use of a key, once a second at the most."""
        if self._used.get(key_id) != now:
            self._used[key_id] = now
            self._panel.aside(lambda connection: keys.touch(connection, key_id, now))

    def _by_session(
        self, db: Connection, session_id: str, settings: Mapping[str, Any], clock: Clock, address: str,
        key: keys.FoundKey | None,
    ) -> Caller | None:  # fmt: skip
        now = clock.unix()
        found = sessions.find(db, self._panel.secret, session_id, settings, now)
        if found is None:
            return None
        if found.last_used < now:
            self._panel.aside(lambda connection: sessions.touch(connection, found.id, now))
        key_id = key.id if key else None
        return Caller(
            found.role, found.user, found.site_id, session_id, found.id, key_id, ip=address, gate=found.gate
        )  # fmt: skip


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
            address = str(ipaddress.ip_address(hop))
        except ValueError:
            return peer
        if not _trusted(address, settings):
            return address
    return peer


def _trusted(address: str, settings: Mapping[str, Any]) -> bool:
    listed = str(settings["core.http_trusted_forward"] or "").replace(",", " ").split()
    try:
        own = ipaddress.ip_address(address)
        return any(own in ipaddress.ip_network(entry, strict=False) for entry in listed)
    except ValueError:
        return False
