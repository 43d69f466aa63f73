"""The newcomer's first command, `make serve', and everything that it prints to paste."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apnscp.server.ports import listen, port_of

ROOT = Path(__file__).parents[2]


def free_ports() -> list[str]:
    opened = [listen("127.0.0.1", 0) for _ in range(2)]
    numbers = [str(port_of(each)) for each in opened]
    for each in opened:
        each.close()
    return numbers


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `make serve' with a state directory and ports of its own and give what it printed until it was ready."""
    if shutil.which("make") is None:
        pytest.fail("make is not there")
    state = tmp_path_factory.mktemp("state")
    port, tls_port = free_ports()
    out = state / "printed"
    environ = {**os.environ, "APNSCP_STATE_DIR": str(state / "panel"), "PYTHONUNBUFFERED": "1"}
    line = ["make", "-s", "-o", ".venv/.installed", "serve", f"ARGS=--port {port} --tls-port {tls_port}", f"BIN={Path(sys.executable).parent}"]
    with out.open("wb") as file:
        process = subprocess.Popen(line, cwd=ROOT, env=environ, stdout=file, stderr=file, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while "Ctrl-C stops it" not in out.read_text():
            assert process.poll() is None and time.monotonic() < deadline, out.read_text()
            time.sleep(0.05)
        yield out.read_text()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def value(printed: str, name: str) -> str:
    found = re.search(rf"^  {name} +(.+)$", printed, re.MULTILINE)
    assert found, printed
    return found[1]


def run(line: str) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, env={**os.environ, "PATH": path})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_addresses_of_both_listeners_are_printed(printed: str) -> None:
    assert re.search(r"^Serving on http://127\.0\.0\.1:\d+$", printed, re.MULTILINE)
    assert re.search(r"^Serving on https://127\.0\.0\.1:\d+$", printed, re.MULTILINE)


def test_the_key_is_64_hex_characters(printed: str) -> None:
    assert re.match(r"[0-9a-f]{64} ", value(printed, "key"))


def test_the_cpcmd_line_works_as_it_is_printed(printed: str) -> None:
    assert run(value(printed, "cpcmd")) == "admin\n"


def test_the_php_line_works_as_it_is_printed(printed: str, need: Callable[[str], str]) -> None:
    need("php")
    code = "ini_set('soap.wsdl_cache_enabled', '0'); " + value(printed, "PHP") + " echo count($panel->admin_get_domains());"
    done = subprocess.run(["php", "-r", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "3", done.stderr


def test_the_panel_is_filled_with_the_demo(printed: str) -> None:
    assert value(printed, "sites") == "3"
    plans = run(value(printed, "cpcmd").replace("common:whoami", "-o json admin:list-plans"))
    assert plans == '["basic","business","pro","starter"]\n'


def test_the_page_has_an_address_and_a_login(printed: str) -> None:
    assert re.match(r"http://127\.0\.0\.1:\d+/   login admin, password \w{16}$", value(printed, "page"))
