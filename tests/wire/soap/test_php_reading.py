"""The same requests to PHP's own SoapServer and to our reader: odd ones, as PHP reads them without a fault."""

from __future__ import annotations

import base64
import itertools
import json
import math
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from apnscp.core.coerce import coerce
from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import Parameter
from apnscp.wire.soap import description, envelope
from apnscp.wire.soap.description import Operation, Part

SCRIPT = Path(__file__).parent / "php" / "reading.php"
KINDS = {"string": Kind.STR, "int": Kind.INT, "boolean": Kind.BOOL, "double": Kind.FLOAT, "anyType": Kind.MIXED}
ALL_PARTS = [Part(f"p_{kind}", kind) for kind in KINDS]
OPERATIONS = {f"test_{kind}": [Part("v", kind)] for kind in KINDS} | {"test_all": ALL_PARTS}

BOOLEANS = ["0", "1", "true", "false", " true ", "TRUE", "False"]
INTEGERS = ["0", "1", "5", " 5 ", "\n5\n", "+5", "-0", "05", "5.0", "9223372036854775807", "-9223372036854775808"]
INTEGERS += ["<!-- c -->5", "1<!-- c -->2"]
FLOATS = [*INTEGERS, ".5", "5.", "5.7", "1e3", "-1.5E-3", "1E400"]
FLOATS.remove("-0")  # PHP reads it as 0, we as -0.0, which is equal
TEXTS = ["", "abc", " a  b ", "a\r\nb\rc", "a&#13;&#10;b", "&#9;", "&lt;&amp;&gt;&quot;&apos;", "&#x1F600;", "é\u2028"]
TEXTS += ["<![CDATA[<&>]]>", "<![CDATA[]]>", "a<!-- c -->b", *BOOLEANS, *FLOATS, "INF", "NaN", "9" * 25]
UNTYPED = {
    "string": TEXTS,
    "anyType": TEXTS,
    "int": ["", *INTEGERS],
    "boolean": ["", *BOOLEANS],
    "double": ["", *FLOATS],
}

XSD_TEXT = "string normalizedString token language Name NCName NMTOKEN NMTOKENS ID IDREF IDREFS ENTITY ENTITIES "
XSD_TEXT += "anyURI QName NOTATION date dateTime time duration gYear gYearMonth gMonth gMonthDay gDay decimal "
XSD_TEXT += "anyType anySimpleType unknown"
XSD_INTEGER = "int integer long short byte unsignedInt unsignedLong unsignedShort unsignedByte nonNegativeInteger "
XSD_INTEGER += "nonPositiveInteger positiveInteger negativeInteger"
TYPED = {
    **dict.fromkeys(XSD_TEXT.split(), TEXTS),
    **{name: ["", *INTEGERS, *FLOATS] for name in XSD_INTEGER.split()},
    **{name: ["", *FLOATS, "INF", "-INF", "NaN", "inf"] for name in ("float", "double")},
    "boolean": [*BOOLEANS, "", " ", "&#13;", "t", "f", "yes", "2"],
    "base64Binary": ["", "Z3LDvMOf", "aGk=\n"],
    "hexBinary": ["", "6869"],
}

