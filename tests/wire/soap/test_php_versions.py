"""The same envelopes of both versions of SOAP to PHP's own SoapServer and to us: the same answers, as XML."""

from __future__ import annotations

import http.client
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from apnscp.wire.errors import VERSION_MISMATCH, WireError
from apnscp.wire.soap import description, envelope
from apnscp.wire.soap.description import Operation, Part
from apnscp.wire.soap.version import SOAP_11, SOAP_12, spoken

SCRIPT = Path(__file__).parent / "php" / "versions.php"
VERSIONS = {"1.1": SOAP_11, "1.2": SOAP_12}
MODES = ("wsdl", "none", "wsdl/2")

VALUES = [
    "<v/>",
    '<v xsi:type="xsd:string">a &amp; &lt;b&gt;</v>',
    '<v xsi:type="xsd:string"> SOAP-ENC:arrayType="xsd:int[1]" xsi:type="SOAP-ENC:Array"</v>',
    '<v xsi:type="xsd:int">5</v>',
    '<v xsi:type="xsd:float">1.5</v>',
    '<v xsi:type="xsd:boolean">true</v>',
    '<v xsi:nil="true"/>',
    '<v xsi:type="enc:string">a</v>',
    '<v xsi:type="enc:int">5</v>',
    '<v xsi:type="enc:Array"/>',
    '<v xsi:type="enc:Array"><i xsi:type="xsd:int">1</i></v>',
    '<v xsi:type="enc:Array"><i xsi:type="enc:Array"><i>a</i></i><i xsi:type="enc:Array"><i>b</i><i>c</i></i></v>',
    '<v xsi:type="enc:Array"><i xsi:type="xsd:int">1</i><i>a</i><i xsi:nil="1"/><i xsi:type="enc:Array"/></v>',
    '<v xsi:type="enc:Array"><i xsi:nil="1"/><i xsi:nil="1"/></v>',
    '<v xsi:type="enc:Array"><i xsi:type="xsd:boolean">1</i><i xsi:type="xsd:boolean">0</i></v>',
    '<v xsi:type="enc:Array"><i xsi:type="ns2:Map"><item><key>a</key><value>1</value></item></i></v>',
    '<v xsi:type="ns2:Map"><item><key>a</key><value xsi:type="enc:Array"><i>1</i></value></item></v>',
    '<v xsi:type="ns2:Map"><item><key xsi:type="xsd:int">7</key><value xsi:type="xsd:int">1</value></item></v>',
    "<v><a>1</a><b>2</b></v>",
    '<v xsi:type="enc:Struct"><a xsi:type="xsd:int">1</a></v>',
]
ARRAYS = {
    "both": 'enc:itemType="xsd:int" enc:arraySize="2"',
    "no size": 'enc:itemType="xsd:int"',
    "no type": 'enc:arraySize="2"',
    "any size": 'enc:itemType="xsd:int" enc:arraySize="*"',
    "too small": 'enc:itemType="xsd:int" enc:arraySize="1"',
    "no number": 'enc:itemType="xsd:int" enc:arraySize="x"',
    "empty size": 'enc:itemType="xsd:int" enc:arraySize=""',
    "brackets": 'enc:itemType="xsd:int" enc:arraySize="[4]"',
    "two dimensions": 'enc:itemType="xsd:int" enc:arraySize="2 2"',
    "three dimensions": 'enc:itemType="xsd:int" enc:arraySize="1 2 2"',
    "first unknown": 'enc:itemType="xsd:int" enc:arraySize="* 2"',
    "second unknown": 'enc:itemType="xsd:int" enc:arraySize="2 *"',
    "unknown type": 'enc:itemType="n:none" enc:arraySize="4"',
    "unbound type": 'enc:itemType="q:none" enc:arraySize="4"',
    "unqualified": 'itemType="xsd:int" arraySize="4"',
    "of 1.1": 'old:arrayType="xsd:int[4]"',
    "of 1.1, unqualified": 'arrayType="xsd:int[4]"',
    "of 1.1, two dimensions": 'old:arrayType="xsd:int[2,2]"',
    "of 1.1, two dimensions, offset": 'old:arrayType="xsd:int[3,2]" old:offset="[1,0]"',
    "of both": 'enc:itemType="xsd:string" old:arrayType="xsd:int[4]"',
}
ITEMS = "<i>1</i><i>2</i><i>3</i><i>4</i>"
PLACED = '<i old:position="[1,1]">1</i><i old:position="[0,1]">2</i><i old:position="[2]">3</i><i>4</i>'
TARGETS = '<a enc:id="q" xsi:type="xsd:int">5</a><c id="p" xsi:type="xsd:int">6</c>'
REFERENCES = [
    '<b enc:ref="q"/>',
    '<b enc:ref="#q"/>',
    '<b enc:ref="q">7</b>',
    '<b ref="q"/>',
    '<b href="#q"/>',
    '<b href="#p"/>',
    '<b enc:ref="p"/>',
    '<b enc:ref="nowhere"/>',
    '<b enc:id="r" enc:ref="r"/>',
]
NEXT = {"1.1": "http://schemas.xmlsoap.org/soap/actor/next", "1.2": f"{SOAP_12.envelope}/role/next"}
ROLES = [*NEXT.values(), *(f"{SOAP_12.envelope}/role/{role}" for role in ("ultimateReceiver", "none")), "urn:other", ""]
HEADERS = [
    *(f'<n:x env:mustUnderstand="{said}"/>' for said in ("1", "true", "0", "false", "yes", " 1", "")),
    *(f'<n:x env:mustUnderstand="1" env:{name}="{role}"/>' for name in ("actor", "role") for role in ROLES),
    '<x env:mustUnderstand="1"/>',
    '<n:x mustUnderstand="1"/>',
    f'<n:x xmlns:o="{SOAP_11.envelope}" o:mustUnderstand="1"/>',
    '<n:x env:mustUnderstand="maybe" env:actor="urn:other" env:role="urn:other"/>',
    '<n:y/><n:x env:mustUnderstand="1"/>',
    '<n:x env:mustUnderstand="1"/><n:y env:mustUnderstand="maybe"/>',
    '<n:x env:mustUnderstand="1" env:relay="true"/>',
    '<n:x env:relay="true"/>',
    '<n:y><n:x env:mustUnderstand="1"/></n:y>',
    '<n:x env:encodingStyle="urn:z"/>',
]
OPERATION = "<n:test_echo><v>a</v></n:test_echo>"
MUST = '<n:x env:mustUnderstand="1"/>'

