"""The first minutes of a user: `make serve`, and each line that it prints, used as it stands."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("served-first")

ROOT = Path(__file__).parents[2]
LAST_LINE = "sites"
ENVIRON = {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    "LC_ALL": "C.UTF-8",
}


@pytest.fixture(scope="module")
def banner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run `make serve` on free ports with an empty home, give what it prints, and press Ctrl-C."""
    stamp = Path(sys.prefix) / ".installed"
    line = ["make", "--no-print-directory", "-C", str(ROOT), "-o", str(stamp), f"VENV={sys.prefix}", f"STAMP={stamp}"]
    line += ["serve", "ARGS=--port 0 --tls-port 0"]
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
        server.wait(20)
        server.stdout.close()


def shown(banner: str, label: str) -> str:
    """Return what the banner says behind a label."""
    found = re.search(rf"^  {label} +(.*)$", banner, re.MULTILINE)
    assert found, banner
    return found[1]


def run(line: str, home: Path) -> str:
    """Run a line in bash as a user pastes it, and return what it prints."""
    environ = ENVIRON | {"HOME": str(home)}
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, env=environ, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_cpcmd_line_calls_the_panel(banner: str, tmp_path: Path) -> None:
    line = shown(banner, "cpcmd")
    assert run(line, tmp_path) == "admin\n"
    domains = run(line.replace("common:whoami", "admin:get-domains"), tmp_path)
    assert domains == "2: test-domain-child1.com\n3: test-domain-child2.com\n1: test-domain.com\n"


def test_php_line_calls_the_panel(banner: str, tmp_path: Path, need: Any) -> None:
    script = tmp_path / "first.php"
    script.write_text(f"<?php\n{shown(banner, 'PHP')}\necho $panel->common_whoami(), PHP_EOL;\n")
    assert run(f"{need('php')} -d soap.wsdl_cache_enabled=0 {script}", tmp_path) == "admin\n"


def test_addresses_answer(banner: str) -> None:
    for address in (shown(banner, "WSDL"), shown(banner, "page").split()[0]):
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert answer.status == 200


def test_readme_shows_this_banner(banner: str, document: Any) -> None:
    (block,) = [block for block in document("README.md").blocks if block.body.startswith("$ make serve\n")]
    expected = (
        block.body.removeprefix("$ make serve\n").rstrip().replace("1f0c...", "...").replace("password ...", "...")
    )
    pattern = re.sub(r"(?<=127\.0\.0\.1:)\d+", "...", expected)
    wild = ".*".join(map(re.escape, pattern.split("...")))
    printed = banner[banner.index("Serving on") :]
    assert re.match(wild, printed), f"{expected}\n---\n{printed}"
