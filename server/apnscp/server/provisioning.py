"""What happens once before workers start: the store is made or migrated, the administrator and its key are there, and a
demo panel is filled where one was asked for."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from sqlalchemy import Connection, delete, select
from sqlalchemy.exc import SQLAlchemyError

from apnscp import modules
from apnscp.core.clock import Clock
from apnscp.core.context import Caller, Context, Panel
from apnscp.core.reporter import Reporter
from apnscp.core.roles import Role
from apnscp.opcenter.access import keys, snapshots
from apnscp.opcenter.access.tables import api_key_table
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.schema import migrate
from apnscp.opcenter.store.transactions import writing
from apnscp.opcenter.users import passwords, people
from apnscp.server.demo import fill
from apnscp.server.http.ports import reachable
from apnscp.server.panel_factory import open_panel
from apnscp.server.settings import Settings, SetupError

ADMINISTRATOR = "admin"
COMMENT = "first key of the panel"
GIVEN = "given at start"


@dataclass(frozen=True)
class Provisioned:
    """What the start found out: the administrator's key, and its password when it was made just now."""

    admin_key: str
    password: str | None
    sites: int
    banner_lines: tuple[str, ...] = ()


def prepare(settings: Settings) -> Provisioned:
    """Make the panel ready to be served.

    Raises SetupError when the store cannot be opened or migrated.
    """
    modules.load_all()
    panel, batch = open_panel(settings)
    try:
        migrate(panel.engine)
        filled = fill_panel(panel, admin_key=settings.admin_key, demo=settings.demo, trusted=settings.trusted_forward)
        return replace(filled, banner_lines=tuple(banner(settings, filled)))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise SetupError(f"The store {panel.engine.url.render_as_string()} cannot be used: {reason}") from error
    finally:
        batch.close()
        panel.engine.dispose()


def banner(settings: Settings, prepared: Provisioned) -> Iterator[str]:
    """Say what to paste into a client, line by line."""
    url = f"http://{reachable(settings.host)}:{settings.port}"
    key = quote(prepared.admin_key, safe="")
    yield ""
    yield f"  WSDL      {url}/apnscp.wsdl"
    yield f"  key       {prepared.admin_key}   (administrator)"
    yield f'  PHP       $panel = new SoapClient("{url}/apnscp.wsdl", ["location" => "{url}/soap?authkey={key}"]);'
    yield f"  cpcmd     APNSCP_URL={url} APNSCP_KEY={shlex.quote(prepared.admin_key)} cpcmd common:whoami"
    password = prepared.password or "as shown at the first start, or set by auth:change-password"
    yield f"  page      {url}/   login {ADMINISTRATOR}, password {password}"
    yield f"  sites     {prepared.sites}"
    yield ""
    yield "This is an emulator: it keeps accounts and serves nothing for them. Ctrl-C stops it."


def fill_panel(
    panel: Panel, *, admin_key: str | None = None, demo: bool = False, trusted: tuple[str, ...] = ()
) -> Provisioned:
    """Put into a migrated store what a panel needs to be called.

    admin_key: further key of the administrator, as a person chose it; the panel's own first key is made without it
    """
    with writing(panel.engine) as db:
        if not fact(db, "generation"):
            set_fact(db, "generation", "1")
            set_fact(db, "last_site_id", "0")
        password = _administrator(db)
        key = _admin_key(panel, db, admin_key)
        if trusted:
            put(db, "core.http_trusted_forward", ",".join(trusted))
        if demo and db.execute(select(site_table.c.id).limit(1)).first() is None:
            fill(administrator_context(panel, db))
        sites = len(db.execute(select(site_table.c.id)).all())
    return Provisioned(key, password, sites)


def administrator_context(panel: Panel, db: Connection) -> Context:
    """Return a context in which the server itself acts as the administrator."""
    caller = Caller(Role.ADMIN, ADMINISTRATOR, gate="CLI")
    return Context(panel, db, caller, Reporter(), snapshots.load(db))


def _administrator(db: Connection) -> str | None:
    if people.first_of_panel(db) is not None:
        return None
    password = passwords.generate()
    people.add(db, people.PANEL, ADMINISTRATOR, passwords.crypt(password), Clock().unix())
    return password


def _admin_key(panel: Panel, db: Connection, given: str | None) -> str:
    """Return a key of the administrator: the one given, else the panel's first, made when there is none."""
    owner = people.first_of_panel(db)
    assert owner is not None
    now = Clock().unix()
    if given:
        # the key of an earlier start is over: whoever gives another one expects the old one to be of no use
        own = panel.secret.digest(keys.clean(given))
        earlier = (
            (api_key_table.c.user_id == owner.id) & (api_key_table.c.comment == GIVEN) & (api_key_table.c.digest != own)
        )
        db.execute(delete(api_key_table).where(earlier))
        keys.add(db, panel.secret, given, user_id=owner.id, comment=GIVEN, now=now)
        return given
    sealed = db.execute(
        select(api_key_table.c.sealed).where(api_key_table.c.user_id == owner.id, api_key_table.c.comment == COMMENT)
    ).scalar()
    known = panel.secret.unseal(sealed) if sealed else None
    if known is None:
        known = keys.generate()
        keys.add(db, panel.secret, known, user_id=owner.id, comment=COMMENT, now=now)
    return known