PAIR = "<item><key>{}</key><value>{}</value></item>"
MAPS = [PAIR.format(key, key) for key in ("a", "5", "05", "", " a ", "&#13;", "<![CDATA[a]]>", "9223372036854775808")]
MAPS += [
    PAIR.format("a", 1) + PAIR.format("a", 2),
    PAIR.format("a", "<b>1</b>"),
    PAIR.format("a", 1) + "text<!-- c --><other/>",
    "<item><value>1</value><key>a</key></item>",
    "<item><key>a</key><key>b</key><value>1</value><value>2</value></item>",
    '<item><key xsi:type="xsd:int">5</key><value xsi:nil="1"/></item>',
    '<item><key xsi:type="xsd:int">05</key><value xsi:type="SOAP-ENC:Array"/></item>',
    "<ns1:item><ns1:key>a</ns1:key><value>1</value></ns1:item>",
]
STRUCTURES = ["<a>1</a>", "<a>1</a><a>2</a>", "<a>1</a><b>2</b><a>3</a>", "text<a>1</a>more", "<a><b/></a>"]
STRUCTURES += ['<a xsi:nil="0"/>', '<a xsi:type="xsd:int">5</a>', "<a>1</a><ns1:a>2</ns1:a>", "<_5>1</_5>"]
ITEMS = ["", "<i>1</i><i>2</i>", '<i xsi:nil="1"/><j>2</j>', '<i xsi:type="xsd:string">a</i><i>1</i>']
PLACES = [f'position="[{place}]"' for place in (0, 1, 3)]


READ: dict[str, Callable[[str], Any]] = {"float": float, "int": int, "bool": lambda text: text == "true", "string": str}


def _one(kind: str, part: str) -> str:
    return f"<ns1:test_{kind}>{part}</ns1:test_{kind}>"


def _values() -> Iterator[str]:
    for kind, texts in UNTYPED.items():
        yield from (_one(kind, f"<v>{text}</v>") for text in texts)
    for name, texts in TYPED.items():
        yield from (_one("anyType", f'<v xsi:type="xsd:{name}">{text}</v>') for text in texts)
    for kind, nil in itertools.product(KINDS, ("1", "true", "0", "false", "")):
        yield _one(kind, f'<v xsi:nil="{nil}">5</v>')


def _containers() -> Iterator[str]:
    yield from (_one("anyType", f'<v xsi:type="ns2:Map">{items}</v>') for items in MAPS)
    for kind, content in itertools.product(("SOAP-ENC:Struct", "xsd:anyType", "ns1:Unknown"), STRUCTURES):
        yield _one("anyType", f'<v xsi:type="{kind}">{content}</v>')
    yield from (_one("anyType", f"<v>{content}</v>") for content in STRUCTURES)
    for size, items in itertools.product(("int[2]", "int[]", "int[9]", "string[1]", "anyType[2]"), ITEMS):
        yield _one("anyType", f'<v SOAP-ENC:arrayType="xsd:{size}" xsi:type="SOAP-ENC:Array">{items}</v>')
    for offset in ("[0]", "[1]", "[3]", "2", "", "[x]"):
        array = f'SOAP-ENC:offset="{offset}" xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:int[9]"'
        yield _one("anyType", f"<v {array}><i>1</i><i>2</i></v>")
    for first, second in itertools.product(PLACES, PLACES):
        items = f"<i SOAP-ENC:{first}>1</i><i SOAP-ENC:{second}>2</i><i>3</i>"
        yield _one("anyType", f'<v SOAP-ENC:arrayType="xsd:int[9]" xsi:type="SOAP-ENC:Array">{items}</v>')
    inner = '<i SOAP-ENC:arrayType="xsd:int[2]"><i>1</i><i>2</i></i>'
    yield _one("anyType", f'<v SOAP-ENC:arrayType="xsd:int[][1]" xsi:type="SOAP-ENC:Array">{inner}</v>')


def _parts() -> Iterator[str]:
    sent = [
        "<p_string>x</p_string>",
        "<p_int>5</p_int>",
        "<p_boolean>true</p_boolean>",
        "<ns1:p_anyType>z</ns1:p_anyType>",
    ]
    for count in range(1, 5):
        yield from (f"<test_all>{''.join(some)}</test_all>" for some in itertools.permutations(sent, count))
    yield "<ns1:TEST_All><p_int>1</p_int><p_int>2</p_int>text<other>3</other></ns1:TEST_All>"
    yield '<test_all xmlns="urn:other"><x>1</x><y>2</y><z xsi:nil="1"/></test_all><more/>'
    yield 'text<!-- c --><test_all><p_int xsi:type="xsd:string">7</p_int><p_string xsi:type="xsd:int">7</p_string></test_all>'
    yield "<test_all><p_string/><p_int/><p_boolean/><p_double/><p_anyType/></test_all>"
    yield '<test_int><v href="#r"/></test_int><m id="r">5</m>'
    yield '<test_anyType><v href="#r"/></test_anyType><m id="r">first</m><m id="r">second</m>'
    yield '<test_anyType><v xsi:type="SOAP-ENC:Array"><i id="r" xsi:type="xsd:int">5</i><i href="#r"/></v></test_anyType>'


