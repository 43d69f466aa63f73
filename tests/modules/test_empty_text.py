"""The empty text to an optional parameter: as good as nil, but where it is a value of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apnscp import modules
from apnscp.core.coerce import arguments
from apnscp.core.php_types import ARRAYS, Kind
from apnscp.core.registry import REGISTRY, Command, Parameter
from apnscp.server.testing import EmulatedPanel

FREE_TEXTS = {("auth_create_api_key", "comment"), ("auth_set_api_key_comment", "comment")}
ANY_VALUES = {
    ("auth_get_login_history", "limit"),
    ("billing_get_billing_status", "invoice"),
    ("billing_get_renewal_hash", "invoice"),
    ("billing_get_renewal_link", "invoice"),
    ("billing_get_status", "invoice"),
    ("common_get_login_history", "limit"),
    ("common_get_service_value", "default"),
    ("ftp_set_option", "c_val"),
    ("user_get_quota", "users"),
    ("web_list_subdomains", "domains"),
}


def optional() -> list[tuple[Command, Parameter]]:
    modules.load_all()
    return [
        (command, parameter)
        for command in REGISTRY.emulated()
        for parameter in command.parameters
        if not parameter.required and not parameter.variadic
    ]


def taken(command: Command, parameter: Parameter, value: Any) -> Any:
    return arguments(replace(command, parameters=(parameter,)), [value])[0]


def test_empty_text_to_every_optional_text_or_number_is_what_nil_is_but_for_free_texts() -> None:
    kept = set()
    for command, parameter in optional():
        if parameter.type.kind in (Kind.STR, Kind.INT, Kind.FLOAT):
            if taken(command, parameter, "") != taken(command, parameter, None):
                kept.add((command.name, parameter.name))
            elif parameter.type.nullable:
                assert taken(command, parameter, "") is None
    assert kept == {("auth_set_api_key_comment", "comment")}
    assert {
        (command.name, parameter.name) for command, parameter in optional() if parameter.type.free_text
    } == FREE_TEXTS


def test_empty_text_to_every_other_optional_parameter_is_a_value() -> None:
    kept = set()
    for command, parameter in optional():
        if parameter.type.kind in ARRAYS:
            assert not taken(command, parameter, "")
        elif parameter.type.kind is Kind.BOOL:
            assert taken(command, parameter, "") is False
        elif parameter.type.kind is Kind.MIXED:
            assert taken(command, parameter, "") == ""
            kept.add((command.name, parameter.name))
    assert kept == ANY_VALUES


def test_a_session_of_an_empty_user_is_one_of_the_administrator_of_the_account(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com", "", "UI")
    assert panel.call("common:whoami", session=session) == "bob"


def test_a_comment_a_preference_a_reason_and_a_setting_may_be_empty(panel: EmulatedPanel) -> None:
    key = panel.call("auth:create-api-key", "billing")
    assert panel.call("auth:set-api-key-comment", key, "") is True
    comments = [row["comment"] for row in panel.call("auth:get-api-keys")]
    assert "" in comments
    assert "billing" not in comments
    panel.call("common:save-preferences", {"note": ""})
    assert panel.call("common:load-preferences") == {"note": ""}
    assert panel.call("scope:set", "cp.config", "core", "panel_brand", "") is True
    assert panel.call("scope:get", "cp.config", "core", "panel_brand") == ""
    panel.call("admin:add-site", "example.com", "bob")
    assert panel.call("admin:deactivate-site", "example.com", {"reason": ""}) is True


def test_an_empty_mode_is_the_usual_one(panel: EmulatedPanel) -> None:
    assert panel.call("rampart:blacklist", "203.0.113.7", "") is True
    assert panel.call("rampart:is-banned", "203.0.113.7", "") is True
