"""The servers that are measured, each on free ports with files of its own, and the tools to load them."""

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
from pathlib import Path

HERE = Path(__file__).parent
KEY = "5ca1ab1e" * 8
OPERATIONS = int(os.environ.get("APNSCP_BENCH_OPERATIONS", "1000"))


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


def padding() -> int:
    """Return how many methods are missing to OPERATIONS."""
    code = (
        "from apnscp import modules; from apnscp.core.registry import REGISTRY; "
        "modules.load_all(); print(len(REGISTRY))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return max(0, OPERATIONS - int(done.stdout.split()[-1]))


@contextmanager
def emulator(work: Path, workers: int, demo: bool = False) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run our server over HTTP with a padded registry; yield its address and process."""
    port = free_port()
    apnscpd = str(Path(sys.executable).with_name("apnscpd"))
    line = [apnscpd, "serve", "--ephemeral", "--no-tls", "--host", "127.0.0.1", "--port", str(port)]
    line += ["--admin-key", KEY, "--workers", str(workers), "--demo" if demo else "--no-demo"]
    path = os.pathsep.join(filter(None, [str(HERE / "padding"), os.environ.get("PYTHONPATH")]))
    settings = {"PYTHONPATH": path, "APNSCP_BENCH_PADDING": str(padding()), "XDG_STATE_HOME": str(work)}
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


def loader(address: str, seconds: int) -> list[str]:
    """Return the command that loads an address: wrk, or our slower one where it is not installed."""
    if shutil.which("wrk"):
        return ["wrk", "-t2", "-c8", f"-d{seconds}s", "-s", str(HERE / "whoami.lua"), address]
    return [sys.executable, str(HERE / "load.py"), address, str(seconds)]


def calls_per_second(address: str, seconds: int) -> float:
    """Load `address` with common_whoami over 8 connections; refuse to count a run with failures."""
    text = subprocess.run(loader(address, seconds), capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(f"{address} failed under load:\n{text}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if not found:
        raise RuntimeError(f"the load generator printed no rate:\n{text}")
    return float(found[1])


def whoami_envelope() -> bytes:
    """Return the request that every load generator posts."""
    source = (HERE / "whoami.lua").read_text()
    return source[source.index("[[") + 2 : source.index("]]")].encode()


def common_whoami(address: str) -> str:
    """Call common_whoami once and return the text of the answer."""
    request = urllib.request.Request(address, whoami_envelope(), {"Content-Type": "text/xml; charset=utf-8"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        found = re.search(r"<return[^>]*>([^<]*)</return>", answer.read().decode())
    if not found:
        raise RuntimeError(f"{address} gave no answer to common_whoami")
    return found[1]
