"""Starting a server from its settings, and ending it with everything that it opened."""

from __future__ import annotations

import fcntl
import logging
import os
import socket
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from apnscp.server import logs, state_directory
from apnscp.server.banner import Provisioned
from apnscp.server.endpoint import RunningServer, reachable
from apnscp.server.http import health, ports, state_lock, tls
from apnscp.server.http.supervisor import Interrupted, Signals, Supervisor
from apnscp.server.settings import Settings, SetupError

log = logging.getLogger(__name__)

FACTORY = "apnscp.server.app:build"
PREPARE = "apnscp.server.provisioning:prepare"
FIRST_ANSWER = 20.0
"""Seconds that listeners may take until they answer once the workers run."""


def serve(
    settings: Settings, *, factory: str = FACTORY, prepare: str = PREPARE, say: Callable[[str], object] = print
) -> int:
    """Serve until SIGINT or SIGTERM; return the exit code.

    factory: ``module:function`` that workers call with the settings to get the application
    prepare: ``module:function`` called once with the settings before the workers start; returns a `Provisioned`
    say: takes each line of the banner

    Raises SetupError, one line, when the server cannot start.
    """
    signals = Signals()
    os.umask(0o077)
    with ExitStack() as stack:
        try:
            return _serve(settings, stack, signals, factory, prepare, say)
        except Interrupted:
            return 0
        except OSError as error:
            raise SetupError(state_directory.sentence(error)) from error


def _serve(
    settings: Settings, stack: ExitStack, signals: Signals, factory: str, prepare: str, say: Callable[[str], object]
) -> int:
    state_directory.make(settings.state_dir)
    alone = _hold(settings, stack, say)
    settings = _with_database(settings, stack)
    http, secure, settings = _open(settings, stack)
    with _setting_up(settings.state_dir):
        pair = _certificate(settings)
        panel: Provisioned = _load(prepare)(settings)
    logs.configure(settings.log_level)
    server = _note(settings, panel.admin_key, pair)
    signals.patient = True
    arguments = [[factory, "{ready}", *_descriptors(*each, pair)] for each in zip(http, secure, strict=True)]
    sockets = [each.fileno() for each in (*http, *secure) if each is not None]
    environ = {**os.environ, **settings.to_env()}
    supervisor = Supervisor(arguments, sockets, environ, settings.stop_timeout)
    stack.callback(supervisor.stop)
    supervisor.start(signals)
    if alone:
        stack.enter_context(server.published(settings.state_dir))
    supervisor.complete()
    _first_answers(server, signals, supervisor)
    for line in (*(f"Serving on {url}" for url in server.urls), *panel.banner_lines):
        say(line)
    return supervisor.watch(signals)


def _load(name: str) -> Callable[[Settings], Any]:
    module, _, function = name.partition(":")
    found: Callable[[Settings], Any] = getattr(import_module(module), function)
    return found


def _with_database(settings: Settings, stack: ExitStack) -> Settings:
    """Return the settings with the database that is used: in a temporary directory, in the state directory, or as given."""
    if settings.ephemeral and settings.db:
        raise SetupError("--ephemeral and --db exclude each other")
    if settings.ephemeral:
        directory = stack.enter_context(tempfile.TemporaryDirectory(prefix="apnscp-", ignore_cleanup_errors=True))
        return replace(settings, db=f"sqlite:///{directory}/panel.sqlite3")
    if not settings.db:
        state_directory.make(settings.state_dir / "db")
    return replace(settings, db=_from_anywhere(settings.database_url))


def _from_anywhere(url: str) -> str:
    """Return the address of a database so that it does not depend on the working directory."""
    prefix, _, file = url.partition("sqlite:///")
    return f"sqlite:///{Path(file).absolute()}" if not prefix and file else url


Sockets = list[socket.socket]


def _open(settings: Settings, stack: ExitStack) -> tuple[Sockets, Sequence[socket.socket | None], Settings]:
    """Open the listeners first, one for each worker: a taken port is reported before anything is written."""
    http = ports.listen_for(settings.workers, settings.host, settings.port, stack, flag="--port")
    settings = replace(settings, port=ports.port_of(http[0]))
    if not settings.tls:
        return http, [None] * len(http), settings
    secure = ports.listen_for(settings.workers, settings.host, settings.tls_port, stack, flag="--tls-port")
    return http, secure, replace(settings, tls_port=ports.port_of(secure[0]))


def _hold(settings: Settings, stack: ExitStack, say: Callable[[str], object]) -> bool:
    """Hold the state directory; False where another server does and both may use it: the note stays that one's."""
    try:
        state_lock.hold(settings.state_dir, stack)
    except state_lock.Taken:
        if not settings.share_state_dir:
            raise
        say(f"Another server uses {settings.state_dir} too; cpcmd and apnscpd go on finding that one")
        return False
    return True


@contextmanager
def _setting_up(state: Path) -> Iterator[None]:
    """Keep other servers on the same state directory waiting while files are made and migrations run."""
    with open(state / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _certificate(settings: Settings) -> tls.Pair | None:
    if not settings.tls:
        return None
    if settings.tls_cert and settings.tls_key:
        return tls.given(settings.tls_cert, settings.tls_key)
    return tls.self_signed(settings.state_dir / "tls", settings.host, names=settings.tls_names)


def _descriptors(http: socket.socket, secure: socket.socket | None, pair: tls.Pair | None) -> list[str]:
    plain = [str(http.fileno())]
    return [*plain, str(secure.fileno()), str(pair.cert), str(pair.key)] if secure and pair else plain


def _note(settings: Settings, key: str, pair: tls.Pair | None) -> RunningServer:
    by_itself = replace(settings, db=None).database_url
    host = reachable(settings.host)
    return RunningServer(
        url=f"http://{host}:{settings.port}",
        tls_url=f"https://{host}:{settings.tls_port}" if settings.tls else None,
        key=key,
        ca=str(pair.ca) if pair and pair.ca else None,
        pid=os.getpid(),
        db=settings.db if settings.db != by_itself else None,
        surrogates=str(settings.surrogates) if settings.surrogates else None,
    )


def _first_answers(server: RunningServer, signals: Signals, supervisor: Supervisor) -> None:
    silent = health.wait(lambda: server.urls, FIRST_ANSWER, lambda: signals.ended or supervisor.broken())
    if signals.ended:
        raise Interrupted
    if silent:
        raise SetupError(f"{silent[0]}{health.PATH} does not answer; the log lines above may say why")
