"""The servers that are measured, each on free ports with files of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from apnscp.wire.soap import envelope

HERE = Path(__file__).parent
KEY = "5ca1ab1e" * 8
APNSCPD = str(Path(sys.executable).with_name("apnscpd"))
OPERATIONS = int(os.environ.get("APNSCP_BENCH_OPERATIONS", "1071"))


class Missing(Exception):
    """A program that a measurement needs is not installed."""


def program(*names: str) -> str:
    """Return the path of the first of `names` that is installed."""
    for name in names:
        found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
        if found:
            return found
    raise Missing(f"{' or '.join(names)} is not installed")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(port: int, process: subprocess.Popen[bytes], seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args} did not listen in {seconds} seconds")


@contextmanager
def running(line: list[str], log: Path, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(line, stdout=output, stderr=output, env=os.environ | environ)
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@cache
def padding() -> int:
    """Return how many methods are missing to OPERATIONS."""
    code = (
        "from apnscp import modules; from apnscp.core.registry import REGISTRY; "
        "modules.load_all(); print(len(REGISTRY))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return max(0, OPERATIONS - int(done.stdout.split()[-1]))


def padded_environ(state: Path) -> dict[str, str]:
    """Return the variables with which our processes have OPERATIONS methods, and their state in a folder."""
    path = os.pathsep.join(filter(None, [str(HERE / "padding"), os.environ.get("PYTHONPATH")]))
    return {"PYTHONPATH": path, "APNSCP_BENCH_PADDING": str(padding()), "XDG_STATE_HOME": str(state)}


@contextmanager
def emulator(
    work: Path, workers: int, demo: bool = False, db: str | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run our server over HTTP with a padded registry; yield its address and process.

    db: where it keeps its store; None for one that ends with it, on SQLite
    """
    port = free_port()
    line = [
        APNSCPD,
        "serve",
        "--no-tls",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        *(["--db", db] if db else ["--ephemeral"]),
    ]
    line += ["--admin-key", KEY, "--workers", str(workers), "--demo" if demo else "--no-demo"]
    settings = padded_environ(work)
    with running(line, work / "emulator.log", **settings) as process:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}", process


def description(base: str, target: Path, address: str) -> int:
    """Save the WSDL of our server with another address in it; return its number of operations."""
    with urllib.request.urlopen(f"{base}/apnscp.wsdl", timeout=30) as answer:
        text = answer.read().decode()
    target.write_text(re.sub(r'(<soap:address location=")[^"]*', rf"\g<1>{address}", text))
    return len(re.findall(r"<soap:operation\b", text))


FPM = """[global]
error_log = {work}/fpm.log
daemonize = no
[www]
{user}
listen = {work}/fpm.sock
pm = static
pm.max_children = 2
php_admin_value[soap.wsdl_cache_enabled] = 1
php_admin_value[soap.wsdl_cache] = {cache}
php_admin_value[soap.wsdl_cache_dir] = {work}
php_admin_value[soap.wsdl_cache_ttl] = 86400
php_admin_value[opcache.enable] = 1
env[BENCH_WSDL] = {wsdl}
"""
NGINX = """{user}
worker_processes 2;
daemon off;
pid {work}/nginx.pid;
error_log {work}/nginx-error.log;
events {{ worker_connections 256; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    server {{
        listen 127.0.0.1:{port};
        location /soap {{
            fastcgi_pass unix:{work}/fpm.sock;
            fastcgi_param SCRIPT_FILENAME {script};
            fastcgi_param REQUEST_METHOD $request_method;
            fastcgi_param CONTENT_TYPE $content_type;
            fastcgi_param CONTENT_LENGTH $content_length;
            fastcgi_param QUERY_STRING $query_string;
            fastcgi_param REQUEST_URI $request_uri;
            fastcgi_param SERVER_PROTOCOL $server_protocol;
        }}
    }}
}}
"""


@contextmanager
def php_fpm(work: Path, wsdl: Path, cache: int) -> Iterator[str]:
    """Run nginx and php-fpm with two workers each and PHP's SoapServer behind them; yield the address.

    cache: where PHP keeps the description: 1 on disk (its default), 2 in the memory of each worker
    """
    work.mkdir(exist_ok=True)
    work.chmod(0o777)
    fpm, nginx = program("php-fpm", "php-fpm8.2", "php-fpm8.3", "php-fpm8.4"), program("nginx")
    port, root = free_port(), os.geteuid() == 0
    (work / "fpm.conf").write_text(
        FPM.format(work=work, wsdl=wsdl, cache=cache, user="user = root\ngroup = root" if root else "")
    )
    script = HERE / "php" / "soap.php"
    user = "user root;" if root else ""
    (work / "nginx.conf").write_text(NGINX.format(work=work, port=port, script=script, user=user))
    fpm_line = [fpm, "--nodaemonize", "--fpm-config", str(work / "fpm.conf"), *(["-R"] if root else [])]
    nginx_line = [nginx, "-p", str(work), "-e", str(work / "nginx-error.log"), "-c", str(work / "nginx.conf")]
    with running(fpm_line, work / "fpm.out"), running(nginx_line, work / "nginx.out") as front:
        wait_for(port, front)
        yield f"http://127.0.0.1:{port}"


NODE = HERE.parent / "tests" / "interop" / "node"
"""Where node-soap is installed for the tests: `npm ci` there brings it."""


@contextmanager
def node_soap(work: Path, wsdl: Path) -> Iterator[str]:
    """Run node-soap with two processes; yield the address."""
    if not (NODE / "node_modules" / "soap").exists():
        raise Missing("node-soap is not installed; `npm ci` in tests/interop/node brings it")
    port = free_port()
    line = [program("node"), str(HERE / "node" / "soap.cjs"), str(wsdl), str(port), str(NODE / "node_modules")]
    with running(line, work / "node.log") as process:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def stock_spyne(work: Path, operations: int) -> Iterator[str]:
    """Run Spyne as it comes under gunicorn with two workers; yield the address."""
    if find_spec("gunicorn") is None:
        raise Missing("gunicorn is not installed; `.venv/bin/pip install gunicorn` brings it")
    port = free_port()
    line = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "gunicorn",
        "-w",
        "2",
        "-b",
        f"127.0.0.1:{port}",
        "stock_spyne:application",
    ]
    environ = {"PYTHONPATH": str(HERE), "BENCH_OPERATIONS": str(operations)}
    with running(line, work / "spyne.log", **environ) as process:
        wait_for(port, process)
        yield f"http://127.0.0.1:{port}"


WHOAMI = envelope.request("common_whoami", [])


def common_whoami(address: str) -> str:
    """Call common_whoami once and return the text of the answer."""
    headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"urn:net.apnscp.soap#common_whoami"'}
    with urllib.request.urlopen(urllib.request.Request(address, WHOAMI, headers), timeout=60) as answer:
        found = re.search(r">(admin)</", answer.read().decode())
    if not found:
        raise RuntimeError(f"{address} gave no answer to common_whoami")
    return found[1]
