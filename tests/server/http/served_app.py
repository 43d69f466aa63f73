"""A small application to serve, for tests that need no panel; run as a program, it is ``apnscpd serve``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from apnscp.server.banner import Provisioned
from apnscp.server.faults import DELAY
from apnscp.server.http.serve import serve
from apnscp.server.settings import Settings, SetupError


def prepare(settings: Settings) -> Provisioned:
    return Provisioned(settings.admin_key or "0" * 64, banner_lines=(f"database {settings.db}", "prepared"))


class SmallApp:
    def __init__(self, settings: Settings) -> None:
        self.marks = settings.state_dir

    def in_loop(self, method: str, path: str, headers: Any, body: bytes) -> bool:
        return not path.startswith("/pool/")

    def wsgi(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        page = PAGES.get(environ["PATH_INFO"], echo)
        return page(environ, start_response, self.marks)

    def close(self) -> None:
        (self.marks / f"closed-{os.getpid()}").write_text("")


def plain(start_response: Callable[..., Any], body: bytes, *headers: tuple[str, str]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), *headers])
    return [body]


def health(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    while (marks / "hang").exists():
        time.sleep(0.05)
    return plain(start_response, b"ok\n")


def pid(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    return plain(start_response, str(os.getpid()).encode())


def echo(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    seen = {key: value for key, value in environ.items() if isinstance(value, str)}
    seen["body"] = environ["wsgi.input"].read().decode("latin-1")
    return plain(start_response, json.dumps(seen).encode(), ("X-Page", "echo"), ("Connection", "keep-alive"))


def held(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    """Answer when the test says so, by a file."""
    (marks / f"held-{environ['QUERY_STRING']}").write_text("")
    while not (marks / "release").exists():
        time.sleep(0.02)
    (marks / "held-done").write_text("")
    return plain(start_response, b"done")


def pieces(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> Iterator[bytes]:
    start_response("201 Created", [("Content-Type", "text/plain"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])
    yield b"one "
    yield b"two"


def broken(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    raise RuntimeError("authkey=SECRET-IN-AN-ERROR")


def split_header(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    return plain(start_response, b"x", ("X-Name", "a\r\nX-Evil: 1"), ("X-Letter", "é"))


def delayed(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    return plain(start_response, b"late", (DELAY, "3"))


def large(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    return plain(start_response, b"x" * int(environ["QUERY_STRING"]))


def end_process(environ: dict[str, Any], start_response: Callable[..., Any], marks: Path) -> list[bytes]:
    os._exit(9)


PAGES: dict[str, Callable[[dict[str, Any], Callable[..., Any], Path], Iterable[bytes]]] = {
    "/healthz": health,
    "/pid": pid,
    "/pool/pid": pid,
    "/pool/held": held,
    "/pieces": pieces,
    "/broken": broken,
    "/soap": broken,
    "/split-header": split_header,
    "/delayed": delayed,
    "/pool/delayed": delayed,
    "/large": large,
    "/end-process": end_process,
}


def build(settings: Settings) -> SmallApp:
    if settings.plans_dir:
        raise RuntimeError("this application does not start")
    return SmallApp(settings)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    os.environ["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    try:
        code = serve(
            Settings.from_env(),
            factory="served_app:build",
            prepare="served_app:prepare",
            say=lambda line: print(line, flush=True),
        )
    except SetupError as error:
        sys.exit(f"apnscpd: {error}")
    sys.exit(code)
