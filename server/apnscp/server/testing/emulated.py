"""A panel in this process, as tests hold it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import EllipsisType
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine

from apnscp import modules
from apnscp.core.clock import monotonic
from apnscp.core.context import Panel
from apnscp.core.registry import REGISTRY, Registry
from apnscp.opcenter.store.outbox import Mail, sent
from apnscp.opcenter.store.transactions import reading
from apnscp.server.app import App
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.injected_failures import Cut, InjectedFailure
from apnscp.server.testing import calls as journal
from apnscp.server.testing import fillings, import_quietly, stores
from apnscp.server.testing.panel_clock import PanelClock
from apnscp.server.testing.setup import PanelSetup
from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap import envelope

if TYPE_CHECKING:
    from apnscp.client.util_api.api import UtilAPI

KEY = "panel-test-key"
POLL = 0.02


@dataclass
class Reply:
    """An HTTP answer; `cookies` are its lines of Set-Cookie, of which there can be several."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()


@dataclass(repr=False)
class EmulatedPanel(PanelSetup):
    """A panel in this process: call it, turn its clock, look inside.

    key: an API key of the administrator
    messages: (severity, text) pairs of the last `call`
    demo: whether it is filled with demo plans and sites
    """

    app: App
    key: str
    messages: tuple[tuple[str, str], ...] = ()
    demo: bool = False
    clock: PanelClock = field(init=False)
    _client: UtilAPI | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Take the clock of the panel."""
        self.clock = PanelClock(self.app.panel, self.flush)

    def __repr__(self) -> str:
        """Say little: failing tests print it."""
        return "<EmulatedPanel>"

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
        """Send an HTTP request to the WSGI application.

        Raises ConnectionAbortedError where a rule of `fail` cuts the connection.
        """
        path, _, query = target.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "localhost", "SERVER_PORT": "2082", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost:2082", "REMOTE_ADDR": ip,
            "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": BytesIO(body), "wsgi.errors": BytesIO(), "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        environ |= {"HTTP_" + name.upper().replace("-", "_"): value for name, value in (headers or {}).items()}
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(status: str, answered: list[tuple[str, str]], exc_info: Any = None) -> Any:
            started.append((status, answered))

        parts = self.wsgi(environ, start_response)
        try:
            answer = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        status, answered = started[-1]
        cookies = tuple(value for name, value in answered if name.lower() == "set-cookie")
        return Reply(int(status[:3]), {name.lower(): value for name, value in answered}, answer, cookies)

    def wsgi(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request (PEP 3333); a cut connection is a ConnectionAbortedError, on which servers just hang up."""
        try:
            return self.app.wsgi(environ, start_response)
        except Cut as cut:
            raise ConnectionAbortedError("a fault rule cut the connection") from cut

    @property
    def client(self) -> UtilAPI:
        """The administrator's `UtilAPI`, without a socket; refusals are Faults, as with ``abort_on="error"``."""
        if self._client is None:
            self._client = self.connect()
        return self._client

    def connect(
        self, key: str | None = None, *, abort_on: str | None = "error", headers: Mapping[str, str] | None = None,
        retries: int = 5, ip: str = "127.0.0.1",
    ) -> UtilAPI:  # fmt: skip
        """Return a `UtilAPI` for this panel, without a socket.

        key: an API key or a session id, the administrator's key when left out
        abort_on, headers, retries: as in `UtilAPI.create_client`; ip: the address that the calls come from
        """
        wsgi_client = import_quietly("apnscp.server.testing.wsgi_client")

        def answering(*request: Any) -> tuple[int, Mapping[str, str], bytes]:
            reply = self.request(*request, ip=ip)
            return reply.status, reply.headers, reply.body

        address = wsgi_client.Address(wsgi_client.BASE, abort_on=abort_on, headers=headers or {})
        caller = address.with_credential(key or self.key)
        client: UtilAPI = wsgi_client.PanelAPI(caller, answering, retries=retries)
        return client

    def as_site(self, site: str, user: str | None = None) -> AbstractContextManager[UtilAPI]:
        """Act as the administrator of a site, or as one of its users, for the length of a `with` block."""
        return self.client.as_site(site, user)

    def calls(self, method: str | None = None, /, **arguments: Any) -> list[journal.Call]:
        """Return what was called, oldest first, from the panel's journal.

        method: either spelling; all when left out; arguments: what parameters were, by name
        Raises UnknownMethod, and TypeError for a parameter that the method does not have.
        """
        name = None if method is None else journal.check_names(self.app.panel.registry, method, arguments)
        self.flush()
        with reading(self.app.panel.engine) as db:
            return journal.read(db, self.app.panel.registry, name, arguments)

    def wait_for(
        self, method: str, /, *, count: int = 1, timeout: float = 5.0, **arguments: Any
    ) -> list[journal.Call]:  # fmt: skip
        """Wait until a method was called by another thread or process and return the calls.

        count: how many calls; timeout: seconds; arguments: what parameters were, by name
        Raises AssertionError, which lists what was called instead.
        """
        deadline = monotonic() + timeout
        while len(found := self.calls(method, **arguments)) < count:
            if monotonic() > deadline:
                others = "".join(f"\n  {call}" for call in self.calls()[-10:]) or " none"
                raise AssertionError(f"{method} was called {len(found)} of {count} times; the last calls:{others}")
            time.sleep(POLL)
        return found

    def fail(
        self, method: str, /, *, effect: str | int = "fault", text: str | None = None,
        times: int | EllipsisType | None = ..., every: int = 1, seconds: float | None = None, **arguments: Any,
    ) -> InjectedFailure:  # fmt: skip
        """Let calls of a method go wrong.

        effect: fault, refuse, null, cut, 401, 429 or 503, each instead of the work; delay, fault-after, null-after or
            cut-after, once the work is done and kept; text: of the fault or refusal
        times: how many calls; None for all until `InjectedFailure.remove`; left out, one, or all with `every`
        every: 3 for every third call
        seconds: how long `delay` holds the answer back; the Retry-After of 429 and 503
        arguments: only calls with these, by name
        Raises UnknownMethod, TypeError for an unknown parameter, ValueError for an unknown effect and for numbers that
        make no rule.
        """
        name = journal.check_names(self.app.panel.registry, method, arguments)
        if isinstance(times, EllipsisType):
            times = 1 if every == 1 else None
        rule = InjectedFailure(name, str(effect), text, times, arguments, seconds=seconds, every=every)
        return self.app.dispatcher.failures.add(rule)

    def rules_unused(self) -> list[InjectedFailure]:
        """Return the rules that met fewer calls than they are for; of one for all calls, none.

        ``assert panel.rules_unused() == []`` ends a test whose failures must all have happened.
        """
        return [rule for rule in self.app.dispatcher.failures if rule.unused]

    def mails(self, to: str | None = None) -> list[Mail]:
        """Return the messages that the panel would have sent by mail, oldest first; `to` picks one recipient's."""
        with reading(self.app.panel.engine) as db:
            return list(sent(db, to=to, last=10_000))

    def flush(self) -> None:
        """Write what outlives rollbacks now: journal, last use of keys, lives of sessions."""
        self.app._batch.flush()

    def reset(self) -> None:
        """Make the panel what it was when it was made: no sites, plans, calls or rules, its own clock, the same key.

        Clients that are open stay usable; delayed answers come at once.
        """
        panel = self.app.panel
        self.app.dispatcher.failures.end()
        self.flush()
        stores.empty(panel.engine)
        for folder in filter(Path.exists, panel.plans):
            shutil.rmtree(folder)
        panel.snapshot = None
        fillings.fill(panel, self.key, demo=self.demo)
        self.app = App(panel, self.app._batch)
        self.messages = ()

    def close(self) -> None:
        """Close the client and the panel."""
        if self._client is not None:
            self._client.close()
        self.app.dispatcher.failures.end()
        self.app.close()


def make_panel(
    engine: Engine, folder: Path, *, demo: bool = False, surrogates: str | os.PathLike[str] | None = None
) -> Iterator[EmulatedPanel]:  # fmt: skip
    """Make a panel on an empty store and close it afterwards.

    surrogates: a folder of modules in Python, which only this panel has (docs/surrogates.md)
    Raises SurrogateError for one that cannot be used.
    """
    modules.load_all()
    registry = REGISTRY if surrogates is None else _methods_in(Path(surrogates).absolute())
    batch = DeferredWriter(engine)
    opened = Panel(
        engine=engine, secret=fillings.secret(), plans=(folder / "plans",), defer=batch.add, defer_row=batch.add_row,
        registry=registry,
    )  # fmt: skip
    fillings.fill(opened, KEY, demo=demo)
    with closing(EmulatedPanel(App(opened, batch), KEY, demo=demo)) as panel:
        yield panel


def _methods_in(folder: Path) -> Registry:
    from apnscp.surrogates import load

    return load(folder)
