"""Output and input formats of cpcmd; what PHP prints is compared with PHP itself."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from apnscp.wire.cpcmd import notation_reader
from apnscp.wire.cpcmd.formats import FormatError, dump, load
from apnscp.wire.errors import WireError
from apnscp.wire.soap.text import php_key
from tests.peers import require

COLLECTED: dict[str, Any] = {
    "site158": {
        "siteinfo": {"email": "blackhole@apiscp.com", "admin_user": "test-child-1"},
        "aliases": {"aliases": []},
        "billing": {"invoice": None, "parent_invoice": "master-invoice-123"},
        "active": False,
        "domain": "test-domain-child1.com",
    },
}

SAMPLE: dict[int | str, Any] = {
    "text": "Grüße \\ 'quoted' \"twice\"\nline",
    "int": -5,
    "yes": True,
    "no": False,
    "none": None,
    "list": ["a", [], {}, ["b"]],
    7: {"x": {"y": 1.5}},
    "floats": [0.1 + 0.2, 3.0, 1e22, 1e15, 1e17, 0.0001, 1e-5, -2.5e-7, 123456789012345.678, -0.0, 1e14],
}


def _php(code: str, text: str) -> str:
    run = subprocess.run([require("php"), "-r", code], input=text.encode(), capture_output=True, check=True)
    return run.stdout.decode()


def test_yaml_of_a_collect_has_the_panels_shape() -> None:
    assert dump(COLLECTED, "yaml") == (
        "site158:\n"
        "  siteinfo: { email: blackhole@apiscp.com, admin_user: test-child-1 }\n"
        "  aliases: { aliases: {  } }\n"
        "  billing: { invoice: null, parent_invoice: master-invoice-123 }\n"
        "  active: false\n"
        "  domain: test-domain-child1.com"
    )


@pytest.mark.parametrize(
    ("inline", "text"),
    [
        (0, "{ a: { b: [1, { c: d }] } }"),
        (1, "a: { b: [1, { c: d }] }"),
        (2, "a:\n  b: [1, { c: d }]"),
        (3, "a:\n  b:\n    - 1\n    - { c: d }"),
        (4, "a:\n  b:\n    - 1\n    -\n      c: d"),
    ],
)
def test_yaml_folds_below_the_given_depth(inline: int, text: str) -> None:
    assert dump({"a": {"b": [1, {"c": "d"}]}}, "yaml", inline=inline) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["null", "true", "5", "", "~"], "- 'null'\n- 'true'\n- '5'\n- ''\n- '~'"),
        (["a b", "it's", "a: b", "#x", "- y"], "- 'a b'\n- 'it''s'\n- 'a: b'\n- '#x'\n- '- y'"),
        (["1.1.1.1", "2020-01-02", "0x1f", "3abc", "1_0"], "- 1.1.1.1\n- '2020-01-02'\n- '0x1f'\n- 3abc\n- '1_0'"),
        (["a\nb", "\x07"], '- "a\\nb"\n- "\\u0007"'),
        ({5: "a", "no": "b"}, "5: a\n'no': b"),
        ({0: "a", 1: "b"}, "- a\n- b"),
        ([], "{  }"),
        ({}, "{  }"),
        ([3000.0, -0.0, 0.5, 1e15, 1e22], "- !!float 3000\n- !!float -0\n- 0.5\n- 1000000000000000.0\n- 1.0e+22"),
        ([float("inf")], "- .Inf"),
        ({"*": "*.a"}, "'*': '*.a'"),
    ],
)
def test_yaml_quotes_what_would_read_otherwise(value: Any, text: str) -> None:
    assert dump(value, "yaml") == text


@pytest.mark.parametrize("fmt", ["yaml", "cli", "print"])
@pytest.mark.parametrize(
    ("value", "text"), [(True, "1"), (False, ""), (None, ""), ("a: b", "a: b"), (5, "5"), (1.5, "1.5"), (3.0, "3")]
)
def test_scalar_is_bare_text(fmt: str, value: Any, text: str) -> None:
    assert dump(value, fmt) == text


def test_json_is_one_line_with_php_arrays() -> None:
    value: Any = {"site1": {"aliases": {}, 5: [True, None]}, "list": {0: "a", 1: "b"}, "inf": float("inf")}
    assert dump(value, "json") == '{"site1":{"aliases":[],"5":[true,null]},"list":["a","b"],"inf":null}'


def test_cli_writes_arrays_in_the_notation() -> None:
    assert dump({"a": [1, "x y"]}, "cli") == '[a:[1,"x y"]]'


def test_print_is_what_php_prints() -> None:
    text = _php("print_r(json_decode(stream_get_contents(STDIN), true));", json.dumps(SAMPLE))
    assert dump(SAMPLE, "print") + "\n" == text


def test_var_dump_is_what_php_dumps() -> None:
    text = _php("var_dump(json_decode(stream_get_contents(STDIN), true));", json.dumps(SAMPLE))
    assert dump(SAMPLE, "var_dump") + "\n" == text


def test_serialized_value_is_read_by_php() -> None:
    text = _php("echo json_encode(unserialize(stream_get_contents(STDIN)));", dump(SAMPLE, "serialize"))
    assert json.loads(text) == {**json.loads(json.dumps(SAMPLE)), "list": ["a", [], [], ["b"]]}


def test_value_serialized_by_php_is_read() -> None:
    text = _php("echo serialize(json_decode(stream_get_contents(STDIN), true));", json.dumps(SAMPLE))
    assert load(text, "serialize") == {**SAMPLE, "list": ["a", [], [], ["b"]]}


@pytest.mark.parametrize(
    ("text", "fmt", "value"),
    [
        ("[a:1]", "cli", {"a": 1}),
        (
            '{"a":{"5":[1,"x",null,true,1.5]},"b":{"0":"x","1":"y"}}',
            "json",
            {"a": {5: [1, "x", None, True, 1.5]}, "b": ["x", "y"]},
        ),
        ('"text"', "json", "text"),
        ('a:1:{s:1:"a";a:1:{i:0;s:2:"é";}}', "serialize", {"a": ["é"]}),
        ("a:0:{}", "serialize", []),
    ],
)
def test_arguments_are_read_in_their_format(text: str, fmt: str, value: Any) -> None:
    assert load(text, fmt) == value


@pytest.mark.parametrize(
    ("text", "fmt", "words"),
    [
        ('{"a":', "json", r"not JSON: Expecting value \(column 6\)"),
        ("[NaN]", "json", "NaN is not a number in JSON"),
        ("[" * 100_000, "json", "not usable JSON"),
        ("s:3:x", "serialize", "not a serialized PHP value"),
        ("a:99999999999:{", "serialize", "not a serialized PHP value"),
        ("a:1:{a:0:{}i:1;}", "serialize", "not a serialized PHP value"),
        ("a:1:{i:0;" * 50_000, "serialize", "not a serialized PHP value"),
        ('O:8:"stdClass":0:{}', "serialize", "not a serialized PHP value"),
        ("a:1:{a:1:{i:1;i:1;}i:1;}", "serialize", "not a serialized PHP value"),
        ("i:1;i:2;", "serialize", "goes on after byte 4"),
        ("", "serialize", "not a serialized PHP value"),
        ("x", "xml", "Unknown input format `xml'; known are cli, json, serialize"),
        ("[a", "cli", "not closed"),
    ],
)
def test_argument_of_another_format_is_a_clear_error(text: str, fmt: str, words: str) -> None:
    with pytest.raises(WireError, match=words):
        load(text, fmt)


def test_unknown_output_format_is_an_error() -> None:
    with pytest.raises(
        FormatError, match="Unknown output format `xml'; known are yaml, json, cli, serialize, var_dump, print"
    ):
        dump(1, "xml")


TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="05:-_.eExo+ #'\"{}[],&*!|>%@`?~nNyYuUlL\\\n\t\x85\u2028\ufeff", max_size=12),
    st.from_regex(r"[-+]?[0-9_:.,]{1,12}([eE][-+]?[0-9]{1,2})?", fullmatch=True),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS)
KEYS = st.one_of(TEXTS.map(php_key), st.integers(-9, 99))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)


def _normal(value: Any, empty: Any) -> Any:
    if isinstance(value, list):
        return [_normal(item, empty) for item in value] or empty
    if isinstance(value, dict):
        normal = notation_reader.array({key: _normal(item, empty) for key, item in value.items()})
        return normal or empty
    return value


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), st.integers(0, 5))
@settings(max_examples=150)
def test_yaml_reads_back_as_the_value(value: Any, inline: int) -> None:
    assert repr(yaml.safe_load(dump(value, "yaml", inline=inline))) == repr(_normal(value, {}))


@given(VALUES)
def test_serialized_value_reads_back(value: Any) -> None:
    assert repr(load(dump(value, "serialize"), "serialize")) == repr(_normal(value, []))