Case = tuple[str, bytes]


def _envelope(
    number: str, body: str, header: str = "", after: str = "", attributes: tuple[str, str, str] = ("", "", "")
) -> bytes:
    """Write an envelope; `attributes` are those of Envelope, Header and Body."""
    version = VERSIONS[number]
    of_envelope, of_header, of_body = attributes
    head = f"<env:Header{of_header}>{header}</env:Header>" if header or of_header else ""
    return (
        f'<env:Envelope xmlns:env="{version.envelope}" xmlns:enc="{version.encoding}" xmlns:old="{SOAP_11.encoding}" '
        'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xmlns:ns2="http://xml.apache.org/xml-soap" xmlns:n="urn:net.apnscp.api"{of_envelope}>'
        f"{head}<env:Body{of_body}>{body}</env:Body>{after}</env:Envelope>"
    ).encode()


def _echo(part: str) -> str:
    return f"<n:test_echo>{part}</n:test_echo>"


def _values(number: str) -> Iterator[bytes]:
    yield from (_envelope(number, _echo(part)) for part in VALUES)
    for attributes in ARRAYS.values():
        if number == "1.2" or "enc:" not in attributes:
            yield from (_envelope(number, _echo(f"<v {attributes}>{items}</v>")) for items in (ITEMS, PLACED))
            yield _envelope(number, _echo(f'<v xsi:type="enc:Array" {attributes}>{ITEMS}</v>'))
            yield _envelope(number, _echo(f'<v xsi:type="xsd:anyType" {attributes}>{ITEMS}</v>'))
    for reference in REFERENCES:
        yield _envelope(
            number, _echo(f'<v xsi:type="ns2:Map"><item><key>k</key><value>{TARGETS}{reference}</value></item></v>')
        )


def _faults(number: str) -> Iterator[bytes]:
    yield _envelope(number, '<n:test_fault><v>Bad "thing" &amp; &lt;x&gt;</v></n:test_fault>')
    yield _envelope(number, "<n:test_detail><v>why &lt;x&gt;</v></n:test_detail>")
    yield _envelope(number, "")
    yield _envelope(number, _echo('<v xsi:type="xsd:int">x</v>'))
    yield _envelope(number, _echo('<v xsi:type="xsd:int">x</v>'), MUST)
    yield _envelope(number, _echo('<v xsi:type="ns2:Map"><item><value>1</value></item></v>'))
    yield _envelope(number, _echo('<v href="#nowhere"/>'))
    yield b"<!DOCTYPE a>" + _envelope(number, OPERATION)
    yield f'<e:Envelope xmlns:e="{VERSIONS[number].envelope}"/>'.encode()


