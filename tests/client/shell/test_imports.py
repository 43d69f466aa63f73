"""What cpcmd loads: imports are most of the time of a small call."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

RUN = """
import atexit, sys
packages = {name.partition(".")[0] for name in sys.modules}
def told():
    heavy = sorted(set(sys.modules) & HEAVY)
    import json
    more = {name.partition(".")[0] for name in sys.modules} - packages - set(sys.stdlib_module_names)
    more = {name for name in more if name != "apnscp" and "cython" not in name}
    print(json.dumps([sorted(more), heavy]), file=sys.stderr)
HEAVY = {"asyncio", "email.mime", "http.client", "json", "logging", "ssl", "tomllib", "urllib.request", "xml.etree", "yaml"}
atexit.register(told)
from apnscp.client.shell.cpcmd import main
main()
"""


def loaded(environ: dict[str, str], *words: str) -> tuple[list[str], list[str]]:
    """Run cpcmd and return the packages outside the standard library that it imported, and large modules inside."""
    line = [sys.executable, "-c", RUN, *words]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, env={**os.environ, **environ}, check=False)
    packages, heavy = json.loads(done.stderr.splitlines()[-1])
    return packages, heavy


def test_a_call_loads_click_and_lxml_and_what_speaks_http(panel_url: str) -> None:
    environ = {"APNSCP_URL": panel_url, "APNSCP_KEY": "panel-test-key"}
    packages, heavy = loaded(environ, "common:whoami")
    assert packages == ["click", "lxml"]
    assert heavy == ["http.client", "json", "ssl"]


@pytest.mark.parametrize("words", [("--help",), ("--version",), ()])
def test_help_loads_click_alone(words: tuple[str, ...]) -> None:
    packages, heavy = loaded({"APNSCP_URL": "http://127.0.0.1:1"}, *words)
    assert packages == ["click"]
    assert set(heavy) <= {"json"}  # which Python 3.13 needs to read the version of a package
