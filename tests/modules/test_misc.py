from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.access import keys
from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel


def test_the_version_of_the_panel_is_a_map_or_one_field(panel: EmulatedPanel) -> None:
    version = panel.call("misc:cp-version")
    assert (version["ver_maj"], version["ver_min"], version["ver_patch"]) == (3, 2, 48)
    assert version["version"] == "3.2.48"
    assert version["debug"] is False
    assert panel.call("misc:cp-version", "") == version
    assert panel.call("misc:cp-version", None) == version
    assert panel.call("misc:cp-version", "ver_min") == 2


def test_a_field_that_the_version_has_not_is_refused(panel: EmulatedPanel) -> None:
    assert panel.fault("misc:cp-version", "colour").startswith("Unknown field `colour'; there are version, ver_maj")


def test_the_platform_has_a_version(two: Any) -> None:
    assert two("misc:platform-version", session=two.ann) == "9.0"


def test_only_the_administrator_flushes_the_version(two: Any) -> None:
    assert two.panel.call("misc:flush-cp-version") is True
    assert two.panel.call("misc:cp-version", "ver_maj") == 3
    assert "not present" in two.fault("misc:flush-cp-version")


def test_commands_are_listed_by_module_for_the_role_of_the_caller(two: Any) -> None:
    of_admin, of_site, of_user = (two("misc:list-commands", session=session) for session in (None, two.alice, two.ann))
    assert "collect" in of_admin["admin"]
    assert "hijack" not in of_admin.get("site", [])
    assert "admin" not in of_site
    assert "hijack" in of_site["site"]
    assert of_user["site"] == ["get_admin_email", "ip_address", "split_hostname"]


@pytest.mark.parametrize("pattern", ["common:get-*-version", "common_get_*_version", "COMMON:GET-*-VERSION"])
def test_a_glob_on_either_spelling_filters_the_list(panel: EmulatedPanel, pattern: str) -> None:
    names = [f"get_{name}_version" for name in ("kernel", "mysql", "perl", "php", "postgresql")]
    assert panel.call("misc:list-commands", pattern) == {"common": names}
    assert panel.call("misc:l", pattern) == {"common": names}
    assert list(panel.call("misc:info", pattern)) == [f"common:{name.replace('_', '-')}" for name in names]


@pytest.mark.parametrize("method", ["info", "i", "command-info"])
def test_one_command_is_described_by_itself(panel: EmulatedPanel, method: str) -> None:
    block = panel.call(f"misc:{method}", "diskquota:project-set")
    assert block["signature"] == "diskquota_project_set(string $name,int $blocks,int $inodes)"
    assert (block["min"], block["max"], block["return"]) == (3, 3, "bool")
    assert block["doc"].startswith("Limit a quota project.")
    assert block["parameters"][1] == "Parameter #1 [ <required> int $blocks ]"


@pytest.mark.parametrize(
    ("command", "signature"),
    [
        ("admin:collect", "admin_collect([array $params,[array $query,[array $sites]]])"),
        ("common:get-service-value", "common_get_service_value($mSrvcType,[$mSrvcName,[$default]])"),
        ("common:whoami", "common_whoami()"),
        ("misc:cp-version", "misc_cp_version([$field])"),
    ],
)
def test_optional_parameters_stand_in_brackets(panel: EmulatedPanel, command: str, signature: str) -> None:
    assert panel.call("misc:info", command)["signature"] == signature


def test_what_a_caller_may_not_call_is_not_described(two: Any) -> None:
    assert two("misc:info", "admin:collect") == []
    assert two("misc:list-commands", "admin:*") == []


def test_what_a_key_may_not_call_is_not_listed(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        rules = keys.Rules(commands="@read-only")
        owner = people.require(ctx.db, people.PANEL, "admin")
        keys.add(ctx.db, ctx.panel.secret, "abc1", user_id=owner.id, comment="", now=ctx.clock.unix(), rules=rules)
    listed = panel.call("misc:list-commands", "admin:*", key="abc1")["admin"]
    assert "collect" in listed
    assert "delete_site" not in listed
    assert panel.call("misc:info", "admin:delete-site", key="abc1") == []


def test_what_admin_api_takes_away_is_not_listed(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "cp.config", "auth", "admin_api", False)
    listed = panel.call("misc:list-commands")
    assert "scope" not in listed
    assert "config" not in listed
    assert "hijack" not in listed["admin"]
    assert "collect" in listed["admin"]
