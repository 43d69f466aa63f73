"""Options and flags in every shape that public clients send."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.core.errors import Refused
from apnscp.opcenter.lifecycle.requests import (
    ADD_FLAGS,
    DELETE_FLAGS,
    EDIT_FLAGS,
    SUSPEND_FLAGS,
    read_flags,
    read_options,
)


@pytest.mark.parametrize(
    "opts",
    [
        {"siteinfo.email": "a@b.example", "diskquota.quota": 5000},
        {"siteinfo,email": "a@b.example", "diskquota,quota": 5000},
        {"siteinfo": {"email": "a@b.example"}, "diskquota": {"quota": 5000}},
        {"siteinfo.email": "a@b.example", "diskquota": {"quota": 5000}},
        {" siteinfo, email ": "a@b.example", "diskquota.quota": 1, "diskquota": {"quota": 5000}},
    ],
)
def test_dotted_comma_and_nested_keys_are_the_same_and_mix(opts: Any) -> None:
    options = read_options(opts)
    assert options.values == {"siteinfo": {"email": "a@b.example"}, "diskquota": {"quota": 5000}}
    assert options.flags == {}


@pytest.mark.parametrize("opts", [None, [], {}, ""])
def test_no_options_are_empty(opts: Any) -> None:
    assert read_options(opts).values == {}


def test_the_reset_that_blesta_hides_in_its_options_is_a_flag() -> None:
    options = read_options({"siteinfo.plan": "pro", 0: {"reset": True}})
    assert options.values == {"siteinfo": {"plan": "pro"}}
    assert options.flags == {"reset": True}


def test_a_php_list_of_flags_alone_is_read_as_flags() -> None:
    assert read_options([{"reset": "true"}]).flags == {"reset": True}


def test_a_flag_name_under_an_integer_key_is_a_flag() -> None:
    assert read_options({"0": "dry-run", "ssh.jail": 1}).flags == {"dry-run": True}


@pytest.mark.parametrize("entry", ["anything", {"unknown": True}, None, 5, [], ["a"]])
def test_anything_else_under_an_integer_key_is_skipped(entry: Any) -> None:
    options = read_options({0: entry, "ssh.jail": 1})
    assert (options.values, options.flags) == ({"ssh": {"jail": 1}}, {})


def test_an_empty_service_changes_nothing() -> None:
    assert read_options({"ssh": [], "mail": {}, "dns": None}).values == {}


def test_an_option_that_names_no_parameter_is_refused() -> None:
    with pytest.raises(Refused, match=r"^Option `quota' names no parameter; write it as `service.parameter', or quote"):
        read_options({"quota": 5000})


def test_options_that_are_no_array_are_refused() -> None:
    with pytest.raises(Refused, match=r"^Options must be an array$"):
        read_options("siteinfo.plan")


@pytest.mark.parametrize(
    "flags",
    [{"dry-run": True}, {"dry-run": "true"}, {"dry-run": 1}, {"dry-run": "1"}, {0: "dry-run"}, ["dry-run"],
     ["--dry-run"], {"dry_run": True}, {"--dry-run": True}, [{"dry-run": True}], {"Dry-Run": "True"}],
)  # fmt: skip
def test_dry_run_is_understood_in_every_shape(flags: Any) -> None:
    assert read_flags(flags, DELETE_FLAGS) == {"dry-run": True}


@pytest.mark.parametrize("value", [False, "false", 0, "0", ""])
def test_a_switch_can_be_given_as_off(value: Any) -> None:
    assert read_flags({"bootstrap": value}, ADD_FLAGS) == {"bootstrap": False}


@pytest.mark.parametrize("flags", [None, [], {}])
def test_no_flags_are_empty(flags: Any) -> None:
    assert read_flags(flags, EDIT_FLAGS) == {}


def test_a_null_flag_was_not_given() -> None:
    assert read_flags({"force": None, "reason": None}, {**EDIT_FLAGS, **SUSPEND_FLAGS}) == {}


def test_short_and_old_names_of_flags_stand_for_the_present_ones() -> None:
    assert read_flags({"p": "pro"}, EDIT_FLAGS) == {"plan": "pro"}
    assert read_flags({"filter": "unpaid"}, DELETE_FLAGS) == {"match": "unpaid"}


def test_valued_flags_keep_their_value() -> None:
    assert read_flags({"since": 1700000000, "match": "/unpaid/"}, DELETE_FLAGS) == {
        "since": 1700000000,
        "match": "/unpaid/",
    }
    assert read_flags(["--since=30 days ago"], DELETE_FLAGS) == {"since": "30 days ago"}


def test_the_purge_of_the_whmcs_cron_is_understood() -> None:
    sent: Any = {"since": "30 days ago", "match": "unpaid", 0: "dry-run", "force": True}
    assert read_flags(sent, DELETE_FLAGS) == {"since": "30 days ago", "match": "unpaid", "dry-run": True, "force": True}


def test_an_unknown_flag_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"^Unknown flag `wipe'; known are reason, template$"):
        read_flags({"wipe": True}, SUSPEND_FLAGS)


def test_a_flag_of_another_call_is_unknown() -> None:
    with pytest.raises(Refused, match=r"Unknown flag `since'"):
        read_flags({"since": "now"}, EDIT_FLAGS)


@pytest.mark.parametrize("value", [True, [], {"a": 1}])
def test_a_valued_flag_without_value_is_refused(value: Any) -> None:
    with pytest.raises(Refused, match=r"^Flag `plan' needs a value"):
        read_flags({"plan": value}, EDIT_FLAGS)


@pytest.mark.parametrize("value", ["perhaps", 2, ["a"]])
def test_a_switch_that_is_no_boolean_is_refused(value: Any) -> None:
    with pytest.raises(Refused, match=r"^Flag `reset' must be true or false$"):
        read_flags({"reset": value}, EDIT_FLAGS)