def _structures(number: str) -> Iterator[bytes]:
    version = VERSIONS[number]
    for style in (version.encoding, "urn:z", ""):
        said = f' env:encodingStyle="{style}"'
        for place in range(3):
            yield _envelope(number, OPERATION, "<n:y/>", attributes=_at(place, said))
        yield _envelope(number, OPERATION.replace("test_echo>", f"test_echo{said}>", 1))
    for place in range(3):
        yield _envelope(number, OPERATION, "<n:y/>", attributes=_at(place, ' a="1"'))
    yield _envelope(number, OPERATION, after="<n:z/>")
    yield _envelope(number, OPERATION, after=f"<env:Header>{MUST}</env:Header>")
    yield _envelope(number, OPERATION).replace(b"<env:Body>", b"<n:z/><env:Body>")
    yield _envelope(number, OPERATION, "<n:y/>").replace(b"<env:Header>", b"<n:z/><env:Header>")
    yield _envelope(number, OPERATION, "<n:y/>").replace(b"<env:Body>", b"<env:Header/><env:Body>")


def _at(place: int, text: str) -> tuple[str, str, str]:
    first, second, third = (text if number == place else "" for number in range(3))
    return first, second, third


def _documents(number: str) -> list[bytes]:
    headers = (_envelope(number, OPERATION, header) for header in HEADERS)
    return [*_values(number), *_faults(number), *_structures(number), *headers]


def _ours(document: bytes) -> tuple[str, bytes]:
    """Answer as the server does, with PHP's three methods."""
    version = spoken(document, None)
    try:
        request = envelope.parse(document)
        (value,) = request.parts(["v"], ["anyType"])
        request.require_understood()
    except WireError as error:
        version = SOAP_11 if error.fault_code == VERSION_MISMATCH else version
        return version.content_type, envelope.fault(error.fault_code, error.text, version=version)
    if request.operation == "test_fault":
        return version.content_type, envelope.fault("Server", value, version=version)
    if request.operation == "test_detail":
        return version.content_type, envelope.fault("Client", "Bad", detail=value, version=version)
    return version.content_type, envelope.response("test_echo", value, version=version)


def _canonical(document: bytes) -> Any:
    """Return a document without what does not matter: declarations of namespaces, the order of attributes."""

    def tree(element: etree._Element) -> Any:
        return (
            element.tag,
            {str(name): str(said) for name, said in element.items()},
            element.text or "",
            [tree(child) for child in element],
        )

    return tree(etree.fromstring(document))


@pytest.fixture
def php_server(need: Callable[[str], str], tmp_path: Path) -> Iterator[Callable[[str, bytes], tuple[str, bytes]]]:
    """Post documents to PHP's server, in a mode, and give Content-Type and body of its answers."""
    wsdl, log = tmp_path / "versions.wsdl", tmp_path / "log"
    operations = [Operation(f"test_{name}", parts=[Part("v", "anyType")]) for name in ("echo", "fault", "detail")]
    wsdl.write_bytes(description.write(operations, "http://127.0.0.1/"))
    line = [need("php"), "-S", "127.0.0.1:0", str(SCRIPT)]
    with log.open("wb") as output:
        server = subprocess.Popen(line, stdout=output, stderr=output, env={"WSDL": str(wsdl)})
    try:
        port = _port(server, log)
        yield lambda mode, document: _post(port, f"/{mode}", document)
    finally:
        server.kill()
        server.wait()


def _port(server: subprocess.Popen[bytes], log: Path) -> int:
    """Wait until PHP says where it listens."""
    while (started := re.search(rb"http://127\.0\.0\.1:(\d+)\) started", log.read_bytes())) is None:
        assert server.poll() is None, log.read_text()
        time.sleep(0.02)
    return int(started[1])


def _post(port: int, path: str, document: bytes) -> tuple[str, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", path, document, {"Content-Type": "text/xml"})
        answer = connection.getresponse()
        return answer.headers["Content-Type"], answer.read()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("number", VERSIONS)
def test_php_server_answers_the_same(
    php_server: Callable[[str, bytes], tuple[str, bytes]], number: str, mode: str
) -> None:
    for document in _documents(number):
        theirs, mine = php_server(mode, document), _ours(document)
        assert (mine[0], _canonical(mine[1])) == (theirs[0], _canonical(theirs[1])), (document, mine, theirs)


@pytest.mark.parametrize(
    "document", [b"<a/>", _envelope("1.2", OPERATION).replace(SOAP_12.envelope.encode(), b"urn:other")]
)
def test_php_server_tells_of_a_wrong_version_in_soap_11(
    php_server: Callable[[str, bytes], tuple[str, bytes]], document: bytes
) -> None:
    kind, body = php_server("wsdl", document)
    assert (kind, _canonical(body)) == (
        SOAP_11.content_type,
        _canonical(envelope.fault("VersionMismatch", "Wrong Version")),
    )


def test_php_server_has_words_of_its_own_for_an_unknown_method_in_soap_12(
    php_server: Callable[[str, bytes], tuple[str, bytes]],
) -> None:
    kind, body = php_server("wsdl", _envelope("1.2", "<n:test_nothing/>"))
    mine = envelope.fault("rpc:ProcedureNotPresent", "Procedure not present", version=SOAP_12)
    assert (kind, _canonical(body)) == (SOAP_12.content_type, _canonical(mine))
