"""Compare servers for HTTP in one run: a small answer, TLS, a large answer, half-sent bodies, stop and reload.

Needs wrk. Measures those of uvicorn, granian and hypercorn that are installed, beside our own server and a bare protocol on
httptools, and says which are missing; nothing is installed here. Each has 2 processes. `--also NAME=PYTHON` measures our
server of another checkout too, by the Python of its environment.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from peers import HERE, Missing, free_port, program, running, wait_for

ROUNDS, SECONDS, HALVES = 3, 3, 60
HALF = b"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n<half"
HELD = b"GET %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
GIVEN_UP = 10.0
GRACE = "2"
"""Seconds that each server is told to give what is in flight when it stops; ours has it as its default."""
Line = Callable[[int, bool, Path], list[str]]


class Server(NamedTuple):
    """A server to measure: the distribution it needs, and its command line; `tls` is False where it has none."""

    name: str
    needs: str
    line: Line
    tls: bool = True


def module(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


def uvicorn(application: str) -> Line:
    def line(port: int, tls: bool, pem: Path) -> list[str]:
        secure = ["--ssl-certfile", str(pem / "cert.pem"), "--ssl-keyfile", str(pem / "key.pem")] if tls else []
        words = module("uvicorn", f"http_apps:{application}", "--port", str(port), "--workers", "2", "--loop", "uvloop")
        words += ["--http", "httptools", "--no-access-log", "--log-level", "error"]
        return [*words, "--timeout-graceful-shutdown", GRACE, *secure]

    return line


def granian(interface: str) -> Line:
    def line(port: int, tls: bool, pem: Path) -> list[str]:
        secure = ["--ssl-certificate", str(pem / "cert.pem"), "--ssl-keyfile", str(pem / "key.pem")] if tls else []
        words = module("granian", f"http_apps:{interface}", "--interface", interface, "--port", str(port))
        return [
            *words,
            "--workers",
            "2",
            "--http",
            "1",
            "--no-ws",
            "--log-level",
            "error",
            "--workers-kill-timeout",
            GRACE,
            *secure,
        ]

    return line


def hypercorn(port: int, tls: bool, pem: Path) -> list[str]:
    secure = ["--certfile", str(pem / "cert.pem"), "--keyfile", str(pem / "key.pem")] if tls else []
    line = module("hypercorn", "http_apps:asgi", "--bind", f"127.0.0.1:{port}", "--workers", "2")
    return [*line, "--worker-class", "uvloop", "--log-level", "error", "--graceful-timeout", GRACE, *secure]


def ours(python: str) -> Line:
    return lambda port, tls, pem: [python, str(HERE / "http_apps.py"), "ours", str(port)]


def bare(port: int, tls: bool, pem: Path) -> list[str]:
    return [sys.executable, str(HERE / "http_apps.py"), "bare", str(port)]


SERVERS = [
    Server("uvicorn", "uvicorn", uvicorn("asgi")),
    Server("uvicorn with a WSGI environment,", "uvicorn", uvicorn("asgi_wsgi")),
    Server("granian, RSGI", "granian", granian("rsgi")),
    Server("granian, ASGI", "granian", granian("asgi")),
    Server("granian, WSGI", "granian", granian("wsgi")),
    Server("hypercorn", "hypercorn", hypercorn),
    Server("bare httptools", "httptools", bare, tls=False),
]


def certificate(target: Path) -> None:
    from apnscp.server.http import tls

    pair = tls.self_signed(target / "tls", "127.0.0.1")
    (target / "cert.pem").write_bytes(pair.cert.read_bytes())
    (target / "key.pem").write_bytes(pair.key.read_bytes())


@contextmanager
def serving(server: Server, work: Path, *, tls: bool) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run a server in a process group of its own; yield its port and process."""
    port, other = free_port(), free_port()
    first, second = (other, port) if tls else (port, other)
    state = tempfile.mkdtemp(dir=work)
    environ = {
        "PYTHONPATH": str(HERE),
        "APNSCP_PORT": str(first),
        "APNSCP_TLS": str(int(tls)),
        "APNSCP_TLS_PORT": str(second),
        "APNSCP_TLS_CERT": str(work / "cert.pem") if tls else "",
        "APNSCP_TLS_KEY": str(work / "key.pem") if tls else "",
        "APNSCP_STATE_DIR": state,
    }
    with ExitStack() as stack:
        line = server.line(port, tls, work)
        process = stack.enter_context(running(line, work / "servers.log", **environ))
        wait_for(port, process)
        time.sleep(2.5)
        yield port, process


def rate(port: int, path: str, *, tls: bool = False, seconds: int = SECONDS) -> float:
    """Return the answers per second over 8 connections; 0 where nobody was served."""
    scheme = "https" if tls else "http"
    line = [program("wrk"), "-t1", "-c8", f"-d{seconds}s", f"{scheme}://127.0.0.1:{port}{path}"]
    if path == "/small":
        line[1:1] = ["-s", str(HERE / "http_post.lua")]
    text = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", text)
    return float(found[1]) if found else 0.0


