"""Measure the first second: of the server, of the command lines, and of the pytest plugin; whole processes, in turns."""

from __future__ import annotations

import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from found import Found
from peers import APNSCPD, KEY, WHOAMI, emulator, free_port, padded_environ
from whoami import ratio

ROUNDS = 9
CPCMD = str(Path(sys.executable).with_name("cpcmd"))
LINES = {
    "bare import": [sys.executable, "-c", "import click, http.client, lxml.etree"],
    "cpcmd common:whoami": [CPCMD, "common:whoami"],
    "cpcmd --help": [CPCMD, "--help"],
    "import zeep": [sys.executable, "-c", "import zeep"],
    "import sqlalchemy": [sys.executable, "-c", "import sqlalchemy"],
}
"""What is run beside our commands; `bare` imports the parts that cpcmd stands on, `zeep` the library that it does without."""
COMMANDS = (
    "--help", "calls", "cron", "env", "key", "outbox", "password --generate", "plan --list", "ready", "scope cp.api", "stubs",
    "usage site1", "wsdl",
)  # fmt: skip
TESTS = "def test_first(panel):\n    pass\n\n\n" + "".join(f"def test_{n}(panel):\n    pass\n\n\n" for n in range(20))
RECORDER = """
def pytest_runtest_logreport(report):
    if report.when == "setup":
        print("\\nsetup", report.duration)
"""
SETUP = re.compile(r"^setup ([\d.e-]+)$", re.MULTILINE)


def measure(quick: bool = False) -> Found:
    """Return the medians of wall time in seconds, and those of cpcmd as multiples of the bare import."""
    rounds = 1 if quick else ROUNDS
    found = Found()
    found["serve: first answer s"] = statistics.median(first_answer() for _ in range(rounds))
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name, emulator(Path(name), 1, demo=True) as (url, _):
        environ = os.environ | padded_environ(Path(name)) | {"HOME": name, "APNSCP_URL": url, "APNSCP_KEY": KEY}
        lines = LINES | {f"apnscpd {words}": [APNSCPD, *words.split()] for words in COMMANDS}
        times = in_turns(lines, environ, rounds)
    medians = {line: statistics.median(each) for line, each in times.items()}
    found |= {f"{line} s": seconds for line, seconds in medians.items()}
    for line in ("cpcmd common:whoami", "cpcmd --help"):
        found[f"{line} to bare import"] = ratio(times[line], times["bare import"])
    found["slowest apnscpd command s"] = max(seconds for line, seconds in medians.items() if line.startswith("apnscpd"))
    setups = [panels() for _ in range(1 if quick else 3)]
    found["pytest: first panel s"] = statistics.median(first for first, _ in setups)
    found["pytest: further panel s"] = statistics.median(further for _, further in setups)
    return found


def first_answer() -> float:
    """Start a server and return the seconds until it has answered common_whoami."""
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
        environ, port = os.environ | padded_environ(Path(name)), free_port()
        line = [
            APNSCPD,
            "serve",
            "--ephemeral",
            "--no-tls",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--admin-key",
            KEY,
        ]
        begun = time.perf_counter()
        with subprocess.Popen(line, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while not answers(f"http://127.0.0.1:{port}"):
                if process.poll() is not None:
                    raise RuntimeError(f"the server ended with {process.returncode}")
                time.sleep(0.005)
            seconds = time.perf_counter() - begun
            process.terminate()
    return seconds


def answers(base: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    with suppress(OSError, http.client.HTTPException):
        connection.request("POST", f"/soap?authkey={KEY}", WHOAMI, {"Content-Type": "text/xml; charset=utf-8"})
        return connection.getresponse().status == 200
    return False


def in_turns(lines: dict[str, list[str]], environ: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each line, round by round; the first, which warms the caches, does not count."""
    seen: dict[str, list[float]] = {line: [] for line in lines}
    for turn in range(rounds + 1):
        for line, words in lines.items():
            begun = time.perf_counter()
            subprocess.run(words, env=environ, stdout=subprocess.DEVNULL, check=True)
            if turn:
                seen[line].append(time.perf_counter() - begun)
    return seen


def panels() -> tuple[float, float]:
    """Run tests that only ask for a panel; return the seconds that the first one waited, and the median of the others."""
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
        tests = Path(name, "test_panels.py")
        tests.write_text(TESTS)
        Path(name, "conftest.py").write_text(RECORDER)
        line = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", str(tests)]
        done = subprocess.run(line, cwd=name, capture_output=True, text=True, check=True)
    first, *others = (float(seconds) for seconds in SETUP.findall(done.stdout))
    return first, statistics.median(others)


if __name__ == "__main__":
    measure().print()
