"""How values are written: PHP's bytes for every kind, and what has no PHP value."""

from __future__ import annotations

import datetime
import decimal
import enum
import tracemalloc
from collections import OrderedDict, defaultdict
from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import pytest
from lxml import etree

from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.kinds import Rows, kind_of
from apnscp.wire.soap.values import write

EMPTY = '<v SOAP-ENC:arrayType="xsd:ur-type[0]" xsi:type="SOAP-ENC:Array"/>'
PLANS = enum.StrEnum("PLANS", {"BASIC": "basic"})
LEVELS = enum.IntEnum("LEVELS", {"ONE": 1})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, '<v xsi:nil="true"/>'),
        (True, '<v xsi:type="xsd:boolean">true</v>'),
        (0, '<v xsi:type="xsd:int">0</v>'),
        (2**70, '<v xsi:type="xsd:int">1180591620717411303424</v>'),
        ("", '<v xsi:type="xsd:string"></v>'),
        ("]]>", '<v xsi:type="xsd:string">]]&gt;</v>'),
        (b"gr\xc3\xbc\xc3\x9f", '<v xsi:type="xsd:string">grüß</v>'),
        (b"\xff", '<v xsi:type="xsd:string">ÿ</v>'),
        ([], EMPTY),
        ((), EMPTY),
        ({}, EMPTY),
        (Rows([]), EMPTY),
        (PLANS.BASIC, '<v xsi:type="xsd:string">basic</v>'),
        (LEVELS.ONE, '<v xsi:type="xsd:int">1</v>'),
        (MappingProxyType({}), EMPTY),
    ],
)
def test_value_is_written_as_php_does(value: Any, written: str) -> None:
    assert write("v", value) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (3.0, "3"),
        (1.5, "1.5"),
        (-0.0, "-0"),
        (1e25, "1.0E+25"),
        (1.5e300, "1.5E+300"),
        (1e14, "1.0E+14"),
        (100000.0, "100000"),
        (0.0001, "0.0001"),
        (1e-5, "1.0E-5"),
        (1.234e-5, "1.234E-5"),
        (float("inf"), "INF"),
        (float("-inf"), "-INF"),
        (float("nan"), "NAN"),
        (0.1 + 0.2, "0.30000000000000004"),
        (5e-324, "4.9406564584125E-324"),
    ],
)
def test_float_is_written_in_the_layout_of_php_without_losing_digits(number: float, written: str) -> None:
    assert write("v", number) == f'<v xsi:type="xsd:float">{written}</v>'


@pytest.mark.parametrize(
    ("items", "kind"),
    [
        (["a", "b"], "xsd:string"),
        ([1, 2], "xsd:int"),
        ([1, LEVELS.ONE], "xsd:int"),
        ([1.5], "xsd:float"),
        ([1, 1.5], "xsd:ur-type"),
        ([True, True], "xsd:boolean"),
        ([False], "xsd:boolean"),
        ([True, False], "xsd:ur-type"),
        ([True, 1], "xsd:ur-type"),
        ([None, None], "xsi:nil"),
        ([{"a": 1}, {"b": 2}], "ns2:Map"),
        ([{"a": 1}, {}], "xsd:ur-type"),
        ([[], {}, {0: 1}], "SOAP-ENC:Array"),
        ([[1], ["a"]], "SOAP-ENC:Array"),
        ([[1], {"a": 1}], "xsd:ur-type"),
    ],
)
def test_list_names_the_kind_that_its_items_share(items: list[Any], kind: str) -> None:
    start = f'<v SOAP-ENC:arrayType="{kind}[{len(items)}]" xsi:type="SOAP-ENC:Array"><item'
    assert write("v", items).startswith(start)


@pytest.mark.parametrize("value", [{0: "a", 1: "b"}, {"0": "a", "1": "b"}, OrderedDict({0: "a", "1": "b"})])
def test_map_with_the_keys_of_a_list_is_a_list(value: dict[Any, str]) -> None:
    assert write("v", value) == write("v", ["a", "b"])


@pytest.mark.parametrize("value", [{1: "a", 0: "b"}, {1: "a"}, {0: "a", 2: "b"}, {0: "a", "x": "b"}, {"00": "a"}])
def test_map_with_other_keys_is_a_map(value: dict[Any, str]) -> None:
    assert kind_of(value) == "ns2:Map"
    assert write("v", value).startswith('<v xsi:type="ns2:Map"><item><key')


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("a&<>\r", '<key xsi:type="xsd:string">a&amp;&lt;&gt;&#13;</key>'),
        ("", '<key xsi:type="xsd:string"/>'),
        ("5", '<key xsi:type="xsd:int">5</key>'),
        ("-5", '<key xsi:type="xsd:int">-5</key>'),
        ("05", '<key xsi:type="xsd:string">05</key>'),
        ("-0", '<key xsi:type="xsd:string">-0</key>'),
        ("5\n", '<key xsi:type="xsd:string">5\n</key>'),
        ("٣", '<key xsi:type="xsd:string">٣</key>'),
        ("9223372036854775807", '<key xsi:type="xsd:int">9223372036854775807</key>'),
        ("9223372036854775808", '<key xsi:type="xsd:string">9223372036854775808</key>'),
        (True, '<key xsi:type="xsd:int">1</key>'),
        (None, '<key xsi:type="xsd:string"/>'),
        (PLANS.BASIC, '<key xsi:type="xsd:string">basic</key>'),
    ],
)
def test_key_is_written_as_php_would_keep_it(key: Any, written: str) -> None:
    for _ in range(2):
        assert write("v", {key: None}) == f'<v xsi:type="ns2:Map"><item>{written}<value xsi:nil="true"/></item></v>'