def cpu_of(process: int) -> float:
    """Return the seconds of CPU that a process and all that it started have spent so far."""
    ticks: dict[int, int] = {}
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(entry.parent.name)
        ticks[pid] = int(fields[11]) + int(fields[12])
        children.setdefault(int(fields[1]), []).append(pid)
    spent, left = 0, [process]
    while left:
        pid = left.pop()
        spent += ticks.get(pid, 0)
        left += children.get(pid, [])
    return spent / os.sysconf("SC_CLK_TCK")


def small_answers(port: int, process: int) -> tuple[float, float]:
    """Return the median answers per second, and the microseconds of CPU that one costs the server."""
    rates, before = [], cpu_of(process)
    for _ in range(ROUNDS):
        rates.append(rate(port, "/small"))
    return sorted(rates)[ROUNDS // 2], (cpu_of(process) - before) / (sum(rates) * SECONDS) * 1e6


def beside_halves(port: int) -> float:
    """Return the answers per second while others have sent half a body and stopped."""
    with ExitStack() as stack:
        for _ in range(HALVES):
            half = stack.enter_context(socket.create_connection(("127.0.0.1", port), 5))
            half.sendall(HALF)
        time.sleep(0.5)
        return rate(port, "/small")


def stop(server: Server, work: Path) -> str:
    """Stop a server that has a call in flight, 20 idle connections and 20 half-sent bodies; tell how that went."""
    with serving(server, work, tls=False) as (port, process), ExitStack() as stack:
        for number in range(40):
            idle = stack.enter_context(socket.create_connection(("127.0.0.1", port), 5))
            idle.sendall(HALF if number % 2 else b"GET /small HTTP/1.1\r\nHost: a\r\n\r\n")
        answers: list[bytes] = []
        asking = threading.Thread(target=lambda: answers.append(ask(port)))
        asking.start()
        time.sleep(0.3)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(GIVEN_UP)
        except subprocess.TimeoutExpired:
            process.kill()
        spent = time.monotonic() - begun
        asking.join()
        took = f"{spent:.1f} s" if spent < GIVEN_UP else f"not within {GIVEN_UP:g} s"
        return f"{took}, {'answered' if answers[0].startswith(b'HTTP/1.1 200') else 'call cut'}"


def ask(port: int, path: bytes = b"/held") -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), 30) as opened:
            opened.sendall(HELD % path)
            return opened.recv(65536)
    except OSError:
        return b""


def reload(server: Server, work: Path) -> str:
    """Tell how many calls, each on a connection of its own, failed around a SIGHUP."""
    failed = calls = 0
    with serving(server, work, tls=False) as (port, process):
        begun = time.monotonic()
        told = False
        while time.monotonic() < begun + 4:
            if not told and time.monotonic() > begun + 0.5:
                process.send_signal(signal.SIGHUP)
                told = True
            calls += 1
            failed += not ask(port, b"/small").startswith(b"HTTP/1.1 200")
            if process.poll() is not None:
                return "none: it ends"
            time.sleep(0.01)
    return f"{failed} of {calls} lost"


def measure(server: Server, work: Path) -> dict[str, str]:
    """Return the cells of a server's line."""
    cells: dict[str, str] = {}
    with serving(server, work, tls=False) as (port, process):
        rate(port, "/small", seconds=1)
        per_second, cpu = small_answers(port, process.pid)
        cells["700 bytes/s"] = f"{per_second:,.0f}"
        cells["CPU us"] = f"{cpu:.0f}"
        cells["3 MB/s"] = f"{rate(port, '/large'):,.0f}"
        cells["beside 60 halves/s"] = f"{beside_halves(port):,.0f}"
    if server.tls:
        with serving(server, work, tls=True) as (port, _):
            cells["TLS/s"] = f"{rate(port, '/small', tls=True):,.0f}"
        cells["reload"] = reload(server, work)
        cells["stop"] = stop(server, work)
    return cells


COLUMNS = ["700 bytes/s", "CPU us", "TLS/s", "3 MB/s", "beside 60 halves/s", "reload", "stop"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--also", action="append", default=[], metavar="NAME=PYTHON")
    given = parser.parse_args()
    servers = [*SERVERS[:-1], Server("ours", "httptools", ours(sys.executable)), SERVERS[-1]]
    for word in given.also:
        name, _, python = word.partition("=")
        servers.insert(-2, Server(name, "httptools", ours(python)))
    print("| server | " + " | ".join(COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|", flush=True)
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as folder:
        certificate(Path(folder))
        for server in servers:
            try:
                found = version(server.needs)
            except PackageNotFoundError:
                print(f"{server.needs} is not installed", file=sys.stderr)
                continue
            label = server.name if server.needs == "httptools" else f"{server.name} {found}"
            cells = measure(server, Path(folder))
            print(f"| {label} | " + " | ".join(cells.get(column, "-") for column in COLUMNS) + " |", flush=True)


if __name__ == "__main__":
    os.chdir(HERE)
    try:
        main()
    except Missing as missing:
        sys.exit(str(missing))
