"""Bad input of every kind: a fault with a clear sentence, no trace of the inside, and the next request is served."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apnscp.core.registry import REGISTRY
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap import envelope

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
OLD_DRAFT = b"http://www.w3.org/2001/12/soap-envelope"


def enveloped(inner: str) -> bytes:
    return f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{inner}</s:Body></s:Envelope>'.encode()


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
CASES: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "text/xml", "Bad Request"),
    "no xml": (b"key=value", "text/xml", "Bad Request"),
    "cut off": (enveloped("<common_whoami/>")[:-9], "text/xml", "Bad Request"),
    "dtd": (BOMB.encode() + enveloped("<common_whoami>&b;</common_whoami>"), "text/xml", "DTD are not supported by SOAP"),
    "external entity": (
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + enveloped("<common_whoami>&e;</common_whoami>"),
        "text/xml",
        "DTD are not supported by SOAP",
    ),
    "empty body": (enveloped(""), "text/xml", 'looks like we got "Body" without function call'),
    "no body": (f'<s:Envelope xmlns:s="{SOAP}"/>'.encode(), "text/xml", "Body must be present in a SOAP envelope"),
    "no version": (enveloped("<x/>").replace(SOAP.encode(), OLD_DRAFT), "text/xml", "Wrong Version"),
    "siblings": (enveloped("<common_whoami>" + "<a/>" * 100_001 + "</common_whoami>"), "text/xml", ""),
    "nesting": (enveloped("<admin_get_plan>" + "<a>" * 300 + "</a>" * 300 + "</admin_get_plan>"), "text/xml", ""),
    "charset": (enveloped("<common_whoami/>"), "text/xml; charset=klingon-8", "Bad Request"),
    "multipart": (b"--x\r\nContent-Type: text/xml\r\n\r\n--x--", "multipart/related; boundary=x", "Bad Request"),
    "href cycle": (
        enveloped('<admin_collect><params href="#a"/><a id="a"><item href="#a"/></a></admin_collect>'), "text/xml", "",
    ),
    "href bomb": (
        enveloped(
            '<admin_collect><params href="#a0"/></admin_collect>'
            + "".join(f'<m id="a{n}">' + f'<item href="#a{n + 1}"/>' * 10 + "</m>" for n in range(12))
            + '<m id="a12">x</m>'
        ),
        "text/xml", "",
    ),
}  # fmt: skip


@pytest.fixture
def quiet(panel: EmulatedPanel, caplog: pytest.LogCaptureFixture) -> Iterator[EmulatedPanel]:
    """Give a panel and check afterwards that no log line holds a trace or the key, and that it still answers."""
    caplog.set_level(logging.DEBUG)
    yield panel
    assert "Traceback" not in caplog.text
    assert panel.key not in caplog.text
    assert panel.call("auth:session-info")["level"] == 8


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_body_is_a_fault_with_a_sentence(quiet: EmulatedPanel, name: str) -> None:
    body, content_type, expected = CASES[name]
    reply = quiet.request("POST", f"/soap?authkey={quiet.key}", body, content_type=content_type)
    assert reply.status == 500
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"
    with pytest.raises(FaultReceived) as caught:
        envelope.read_response(reply.body)
    assert caught.value.text.startswith(expected)
    assert 3 < len(caught.value.text) < 300
    for inside in ("lxml", "Traceback", "libxml", ".py", "Error:"):
        assert inside not in caught.value.text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: enveloped(text)))
def test_any_bytes_are_answered_by_an_envelope(quiet: EmulatedPanel, body: bytes) -> None:
    reply = quiet.request("POST", f"/soap?authkey={quiet.key}", body)
    try:
        envelope.read_response(reply.body)
    except FaultReceived as fault:
        assert fault.text


ODD: list[Any] = [
    None, True, False, 0, -1, 2**62, 1.5, float("inf"), "", "x", "0", "null", "DEFAULT", "'; DROP TABLE site; --", "%s%n",
    "a" * 5000, "\u202e\u0000\uffff", "../../etc/passwd", [], ["x"], [[["x"]]], {"a": {"b": [1, None]}}, {0: "dry-run"},
    {"siteinfo.plan": []}, {"siteinfo": "x"}, {"": ""},
]  # fmt: skip


def test_every_method_answers_or_refuses_every_odd_value(quiet: EmulatedPanel) -> None:
    quiet.call("admin:add-site", "example.com", "bob")
    session = quiet.call("admin:hijack", "example.com")
    for command in REGISTRY.emulated():
        for value in ODD:
            arguments = [value] * len(command.parameters)
            for who in ({}, {"session": session}):
                try:
                    quiet.call(command.name, *arguments, abort_on="error", **who)
                except FaultReceived as fault:
                    assert "Something went wrong inside" not in fault.text, (command.name, value)
                    assert "Traceback" not in fault.text
        if quiet.call("auth:session-info", session=session)["site_id"] != 1:
            raise AssertionError(f"{command.name} took the session away")
