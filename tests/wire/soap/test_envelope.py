"""Envelopes: which body is a request, what PHP's sentences are, answers and faults with messages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from apnscp.wire.errors import FaultReceived, WireError
from apnscp.wire.soap import envelope

Enveloped = Callable[[str], bytes]
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
PLAIN = f'<E:Envelope xmlns:E="{SOAP}"><E:Body><f><v>é€</v></f></E:Body></E:Envelope>'
LATIN = PLAIN.replace("€", "")

FAULTS = [
    (b"", "Client", "Bad Request"),
    (b"not xml", "Client", "Bad Request"),
    (b"<a>", "Client", "Bad Request"),
    (b"\0" * 100, "Client", "Bad Request"),
    (b"\xef\xbb\xbf", "Client", "Bad Request"),
    (PLAIN.encode() + b"<more/>", "Client", "Bad Request"),
    (LATIN.encode("latin-1"), "Client", "Bad Request"),
    (b"<?xml version='1.0' encoding='klingon'?>" + PLAIN.encode(), "Client", "Bad Request"),
    (b"<?xml version='1.0' encoding='punycode'?>" + PLAIN.encode(), "Client", "Bad Request"),
    (PLAIN.replace("é", "&eacute;").encode(), "Client", "Bad Request"),
    (b"<a/>", "VersionMismatch", "Wrong Version"),
    (PLAIN.replace(SOAP, "http://www.w3.org/2001/12/soap-envelope").encode(), "VersionMismatch", "Wrong Version"),
    (b"<Envelope><Body><f/></Body></Envelope>", "VersionMismatch", "Wrong Version"),
    (f'<E:Envelope xmlns:E="{SOAP}"/>'.encode(), "Client", "Body must be present in a SOAP envelope"),
    (
        f'<E:Envelope xmlns:E="{SOAP}"><Body><f/></Body></E:Envelope>'.encode(),
        "Client",
        "Body must be present in a SOAP envelope",
    ),
    (
        f'<E:Envelope xmlns:E="{SOAP}"><E:Body/></E:Envelope>'.encode(),
        "Client",
        'looks like we got "Body" without function call',
    ),
    (
        f'<E:Envelope xmlns:E="{SOAP}"><E:Body>text<!-- x --></E:Body></E:Envelope>'.encode(),
        "Client",
        'looks like we got "Body" without function call',
    ),
    (b"<!DOCTYPE a>" + PLAIN.encode(), "Server", "DTD are not supported by SOAP"),
    (
        b'<?xml version="1.0"?><!-- > --><?x ?>\n<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
        + PLAIN.encode(),
        "Server",
        "DTD are not supported by SOAP",
    ),
    (b"<!DOCTYPE a [<!ENTITY b '" + b"x" * 1000 + b"'>]><a>&b;", "Server", "DTD are not supported by SOAP"),
    (("<!DOCTYPE a>" + PLAIN).encode("utf-16"), "Server", "DTD are not supported by SOAP"),
]


@pytest.mark.parametrize(("body", "code", "text"), FAULTS)
def test_body_that_is_no_request_is_a_fault_in_the_words_of_php(body: bytes, code: str, text: str) -> None:
    with pytest.raises(WireError) as fault:
        envelope.parse(body, "text/xml; charset=utf-8")
    assert (fault.value.fault_code, fault.value.text) == (code, text)


@pytest.mark.parametrize(
    ("body", "content_type", "value"),
    [
        (PLAIN.encode(), None, "é€"),
        (PLAIN.encode(), "text/xml", "é€"),
        (b"\xef\xbb\xbf" + PLAIN.encode(), "text/xml; charset=iso-8859-1", "é€"),
        (PLAIN.encode("utf-16"), "text/xml", "é€"),
        (PLAIN.encode("utf-16-le"), None, "é€"),
        (PLAIN.encode("utf-16-be"), "text/xml; charset=utf-16", "é€"),
        (f'<?xml version="1.0" encoding="UTF-16"?>{PLAIN}'.encode("utf-16"), None, "é€"),
        (f'<?xml version="1.0" encoding="utf-16"?>{PLAIN}'.encode(), "text/xml", "é€"),
        (f'<?xml version="1.0" encoding="ISO-8859-1"?>{LATIN}'.encode("latin-1"), "text/xml; charset=utf-8", "é"),
        (f"<?xml version='1.0' encoding='windows-1252'?>{PLAIN}".encode("cp1252"), None, "é€"),
        (LATIN.encode("latin-1"), 'text/xml; charset="ISO-8859-1"', "é"),
        (PLAIN.encode("cp1252"), "TEXT/XML;CHARSET=windows-1252", "é€"),
    ],
)
def test_encoding_is_taken_from_mark_declaration_or_header(body: bytes, content_type: str | None, value: str) -> None:
    assert envelope.parse(body, content_type).parts(["v"]) == [value]


@pytest.mark.parametrize("charset", ["klingon", "zlib", "punycode", "unicode_escape", "\x00", "utf-7"])
def test_unknown_charset_in_the_header_is_a_bad_request(charset: str) -> None:
    with pytest.raises(WireError, match=r"^Bad Request\Z"):
        envelope.parse(PLAIN.encode(), f"text/xml; charset={charset}")


def test_text_may_speak_of_a_doctype(enveloped: Enveloped) -> None:
    request = envelope.parse(enveloped("<f><v><![CDATA[<!DOCTYPE html>]]></v></f>"))
    assert request.parts(["v"]) == ["<!DOCTYPE html>"]


def test_prefix_without_a_namespace_does_not_matter() -> None:
    request = envelope.parse(
        f'<E:Envelope xmlns:E="{SOAP}"><E:Body><n:f><q:v>1</q:v></n:f></E:Body></E:Envelope>'.encode()
    )
    assert (request.name, request.namespace, request.parts(["v"])) == ("f", "", ["1"])


@pytest.mark.parametrize(
    ("element", "operation"),
    [
        ("<admin_edit_site/>", "admin_edit_site"),
        ('<x:Admin_Edit_Site xmlns:x="urn:anything"/>', "admin_edit_site"),
        ('<admin:edit-site xmlns:admin="urn:net.apnscp.api:admin"/>', "admin_edit_site"),
        ('<edit_site xmlns="URN:net.apnscp.api:ADMIN"/>', "admin_edit_site"),
        ('<n:admin_edit_site xmlns:n="urn:net.apnscp.api"/>', "admin_edit_site"),
    ],
)
def test_operation_is_found_by_the_body_element_in_either_spelling(
    enveloped: Enveloped, element: str, operation: str
) -> None:
    assert envelope.parse(enveloped(element)).operation == operation


def test_header_before_the_body_is_left_alone() -> None:
    header = '<E:Header><x E:mustUnderstand="0"><E:Body/></x></E:Header><E:Body>'
    request = envelope.parse(PLAIN.replace("<E:Body>", header, 1).encode())
    assert (request.name, request.parts(["v"])) == ("f", ["é€"])


def test_first_body_and_first_element_count(enveloped: Enveloped) -> None:
    assert envelope.parse(enveloped("text<f/><g/></SOAP-ENV:Body><SOAP-ENV:Body><h/>")).name == "f"


def test_messages_travel_in_a_header_that_nobody_must_understand() -> None:
    messages = [("warning", 'plan "x" & <y>\r\n'), ("info", "")]
    answer = envelope.response("admin_add_site", True, messages)
    assert b"mustUnderstand" not in answer
    assert envelope.read_response(answer) == (True, tuple(messages))


def test_fault_carries_code_text_messages_and_detail() -> None:
    body = envelope.fault("Client", "No <site> `x'", [("error", "first")], detail="a & b")
    assert b"<detail>a &amp; b</detail>" in body
    with pytest.raises(FaultReceived) as fault:
        envelope.read_response(body)
    assert (fault.value.code, fault.value.text, fault.value.messages) == (
        "Client",
        "No <site> `x'",
        (("error", "first"),),
    )


@pytest.mark.parametrize("text", ["", "  \n"])
def test_fault_text_is_never_empty(text: str) -> None:
    assert b"<faultstring>Internal error</faultstring>" in envelope.fault("Server", text)


@pytest.mark.parametrize("body", [b"", b"<html>502</html>", b"<a", PLAIN.replace("<f><v>é€</v></f>", "").encode()])
def test_answer_that_is_no_soap_is_an_error_for_people(body: bytes) -> None:
    with pytest.raises(WireError, match=r"^The answer "):
        envelope.read_response(body)


@pytest.mark.parametrize("name", ["", "a b", "a<b", "1a", "a:b", "a/>"])
def test_name_that_is_none_cannot_be_written(name: str) -> None:
    with pytest.raises(WireError, match="is no name of an operation or part"):
        envelope.request(name, [])
    with pytest.raises(WireError, match="is no name of an operation or part"):
        envelope.request("f", [(name, 1)])


def test_answer_in_chunks_is_the_same_answer() -> None:
    value = {f"site{number}": {"plan": "basic", "active": True} for number in range(5000)}
    chunks = list(envelope.response_chunks("admin_collect", value))
    assert len(chunks) > 5
    assert b"".join(chunks) == envelope.response("admin_collect", value)
    assert envelope.read_response(b"".join(chunks)).value == value
    assert re.search(rb"<return xsi:type=\"ns2:Map\"><item><key xsi:type=\"xsd:string\">site0</key>", chunks[1])
