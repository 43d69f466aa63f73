"""Documents made to read files, to call out or to eat memory, over HTTP, with a key and without one."""

from __future__ import annotations

from pathlib import Path

import pytest

from apnscp.server.testing import EmulatedPanel
from tests.growth import LINEAR, growth

HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SOAP = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
TYPES = (
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
    'xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" xmlns:m="http://xml.apache.org/xml-soap"'
)


def envelope(value: str, prefix: str = "", method: str = "admin_get_plan") -> str:
    body = f"<{method}><name>{value}</name></{method}>"
    return f"{HEAD}{prefix}<e:Envelope {SOAP} {TYPES}><e:Body>{body}</e:Body></e:Envelope>"


def laughs(depth: int) -> str:
    lines = ['<!ENTITY a0 "ha">'] + [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, depth)]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


ATTACKS = {
    "external entity": lambda file: envelope("&x;", f'<!DOCTYPE x [<!ENTITY x SYSTEM "file://{file}">]>'),
    "entity over the network": lambda file: envelope("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>'),
    "external definition": lambda file: envelope("x", f'<!DOCTYPE x SYSTEM "file://{file}">'),
    "parameter entity": lambda file: envelope("x", f'<!DOCTYPE x [<!ENTITY % x SYSTEM "file://{file}"> %x;]>'),
    "billion laughs": lambda file: envelope("&a9;", laughs(10)),
    "quadratic growth": lambda file: envelope("&a;" * 20_000, f'<!DOCTYPE x [<!ENTITY a "{"x" * 20_000}">]>'),
    "inclusion": lambda file: envelope(
        f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file://{file}" parse="text"/>'
    ),
    "style sheet": lambda file: envelope("x", f'<?xml-stylesheet href="file://{file}" type="text/xsl"?>'),
    "deep nesting": lambda file: envelope("<a>" * 60_000 + "</a>" * 60_000),
    "many attributes": lambda file: envelope("<a " + " ".join(f'b{n}="1"' for n in range(60_000)) + "/>"),
    "a reference to itself": lambda file: envelope('<item id="r" href="#r"/>'),
    "a sparse array": lambda file: envelope('<a xsi:type="c:Array" c:arrayType="xsd:string[999999999]"/>'),
    "arrays in arrays": lambda file: envelope(
        '<a xsi:type="c:Array" c:arrayType="xsd:anyType[9]">' * 3_000 + "</a>" * 3_000
    ),
    "not UTF-8": lambda file: envelope("x").replace("UTF-8", "UTF-7"),
    "an unfinished document": lambda file: envelope("x")[:-30],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("top-secret-content")
    return path


@pytest.mark.parametrize("with_key", [True, False], ids=["with a key", "without"])
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_and_shows_nothing(panel: EmulatedPanel, file: Path, name: str, with_key: bool) -> None:
    body = ATTACKS[name](file).encode()
    target = f"/soap?authkey={panel.key}" if with_key else "/soap"
    reply = panel.request("POST", target, body, {"Abort-On": "error"})
    assert reply.status == (500 if with_key else 401)
    assert b"Fault" in reply.body
    assert b"top-secret" not in reply.body
    assert b"Something went wrong" not in reply.body
    assert len(reply.body) < 4_096
    assert panel.call("common:whoami") == "admin"


LARGE = {
    "entities within entities": lambda n: envelope(f"&a{10 * n - 1};", laughs(10 * n)),
    "many entities": lambda n: envelope("&a;" * 20_000 * n, f'<!DOCTYPE x [<!ENTITY a "{"x" * 20_000}">]>'),
    "deep nesting": lambda n: envelope("<a>" * 60_000 * n + "</a>" * 60_000 * n),
    "many attributes": lambda n: envelope("<a " + " ".join(f'b{i}="1"' for i in range(60_000 * n)) + "/>"),
    "arrays in arrays": lambda n: envelope(
        '<a xsi:type="c:Array" c:arrayType="xsd:anyType[9]">' * 3_000 * n + "</a>" * 3_000 * n
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_refusing_an_attack_takes_time_that_grows_with_its_size(panel: EmulatedPanel, name: str) -> None:
    def refuse(body: bytes) -> None:
        assert panel.request("POST", f"/soap?authkey={panel.key}", body).status == 500

    assert growth(refuse, LARGE[name](1).encode(), LARGE[name](2).encode()) < LINEAR


def test_without_a_key_no_document_is_looked_at(panel: EmulatedPanel) -> None:
    texts = {panel.request("POST", "/soap", body).body for body in (b"", b"<x", envelope("&x;").encode(), b"\0" * 999)}
    assert len(texts) == 1
