"""A panel as a process opens it: store, secret, plans, and the queue of what outlives rollbacks.

A server opens it for as long as it runs (`open_panel`), a command for the length of a block.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from apnscp import modules
from apnscp.core.context import Panel
from apnscp.core.errors import StoreUnavailable
from apnscp.core.registry import REGISTRY, Registry
from apnscp.core.secret import Secret
from apnscp.opcenter.access import sealed
from apnscp.opcenter.store import errors as store_errors
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import bring_up_to_date, is_known, newest, version_of
from apnscp.opcenter.store.transactions import make_alone, reading, writing
from apnscp.server import endpoint, secret_file, state_directory
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.settings import Settings, SetupError

COMMAND_CONNECTIONS = 2
"""Connections that a command keeps open: its own and that of the deferred writer."""


class NoPanel(SetupError):
    """The settings name a store that does not exist, or one without tables."""


def store_url(settings: Settings) -> str:
    """Return the address of the store.

    It is the one given, else that of the server which runs on the state directory, else the file there.
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


def methods_of(settings: Settings) -> Registry:
    """Return the methods of the panel: those of every panel, and what surrogates change or add.

    The surrogates are those that the settings name, else those of the server which runs on the state directory.
    Raises SetupError for surrogates that cannot be used.
    """
    folder = settings.surrogates
    if folder is None:
        running = endpoint.find(settings.state_dir)
        folder = Path(running.surrogates) if running and running.surrogates else None
    return methods_in(folder)


def methods_in(folder: Path | None) -> Registry:
    """Return the methods of every panel, with those of a folder of surrogates over them.

    Raises SetupError for surrogates that cannot be used.
    """
    modules.load_all()
    if folder is None:
        return REGISTRY
    from apnscp.surrogates import SurrogateError, load

    try:
        return load(folder.absolute())
    except SurrogateError as error:
        raise SetupError(str(error)) from error


def open_panel(settings: Settings) -> tuple[Panel, DeferredWriter]:
    """Open the panel that the settings name; the caller closes the writer, then the engine.

    The store must be there and migrated, and so must the secret, which `made_panel` makes.
    """
    registry = methods_in(settings.surrogates)
    engine = open_engine(store_url(settings), pool_size=settings.threads + 2, durable=not settings.ephemeral)
    return _panel(settings, engine, secret_file.load(settings), registry)


@contextmanager
def existing_store(settings: Settings) -> Iterator[Engine]:
    """Open the store of a panel that is there already, and close it afterwards; nothing is created.

    Raises NoPanel where there is none, SetupError for a database that cannot be used.
    """
    url = store_url(settings)
    file = _file_of(url)
    if file is not None and not _is_there(file):
        raise _no_panel(url)
    engine = open_engine(url, pool_size=COMMAND_CONNECTIONS)
    with _disposed(engine):
        _require_present(engine)
        yield engine


@contextmanager
def existing_panel(settings: Settings) -> Iterator[Panel]:
    """Open a panel that is there already, with its secret, and close it afterwards; nothing is created.

    Raises NoPanel where there is none, SetupError for a database that cannot be used and for a secret that is missing or
    is not the one of the store.
    """
    with existing_store(settings) as engine:
        secret = secret_file.require(settings)
        _require_opening(settings, engine, secret)
        panel, deferred = _panel(settings, engine, secret)
        try:
            yield panel
        finally:
            deferred.close()


@contextmanager
def made_panel(settings: Settings) -> Iterator[Panel]:
    """Open a panel, made or migrated where needed, and close it afterwards.

    Raises SetupError for a database or surrogates that cannot be used, and for a secret that is damaged, is not the one
    of the store or is missing beside a store that was sealed with it, unless `new_secret` allows for another.
    """
    # the common methods are not loaded here: what makes a panel does not call any
    registry = REGISTRY if settings.surrogates is None else methods_in(settings.surrogates)
    state_directory.make(settings.state_dir)
    url = store_url(settings)
    file = _file_of(url)
    if file is not None and not _is_there(file):
        state_directory.make(file.parent)
    engine = open_engine(url, pool_size=settings.threads + 2)
    with _disposed(engine):
        _require_known(engine)
        bring_up_to_date(engine)
        panel, deferred = _panel(settings, engine, _secret(settings, engine), registry)
        try:
            yield panel
        finally:
            deferred.close()


