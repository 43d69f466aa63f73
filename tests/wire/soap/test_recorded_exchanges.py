"""Every exchange recorded from PHP's client and server: the values they hold, and the same bytes back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap import envelope
from apnscp.wire.soap.request import Request

HERE = Path(__file__).parent / "recorded"
NAMES = sorted(path.name.removesuffix(".req.xml") for path in HERE.glob("*.req.xml"))

ARGUMENTS: dict[str, list[Any]] = {
    "add_site": [
        "example.com",
        "bob",
        {"siteinfo.enabled": 1, "siteinfo.plan": "basic", "auth.tpasswd": "x & <y>"},
        None,
    ],
    "args_extra": [1, 2, 3, 4],
    "args_null_mid": [1, None, 3],
    "biglist": [3],
    "bool_false": [],
    "delete_mixed": [None, {"since": "30 days ago", 0: "dry-run"}],
    "echo_amp_lt": ["a & b < c > d \"q\" 's'"],
    "echo_assoc": [{"k": "v", "n": 1, "b": True, "z": None}],
    "echo_bigint": [9007199254740993],
    "echo_bools": [[True, False]],
    "echo_crlf": ["a\r\nb"],
    "echo_dict_empty_list": [{"x": []}],
    "echo_empty": [[]],
    "echo_float": [1.5],
    "echo_float_int": [3.0],
    "echo_list": [["a", "b"]],
    "echo_list_mixed": [[1, "b", True, None, 2.5]],
    "echo_list_nulls": [[None, None]],
    "echo_list_of_dicts": [[{"a": 1}, {"a": 2}]],
    "echo_list_of_lists": [[[1, 2], [3]]],
    "echo_mixed_keys": [{"since": "30 days ago", 0: "dry-run"}],
    "echo_nested": [{"a": {"b": {"c": [1, 2, {"d": "e"}]}}}],
    "echo_numkey_str": [{12: "x"}],
    "echo_utf8": ["Grüße ✓ 漢字 😀"],
    "edit_blesta": ["example.com", {"siteinfo.plan": "x", 0: {"reset": True}}, None],
    "edit_site": ["example.com", {"siteinfo.plan": "x"}, {"reset": True}],
    "fault": ['Bad thing: "é" & <x>'],
    "fewer_args": [["siteinfo"], None, None],
    "list_result": [],
    "noargs": [],
    "null_result": [],
    "nulls": [["siteinfo"], None, ["example.com"]],
    "quota": [],
}
_COLLECTED = {
    "example.com": {"siteinfo": {"enabled": 1, "plan": "basic"}, "active": True, "domain": "example.com", "args": 3}
}
ANSWERS: dict[str, Any] = {
    "add_site": True,
    "args_extra": [1, 2, 3],
    "args_null_mid": [1, None, 3],
    "biglist": [
        {"name": "s0", "id": 0, "ok": True},
        {"name": "s1", "id": 1, "ok": False},
        {"name": "s2", "id": 2, "ok": True},
    ],
    "bool_false": False,
    "delete_mixed": True,
    "edit_blesta": True,
    "edit_site": True,
    "fewer_args": _COLLECTED,
    "list_result": ["basic", "premium"],
    "noargs": "admin",
    "null_result": None,
    "nulls": _COLLECTED,
    "quota": {"qused": 1024, "qhard": 2048.5, "none": None, "empty": []},
}


def _body(document: bytes) -> bytes:
    found = re.search(rb"<SOAP-ENV:Body>.*</SOAP-ENV:Body>", document, re.DOTALL)
    assert found
    return found[0]


def _parts(request: Request) -> list[str]:
    return [str(child.tag) for child in request.element]


def test_every_recorded_exchange_has_its_expected_values() -> None:
    assert set(NAMES) == set(ARGUMENTS)
    answered = {name for name in NAMES if not name.startswith("echo_") and name != "fault"}
    assert answered == set(ANSWERS)


@pytest.mark.parametrize("name", NAMES)
def test_recorded_request_gives_the_values_that_were_sent(name: str, recorded: Path) -> None:
    request = envelope.parse((recorded / f"{name}.req.xml").read_bytes(), "text/xml; charset=utf-8")
    values = request.parts(_parts(request))
    assert repr(values) == repr(ARGUMENTS[name])


@pytest.mark.parametrize("name", NAMES)
def test_recorded_request_is_written_with_the_same_bytes(name: str, recorded: Path) -> None:
    document = (recorded / f"{name}.req.xml").read_bytes()
    request = envelope.parse(document)
    parts = _parts(request)
    written = envelope.request(request.operation, list(zip(parts, ARGUMENTS[name], strict=True)))
    assert _body(written) == _body(document)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "fault"])
def test_recorded_answer_is_read_and_written_with_the_same_bytes(name: str, recorded: Path) -> None:
    document = (recorded / f"{name}.res.xml").read_bytes()
    value = ANSWERS[name] if name in ANSWERS else ARGUMENTS[name][0]
    assert repr(envelope.read_response(document).value) == repr(value)
    operation = re.search(rb"<ns1:(\w+)Response", document)
    assert operation
    assert _body(envelope.response(operation[1].decode(), value)) == _body(document)


def test_recorded_fault_is_read_and_written_with_the_same_bytes(recorded: Path) -> None:
    document = (recorded / "fault.res.xml").read_bytes()
    assert envelope.fault("Server", 'Bad thing: "é" & <x>') == document
    with pytest.raises(FaultReceived) as received:
        envelope.read_response(document)
    assert (received.value.code, received.value.text) == ("Server", 'Bad thing: "é" & <x>')
