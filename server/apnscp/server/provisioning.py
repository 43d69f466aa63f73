"""What happens once before workers start: the store is made or migrated, the administrator and its key are there, and a
demo panel is filled where one was asked for."""

from __future__ import annotations

import sys
from dataclasses import replace

from sqlalchemy import Connection

from apnscp.core.clock import Clock
from apnscp.core.context import Panel
from apnscp.opcenter.access import keys, sealed
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.transactions import make_alone, writing
from apnscp.opcenter.users import passwords, people
from apnscp.opcenter.users.people import User
from apnscp.server import administrator, secret_file
from apnscp.server.banner import Provisioned, banner
from apnscp.server.demo import fill
from apnscp.server.panel_factory import made_panel
from apnscp.server.settings import Settings, SetupError

FIRST_KEY = "first key of the panel"
"""Comment of the key that the first start makes for the administrator."""
GIVEN_KEY = "given at start"
"""Comment of the key that an operator gave at the last start."""


def prepare(settings: Settings) -> Provisioned:
    """Make the panel ready to be served.

    Raises SetupError when the store cannot be opened or migrated, or its secret is damaged or lost.
    """
    with made_panel(settings) as panel:
        filled = fill_panel(panel, admin_key=settings.admin_key, demo=settings.demo, trusted=settings.trusted_forward)
        return replace(filled, banner_lines=tuple(banner(settings, filled, terminal=sys.stdout.isatty())))


def fill_panel(
    panel: Panel, *, admin_key: str | None = None, demo: bool = False, trusted: tuple[str, ...] = ()
) -> Provisioned:
    """Put into a migrated store what a panel needs to be called.

    admin_key: further key of the administrator, as a person chose it; the panel's own first key is made without it
    Raises SetupError where another server that started at the same moment sealed the store with another secret.
    """
    with writing(panel.engine) as db:
        make_alone(db)
        if not sealed.opens(db, panel.secret):
            raise SetupError(f"another server has just sealed this store with its own secret; {secret_file.WAY_OUT}")
        if not fact(db, "generation"):
            set_fact(db, "generation", "1")
            set_fact(db, "last_site_id", "0")
        owner, password = _administrator(db)
        key = _admin_key(panel, db, owner, admin_key)
        if trusted:
            put(db, "core.http_trusted_forward", ",".join(trusted))
        if demo and records.count(db) == 0:
            fill(administrator.administrator_context(panel, db))
        return Provisioned(key, password, records.count(db), owner.name)


def _administrator(db: Connection) -> tuple[User, str | None]:
    """Return the panel's administrator, and the password when it is made here."""
    owner = people.first_of_panel(db)
    if owner is not None:
        return owner, None
    password = passwords.generate()
    people.add(db, people.PANEL, administrator.NAME, passwords.crypt(password), Clock().unix())
    return people.require(db, people.PANEL, administrator.NAME), password


def _admin_key(panel: Panel, db: Connection, owner: User, given: str | None) -> str:
    """Return a key of the administrator: the one given, else the panel's first, made when there is none."""
    now = Clock().unix()
    if given:
        # the key given at an earlier start ends: whoever gives another one expects that one to be of no use; others stay
        keys.replace(db, panel.secret, given, user_id=owner.id, comment=GIVEN_KEY, now=now)
        return given
    for row in keys.commented(db, owner.id, FIRST_KEY):
        known = panel.secret.unseal(row.sealed)
        if known is not None:
            return known
    made = keys.generate()
    keys.add(db, panel.secret, made, user_id=owner.id, comment=FIRST_KEY, now=now)
    return made