@pytest.mark.parametrize("text", ["a&b", "a<b", "a>b", "a\rb", "a\tb\nc", "\u00a0é\u2028", "&amp;", "]]>"])
def test_text_is_escaped_wherever_it_stands(text: str) -> None:
    values: list[Any] = [text, [text], {"k": text}, {text: 1}, {"k": {"l": text}}]
    for value in values:
        assert envelope.read_response(envelope.response("f", value)).value == value
    assert envelope.read_response(envelope.response("f", Rows([("k", text)]))).value == {"k": text}


def test_keys_that_differ_in_case_stay_apart() -> None:
    value = {"site": {"Plan": 1, "plan": 2}, "SITE": {"PLAN": 3}}
    for _ in range(2):
        assert envelope.read_response(envelope.response("f", value)).value == value


def test_keys_that_are_equal_in_python_keep_their_kinds() -> None:
    texts = [write("v", {key: 5}) for key in (1, "1", True)]
    assert len(set(texts)) == 1
    assert write("v", {"1.0": 5}) != texts[0]


def test_what_xml_cannot_hold_becomes_the_replacement_character() -> None:
    text = "a\x00\x01\x0b\x1f\ud800\udfff\ufffe\uffffb\t\n\x7f\x85"
    value = {"k" + text: text, "n": [text]}
    read = envelope.read_response(envelope.response("test_echo", value)).value
    shown = "a" + "\ufffd" * 8 + "b\t\n\x7f\x85"
    assert read == {"k" + shown: shown, "n": [shown]}


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (decimal.Decimal("1.5"), "Decimal"),
        (datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC), "datetime"),
        ({1, 2}, "set"),
        (object(), "object"),
        (iter([]), "list_iterator"),
        (1j, "complex"),
    ],
)
def test_type_that_php_has_no_value_for_is_named(value: Any, name: str) -> None:
    for nested in (value, [value], {"a": value}, Rows([("a", value)])):
        with pytest.raises(WireError, match=f"type {name} cannot be written") as error:
            write("v", nested)
        assert error.value.fault_code == "Server"


def test_key_that_php_has_no_value_for_is_named() -> None:
    with pytest.raises(WireError, match="type tuple cannot be the key of a map"):
        write("v", {(1, 2): 1})
    with pytest.raises(WireError, match="type float cannot be the key of a map"):
        write("v", {float("nan"): 1})


def test_integer_with_thousands_of_digits_is_an_error_of_the_wire() -> None:
    for value in (10**5000, [10**5000], {"a": 10**5000}):
        with pytest.raises(WireError, match="thousands of digits"):
            write("v", value)


def _looped() -> Iterator[Any]:
    items: list[Any] = []
    items.append(items)
    yield items
    table: dict[str, Any] = {}
    table["a"] = table
    yield table
    mixed: dict[int, Any] = {}
    mixed[0] = [mixed, mixed]
    yield mixed


@pytest.mark.parametrize("value", list(_looped()), ids=["list", "map", "both"])
def test_value_that_holds_itself_is_an_error_of_the_wire(value: Any) -> None:
    with pytest.raises(WireError, match="more than 100 levels"):
        envelope.response("test_echo", value)


@pytest.mark.parametrize("key", [0, "k"])
def test_a_hundred_levels_are_written_and_read_and_one_more_is_not(key: Any) -> None:
    value: Any = {key: "x"}
    for _ in range(99):
        value = {key: value}
    read = envelope.read_response(envelope.response("test_echo", value)).value
    for _ in range(100):
        read = read[key]
    assert read == "x"
    with pytest.raises(WireError, match="more than 100 levels"):
        write("v", {key: value})


def test_rows_are_a_map_read_once_and_may_be_nested() -> None:
    rows = Rows((number, Rows([("a", number)])) for number in range(2))
    assert write("v", {"x": rows}) == write("v", {"x": Rows([(0, {"a": 0}), (1, {"a": 1})])})
    assert write("v", Rows([(0, "a")])) == (
        '<v xsi:type="ns2:Map"><item><key xsi:type="xsd:int">0</key><value xsi:type="xsd:string">a</value></item></v>'
    )
    assert kind_of(rows) == "ns2:Map"
    assert write("v", rows) == EMPTY


def test_subclasses_are_written_like_their_base() -> None:
    counted: defaultdict[str, int] = defaultdict(int, a=1)
    assert write("v", counted) == write("v", {"a": 1})
    assert write("v", {"x": counted}) == write("v", {"x": {"a": 1}})


def test_memory_for_many_rows_stays_below_three_answers() -> None:
    row = {"domain": "example.com", "active": True, "plan": "basic", "quota": 1024}
    tracemalloc.start()
    try:
        answer = envelope.response("admin_collect", Rows((f"site{number}", row) for number in range(20_000)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(answer) > 5_000_000
    assert peak < 3 * len(answer)


def test_every_answer_is_well_formed_with_all_prefixes_bound() -> None:
    root = etree.fromstring(envelope.response("test_echo", [{"a": 1}, [None, 1.5], True]))
    assert set(root.nsmap) == {"SOAP-ENV", "ns1", "xsd", "xsi", "ns2", "SOAP-ENC"}
