"""Calls over the literal face: values in both directions, faults, and hostile requests."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from apnscp.core.registry import REGISTRY
from apnscp.server.soap.literal import method_of
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import WireError
from apnscp.wire.soap.kinds import Rows, Shape, Shaped
from apnscp.wire.soap.literal.schema import BOOLEAN, DOUBLE, LIST, LONG, MAP, STRING, VALUE, Field
from apnscp.wire.soap.literal.writing import write
from tests.server.soap.literal_calls import body_of, element, enveloped, fault, request, send

PREFERENCES: dict[str, Any] = {
    "text": "Größe <€> & \"1\" ]]>", "empty": "", "lines": "a\r\n\tb", "whole": -5, "large": 2**63 - 1, "part": 0.1,
    "yes": True, "no": False, "nothing": None, "none": [], "list": [1, "1", None, [True]], "7": {"a": {"b": []}},
}  # fmt: skip
CHOICES = "<string>, <int>, <double>, <boolean>, <null>, <list> and <map>"


def opts(content: str) -> bytes:
    """Write admin:edit-site with these options."""
    return body_of(method_of(REGISTRY.find("admin:edit-site")), f"<m:site>a.com</m:site><m:opts>{content}</m:opts>")


def test_values_of_every_kind_come_back_as_they_went(panel: EmulatedPanel) -> None:
    assert element(send(panel, request("common:save-preferences", PREFERENCES)))[0].text == "true"
    expected = {int(key) if key == "7" else key: value for key, value in PREFERENCES.items()}
    assert panel.call("common:load-preferences") == expected
    answer = send(panel, request("common:load-preferences"))
    assert b"<entry><key>large</key><value><int>9223372036854775807</int></value></entry>" in answer.body
    assert b'<entry><key>nothing</key><value xsi:nil="true"/></entry>' in answer.body
    assert b"<entry><key>7</key><value><map><entry><key>a</key>" in answer.body
    assert b"<string>a&#13;\n\tb</string>" in answer.body


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        (VALUE, 2**64, "<double>1.8446744073709552e+19</double>"),
        (VALUE, float("inf"), "<double>INF</double>"),
        (VALUE, float("-inf"), "<double>-INF</double>"),
        (VALUE, float("nan"), "<double>NaN</double>"),
        (VALUE, 10**400, "<double>INF</double>"),
        (VALUE, b"\xe4", "<string>ä</string>"),
        (VALUE, "a\x00b", "<string>a\ufffdb</string>"),
        (VALUE, {0: "a", 1: "b"}, "<list><item><string>a</string></item><item><string>b</string></item></list>"),
        (VALUE, Rows(iter([])), "<list></list>"),
        (VALUE, Rows([("a", 1)]), "<map><entry><key>a</key><value><int>1</int></value></entry></map>"),
        (VALUE, Shaped(Shape({"a": 0}), [1]), "<map><entry><key>a</key><value><int>1</int></value></entry></map>"),
        (LIST, {5: "a"}, "<item><string>a</string></item>"),
        (MAP, ["a"], "<entry><key>0</key><value><string>a</string></value></entry>"),
        (MAP, [], ""),
        (MAP, Rows([(1, None)]), '<entry><key>1</key><value xsi:nil="true"/></entry>'),
        (STRING, True, "1"),
        (STRING, 3.0, "3"),
        (LONG, 3.0, "3"),
        (LONG, True, "1"),
        (DOUBLE, 1, "1.0"),
        (BOOLEAN, 0, "false"),
    ],
)
def test_a_result_is_written_by_its_kind(kind: str, value: Any, written: str) -> None:
    assert write(Field("result", kind), value, "m") == f"<m:result>{written}</m:result>"


@pytest.mark.parametrize(
    ("kind", "value"), [(LIST, "a"), (MAP, 1), (STRING, [1]), (LONG, "5"), (LONG, 2**63), (DOUBLE, "x"), (BOOLEAN, [])]
)
def test_a_result_of_another_kind_is_an_error_that_names_both(kind: str, value: Any) -> None:
    with pytest.raises(WireError, match=f"answered a value of type {type(value).__name__} where .* has {kind}"):
        write(Field("result", kind), value, "m")


def test_values_are_read_and_written_to_eighty_levels(panel: EmulatedPanel) -> None:
    value: Any = "x"
    for _ in range(79):
        value = {"a": value}
    assert element(send(panel, request("common:save-preferences", {"deep": value})))[0].text == "true"
    assert send(panel, request("common:load-preferences")).status == 200
    with pytest.raises(WireError, match="nested more than 80 levels"):
        write(Field("result", VALUE), {"a": {"b": value}}, "m")
    deep = "<list><item>" * 81 + "</item></list>" * 81
    assert fault(send(panel, opts(deep)))[2] == "Bad Request: parameter `opts' is nested more than 80 levels deep"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<string>a</string><int>1</int>", "has 2 elements where a Value has one"),
        ("<item>a</item>", f"has <item> where a Value has one of {CHOICES}"),
        ("plain", f"has text in <opts>; put it into one of {CHOICES}"),
        ("<int>1.5</int>", "has an <int> that is not a whole number of 64 bits"),
        ("<int>9223372036854775808</int>", "has an <int> that is not a whole number of 64 bits"),
        (f"<int>{'9' * 5000}</int>", "has an <int> that is not a whole number of 64 bits"),
        ("<int/>", "has an <int> that is not a whole number of 64 bits"),
        ("<double>many</double>", "has a <double> that is not a number"),
        ("<boolean>yes</boolean>", "has a <boolean> that is not one of true, false, 1 and 0"),
        ("<null>x</null>", "has a <null> with content"),
        ("<string><b/></string>", "has elements in <string> where text belongs"),
        ("<list><entry/></list>", "has <entry> where <item> belongs"),
        ("<map><item/></map>", "has <item> where <entry> belongs"),
        ("<map><entry><value/></entry></map>", "has an <entry> without <key>"),
        ("<map>a<entry/></map>", f"has text in <map>; put it into one of {CHOICES}"),
        ('<list><item href="#a"/></list>', "has a reference (href), which belongs to the encoding of /soap"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_follow_the_schema_is_a_fault_that_says_how(
    panel: EmulatedPanel, content: str, text: str
) -> None:
    assert fault(send(panel, opts(content))) == (500, "SOAP-ENV:Client", f"Bad Request: parameter `opts' {text}")


def test_null_is_said_in_three_ways(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice", {})
    everything = panel.call("admin:collect", None, None, ["a.com"])
    for content in ("<m:params><null/></m:params>", "<m:params/>", '<m:params xsi:nil="1"/>'):
        body = body_of(method_of(REGISTRY.find("admin:collect")), content)
        answer = send(panel, body)
        for service in everything["a.com"]:
            assert f"<key>{service}</key>".encode() in answer.body


def test_fields_are_found_in_any_order_and_spelling_and_others_are_ignored(panel: EmulatedPanel) -> None:
    method = method_of(REGISTRY.find("rampart:is-banned"))
    body = body_of(method, "<m:JAIL>sshd</m:JAIL><m:more>1</m:more><m:ip>203.0.113.7</m:ip>")
    assert element(send(panel, body))[0].text == "false"
    refused = send(panel, body, {"Surplus-Arguments": "refuse"})
    assert fault(refused)[1:] == ("SOAP-ENV:Client", "Too many arguments: rampart:is-banned takes 2, not 3")


def test_a_repeated_field_is_a_variadic_parameter(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "cp.config", "anvil", "limit", 7)
    assert element(send(panel, request("scope:get", "cp.config", "anvil", "limit")))[0][0].text == "7"


def test_methods_named_like_words_of_java_are_called_with_their_module(panel: EmulatedPanel) -> None:
    imported = request("dns:import", "a.com", "ns.a.com")
    assert b"<m:dns-import " in imported
    assert fault(send(panel, imported))[2] == "Procedure 'dns_import' not present"
    asked = request("admin:get-meta-from-domain", "a.com", "siteinfo", "email")
    assert b"<m:class_>email</m:class_>" in asked
    panel.call("admin:add-site", "a.com", "alice", {"siteinfo.email": "a@a.com"})
    assert element(send(panel, asked))[0][0].text == "a@a.com"


def test_messages_of_a_refused_call_travel_in_the_header(panel: EmulatedPanel) -> None:
    reply = send(panel, request("rampart:ban", "203.0.113.7", "nosuch"))
    assert element(reply)[0].text == "false"
    assert b'severity="error">Unknown jail `nosuch\'; rampart:get-jails lists them</m:message>' in reply.body
    assert b"encodingStyle" not in reply.body


def test_every_fault_is_status_500(panel: EmulatedPanel) -> None:
    whoami = request("common:whoami")
    strange = panel.request("POST", "/soap/literal", whoami, {"Auth-Key": "nobody's"})
    assert fault(strange)[:2] == (500, "SOAP-ENV:Client")
    listed = fault(send(panel, request("admin:activate-license", "x")))
    assert listed[:2] == (500, "SOAP-ENV:Server.NotEmulated")
    unknown = fault(send(panel, enveloped('<no-such xmlns="urn:net.apnscp.api:admin"/>')))
    assert unknown == (500, "SOAP-ENV:Server", "Procedure 'no-such' not present")
    missing = fault(send(panel, body_of(method_of(REGISTRY.find("admin:edit-site")), "")))
    assert missing == (500, "SOAP-ENV:Client", "Missing parameter `site'")


def test_soap_12_is_another_version_here(panel: EmulatedPanel) -> None:
    body = request("common:whoami").replace(
        b"http://schemas.xmlsoap.org/soap/envelope/", b"http://www.w3.org/2003/05/soap-envelope"
    )
    reply = send(panel, body, content_type="application/soap+xml")
    assert fault(reply)[1:] == (
        "SOAP-ENV:VersionMismatch", "Wrong Version: this address speaks SOAP 1.1; /soap speaks 1.2 as well",
    )  # fmt: skip


def test_a_header_block_that_must_be_understood_is_not(panel: EmulatedPanel) -> None:
    header = '<e:Header><a xmlns="urn:x" e:mustUnderstand="1"/></e:Header>'
    body = enveloped('<whoami xmlns="urn:net.apnscp.api:common"/>', header)
    assert fault(send(panel, body))[1:] == ("SOAP-ENV:MustUnderstand", "Header not understood")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "Bad Request"),
        (
            b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + enveloped("<a>&e;</a>"),
            "DTD are not supported by SOAP",
        ),
        (enveloped(""), 'looks like we got "Body" without function call'),
        (opts("<list>" + "<item/>" * 100_000 + "</list>"), "Bad Request: the document has too many elements"),
        (opts("<list><item>" * 130 + "</item></list>" * 130), "Bad Request"),
    ],
    ids=["nothing", "dtd", "empty body", "elements", "nesting"],
)
def test_a_hostile_request_is_a_fault(panel: EmulatedPanel, body: bytes, text: str) -> None:
    assert fault(send(panel, body))[2] == text


def test_a_compressed_request_is_unpacked_within_the_limit_of_bodies(panel: EmulatedPanel) -> None:
    packed = gzip.compress(request("common:whoami"))
    assert element(send(panel, packed, {"Content-Encoding": "gzip"}))[0].text == "admin"
    bomb = gzip.compress(b" " * (panel.app._body_limit + 1))
    assert "The request body is larger than" in fault(send(panel, bomb, {"Content-Encoding": "gzip"}))[2]


def test_a_get_is_told_to_post(panel: EmulatedPanel) -> None:
    reply = panel.request("GET", "/soap/literal")
    assert (reply.status, reply.headers["allow"]) == (405, "GET, POST")


def test_a_short_read_may_run_in_the_event_loop_and_a_write_may_not(panel: EmulatedPanel) -> None:
    assert panel.app.in_loop("POST", "/soap/literal", {}, request("common:whoami"))
    assert not panel.app.in_loop("POST", "/soap/literal", {}, request("common:save-preferences", {}))


def test_a_call_is_in_the_journal_like_any_other(panel: EmulatedPanel) -> None:
    send(panel, request("admin:get-site-id-from-domain", "journal.test"))
    (call,) = panel.calls("admin:get-site-id-from-domain")
    assert call.arguments == ("journal.test",)
