"""Programs and servers beside Python that some tests talk to: what each shows, how to get it, and what is missing here."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

REQUIRED = os.environ.get("APNSCP_REQUIRE_PEERS") == "1"
POSTGRES = os.environ.get("APNSCP_TEST_POSTGRES", "")
NODE = Path(__file__).parent / "interop" / "node"
"""Where the npm packages of the tests are installed."""


@dataclass(frozen=True)
class Peer:
    """Something that a test needs beside Python.

    name: what people call it; shows: what its tests show; get: how to get it
    probe: a command that succeeds where it is there; its first word is the program
    """

    name: str
    shows: str
    get: str
    probe: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Say what is missing, what this test would show, and the way to it."""
        return f"{self.name} is missing: with it, this test shows {self.shows}. {self.get}"


PEERS = {
    "axis": Peer(
        "Axis 1.4",
        "that Axis, with stubs from the description, understands the server",
        "apt install libaxis-java default-jdk-headless",
        ("sh", "-c", "command -v javac && test -f /usr/share/java/axis.jar"),
    ),
    "axe": Peer(
        "axe-core",
        "that everybody can use the pages",
        "apt install nodejs npm chromium, then npm ci in tests/interop/node",
        ("node", "-e", "require('axe-core')"),
    ),
    "bash": Peer(
        "bash", "that what the pages say works when typed into a shell", "apt install bash", ("bash", "--version")
    ),
    "chromium": Peer(
        "Chromium", "the pages as a browser shows them", "apt install chromium", ("chromium", "--version")
    ),
    "curl": Peer("curl", "that XML written by hand gets its answers", "apt install curl", ("curl", "--version")),
    "gsoap": Peer(
        "gSOAP",
        "that C++ made from the literal description compiles and calls",
        "apt install gsoap libgsoap-dev g++",
        ("sh", "-c", "command -v wsdl2h && command -v soapcpp2 && command -v g++ && test -f /usr/include/stdsoap2.h"),
    ),
    "ipv6": Peer("IPv6", "that the server listens on IPv6", "Give the loopback interface the address ::1", ()),
    "jaxws": Peer(
        "JAX-WS",
        "that Java made from the literal description compiles and calls",
        "apt install jaxws default-jdk-headless",
        ("sh", "-c", "command -v wsimport && command -v javac && test -f /usr/share/java/jaxws-rt.jar"),
    ),
    "jq": Peer("jq", "that tests without jq put the right thing in its place", "apt install jq", ("jq", "--version")),
    "make": Peer("make", "that a checkout starts as the README says", "apt install make", ("make", "--version")),
    "node": Peer(
        "Node.js with the package soap",
        "that node-soap understands the server",
        "apt install nodejs npm, then npm ci in tests/interop/node",
        ("node", "-e", "require('soap')"),
    ),
    "openssl": Peer(
        "OpenSSL", "that its command accepts the keys and certificates", "apt install openssl", ("openssl", "version")
    ),
    "perl": Peer(
        "Perl with SOAP::Lite",
        "that SOAP::Lite understands the server",
        "apt install libsoap-lite-perl",
        ("perl", "-MSOAP::Lite", "-MJSON::PP", "-e1"),
    ),
    "fish": Peer("fish", "that the fish shell takes the completion script", "apt install fish", ("fish", "--version")),
    "zsh": Peer("zsh", "that zsh takes the completion script", "apt install zsh", ("zsh", "--version")),
    "php": Peer(
        "PHP with ext-soap",
        "that PHP, in which billing modules are written, reads and writes the same",
        "apt install php-cli php-soap",
        ("php", "-r", "exit((int) !extension_loaded('soap'));"),
    ),
    "postgresql": Peer(
        "PostgreSQL",
        "that the panel behaves on PostgreSQL as on SQLite",
        "Name a server that may be filled: APNSCP_TEST_POSTGRES=postgresql://user@host/database",
        (),
    ),
}


@cache
def find(peer: str) -> str | None:
    """Return the path of a peer's program, None when it is missing or does not do what the tests need."""
    if peer == "postgresql":
        return POSTGRES or None
    if peer == "ipv6":
        return "::1" if _has_ipv6() else None
    program, *arguments = PEERS[peer].probe
    path = shutil.which(program)
    if path is None:
        return None
    where = NODE if peer in ("node", "axe") and NODE.is_dir() else None
    done = subprocess.run([path, *arguments], cwd=where, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return path if done.returncode == 0 else None


def require(peer: str) -> str:
    """Return the path of a peer's program, or skip the test that needs it; where peers are required, fail it."""
    path = find(peer)
    if path is None:
        (pytest.fail if REQUIRED else pytest.skip)(PEERS[peer].sentence)
    return path


@pytest.fixture(scope="session")
def need() -> Callable[[str], str]:
    """Give the path of a peer's program, or skip (fail where peers are required) when it is missing."""
    return require


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line of a run which peers were missing."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or hasattr(config, "workerinput"):
        return
    reasons = [str(report.longrepr[-1]) for report in reporter.stats.get("skipped", []) if report.longrepr]
    if line := summary(reasons):
        reporter.write_line(line)


def summary(reasons: list[str]) -> str:
    """Return one line about the missing peers, empty where none was missed.

    reasons: why tests were skipped
    """
    names = "|".join(re.escape(peer.name) for peer in PEERS.values())
    missed = Counter(found[1] for reason in reasons if (found := re.search(rf"({names}) is missing: ", reason)))
    if not missed:
        return ""
    counted = (f"{name} ({count} {'test' if count == 1 else 'tests'})" for name, count in sorted(missed.items()))
    return f"Peers that were missing: {', '.join(counted)}; with ARGS=-rs make test says how to get them."


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False
