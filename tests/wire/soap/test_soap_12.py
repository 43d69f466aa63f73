"""SOAP 1.2: answers and faults in the words of PHP's server, and which version an unread request is answered in."""

from __future__ import annotations

import pytest

from apnscp.wire.errors import FaultReceived, WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.version import SOAP_11, SOAP_12, Version, spoken

NAMESPACE = "http://www.w3.org/2003/05/soap-envelope"
ENCODING = "http://www.w3.org/2003/05/soap-encoding"


def enveloped(body: str, header: str = "") -> bytes:
    return (
        f'<env:Envelope xmlns:env="{NAMESPACE}" xmlns:enc="{ENCODING}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{header}<env:Body>{body}</env:Body></env:Envelope>'
    ).encode()


def inside_body(document: bytes) -> str:
    return document.partition(b"<env:Body>")[2].partition(b"</env:Body>")[0].decode()


def test_answer_names_its_result_and_its_encoding() -> None:
    assert inside_body(envelope.response("admin_add_site", True, version=SOAP_12)) == (
        f'<ns1:admin_add_siteResponse env:encodingStyle="{ENCODING}"><rpc:result>return</rpc:result>'
        '<return xsi:type="xsd:boolean">true</return></ns1:admin_add_siteResponse>'
    )


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ([], '<return enc:itemType="xsd:anyType" enc:arraySize="0" xsi:type="enc:Array"/>'),
        (
            ["a"],
            '<return enc:itemType="xsd:string" enc:arraySize="1" xsi:type="enc:Array">'
            '<item xsi:type="xsd:string">a</item></return>',
        ),
        (
            [[1], []],
            '<return enc:itemType="enc:Array" enc:arraySize="2" xsi:type="enc:Array">'
            '<item enc:itemType="xsd:int" enc:arraySize="1" xsi:type="enc:Array"><item xsi:type="xsd:int">1</item></item>'
            '<item enc:itemType="xsd:anyType" enc:arraySize="0" xsi:type="enc:Array"/></return>',
        ),
        (
            {"a": []},
            '<return xsi:type="ns2:Map"><item><key xsi:type="xsd:string">a</key>'
            '<value enc:itemType="xsd:anyType" enc:arraySize="0" xsi:type="enc:Array"/></item></return>',
        ),
        (
            '<item SOAP-ENC:arrayType="xsd:int[1]" xsi:type="SOAP-ENC:Array"',
            '<return xsi:type="xsd:string">&lt;item SOAP-ENC:arrayType="xsd:int[1]" xsi:type="SOAP-ENC:Array"</return>',
        ),
        (None, '<return xsi:nil="true"/>'),
    ],
)  # fmt: skip
def test_arrays_have_the_attributes_of_soap_12(value: object, written: str) -> None:
    assert written in inside_body(envelope.response("f", value, version=SOAP_12))  # type: ignore[arg-type]


def test_large_answer_in_chunks_is_the_same_answer() -> None:
    value = {f"site{number}": {"aliases": [], "list": [number]} for number in range(2000)}
    whole = envelope.response("admin_collect", value, version=SOAP_12)
    assert b"".join(envelope.response_chunks("admin_collect", value, version=SOAP_12)) == whole
    assert b"SOAP-E" not in whole
    assert envelope.read_response(whole).value == value


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("Client", "env:Sender"),
        ("Server", "env:Receiver"),
        ("MustUnderstand", "env:MustUnderstand"),
        ("rpc:ProcedureNotPresent", "rpc:ProcedureNotPresent"),
    ],
)
def test_fault_has_the_codes_of_soap_12(code: str, written: str) -> None:
    assert inside_body(envelope.fault(code, "a & b", detail="why", version=SOAP_12)) == (
        f"<env:Fault><env:Code><env:Value>{written}</env:Value></env:Code>"
        "<env:Reason><env:Text>a &amp; b</env:Text></env:Reason><env:Detail>why</env:Detail></env:Fault>"
    )


def test_answers_and_faults_are_read_with_their_messages() -> None:
    messages = [("info", "done")]
    assert envelope.read_response(envelope.response("f", [1], messages, SOAP_12)) == ([1], tuple(messages))
    with pytest.raises(FaultReceived) as fault:
        envelope.read_response(envelope.fault("Client", "No site", messages, "why", SOAP_12))
    assert (fault.value.code, fault.value.text, fault.value.messages) == ("Client", "No site", (("info", "done"),))


def test_a_request_keeps_its_version() -> None:
    assert envelope.parse(enveloped("<f/>")).version is SOAP_12
    assert envelope.parse(enveloped("<f/>").replace(NAMESPACE.encode(), SOAP_11.envelope.encode())).version is SOAP_11


def test_references_are_found_by_their_id_and_may_not_lead_back() -> None:
    body = '<f><v xsi:type="enc:Struct"><a enc:ref="x"/></v></f><m enc:id="x" xsi:type="xsd:int">5</m>'
    assert envelope.parse(enveloped(body)).parts(["v"]) == [{"a": 5}]
    cycle = '<f><v enc:ref="x"/></f><m enc:id="x"><a enc:ref="y"/></m><m enc:id="y"><a enc:ref="#x"/></m>'
    with pytest.raises(WireError, match="Bad Request: the reference 'y' leads back to itself"):
        envelope.parse(enveloped(cycle)).parts(["v"])


def test_dimensions_are_levels_of_nesting() -> None:
    size = " ".join(["1"] * 101)
    with pytest.raises(WireError, match="Bad Request: values are nested more than 100 levels deep"):
        envelope.parse(enveloped(f'<f><v enc:arraySize="{size}"><i>1</i></v></f>')).parts(["v"])


HEADER = "<env:Header><x env:mustUnderstand='true'/></env:Header>"


def test_parts_are_read_before_a_header_has_to_be_understood() -> None:
    request = envelope.parse(enveloped("<f><v>1</v></f>", HEADER))
    assert request.parts(["v"]) == ["1"]
    with pytest.raises(WireError, match="Header not understood") as fault:
        request.require_understood()
    assert fault.value.fault_code == "MustUnderstand"


REQUEST = enveloped("<f/>").decode()
SOAP_XML = 'application/soap+xml; charset=utf-8; action="urn:net.apnscp.soap#f"'


@pytest.mark.parametrize(
    ("body", "content_type", "version"),
    [
        (REQUEST.encode(), "text/xml", SOAP_12),
        (REQUEST.encode()[:-20], None, SOAP_12),
        (REQUEST.encode("utf-16"), "text/xml", SOAP_12),
        (
            REQUEST.replace("env:", "").replace(":env", "").replace("enc:", "").replace(":enc", ":e").encode(),
            None,
            SOAP_12,
        ),
        (REQUEST.replace(NAMESPACE, SOAP_11.envelope).encode(), SOAP_XML, SOAP_11),
        (REQUEST.replace(NAMESPACE, "urn:other").encode(), SOAP_XML, SOAP_12),
        (b"", SOAP_XML, SOAP_12),
        (b"", "Application/SOAP+XML", SOAP_12),
        (b"", "text/xml; charset=utf-8", SOAP_11),
        (b"\x1f\x8b", None, SOAP_11),
    ],
)
def test_an_unread_request_is_answered_in_the_version_of_its_envelope_else_of_its_content_type(
    body: bytes, content_type: str | None, version: Version
) -> None:
    assert spoken(body, content_type) is version
