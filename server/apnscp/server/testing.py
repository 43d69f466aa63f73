"""The pytest plugin: a fresh panel per test, over WSGI, without a socket.

Loaded by pytest through the entry point ``apnscp``; use the fixtures `panel` (in process) and `panel_url` (a real port).
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from sqlalchemy import Engine

from apnscp import modules
from apnscp.core import secret
from apnscp.core.clock import Clock
from apnscp.core.context import Context, Panel
from apnscp.opcenter import clocks
from apnscp.opcenter.store import create, open_engine, reading, writing
from apnscp.server.app import App
from apnscp.server.aside import Batch
from apnscp.server.prepare import administrator_context, fill_panel
from apnscp.wire import envelope
from apnscp.wire.errors import FaultReceived

KEY = "panel-test-key"


@dataclass
class Reply:
    """An HTTP answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class PanelClock:
    """The clock of an emulated panel."""

    panel: Panel

    def now(self) -> float:
        """Return panel time in Unix seconds."""
        with reading(self.panel.engine) as db:
            return clocks.load(db).now()

    def advance(self, seconds: float) -> None:
        """Move panel time forward, or back by a negative number."""
        with writing(self.panel.engine) as db:
            clock = clocks.load(db)
            frozen = None if clock.frozen_at is None else clock.frozen_at + seconds
            clocks.turn(db, replace(clock, offset=clock.offset + seconds, frozen_at=frozen))

    def freeze(self, at: float | None = None) -> None:
        """Let panel time stand, at a Unix time or where it is."""
        moment = self.now() if at is None else at
        with writing(self.panel.engine) as db:
            clocks.turn(db, Clock(frozen_at=moment))

    def run(self) -> None:
        """Let a frozen clock go on from where it stands."""
        moment = self.now()
        with writing(self.panel.engine) as db:
            clocks.turn(db, Clock(offset=moment - Clock().now()))


@dataclass
class EmulatedPanel:
    """A panel in this process: call it, turn its clock, look inside.

    key: an API key of the administrator
    messages: (severity, text) pairs of the last call
    """

    app: App
    key: str
    messages: tuple[tuple[str, str], ...] = ()
    clock: PanelClock = field(init=False)

    def __post_init__(self) -> None:
        """Take the clock of the panel."""
        self.clock = PanelClock(self.app.panel)

    def call(
        self, command: str, *arguments: Any, session: str | None = None, key: str | None = None,
        abort_on: str | None = "error", ip: str = "127.0.0.1",
    ) -> Any:  # fmt: skip
        """Call a method over SOAP, without a socket, and return its value.

        command: either spelling; session: an id of admin:hijack; key: another than the administrator's, "" for none
        Raises FaultReceived with the fault's code and text.
        """
        name = command.replace(":", "_").replace("-", "_")
        body = envelope.request(name, [(f"arg{number}", value) for number, value in enumerate(arguments)])
        headers = {"Abort-On": abort_on} if abort_on else {}
        if session is not None:
            headers["Cookie"] = f"esprit_id={session}"
        query = self.key if key is None else key
        reply = self.request("POST", f"/soap?authkey={query}" if query else "/soap", body, headers, ip=ip)
        answer = envelope.read_response(reply.body)
        self.messages = answer.messages
        return answer.value

    def fault(self, command: str, *arguments: Any, **options: Any) -> str:
        """Call a method that must fail and return the text of its fault."""
        with pytest.raises(FaultReceived) as caught:
            self.call(command, *arguments, **options)
        return caught.value.text

    def request(
        self, method: str, target: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *,
        ip: str = "127.0.0.1", content_type: str = "text/xml; charset=utf-8",
    ) -> Reply:  # fmt: skip
        """Send an HTTP request to the WSGI application."""
        path, _, query = target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "2082", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost:2082",
            "REMOTE_ADDR": ip, "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(), "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        environ |= {"HTTP_" + name.upper().replace("-", "_"): value for name, value in (headers or {}).items()}
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, answered: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started.append((status, answered))

        answer = b"".join(self.app.wsgi(environ, start_response))
        status, answered = started[-1]
        return Reply(int(status[:3]), {name.lower(): value for name, value in answered}, answer)

    def flush(self) -> None:
        """Write what outlives rollbacks now: journal, last use of keys, lives of sessions."""
        self.app._batch.flush()

    def inside(self) -> Any:
        """Open a writing transaction as the administrator: ``with panel.inside() as ctx``."""
        return _Inside(self.app.panel)


class _Inside:
    def __init__(self, panel: Panel) -> None:
        self._panel = panel
        self._writing = writing(panel.engine)

    def __enter__(self) -> Context:
        db = self._writing.__enter__()
        ctx = administrator_context(self._panel, db)
        ctx.clock = clocks.load(db)
        return ctx

    def __exit__(self, *error: Any) -> None:
        self._writing.__exit__(*error)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file that each test's store is a copy of."""
    path = tmp_path_factory.mktemp("apnscp") / "template.db"
    engine = open_engine(f"sqlite:///{path}")
    create(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def apnscp_store(_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give an empty store of the test's own; override it to run on another database."""
    path = tmp_path / "panel.db"
    shutil.copy(_template, path)
    engine = open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def panel(apnscp_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    """Give a fresh panel without sites, in this process."""
    yield from make_panel(apnscp_store, tmp_path)


def make_panel(engine: Engine, folder: Path, *, demo: bool = False) -> Iterator[EmulatedPanel]:
    """Make a panel on an empty store and close it afterwards."""
    modules.load_all()
    batch = Batch(engine)
    known = secret.Secret(os.urandom(32))
    opened = Panel(
        engine=engine, secret=known, plans=(folder / "plans",), state=folder, aside=batch.add, aside_row=batch.add_row
    )
    fill_panel(opened, admin_key=KEY, demo=demo)
    app = App(opened, batch)
    yield EmulatedPanel(app, KEY)
    app.close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def panel_url(panel: EmulatedPanel) -> Iterator[str]:
    """Serve the test's panel on a port of its own and give the address, such as http://127.0.0.1:40123."""
    server: WSGIServer = make_server("127.0.0.1", 0, panel.app.wsgi, handler_class=_Quiet)  # type: ignore[arg-type]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(5)
    server.server_close()
