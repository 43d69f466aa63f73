"""A panel as a process opens it: store, secret, plans, and the queue of what outlives rollbacks.

A server opens it for as long as it runs (`open_panel`), a command for the length of a block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from apnscp.core.context import Panel
from apnscp.core.errors import StoreUnavailable
from apnscp.core.secret import Secret
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import is_known, migrate, newest, version_of
from apnscp.opcenter.store.transactions import reading
from apnscp.server import endpoint, secret_file
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.settings import Settings, SetupError

COMMAND_CONNECTIONS = 2
"""Connections that a command keeps open: its own and that of the deferred writer."""


class NoPanel(SetupError):
    """The settings name a store that does not exist, or one without tables."""


def store_url(settings: Settings) -> str:
    """Return the address of the store.

    It is the one given, else that of an ephemeral server which runs on the state directory, else a file there.
    Raises NoPanel for an ephemeral panel when no such server runs there.
    """
    if settings.db:
        return settings.db
    running = endpoint.find(settings.state_dir)
    if running is not None and running.db:
        return running.db
    if settings.ephemeral:
        raise NoPanel(
            f"An ephemeral panel lives in its server alone, and none runs on {settings.state_dir}; start one with"
            " `apnscpd serve --ephemeral'"
        )
    return settings.database_url


def plan_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the user's folders of plans."""
    return (settings.plans_dir or settings.state_dir / "plans",)


def open_panel(settings: Settings) -> tuple[Panel, DeferredWriter]:
    """Open the panel that the settings name; the caller closes the writer, then the engine.

    The store must be there and migrated; the secret is made when there is none.
    """
    engine = open_engine(store_url(settings), pool_size=settings.threads + 2, durable=not settings.ephemeral)
    return _panel(settings, engine, secret_file.load(settings))


@contextmanager
def existing_store(settings: Settings) -> Iterator[Engine]:
    """Open the store of a panel that is there already, and close it afterwards; nothing is created.

    Raises NoPanel where there is none, SetupError for a database that cannot be used.
    """
    url = store_url(settings)
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        raise _no_panel()
    engine = open_engine(url, pool_size=COMMAND_CONNECTIONS)
    with _disposed(engine):
        _require_present(engine)
        yield engine


@contextmanager
def existing_panel(settings: Settings) -> Iterator[Panel]:
    """Open a panel that is there already, with its secret, and close it afterwards; nothing is created.

    Raises NoPanel where there is none, SetupError for a database that cannot be used and for a missing secret.
    """
    with existing_store(settings) as engine:
        panel, deferred = _panel(settings, engine, secret_file.require(settings))
        try:
            yield panel
        finally:
            deferred.close()


@contextmanager
def made_panel(settings: Settings) -> Iterator[Panel]:
    """Open a panel, made or migrated where needed, and close it afterwards.

    Raises SetupError for a database that cannot be used and for a damaged secret.
    """
    settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    panel, deferred = open_panel(settings)
    with _disposed(panel.engine):
        try:
            _require_known(panel.engine)
            migrate(panel.engine)
            yield panel
        finally:
            deferred.close()


def _panel(settings: Settings, engine: Engine, secret: Secret) -> tuple[Panel, DeferredWriter]:
    deferred = DeferredWriter(engine)
    panel = Panel(
        engine=engine,
        secret=secret,
        plans=plan_folders(settings),
        defer=deferred.add,
        defer_row=deferred.add_row,
    )
    return panel, deferred


def _require_present(engine: Engine) -> None:
    """Raise SetupError unless the store holds a panel of this version of the schema."""
    with reading(engine) as db:
        version = version_of(db)
    if version is None:
        raise _no_panel()
    _require_known(engine)
    if version != newest():
        raise SetupError("The store was written by an older version; `apnscpd serve' brings it up to date")


def _require_known(engine: Engine) -> None:
    """Raise SetupError for a store that a newer version has written."""
    with reading(engine) as db:
        version = version_of(db)
    if version is not None and not is_known(version):
        raise SetupError(f"The store was written by a newer version (its schema is {version}); update apnscp-emulator")


def _no_panel() -> NoPanel:
    return NoPanel("There is no panel in this store yet; start one with `apnscpd serve'")


@contextmanager
def _disposed(engine: Engine) -> Iterator[None]:
    """Dispose of the engine at the end; what the database refuses becomes a SetupError."""
    try:
        yield
    except (SQLAlchemyError, StoreUnavailable) as error:
        cause = error.__cause__ or error
        reason = str(getattr(cause, "orig", None) or cause).splitlines()[0]
        raise SetupError(f"The store {engine.url.render_as_string()} cannot be used: {reason}") from error
    finally:
        engine.dispose()
