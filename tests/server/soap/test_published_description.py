"""The description as it is served: in part, compressed, and not twice."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import zeep

from apnscp.server.soap.published import has, takes_gzip
from apnscp.server.testing import EmulatedPanel

ADDRESS = "/apnscp.wsdl"


def modules(body: bytes) -> set[bytes]:
    return set(re.findall(rb'<soap:operation soapAction="urn:net.apnscp.soap#([a-z]+)_', body))


def test_a_client_that_takes_gzip_gets_the_same_compressed(panel: EmulatedPanel) -> None:
    plain = panel.request("GET", ADDRESS)
    packed = panel.request("GET", ADDRESS, headers={"Accept-Encoding": "gzip, deflate"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 10
    assert packed.headers["content-length"] == str(len(packed.body))
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding, Host"


def test_each_address_has_its_own_compressed_description(panel: EmulatedPanel) -> None:
    for host in ("panel.example:2082", "127.0.0.1:9", "panel.example:2082"):
        packed = panel.request("GET", ADDRESS, headers={"Host": host, "Accept-Encoding": "gzip"}).body
        assert f'<soap:address location="http://{host}/soap"/>'.encode() in gzip.decompress(packed)


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [("gzip", True), ("deflate, GZIP;q=0.5", True), ("x-gzip", True), ("*", True), ("", False), ("identity", False),
     ("gzip;q=0", False), ("gzip; q=0.0, *", False), ("*;q=0", False), ("br", False), ("gzip;q=x", False)],
)  # fmt: skip
def test_what_the_client_takes_is_read_with_its_weights(accepted: str, taken: bool) -> None:
    assert takes_gzip(accepted) is taken


def test_a_client_that_has_it_is_told_so(panel: EmulatedPanel) -> None:
    tag = panel.request("GET", ADDRESS).headers["etag"]
    assert panel.request("GET", ADDRESS, headers={"Accept-Encoding": "gzip"}).headers["etag"] == tag
    for condition in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = panel.request("GET", ADDRESS, headers={"If-None-Match": condition})
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert "content-type" not in again.headers
    assert panel.request("GET", ADDRESS, headers={"If-None-Match": '"other"'}).status == 200
    assert panel.request("GET", ADDRESS, headers={"If-None-Match": tag, "Host": "other"}).status == 200
    assert not has("", tag)


def test_a_query_picks_modules(panel: EmulatedPanel) -> None:
    for query in ("?modules=admin,auth", "?modules=admin&modules=auth", "?Modules=Auth,%20admin,"):
        assert modules(panel.request("GET", ADDRESS + query).body) == {b"admin", b"auth"}
    part = panel.request("GET", "/soap?wsdl&modules=telemetry")
    assert modules(part.body) == {b"telemetry"}
    assert part.headers["etag"] != panel.request("GET", ADDRESS).headers["etag"]
    assert len(modules(panel.request("GET", f"{ADDRESS}?modules=").body)) == 63


def test_a_module_that_there_is_not_is_an_error_that_lists_them(panel: EmulatedPanel) -> None:
    refused = panel.request("GET", f"{ADDRESS}?modules=admin,admni")
    assert (refused.status, refused.headers["content-type"]) == (400, "text/plain")
    assert refused.body.startswith(b"Unknown module `admni'; there are admin, aliases, argos, auth,")
    assert "retry-after" not in refused.headers


def test_any_key_of_the_query_leaves_the_description_whole(panel: EmulatedPanel) -> None:
    assert panel.request("GET", f"{ADDRESS}?authkey=x").body == panel.request("GET", ADDRESS).body


def test_php_calls_by_a_part(need: Callable[[str], str], panel: EmulatedPanel, tmp_path: Path) -> None:
    path = tmp_path / "part.wsdl"
    path.write_bytes(panel.request("GET", f"{ADDRESS}?modules=common").body)
    script = (
        "$c = new SoapClient($argv[1], ['cache_wsdl' => 0]); echo count(preg_grep('/common_/', $c->__getFunctions()))"
        " === count($c->__getFunctions()) ? 'only common' : 'more';"
    )
    done = subprocess.run([need("php"), "-r", script, str(path)], capture_output=True, text=True, check=True)
    assert done.stdout == "only common"


def test_zeep_loads_the_whole_description(panel: EmulatedPanel, tmp_path: Path) -> None:
    path = tmp_path / "full.wsdl"
    path.write_bytes(panel.request("GET", ADDRESS).body)
    operations = zeep.Client(str(path)).service._binding._operations  # type: ignore[no-untyped-call]
    assert len(operations) == len(re.findall(rb"<soap:operation ", path.read_bytes()))
    assert operations["telemetry_range"].input.signature() == (
        "attr: None, begin: xsd:int, end: xsd:int, siteid: xsd:int, sum: xsd:boolean"
    )