def _secret(settings: Settings, engine: Engine) -> Secret:
    """Return the secret of a store that may be new: made where nothing is sealed yet or `new_secret` allows it."""
    try:
        secret = secret_file.require(settings)
        _require_opening(settings, engine, secret)
    except SetupError as error:
        with writing(engine) as db:
            make_alone(db)
            if not (settings.new_secret or (isinstance(error, secret_file.Missing) and sealed.is_empty(db))):
                raise
            secret = secret_file.renew(settings)
            sealed.forget_closed(db, secret)
    return secret


def _require_opening(settings: Settings, engine: Engine, secret: Secret) -> None:
    """Raise SetupError for a secret that opens nothing of what the store keeps sealed."""
    with reading(engine) as db:
        if not sealed.opens(db, secret):
            source = secret_file.source(settings)
            raise SetupError(f"{source} is not the secret with which this store was sealed; {secret_file.WAY_OUT}")


def _file_of(url: str) -> Path | None:
    """Return the file of a store, None for a database server.

    Raises SetupError for an address that cannot be read.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise SetupError(
            "--db cannot be read; write postgresql://USER:PASSWORD@HOST:PORT/NAME or sqlite:///FILE"
        ) from error
    return Path(address.database or "") if address.get_backend_name() == "sqlite" else None


def _is_there(file: Path) -> bool:
    """Tell whether there is a file; raises SetupError for something else in its place, or where one may not look."""
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        raise SetupError(state_directory.sentence(error)) from error
    if not stat.S_ISREG(mode):
        raise SetupError(f"The store {file} is not a file; move it away, or name another with --db sqlite:///FILE")
    return True


def _panel(
    settings: Settings, engine: Engine, secret: Secret, registry: Registry = REGISTRY
) -> tuple[Panel, DeferredWriter]:  # fmt: skip
    deferred = DeferredWriter(engine)
    panel = Panel(
        engine=engine,
        secret=secret,
        plans=plan_folders(settings),
        defer=deferred.add,
        defer_row=deferred.add_row,
        registry=registry,
    )
    return panel, deferred


def _require_present(engine: Engine) -> None:
    """Raise SetupError unless the store holds a panel of this version of the schema."""
    with reading(engine) as db:
        version = version_of(db)
    if version is None:
        raise _no_panel(engine.url.render_as_string())
    _require_known(engine)
    if version != newest():
        raise SetupError("The store was written by an older version; `apnscpd serve' brings it up to date")


def _require_known(engine: Engine) -> None:
    """Raise SetupError for a store that a newer version has written."""
    with reading(engine) as db:
        version = version_of(db)
    if version is not None and not is_known(version):
        raise SetupError(f"The store was written by a newer version (its schema is {version}); update apnscp-emulator")


def _no_panel(url: str) -> NoPanel:
    place = make_url(url).render_as_string()
    return NoPanel(
        f"There is no panel in {place}; start one with `apnscpd serve', or name another with --state-dir or --db"
    )


_WAYS_OUT = {
    store_errors.BROKEN: "bring it back from a backup, or move it away: the next start makes an empty panel",
    store_errors.FULL: "free some space on its disk",
    store_errors.READ_ONLY: "give the file and its directory to the user who runs apnscpd, or name another with --db",
}
"""What an error of the store means -> what its owner can do about it."""


def _way_out(engine: Engine, error: BaseException) -> str:
    told = error if isinstance(error, StoreUnavailable) else store_errors.meaning(error)
    if told is None:  # a table or column that is not there
        return _WAYS_OUT[store_errors.BROKEN]
    at_hand = "check the rights of the file and its directory, or name another with --db"
    usual = at_hand if engine.dialect.name == "sqlite" else "check that the database server runs and that --db names it"
    return _WAYS_OUT.get(told.text, usual)


@contextmanager
def _disposed(engine: Engine) -> Iterator[None]:
    """Dispose of the engine at the end; what the database refuses becomes a SetupError."""
    try:
        yield
    except (SQLAlchemyError, StoreUnavailable) as error:
        cause = error.__cause__ or error
        reason = str(getattr(cause, "orig", None) or cause).splitlines()[0]
        place = engine.url.render_as_string()
        raise SetupError(f"The store {place} cannot be used ({reason}); {_way_out(engine, error)}") from error
    finally:
        engine.dispose()
