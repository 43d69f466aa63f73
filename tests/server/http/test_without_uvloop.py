"""uvloop makes the server quicker; without it, as on systems for which there is none, asyncio's own loop serves the same."""

from __future__ import annotations

import json
import ssl
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

SERVER = Any


def test_both_listeners_are_served_on_asyncios_own_loop(started: Callable[..., SERVER], tmp_path: Path) -> None:
    (tmp_path / "uvloop.py").write_text("raise ImportError('hidden by a test')\n")
    running = started(PYTHONPATH=str(tmp_path), APNSCP_WORKERS="1")
    assert running.echo()["PATH_INFO"] == "/echo"
    assert running.get("/large?3000000") == b"x" * 3_000_000
    trusting = ssl.create_default_context(cafile=str(running.ca))
    request = urllib.request.Request(f"https://localhost:{running.tls_port}/echo", b"x" * 500_000)
    with urllib.request.urlopen(request, context=trusting) as answer:
        assert json.load(answer)["body"] == "x" * 500_000
    assert running.stop()[0] == 0
