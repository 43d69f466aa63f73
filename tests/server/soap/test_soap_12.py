"""Requests in SOAP 1.2 are answered in SOAP 1.2, whatever comes of them; a header that must be understood stops a call."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from apnscp.server.app import App
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.testing import EmulatedPanel
from apnscp.server.testing.emulated import Reply
from apnscp.wire.soap import envelope
from apnscp.wire.soap.version import SOAP_11, SOAP_12, Version

NAMESPACE = "http://www.w3.org/2003/05/soap-envelope"
KIND = "application/soap+xml; charset=utf-8"
SENT = 'application/soap+xml; charset=utf-8; action="urn:net.apnscp.soap#x"'


def enveloped(body: str, header: str = "", version: Version = SOAP_12) -> bytes:
    head = f"<e:Header>{header}</e:Header>" if header else ""
    return f'<e:Envelope xmlns:e="{version.envelope}">{head}<e:Body>{body}</e:Body></e:Envelope>'.encode()


def post(panel: EmulatedPanel, body: bytes, content_type: str = SENT, key: str | None = None, **headers: str) -> Reply:
    target = f"/soap?authkey={panel.key if key is None else key}"
    return panel.request("POST", target, body, headers, content_type=content_type)


def fault(reply: Reply) -> tuple[int, str, str]:
    """Return the HTTP status, and code and text of a fault of SOAP 1.2."""
    assert reply.headers["content-type"] == KIND
    said = reply.body.decode().partition("<env:Value>")[2]
    code, _, rest = said.partition("</env:Value></env:Code><env:Reason><env:Text>")
    return reply.status, code, rest.partition("</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>")[0]


@pytest.mark.parametrize("content_type", [SENT, "text/xml; charset=utf-8", ""])
def test_the_envelope_decides_in_which_version_it_is_answered(panel: EmulatedPanel, content_type: str) -> None:
    reply = post(panel, enveloped("<common_whoami/>"), content_type)
    assert (reply.status, reply.headers["content-type"]) == (200, KIND)
    assert reply.body.startswith(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<env:Envelope xmlns:env="{NAMESPACE}"'.encode()
    )
    assert envelope.read_response(reply.body).value == "admin"
    old = post(panel, enveloped("<common_whoami/>", version=SOAP_11), content_type)
    assert old.headers["content-type"] == "text/xml; charset=utf-8"
    assert b"<SOAP-ENV:Body><ns1:common_whoamiResponse><return " in old.body


def test_messages_travel_in_a_header_of_soap_12(panel: EmulatedPanel) -> None:
    reply = post(panel, enveloped("<rampart_ban><ip>203.0.113.7</ip><jail>nosuch</jail></rampart_ban>"))
    text = "Unknown jail `nosuch'; rampart:get-jails lists them"
    assert f'<m:message severity="error">{text}</m:message></m:messages></env:Header><env:Body>'.encode() in reply.body
    assert envelope.read_response(reply.body) == (False, (("error", text),))


def test_an_unknown_and_a_forbidden_method_read_alike(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com")
    unknown = (500, "rpc:ProcedureNotPresent", "Procedure not present")
    assert fault(post(panel, enveloped("<admin_nothing/>"))) == unknown
    assert fault(post(panel, enveloped("<admin_collect/>"), Cookie=f"esprit_id={session}")) == unknown


def test_a_refusal_is_the_receivers_and_a_wrong_argument_the_senders(panel: EmulatedPanel) -> None:
    ban = enveloped("<rampart_ban><ip>203.0.113.7</ip><jail>nosuch</jail></rampart_ban>")
    text = "Unknown jail `nosuch'; rampart:get-jails lists them"
    assert fault(post(panel, ban, **{"Abort-On": "error"})) == (500, "env:Receiver", text)
    missing = enveloped("<admin_activate_site/>")
    assert fault(post(panel, missing)) == (500, "env:Sender", "Missing parameter `site'")


WRONG_KEY = (401, "env:Sender", "The API key is not valid; apnscpd env prints the administrator's")


@pytest.mark.parametrize(
    ("body", "content_type", "headers"),
    [
        (enveloped("<common_whoami/>"), "text/xml", {}),
        (b"<nonsense", SENT, {}),
        (gzip.compress(enveloped("<common_whoami/>")), SENT, {"Content-Encoding": "gzip"}),
    ],
)
def test_who_may_not_come_in_is_told_so_in_soap_12(
    panel: EmulatedPanel, body: bytes, content_type: str, headers: dict[str, str]
) -> None:
    assert fault(post(panel, body, content_type, "0" * 64, **headers)) == WRONG_KEY


def test_what_cannot_be_read_is_told_in_soap_12(panel: EmulatedPanel) -> None:
    cut = enveloped("<common_whoami/>")[:-9]
    assert fault(post(panel, cut, "text/xml")) == (500, "env:Sender", "Bad Request")
    assert fault(post(panel, b"", SENT)) == (500, "env:Sender", "Bad Request")
    dtd = b"<!DOCTYPE a>" + enveloped("<common_whoami/>")
    assert fault(post(panel, dtd, "text/xml")) == (500, "env:Receiver", "DTD are not supported by SOAP")
    nothing = 'looks like we got "Body" without function call'
    assert fault(post(panel, enveloped(""))) == (500, "env:Sender", nothing)


def test_a_version_that_is_none_is_told_in_soap_11(panel: EmulatedPanel) -> None:
    reply = post(panel, enveloped("<common_whoami/>").replace(NAMESPACE.encode(), b"urn:other"))
    assert (reply.status, reply.headers["content-type"]) == (500, "text/xml; charset=utf-8")
    assert b"<faultcode>SOAP-ENV:VersionMismatch</faultcode><faultstring>Wrong Version</faultstring>" in reply.body


def test_another_http_method_is_refused_in_soap_12(panel: EmulatedPanel) -> None:
    reply = panel.request("PUT", "/soap", content_type=SENT)
    text = "Bad Request: post a SOAP envelope to this address"
    assert fault(reply) == (405, "env:Sender", text)


@pytest.mark.parametrize(("version", "code"), [(SOAP_11, b"SOAP-ENV:Server"), (SOAP_12, b"env:Receiver")])
def test_a_store_that_does_not_answer_is_told_in_the_version_of_the_request(
    panel: EmulatedPanel, version: Version, code: bytes
) -> None:
    nobody_there = replace(panel.app.panel, engine=create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none"))
    app = App(nobody_there, DeferredWriter(nobody_there.engine))
    reply = replace(panel, app=app).request("POST", "/soap?authkey=x", enveloped("<common_whoami/>", version=version))
    assert (reply.status, reply.headers["content-type"]) == (503, version.content_type)
    assert reply.headers["retry-after"] == "5"
    assert b">" + code + b"<" in reply.body
    assert b">The panel's database does not answer; nothing was changed, call again when it is back<" in reply.body


ADD = "<admin_add_site><domain>example.com</domain><admin>bob</admin></admin_add_site>"


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (SOAP_11, b"<faultcode>SOAP-ENV:MustUnderstand</faultcode><faultstring>Header not understood</faultstring>"),
        (
            SOAP_12,
            b"<env:Value>env:MustUnderstand</env:Value></env:Code><env:Reason><env:Text>Header not understood</env:Text>",
        ),
    ],
)
@pytest.mark.parametrize("said_as", ["1", "true"])
def test_nothing_is_done_where_a_header_must_be_understood(
    panel: EmulatedPanel, version: Version, said: bytes, said_as: str
) -> None:
    header = f'<w:Security xmlns:w="urn:x" e:mustUnderstand="{said_as}"/>'
    reply = post(panel, enveloped(ADD, header, version), "text/xml")
    assert (reply.status, reply.headers["content-type"]) == (500, version.content_type)
    assert said in reply.body
    assert panel.call("admin:get-domains") == []


@pytest.mark.parametrize(
    ("version", "attributes"),
    [
        (SOAP_11, 'e:actor="urn:other"'),
        (SOAP_12, 'e:role="urn:other" e:relay="true"'),
        (SOAP_12, f'e:role="{NAMESPACE}/role/none"'),
    ],
)
def test_a_header_for_another_receiver_does_not_matter(panel: EmulatedPanel, version: Version, attributes: str) -> None:
    header = f'<w:Security xmlns:w="urn:x" e:mustUnderstand="1" {attributes}/>'
    reply = post(panel, enveloped(ADD, header, version), "text/xml")
    assert envelope.read_response(reply.body).value is True


def test_who_is_calling_comes_before_what_must_be_understood(panel: EmulatedPanel) -> None:
    body = enveloped(ADD, '<w:Security xmlns:w="urn:x" e:mustUnderstand="1"/>')
    assert fault(post(panel, body, key="0" * 64)) == WRONG_KEY
