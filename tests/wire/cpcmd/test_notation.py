"""The argument notation of cpcmd, read and written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apnscp.wire.cpcmd import notation_reader
from apnscp.wire.cpcmd.notation import parse, write
from apnscp.wire.cpcmd.notation_reader import NotationError
from apnscp.wire.errors import WireError
from apnscp.wire.soap.text import php_key
from tests.growth import LINEAR, growth

OWN_READING: dict[str, Any] = {
    "[foo,bar,]": ["foo", "bar"],
    "[a:]": {"a": ""},
    "[0:a,1:b]": ["a", "b"],
    "[a b,c d]": ["a b", "c d"],
}


def _rows() -> list[tuple[str, Any]]:
    lines = (Path(__file__).parent / "data" / "minisyntax.tsv").read_text().splitlines()
    return [(text, json.loads(value)) for text, value in (line.split("\t") for line in lines)]


def _php(value: Any) -> Any:
    """Bring a value to the form in which equal PHP arrays are equal: text keys of integers are integers, {} is []."""
    if isinstance(value, list):
        return [_php(item) for item in value]
    if isinstance(value, dict):
        return notation_reader.array({php_key(str(key)): _php(item) for key, item in value.items()})
    return value


@pytest.mark.parametrize(("text", "value"), [row for row in _rows() if row[0] not in OWN_READING])
def test_row_of_the_observed_parser_reads_the_same(text: str, value: Any) -> None:
    assert parse(text) == _php(value)
    assert type(parse(text)) in (type(_php(value)), float)


@pytest.mark.parametrize(("text", "value"), OWN_READING.items())
def test_quirk_of_the_observed_parser_is_read_in_our_way(text: str, value: Any) -> None:
    assert text in dict(_rows())
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[billing.parent_invoice:master-invoice-123]", {"billing.parent_invoice": "master-invoice-123"}),
        ('["billing,parent_invoice":master-invoice-123]', {"billing,parent_invoice": "master-invoice-123"}),
        ("[billing:[parent_invoice:master-invoice-123]]", {"billing": {"parent_invoice": "master-invoice-123"}}),
        ("[siteinfo.domain,diskquota.quota,ssh.enabled]", ["siteinfo.domain", "diskquota.quota", "ssh.enabled"]),
        ("[active: false]", {"active": False}),
        ("[ active :  false , n : 1 ]", {"active": False, "n": 1}),
        ("[a]\n", ["a"]),
        ("['a','b']", ["a", "b"]),
    ],
)
def test_arguments_of_the_panels_guides_are_read(text: str, value: Any) -> None:
    assert parse(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", ""),
        ('""', ""),
        ('"', '"'),
        ('"a"b"', 'a"b'),
        ("[\"\",'']", ["", ""]),
        ("[it's,O'Neil]", ["it's", "O'Neil"]),
        ("[match:^[a-z,]+$,x:1]", {"match": "^[a-z,]+$", "x": 1}),
        (r"[ns:App\Models,c:C:\dir]", {"ns": r"App\Models", 0: r"c:C:\dir"}),
        (r"[a\ ,b\"c,\[d]", ["a ", 'b"c', "[d"]),
        (r"[a :b\,c, d\: e : f]", {"a": "b,c", "d: e": "f"}),
        ("[5:a,b,x:c,d]", {5: "a", 6: "b", "x": "c", 7: "d"}),
        ("[05:a,-3:b,-0:c]", {"05": "a", -3: "b", "-0": "c"}),
        ('["5":a]', {5: "a"}),
        ("[null:a,true:b]", {"null": "a", "true": "b"}),
        ("[a:1,a:2]", {"a": 2}),
        ("[[],[]]", [[], []]),
        ("[a:,b:[c:]]", {"a": "", "b": {"c": ""}}),
        ("[ ]", []),
        ("[1:a,0:b]", {1: "a", 0: "b"}),
        ("+49,12", "+49,12"),
        ("1e-3", 0.001),
        ("1e999", "1e999"),
        ("12345678901234567890", 12345678901234567890),
        ("٣", "٣"),
        ("[Grüße,日本]", ["Grüße", "日本"]),
        (r"[a:'b\'c',d:e]", r"'b\'c',d:e]"),
    ],
)
def test_corners_of_the_notation(text: str, value: Any) -> None:
    assert parse(text) == value
    assert repr(parse(text)) == repr(value)


@pytest.mark.parametrize(
    ("text", "column", "reason"),
    [
        ("[a", 1, "The bracket is not closed"),
        ("[a,[b", 4, "The bracket is not closed"),
        ("[a[b]", 1, "The bracket is not closed"),
        ("[a]b", 4, "Nothing may follow the closing bracket"),
        ("[a]]", 4, "Nothing may follow the closing bracket"),
        ("[a,,b]", 4, 'An element is missing before the comma; an empty text is written ""'),
        ("['a' b]", 6, "A comma or a closing bracket was expected"),
        ("[[a]:b]", 5, "A comma or a closing bracket was expected"),
        ("['a]", 2, "The quote is not closed"),
        ('["url":http://x]', 12, "A value that holds a colon must be quoted after a quoted key"),
        ("[" * 101 + "]" * 101, 101, "Arrays are nested deeper than 100"),
    ],
)
def test_error_names_the_reason_and_the_column(text: str, column: int, reason: str) -> None:
    with pytest.raises(NotationError) as caught:
        parse(text)
    assert (caught.value.column, caught.value.reason) == (column, reason)
    assert isinstance(caught.value, WireError)


def test_error_points_at_the_column_with_a_caret() -> None:
    with pytest.raises(NotationError) as caught:
        parse("[a:b,,c]")
    assert str(caught.value).splitlines()[1:] == ["  [a:b,,c]", "       ^"]


def test_error_in_a_long_argument_shows_its_surroundings_in_one_line() -> None:
    with pytest.raises(NotationError) as caught:
        parse("[" + "long\nelement," * 1000 + ",]")
    _, excerpt, caret = str(caught.value).splitlines()
    assert excerpt == "  " + "t,long element,long element,long element,,]"[-32:]
    assert caret == " " * 32 + "^"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("foo bar", "foo bar"),
        ("null", '"null"'),
        ("5", '"5"'),
        ("", '""'),
        ("[a]", '"[a]"'),
        ('"x"', '""x""'),
        (None, "null"),
        (True, "true"),
        (-5, "-5"),
        (3.0, "3.0"),
        (1e22, "1.0e+22"),
        ([], "[]"),
        ({}, "[]"),
        (["a", 1, None, "1", "a b", "a,b"], '[a,1,null,"1","a b","a,b"]'),
        ({"siteinfo.domain": "x.y", "svc,param": ["'", '"']}, '[siteinfo.domain:x.y,"svc,param":["\'",\'"\']]'),
        ({0: "a", 1: "b"}, "[a,b]"),
        ({"5": "a", "b": {}}, "[5:a,b:[]]"),
        (['it\'s "x"', "C:\\"], '[it\\\'s\\ \\"x\\",C\\:\\\\]'),
    ],
)
def test_values_are_written_plainly(value: Any, text: str) -> None:
    assert write(value) == text
    assert parse(text) == _php(value)


def test_what_is_no_php_value_is_not_written() -> None:
    with pytest.raises(WireError, match="type object cannot be written"):
        write([object()])
    with pytest.raises(WireError, match="type tuple cannot be the key"):
        write({(1,): 1})


def test_value_nested_too_deep_is_not_written() -> None:
    value: Any = []
    for _ in range(100):
        value = [value]
    with pytest.raises(NotationError, match="deeper than 100"):
        write(value)
    assert parse(write(value[0])) == value[0]


NOISE = st.text(alphabet="[]{}:,\"'\\ \n5.e-naltruö0", max_size=40)
TEXTS = st.one_of(st.text(), NOISE)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS)
KEYS = st.one_of(TEXTS, st.integers(-9, 2**64), st.sampled_from(["0", "1", "5", "-5", "05", "null", "true"]))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=5), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=20,
)


@given(VALUES)
def test_any_value_survives_writing_and_reading(value: Any) -> None:
    again = parse(write(value))
    assert again == _php(value)
    assert repr(again) == repr(_php(value))


@given(st.one_of(st.text(), NOISE.map("[".__add__), NOISE.map(lambda noise: f"[{noise}]")))
def test_any_text_is_read_or_refused_within_its_columns(text: str) -> None:
    try:
        value = parse(text)
    except NotationError as error:
        assert 1 <= error.column <= len(text) + 1
    else:
        assert repr(parse(write(value))) == repr(value)


@pytest.mark.parametrize(
    "part",
    ["[", "a,", "a:", "a:b,", "a b,", '"a",', "\\,", "[a,", "'", "a[", " ", "x:[", "]", '"\\\\",', "[],", "aaaaaaa"],
)
def test_a_text_of_any_kind_is_read_in_time_that_grows_with_its_length(part: str) -> None:
    def read(text: str) -> None:
        with pytest.raises(NotationError):
            parse(text)

    count = 100_000 // len(part)
    assert growth(read, "[" + part * count, "[" + part * count * 2) < LINEAR
