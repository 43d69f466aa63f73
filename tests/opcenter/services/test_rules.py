"""Rules for values of services: what each takes, what it refuses, and how it says so."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.services import rules
from apnscp.opcenter.services.rulebook import Rulebook


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


CHECKSUM = "a" * 86


@pytest.mark.parametrize(
    "crypted",
    [
        f"$6$saltsalt${CHECKSUM}",
        f"$6$${CHECKSUM}",
        f"$6$rounds=1000$saltsalt${CHECKSUM}",
        f"$6$rounds=500000$saltsalt${CHECKSUM}",
        "$5$saltsalt$" + "a" * 43,
    ],
)
def test_a_hash_is_kept_as_it_is(crypted: str) -> None:
    assert rules.check("crypt", crypted) == crypted


@pytest.mark.parametrize(
    "text",
    [
        "$6$garbage",
        f"$6$saltsalt${CHECKSUM}a",
        f"$6$saltsalt${CHECKSUM[1:]}",
        f"$6$saltsalt${CHECKSUM}\n",
        f"$6$seventeen-letters${CHECKSUM}",
        f"$5$saltsalt${CHECKSUM}",
        f"$1$saltsalt${CHECKSUM}",
        f"$6$rounds=500001$saltsalt${CHECKSUM}",
        f"$6$rounds=999999999$saltsalt${CHECKSUM}",
        f"$6$rounds=999$saltsalt${CHECKSUM}",
        f"$6$rounds=05000$saltsalt${CHECKSUM}",
        f"$6$rounds=$saltsalt${CHECKSUM}",
    ],
)
def test_a_malformed_hash_and_one_that_takes_seconds_to_check_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        rules.check("crypt", text)


@pytest.mark.parametrize(
    ("value", "truth"),
    [
        (True, True), (1, True), (1.0, True), ("1", True), (" TRUE ", True), ("on", True), ("Yes", True),
        (False, False), (0, False), ("0", False), ("false", False), ("OFF", False), ("no", False),
    ],
)  # fmt: skip
def test_true_and_false_are_written_in_these_ways(value: Any, truth: bool) -> None:
    assert rules.check("bool", value) is truth
    assert (rules.check("switch", value), type(rules.check("switch", value))) == (int(truth), int)


@pytest.mark.parametrize("value", [2, -1, 0.5, "maybe", None, [], "t"])
def test_nothing_else_is_a_boolean(value: Any) -> None:
    for rule in ("bool", "switch"):
        with pytest.raises(ValueError):
            rules.check(rule, value)


def test_empty_text_switches_off_and_is_no_boolean() -> None:
    assert rules.check("switch", " ") == 0
    with pytest.raises(ValueError):
        rules.check("bool", "")


def test_false_among_the_choices_is_the_boolean() -> None:
    assert [rules.check("choice tape disk false", value) for value in ("DISK", "false", 0, "", False)] == (
        ["disk", False, False, False, False]
    )
    for value in (True, 0, ""):
        with pytest.raises(ValueError):
            rules.check("choice tape disk", value)


@pytest.mark.parametrize(
    ("rule", "words"), [("choice a", "a"), ("choice a b", "a or b"), ("unit B KB MB", "B, KB or MB")]
)
def test_choices_are_worded_as_a_sentence_has_them(rule: str, words: str) -> None:
    assert rules.wording(rule) == words


@pytest.mark.parametrize("empty", [None, "", " ", "null", "None", " NONE "])
def test_a_question_mark_admits_an_empty_value(empty: Any) -> None:
    assert rules.check("?ipv4", empty) is None
    with pytest.raises(ValueError):
        rules.check("ipv4", empty)


def test_a_question_mark_is_worded() -> None:
    assert rules.wording("?ipv4") == "an IPv4 address, or '' for none"


@pytest.mark.parametrize("null", [None, "null", "None", " null "])
def test_null_is_written_in_three_ways(null: Any) -> None:
    assert rules.is_null(null)


@pytest.mark.parametrize("text", ["NULL", "", 0, False, []])
def test_nothing_else_is_null(text: Any) -> None:
    assert not rules.is_null(text)


def test_a_list_keeps_each_member_once_in_order() -> None:
    assert rules.check("list domain", "b.example,a.example,B.example") == ["b.example", "a.example"]


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


def test_a_book_of_rules_bounds_what_a_value_comes_to() -> None:
    book = Rulebook(rules.RULES, longest=10)
    assert book.check("text 100", "x" * 8) == "x" * 8
    with pytest.raises(ValueError):
        book.check("text 100", "x" * 9)
