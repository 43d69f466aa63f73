"""A request that was read before takes a short way, and nothing in its answer tells which way it took."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.core.registry import REGISTRY
from apnscp.server.soap.known_requests import MOST, KnownRequests
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.soap import envelope

WHOAMI = envelope.request("common_whoami", [])
FIND = envelope.request("admin_get_site_id_from_domain", [("domain", "a.com")])
SOAP_12 = WHOAMI.replace(
    b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope"
).replace(b'SOAP-ENV:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"', b"")
HEADED = WHOAMI.replace(b"<SOAP-ENV:Body>", b"<SOAP-ENV:Header><a/></SOAP-ENV:Header><SOAP-ENV:Body>")
MUST = HEADED.replace(b"<a/>", b'<a SOAP-ENV:mustUnderstand="1"/>')
NEVER_KNOWN = {
    "SOAP 1.2": SOAP_12,
    "a header": HEADED,
    "a header that must be understood": MUST,
    "a write": envelope.request("admin_edit_site", [("a", "a.com"), ("b", {"billing.invoice": "I-2"})]),
    "a long read": envelope.request("admin_get_domains", []).replace(b"admin_get_domains", b"admin_collect"),
    "an array": envelope.request("admin_collect", [("a", ["siteinfo.domain"])]),
    "an unknown method": envelope.request("common_nothing", []),
    "no envelope": b"<a/>",
    "no XML": b"common_whoami",
    "a document type": b"<!DOCTYPE a>" + WHOAMI,
    "an empty Body": WHOAMI.replace(b"<ns1:common_whoami/>", b""),
    "more bytes than are remembered": WHOAMI + b" " * 3_000,
}
KNOWN = {
    "no arguments": WHOAMI,
    "an argument": FIND,
    "a surplus argument": envelope.request("common_whoami", [("a", "b")]),
    "a missing argument": envelope.request("admin_get_address_from_domain", []),
    "nil": envelope.request("admin_get_site_id_from_domain", [("domain", None)]),
    "another spelling": WHOAMI.replace(b"common_whoami", b"Common_WhoAmI"),
    "a comment": WHOAMI.replace(b"<SOAP-ENV:Body>", b"<SOAP-ENV:Body><!-- a -->"),
    "a refusal": envelope.request("auth_inactive_reason", [("a", 7)]),
    "a byte order mark": b"\xef\xbb\xbf" + WHOAMI,
}


@pytest.fixture
def fresh(panel: EmulatedPanel) -> EmulatedPanel:
    """Give a panel with a standing clock, and a server that knows no request."""
    panel.clock.freeze(1_700_000_000)
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1"})
    _known(panel)._known.clear()
    return panel


def _known(panel: EmulatedPanel) -> KnownRequests:
    return panel.app._soap._known


def answers(panel: EmulatedPanel, body: bytes, **options: Any) -> list[Any]:
    """Send a request three times; the first one takes the long way."""
    key = options.pop("key", panel.key)
    return [panel.request("POST", f"/soap?authkey={key}", body, **options) for _ in range(3)]


def is_known(panel: EmulatedPanel, body: bytes) -> bool:
    return _known(panel).find(body, "text/xml; charset=utf-8") is not None


@pytest.mark.parametrize("name", KNOWN)
def test_both_ways_answer_with_the_same_bytes(fresh: EmulatedPanel, name: str) -> None:
    first, *later = answers(fresh, KNOWN[name])
    assert later == [first, first]


@pytest.mark.parametrize("name", ["no arguments", "an argument", "another spelling", "a comment", "a byte order mark"])
def test_a_plain_request_is_known_once_it_was_read(fresh: EmulatedPanel, name: str) -> None:
    assert not is_known(fresh, KNOWN[name])
    answers(fresh, KNOWN[name])
    assert is_known(fresh, KNOWN[name])


@pytest.mark.parametrize("name", NEVER_KNOWN)
def test_what_is_not_plain_takes_the_long_way_each_time(fresh: EmulatedPanel, name: str) -> None:
    first, *later = answers(fresh, NEVER_KNOWN[name])
    assert later == [first, first]
    assert not is_known(fresh, NEVER_KNOWN[name])


def test_every_method_answers_the_same_both_ways(fresh: EmulatedPanel) -> None:
    for command in REGISTRY:
        if command.mode == "read" and command.name not in CHANGING:
            body = envelope.request(command.name, [])
            first, *later = answers(fresh, body, headers={"Abort-On": "error"})
            assert later == [first, first], command.name


CHANGING = {"auth_totp_code", "common_get_uptime", "common_get_load"}
"""Methods whose answer is another one each time."""


def test_a_known_request_is_refused_to_others_in_the_same_words(fresh: EmulatedPanel) -> None:
    key = fresh.call("auth:create-api-key", session=fresh.call("admin:hijack", "a.com"))
    cases: list[dict[str, Any]] = [
        {"key": ""}, {"key": "ab" * 32}, {"key": key}, {"key": "", "headers": {"Cookie": "esprit_id=" + "a" * 32}},
    ]  # fmt: skip
    unread = []
    for case in cases:
        _known(fresh)._known.clear()
        unread.append(fresh.request("POST", f"/soap?authkey={case['key']}", FIND, case.get("headers")))
    _known(fresh)._known.clear()
    assert fresh.request("POST", f"/soap?authkey={fresh.key}", FIND).status == 200
    assert is_known(fresh, FIND)
    known = [fresh.request("POST", f"/soap?authkey={case['key']}", FIND, case.get("headers")) for case in cases]
    assert known == unread
    assert [reply.status for reply in known] == [401, 401, 500, 401]


def test_surplus_arguments_are_refused_however_often_they_were_read(fresh: EmulatedPanel) -> None:
    body = KNOWN["a surplus argument"]
    assert fresh.request("POST", f"/soap?authkey={fresh.key}", body).status == 200
    refused = answers(fresh, body, headers={"Surplus-Arguments": "refuse"})
    assert [b"Too many arguments" in reply.body for reply in refused] == [True, True, True]


def test_the_same_bytes_in_another_charset_are_read_anew(fresh: EmulatedPanel) -> None:
    body = envelope.request("admin_get_site_id_from_domain", [("domain", "\u00e4.com")])
    answers(fresh, body)
    assert _known(fresh).find(body, "text/xml; charset=utf-8") is not None
    assert _known(fresh).find(body, "text/xml; charset=iso-8859-1") is None


def test_what_holds_a_secret_is_not_remembered(fresh: EmulatedPanel) -> None:
    secretive = [
        command for command in REGISTRY
        if command.mode == "read" and any(parameter.type.secret for parameter in command.parameters)
    ]  # fmt: skip
    assert secretive
    for command in secretive:
        body = envelope.request(command.name, [(parameter.name, "x") for parameter in command.parameters])
        answers(fresh, body)
        assert not is_known(fresh, body)


def test_the_requests_that_are_remembered_are_few(fresh: EmulatedPanel) -> None:
    for number in range(MOST + 1):
        body = envelope.request("admin_get_site_id_from_domain", [("domain", f"s{number}.com")])
        fresh.request("POST", f"/soap?authkey={fresh.key}", body)
    assert len(_known(fresh)._known) == 1
    assert is_known(fresh, body)
