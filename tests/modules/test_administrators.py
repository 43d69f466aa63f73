"""Several administrators of one panel (docs/panel.md, section 12)."""

from __future__ import annotations

from apnscp.server.testing import EmulatedPanel


def test_a_password_for_a_new_name_adds_an_administrator(panel: EmulatedPanel) -> None:
    assert panel.call("auth:change-password", "of-the-second-1", "Admin2") is True
    assert panel.messages == (("info", "`admin2' is an administrator of the panel from now on"),)
    second = panel.call("admin:hijack", "localhost", "admin2")
    assert panel.call("common:whoami", session=second) == "admin2"
    assert panel.call("admin:get-domains", session=second) == []


def test_administrators_share_one_contact_address(panel: EmulatedPanel) -> None:
    panel.call("auth:change-password", "of-the-second-1", "admin2")
    second = panel.call("admin:hijack", "localhost", "admin2")
    panel.call("common:set-email", "all@example.com", session=second)
    assert panel.call("common:get-email") == "all@example.com"


def test_the_password_of_one_leaves_the_other(panel: EmulatedPanel) -> None:
    panel.call("auth:change-password", "of-the-second-1", "admin2")
    assert panel.call("auth:change-password", "another-of-it-2", "admin2") is True
    assert panel.messages == ()


def test_a_name_that_cannot_be_is_refused(panel: EmulatedPanel) -> None:
    assert panel.fault("auth:change-password", "of-the-second-1", "root").startswith("`root' is not a user name")
    assert panel.fault("auth:change-password", "short", "admin2").startswith("The password is too weak")
    assert panel.fault("admin:hijack", "localhost", "admin2") == "Unknown user `admin2'"


def test_nobody_else_adds_an_administrator(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    session = panel.call("admin:hijack", "a.example")
    assert panel.fault("auth:change-password", "of-the-second-1", "admin2", session=session) == "Unknown user `admin2'"
    assert panel.fault("auth:change-password", "of-the-second-1", "eve", "a.example") == "Unknown user `eve'"


def test_a_new_name_of_the_second_leaves_the_setting_of_the_first(panel: EmulatedPanel) -> None:
    panel.call("auth:change-password", "of-the-second-1", "admin2")
    second = panel.call("admin:hijack", "localhost", "admin2")
    panel.call("auth:change-username", "helper", session=second)
    assert panel.call("scope:get", "cp.config", "core", "admin_user") == "admin"
    assert panel.call("common:whoami", session=second) == "helper"
