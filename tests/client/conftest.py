"""A panel with canned answers for the edges of the transport, and command lines run as a shell would."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from apnscp.wire.soap import envelope


@dataclass
class Canned:
    """One answer: a value with its messages, or a body with its status; `delay` seconds pass first."""

    value: Any = None
    messages: tuple[tuple[str, str], ...] = ()
    status: int = 200
    body: bytes | None = None
    content_type: str = "text/xml; charset=utf-8"
    delay: float = 0.0


@dataclass
class CannedPanel:
    """Answers each method as told and keeps what it was asked."""

    url: str = ""
    key: str = "0123456789abcdef" * 4
    answers: dict[str, Canned] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    asked: list[tuple[str, list[Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def says(self, method: str, value: Any = None, messages: tuple[tuple[str, str], ...] = (), **more: Any) -> None:
        self.answers[method] = Canned(value, messages, **more)

    def fault(self, method: str, text: str, code: str = "Server", status: int = 500, messages: Any = ()) -> None:
        self.answers[method] = Canned(status=status, body=envelope.fault(code, text, messages))


ABSENT = object()


class Handler(BaseHTTPRequestHandler):
    panel: CannedPanel

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = envelope.parse(body, self.headers["Content-Type"])
        parts = request.parts([f"arg{place}" for place in range(9)], absent=ABSENT)
        self.panel.asked.append((request.operation, [part for part in parts if part is not ABSENT]))
        self.panel.headers.append({name.lower(): value for name, value in self.headers.items()})
        canned = self.panel.answers.get(request.operation)
        if canned is None:
            text = f"Procedure '{request.operation}' not present"
            canned = Canned(status=500, body=envelope.fault("Server", text))
        self.panel.stopped.wait(canned.delay)
        answer = canned.body
        if answer is None:
            answer = envelope.response(request.operation, canned.value, canned.messages)
        self.answer(canned.status, canned.content_type, answer)

    def do_GET(self) -> None:
        document = self.panel.documents.get(self.path)
        self.answer(404 if document is None else 200, "application/json", document or b"")

    def answer(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(BrokenPipeError):  # of a client that was told not to wait
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def canned_panel() -> Iterator[CannedPanel]:
    panel = CannedPanel()
    handler = type("PanelHandler", (Handler,), {"panel": panel})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    panel.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield panel
    panel.stopped.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home and an environment that names no panel."""
    for name in list(os.environ):
        if name.startswith(("APNSCP_", "XDG_")) or name in ("YAML_INLINE", "NO_COLOR"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


Shell = Callable[..., subprocess.CompletedProcess[str]]

SCRIPTS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
"""Command -> the module and function that it starts."""


@pytest.fixture
def shell(home: Path, canned_panel: CannedPanel, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Run a command as a process of its own against the canned panel; `env` adds to the environment."""
    monkeypatch.setenv("APNSCP_URL", canned_panel.url)
    monkeypatch.setenv("APNSCP_KEY", canned_panel.key)

    def run(name: str, *args: str, env: dict[str, str] | None = None, **more: Any) -> subprocess.CompletedProcess[str]:
        module, _, function = SCRIPTS[name].partition(":")
        code = f"from {module} import {function} as main; main()"
        environ = {**os.environ, **(env or {})}
        more = {"capture_output": True, "stdin": subprocess.DEVNULL, **more}
        return subprocess.run([sys.executable, "-c", code, *args], env=environ, text=True, timeout=120, **more)

    return run