def _documents(enveloped: Callable[[str], bytes]) -> Iterator[bytes]:
    """Put each body into an envelope; then some encodings of one."""
    for body in (*_values(), *_containers(), *_parts()):
        yield enveloped(body).replace(b"xmlns:xsd=", b'xmlns:ns1="urn:net.apnscp.api" xmlns:xsd=', 1)
    text = enveloped("<test_string><v>grün</v></test_string>").decode()
    yield from (text.encode(encoding) for encoding in ("utf-16", "utf-8-sig"))
    for encoding in ("ISO-8859-1", "windows-1252", "UTF-8", "UTF-16"):
        yield f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)


def _ours(document: bytes) -> list[Any]:
    request = envelope.parse(document)
    parts = {name.lower(): parts for name, parts in OPERATIONS.items()}[request.operation.lower()]
    values = request.parts([part.name for part in parts], [part.type for part in parts])
    return [coerce(_parameter(part), value) for part, value in zip(parts, values, strict=True)]


def _parameter(part: Part) -> Parameter:
    return Parameter(part.name, Type(KINDS[part.type], nullable=True))


def canonical(value: Any) -> list[Any]:
    """Bring a value to the form in which PHP's answers come."""
    if isinstance(value, list | dict):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return ["array", [[canonical(key), canonical(item)] for key, item in pairs]]
    if isinstance(value, str):
        return ["string", value.encode().hex()]
    return ["null", None] if value is None else [type(value).__name__, value]


def _from_php(value: list[Any]) -> list[Any]:
    """Bring PHP's numbers from text to numbers of ours."""
    kind, what = value
    if kind == "array":
        return ["array", [[_from_php(key), _from_php(item)] for key, item in what]]
    if kind == "null":
        return ["null", None]
    return [kind, READ[kind](what)]


def _same(mine: Any, theirs: Any) -> bool:
    if isinstance(mine, list) and isinstance(theirs, list):
        return len(mine) == len(theirs) and all(map(_same, mine, theirs))
    both_nan = isinstance(mine, float) and isinstance(theirs, float) and math.isnan(mine) and math.isnan(theirs)
    return both_nan or (type(mine) is type(theirs) and mine == theirs)


@pytest.fixture
def wsdl(tmp_path: Path) -> Path:
    """Write a description with an operation for each type of a part."""
    file = tmp_path / "reading.wsdl"
    operations = [Operation(name, parts=parts) for name, parts in OPERATIONS.items()]
    file.write_bytes(description.write(operations, "http://127.0.0.1/"))
    return file


def test_odd_requests_are_read_as_php_server_reads_them(
    need: Callable[[str], str], enveloped: Callable[[str], bytes], wsdl: Path
) -> None:
    documents = list(_documents(enveloped))
    lines = b"\n".join(map(base64.b64encode, documents)) + b"\n"
    done = subprocess.run(
        [need("php"), str(SCRIPT), str(wsdl)], input=lines, capture_output=True, timeout=60, check=False
    )
    answers = done.stdout.splitlines()
    assert (done.returncode, done.stderr, len(answers)) == (0, b"", len(documents)), documents[len(answers) - 1]
    for document, answer in zip(documents, answers, strict=True):
        theirs = [_from_php(value) for value in json.loads(answer)]
        mine = [canonical(value) for value in _ours(document)]
        assert _same(mine, theirs), (document.partition(b"Body>")[2], mine, theirs)
