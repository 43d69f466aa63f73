"""Rules for settings and scopes: words of their own beside those of services."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.scopes.catalogue import SCOPES
from apnscp.opcenter.services import rules as service_rules
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.settings import rules
from apnscp.opcenter.settings.config import KEYS


def test_no_word_means_two_things() -> None:
    assert all(rules.RULES[word] is rule for word, rule in service_rules.RULES.items())


def test_every_rule_of_the_tables_says_what_it_takes() -> None:
    used = {key.rule or rules.rule_of(key.default) for key in KEYS.values()} | {scope.rule for scope in SCOPES.values()}
    assert all(rules.wording(rule) for rule in used)


def test_every_word_is_used() -> None:
    used = [parameter.rule for service in SERVICES.values() for parameter in service.parameters.values()]
    used += [key.rule or rules.rule_of(key.default) for key in KEYS.values()]
    used += [scope.rule for scope in SCOPES.values()]
    words = {word for rule in used for word in rule.removeprefix("?").split()}
    assert set(rules.RULES) - words == {"email"}, "a member of email-or-list"


@pytest.mark.parametrize(
    ("default", "rule"),
    [(True, "bool"), (0.75, "number -1000000000..1000000000"), (None, "?scalar"), ("x", "free-text")],
)
def test_a_setting_without_a_rule_takes_the_type_of_its_default(default: Any, rule: str) -> None:
    assert rules.rule_of(default) == rule


def test_whole_numbers_are_those_of_64_bits() -> None:
    rule = rules.rule_of(5)
    assert rules.check(rule, "9223372036854775807") == 2**63 - 1
    with pytest.raises(ValueError):
        rules.check(rule, 2**63)


def test_a_value_of_more_than_65536_characters_is_refused() -> None:
    assert len(rules.check("free-text", "x" * 65534)) == 65534
    for value in ("x" * 65535, "ü" * 20000):
        with pytest.raises(ValueError):
            rules.check("free-text", value)


@pytest.mark.parametrize(
    ("rule", "value", "kept"),
    [
        ("free-text", "two\n\tlines", "two\n\tlines"),
        ("free-line", "\tone line \n", "one line"),
        ("word", " f2b- ", "f2b-"),
        ("scalar", 5.0, 5.0),
        ("any", {"a": [1, None, True]}, {"a": [1, None, True]}),
        ("span", "15  Minutes", "15 minutes"),
        ("span", 600, "600"),
        ("cleanup", "true", True),
        ("cleanup", 0, False),
        ("cleanup", None, False),
        ("cleanup", "30 Days", "30 days"),
        ("hours", "03-22", "03-22"),
        ("zone", "europe/berlin", "Europe/Berlin"),
        ("address-list", ["192.0.2.7/24 ::1", {"0": "::ffff:192.0.2.0/120"}], "192.0.2.0/24,::1"),
        ("address-list", None, ""),
        ("words", "default, high default", ["default", "high"]),
        ("hosts", {"a": "B.example"}, ["b.example"]),
        ("flat-list ipv4", ["192.0.2.1", "192.0.2.1,192.0.2.2"], ["192.0.2.1", "192.0.2.1", "192.0.2.2"]),
        ("ports", "80 443", [80, 443]),
        ("smart-host", "relay.example.com user pass", ["relay.example.com", "user"]),
        ("smart-host", 0, False),
    ],
)
def test_a_rule_keeps_one_form(rule: str, value: Any, kept: Any) -> None:
    taken = rules.check(rule, value)
    assert (taken, type(taken)) == (kept, type(kept))


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("free-text", "carriage\rreturn"),
        ("free-line", " \n"),
        ("free-line", "two\nlines"),
        ("word", "a b"),
        ("scalar", None),
        ("scalar", float("nan")),
        ("any", {"a": {"b": "\x7f"}}),
        ("span", "0 minutes"),
        ("span", "15 fortnights"),
        ("cleanup", "1"),
        ("hours", "22-3"),
        ("hours", "3-24"),
        ("zone", "Factory"),
        ("address-list", "::ffff:0:0/96"),
        ("address-list", "fe80::1%eth0"),
        ("words", ["a\nb", [True]]),
        ("hosts", ""),
        ("ports", []),
        ("smart-host", True),
        ("smart-host", ["a.example", "u", "p", "more"]),
    ],
)
def test_a_rule_refuses_the_rest(rule: str, value: Any) -> None:
    with pytest.raises(ValueError):
        rules.check(rule, value)
