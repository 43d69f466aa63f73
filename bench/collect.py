"""Measure admin_collect of 1,000 sites x 5 values, in process, against hand-written XML and PHP's SoapServer."""

from __future__ import annotations

import io
import json
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from found import Found
from lxml import etree
from peers import HERE, KEY, Missing, program

from apnscp.server.app import App, build
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings
from apnscp.wire.soap import envelope

SITES, RUNS = 1000, 15
Row = dict[str, Any]


def measure(quick: bool = False) -> Found:
    """Return the medians in milliseconds of all three, and our ratios to the others."""
    sites, runs = (100, 3) if quick else (SITES, RUNS)
    found = Found()
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name:
        work = Path(name)
        settings = Settings(db=f"sqlite:///{work}/panel.db", admin_key=KEY, tls=False, demo=False, state_dir=work)
        prepare(settings)
        app = build(settings)
        try:
            rows = seed(app, sites)
            request = envelope.request("admin_collect", [("params", []), ("query", []), ("sites", [])])
            ours = median(lambda: post(app, request), runs)
            if envelope.read_response(joined(request, rows)).value != rows:
                raise RuntimeError("the answer by hand says something else")
            by_hand = median(lambda: joined(request, rows), runs)
            found |= {"sites": len(rows), "emulator ms": ours, "by hand ms": by_hand, "to by hand": ours / by_hand}
            try:
                php = through_php(app, work, request, rows, runs)
                found |= {"PHP ms": php, "to PHP": ours / php}
            except Missing as missing:
                found.missing["PHP ms"] = found.missing["to PHP"] = str(missing)
        finally:
            app.close()
    return found


def seed(app: App, sites: int) -> dict[str, Row]:
    """Add the sites and return what admin_collect says of them."""
    for number in range(sites):
        options = {"siteinfo.email": f"owner@site-{number}.test", "billing.invoice": f"INV-{number}"}
        call = envelope.request(
            "admin_add_site", [("domain", f"site-{number}.test"), ("admin", f"adm{number}"), ("opts", options)]
        )
        if envelope.read_response(post(app, call)).value is not True:
            raise RuntimeError(f"site {number} was not added")
    rows: dict[str, Row] = envelope.read_response(post(app, envelope.request("admin_collect", []))).value
    if len(rows) != sites:
        raise RuntimeError(f"{len(rows)} of {sites} sites were collected")
    return rows


class TurnedAway(RuntimeError):
    """A call was answered with 503: the store was busy for too long."""


def post(app: App, body: bytes) -> bytes:
    """Send a request through the WSGI application; raise TurnedAway where it is too busy, RuntimeError for other faults."""
    seen: list[str] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/soap", "SCRIPT_NAME": "", "QUERY_STRING": f"authkey={KEY}",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "2082", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": "text/xml; charset=utf-8", "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "127.0.0.1:2082", "wsgi.version": (1, 0), "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO(), "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    answer = b"".join(app.wsgi(environ, lambda status, headers, exc_info=None: seen.append(status)))
    if seen != ["200 OK"]:
        raise (TurnedAway if seen[0][:3] == "503" else RuntimeError)(f"{seen}: {answer[:400]!r}")
    return answer


def median(call: Callable[[], object], runs: int) -> float:
    """Return the median milliseconds of a call after one to warm up."""
    call()
    return statistics.median(timed(call) for _ in range(runs))


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def joined(request: bytes, rows: dict[str, Row]) -> bytes:
    """Parse the request and join the answer as a person would write it for this one shape."""
    etree.fromstring(request)
    items = "".join(
        f'<item><key xsi:type="xsd:string">{site}</key><value xsi:type="ns2:Map">'
        f'<item><key xsi:type="xsd:string">siteinfo</key><value xsi:type="ns2:Map">'
        f"{pair('email', row['siteinfo']['email'])}{pair('admin_user', row['siteinfo']['admin_user'])}</value></item>"
        f'<item><key xsi:type="xsd:string">aliases</key><value xsi:type="ns2:Map"><item>'
        f'<key xsi:type="xsd:string">aliases</key><value SOAP-ENC:arrayType="xsd:ur-type[0]" '
        f'xsi:type="SOAP-ENC:Array"/></item></value></item>'
        f'<item><key xsi:type="xsd:string">billing</key><value xsi:type="ns2:Map">'
        f"{pair('invoice', row['billing']['invoice'])}"
        f'<item><key xsi:type="xsd:string">parent_invoice</key><value xsi:nil="true"/></item></value></item>'
        f'<item><key xsi:type="xsd:string">active</key><value xsi:type="xsd:boolean">true</value></item>'
        f"{pair('domain', row['domain'])}</value></item>"
        for site, row in rows.items()
    )
    return envelope.response("admin_collect", "").replace(
        b'<return xsi:type="xsd:string"></return>', f'<return xsi:type="ns2:Map">{items}</return>'.encode()
    )


def pair(key: str, value: str) -> str:
    escaped = value.replace("&", "&amp;").replace("<", "&lt;")
    return f'<item><key xsi:type="xsd:string">{key}</key><value xsi:type="xsd:string">{escaped}</value></item>'


def through_php(app: App, work: Path, request: bytes, rows: dict[str, Row], runs: int) -> float:
    """Let PHP's SoapServer answer the same request from the same rows in SQLite."""
    wsdl, database, body = work / "panel.wsdl", work / "rows.sqlite", work / "request.xml"
    wsdl.write_bytes(fetch_description(app))
    body.write_bytes(request)
    with sqlite3.connect(database) as store:
        store.execute("CREATE TABLE sites (id, domain, active, email, admin_user, aliases, invoice, parent)")
        store.executemany("INSERT INTO sites VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [flat(*row) for row in rows.items()])
    store.close()
    cache = ["-d", "soap.wsdl_cache_enabled=1", "-d", "soap.wsdl_cache=2", "-d", "opcache.enable_cli=1"]
    line = [program("php"), *cache, str(HERE / "php" / "collect.php"), str(wsdl), str(database), str(body)]
    done = subprocess.run([*line, str(runs + 1)], capture_output=True, text=True, check=True)
    if not done.stderr.startswith("{"):
        raise RuntimeError(f"PHP printed {done.stderr[:400]}{done.stdout[:400]}")
    seen = json.loads(done.stderr)
    if seen["rows"] != len(rows):
        raise RuntimeError(f"PHP answered {seen['rows']} of {len(rows)} rows")
    return statistics.median(seen["ms"][1:])


def fetch_description(app: App) -> bytes:
    seen: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/apnscp.wsdl", "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "2082", "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:2082", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    answer = b"".join(app.wsgi(environ, lambda status, headers, exc_info=None: seen.append(status)))
    if seen != ["200 OK"]:
        raise RuntimeError(f"no description: {seen}")
    return answer


def flat(site: str, row: Row) -> tuple[Any, ...]:
    siteinfo, billing = row["siteinfo"], row["billing"]
    return (
        int(site.removeprefix("site")), row["domain"], int(row["active"]), siteinfo["email"], siteinfo["admin_user"],
        json.dumps(row["aliases"]["aliases"]), billing["invoice"], billing["parent_invoice"],
    )  # fmt: skip


if __name__ == "__main__":
    measure().print()
