"""The first minutes of a user: `make serve`, and each line that it prints, used as it stands."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.peers import require

pytestmark = pytest.mark.xdist_group("served-first")

ROOT = Path(__file__).parents[2]
LAST_LINE = "sites"
BIN = Path(sys.prefix) / "bin"
PATH = [folder for folder in os.get_exec_path() if Path(folder).resolve() != BIN.resolve()]
ENVIRON = {"PATH": os.pathsep.join(PATH), "LC_ALL": "C.UTF-8"}
"""What a terminal has in which no environment is active."""
HOME_OF_README = "/home/you/apnscp-emulator/.venv"


def make(*words: str) -> list[str]:
    """Return the line that runs make in this checkout with the environment of the tests, which is installed."""
    stamp = Path(sys.prefix) / ".installed"
    line = [require("make"), "--no-print-directory", "-C", str(ROOT), "-o", str(stamp), f"VENV={sys.prefix}"]
    return [*line, f"SERVES={stamp}", *words]


@pytest.fixture(scope="module")
def banner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `make serve` on free ports with an empty home, give what it prints, and press Ctrl-C."""
    line = make("serve", "ARGS=--port 0 --tls-port 0")
    home = str(tmp_path_factory.mktemp("home"))
    server = subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENVIRON | {"HOME": home}, process_group=0
    )
    assert server.stdout
    printed = ""
    for text in server.stdout:
        printed += text
        if text.split()[:1] == [LAST_LINE]:
            break
    try:
        assert server.poll() is None and LAST_LINE in printed, printed
        yield printed
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGINT)
        server.stdout.read()
        server.wait(60)
        server.stdout.close()


def shown(banner: str, label: str) -> str:
    """Return what the banner says behind a label."""
    found = re.search(rf"^  {label} +(.*)$", banner, re.MULTILINE)
    assert found, banner
    return found[1]


def run(line: str, home: Path) -> str:
    """Run a line in the bash of another terminal and folder, as a user pastes it, and return what it prints."""
    done = subprocess.run(
        [require("bash"), "-c", line],
        capture_output=True,
        text=True,
        timeout=300,
        env=ENVIRON | {"HOME": str(home)},
        cwd=home,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_cpcmd_line_calls_the_panel(banner: str, tmp_path: Path) -> None:
    line = shown(banner, "cpcmd")
    assert run(line, tmp_path) == "admin\n"
    domains = run(line.replace("common:whoami", "admin:get-domains"), tmp_path)
    assert domains == "2: test-domain-child1.com\n3: test-domain-child2.com\n1: test-domain.com\n"


def test_make_env_puts_the_commands_on_the_path(tmp_path: Path) -> None:
    line = shlex.join(["env", *[f"{name}={value}" for name, value in ENVIRON.items()], *make("-s", "env")])
    assert run(f'eval "$({line})" && command -v cpcmd apnscpd AddDomain', tmp_path).splitlines() == [
        str(BIN / "cpcmd"),
        str(BIN / "apnscpd"),
        str(BIN / "AddDomain"),
    ]


def test_php_line_calls_the_panel(banner: str, tmp_path: Path, need: Any) -> None:
    script = tmp_path / "first.php"
    script.write_text(f"<?php\n{shown(banner, 'PHP')}\necho $panel->common_whoami(), PHP_EOL;\n")
    assert run(f"{need('php')} -d soap.wsdl_cache_enabled=0 {script}", tmp_path) == "admin\n"


def test_addresses_answer(banner: str) -> None:
    for address in (shown(banner, "WSDL"), shown(banner, "page").split()[0]):
        with urllib.request.urlopen(address, timeout=120) as answer:
            assert answer.status == 200


def test_readme_shows_this_banner(banner: str, document: Any) -> None:
    (block,) = [block for block in document("README.md").blocks if block.body.startswith("$ make serve\n")]
    expected = block.body.removeprefix("$ make serve\n").rstrip().replace(HOME_OF_README, sys.prefix)
    expected = expected.replace("1f0c...", "...").replace("password ...", "...")
    pattern = re.sub(r"(?<=127\.0\.0\.1:)\d+", "...", expected)
    wild = ".*".join(map(re.escape, pattern.split("...")))
    printed = banner[banner.index("Serving on") :]
    assert re.match(wild, printed), f"{expected}\n---\n{printed}"
