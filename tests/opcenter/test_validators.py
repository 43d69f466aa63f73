"""Names, numbers and lists: what each kind of value takes and refuses."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.services import lists, names, rules


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Example.COM", "example.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ("a.b.c.d.example", "a.b.c.d.example"),
        ("1.example", "1.example"),
        ("a" * 63 + ".example", "a" * 63 + ".example"),
    ],
)
def test_a_domain_is_kept_in_lower_case_and_punycode(text: str, stored: str) -> None:
    assert names.domain(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "example.com.",
        ".example.com",
        "a..example",
        "-a.example",
        "a-.example",
        "a_b.example",
        "a b.example",
        " example.com",
        "example.com\n",
        "example.com\0",
        "192.0.2.1",
        "xn--a.example",
        "a" * 64 + ".example",
        ".".join(["a" * 49] * 6),
        "exam\u200bple.com",
        "*.example.com",
        "http://example.com",
        "example.com/..",
        "ü" * 100_000 + ".example",
    ],
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        names.domain(text)


@pytest.mark.parametrize("text", ["Some.One+tag@Example.com", "o'brien@example.com", " a@example.com "])
def test_an_address_keeps_its_local_part(text: str) -> None:
    assert names.email(text) == text.strip().replace("Example", "example")


@pytest.mark.parametrize(
    "text", ["", "a", "@example.com", "a@", "a@b", ".a@example.com", "a..b@example.com", "a b@example.com",
             "a@example.com\nBcc: x@example.com", "<a@example.com>", "x" * 65 + "@example.com"]
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        names.email(text)


@pytest.mark.parametrize("text", ["ab", "test-child-1", "a.b_c", "x" * 32, "UPPER"])
def test_a_user_name_is_kept_in_lower_case(text: str) -> None:
    assert names.user(text) == text.lower()


@pytest.mark.parametrize(
    "text", ["", "a", "1a", "-ab", "ab-", "a b", "ab\n", "NULL", "none", "x" * 33, "a/b", "ümlaut", "a;b"]
)
def test_what_is_no_user_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        names.user(text)


def test_an_administrator_cannot_have_the_name_of_a_system_user() -> None:
    with pytest.raises(ValueError):
        names.admin_user("Root")


@pytest.mark.parametrize("text", ["..", ".skeleton", "a/b", "../basic", "", "a\0", "x" * 64, "a\n", "a b"])
def test_the_name_of_a_plan_cannot_leave_its_folder(text: str) -> None:
    with pytest.raises(ValueError):
        names.plan(text)


@pytest.mark.parametrize(
    ("sent", "members"),
    [
        ("['a','b']", ["a", "b"]),
        ('["a", "b"]', ["a", "b"]),
        ("[a,b]", ["a", "b"]),
        ("a,b", ["a", "b"]),
        ("a , b ,", ["a", "b"]),
        ("['a,b']", ["a,b"]),
        (r"['it\'s']", ["it's"]),
        ("a", ["a"]),
        ("[]", []),
        ("", []),
        (None, []),
        (5, [5]),
        (["a"], ["a"]),
        ({0: "a", 1: "b"}, ["a", "b"]),
        ({"0": "a"}, ["a"]),
        ({}, []),
    ],
)
def test_a_list_is_read_in_every_notation(sent: Any, members: list[Any]) -> None:
    assert lists.members(sent) == members


@pytest.mark.parametrize("sent", ["[a", "a,,b", ",", "['a'b']", "['a", {"name": "a"}])
def test_what_is_no_list_is_refused(sent: Any) -> None:
    with pytest.raises(ValueError):
        lists.members(sent)


def test_a_list_keeps_each_member_once_in_order() -> None:
    assert rules.check("list domain", "b.example,a.example,B.example") == ["b.example", "a.example"]


def test_a_list_of_100_000_members_is_split_at_once() -> None:
    assert len(lists.split(",".join(["a"] * 100_000))) == 100_000


def test_arrays_nested_past_16_levels_are_refused() -> None:
    nested: list[Any] = []
    for _ in range(50):
        nested = [nested]
    with pytest.raises(ValueError):
        lists.plain(nested)


@pytest.mark.parametrize(
    "value", ["nan", "inf", float("nan"), float("inf"), 10**400, "9" * 5000, "٣", "5_0", "1e3", ""]
)
def test_what_is_no_finite_number_is_refused(value: Any) -> None:
    with pytest.raises(ValueError):
        rules.as_number(value)


@pytest.mark.parametrize(
    ("value", "number"), [("5000", 5000), (" 5 ", 5), ("5.0", 5), (5.0, 5), ("0.5", 0.5), ("+3", 3)]
)
def test_a_whole_number_is_an_int_however_it_was_written(value: Any, number: int | float) -> None:
    taken = rules.as_number(value)
    assert (taken, type(taken)) == (number, type(number))


def test_a_hash_that_would_take_seconds_to_check_is_refused() -> None:
    slow = "$6$rounds=999999999$saltsalt$" + "a" * 86
    with pytest.raises(ValueError):
        rules.check("crypt", slow)
    assert rules.check("crypt", slow.replace("999999999", "5000")).startswith("$6$rounds=5000$")  # type: ignore[union-attr]


@pytest.mark.parametrize("null", [None, "null", "None", " null "])
def test_null_is_written_in_three_ways(null: Any) -> None:
    assert rules.is_null(null)


@pytest.mark.parametrize("text", ["NULL", "", 0, False, []])
def test_nothing_else_is_null(text: Any) -> None:
    assert not rules.is_null(text)


@pytest.mark.parametrize("rule", rules.RULES)
def test_every_rule_words_what_it_takes(rule: str) -> None:
    rest = {
        "int": " 0..9",
        "number": " 0..",
        "choice": " a b",
        "unit": " B KB",
        "line": " 9",
        "text": " 9",
        "list": " email",
    }
    assert len(rules.wording(rule + rest.get(rule, ""))) > 5
