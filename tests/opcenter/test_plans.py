"""Plans on disk: inheritance, the user's folder, making, editing, comparing, verifying."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apnscp.core.errors import Refused
from apnscp.opcenter.plans.library import PACKAGE, Difference, Plans
from apnscp.opcenter.services.values import defaults


def _plan(folder: Path, name: str, **files: str) -> None:
    (folder / name).mkdir(parents=True, exist_ok=True)
    for service, text in files.items():
        (folder / name / service).write_text(text)


def test_the_package_has_basic_and_pro_and_hides_its_skeleton() -> None:
    assert Plans().names() == ["basic", "pro"]


def test_the_skeleton_holds_every_default_of_the_panel() -> None:
    assert Plans().own(".skeleton") == defaults()


@pytest.mark.parametrize("name", [".skeleton", "basic", "pro"])
def test_plans_of_the_package_are_sound(name: str) -> None:
    assert Plans().verify(name) == []


def test_pro_differs_from_basic_in_its_limits() -> None:
    assert Plans().diff("basic", "pro") == [
        Difference("bandwidth", "threshold", 50, 500),
        Difference("cgroup", "memory", 512, 2048),
        Difference("cgroup", "proclimit", 100, 250),
        Difference("cgroup", "cpu", 2000, 8000),
        Difference("diskquota", "quota", 4000, 20000),
        Difference("pgsql", "enabled", 0, 1),
        Difference("rampart", "max", "DEFAULT", 25),
        Difference("users", "max", 500, None),
    ]


def test_a_plan_inherits_from_the_default_plan_and_then_from_the_skeleton(tmp_path: Path) -> None:
    _plan(tmp_path, "house", diskquota="[DEFAULT]\nquota = 7\n", ssh="[DEFAULT]\nenabled = 0\n")
    _plan(tmp_path, "thin", diskquota="[DEFAULT]\nunits = T\n")
    thin = Plans([tmp_path], default="house").get("thin")
    assert (thin["diskquota"]["units"], thin["diskquota"]["quota"]) == ("TB", 7)
    assert thin["ssh"] == {"version": 3.1, "enabled": 0, "jail": 1, "port_index": None}
    assert list(thin) == list(defaults())


def test_values_are_read_as_the_panel_writes_them(tmp_path: Path) -> None:
    _plan(
        tmp_path,
        "odd",
        rampart="; who may come in\n[DEFAULT]\nmax=-1\nwhitelist = ['192.0.2.1',\"192.0.2.2\"]\n",
        siteinfo="[DEFAULT]\ndomain =\nadmin_user = None\nnotes = 'it\\'s = odd; really'\nemail = \"a@b.example\"\n",
        ssh="[DEFAULT]\nenabled = true\n",
    )
    own = Plans([tmp_path]).own("odd")
    assert own["rampart"] == {"max": -1, "whitelist": ["192.0.2.1", "192.0.2.2"]}
    assert own["siteinfo"] == {
        "domain": None,
        "admin_user": None,
        "notes": "it's = odd; really",
        "email": "a@b.example",
    }
    assert own["ssh"] == {"enabled": 1}


def test_files_with_the_ending_ini_are_service_files_too(tmp_path: Path) -> None:
    _plan(tmp_path, "ended", **{"users.ini": "[DEFAULT]\nmax = 3\n", "users.bak": "[DEFAULT]\nmax = 4\n"})
    assert Plans([tmp_path]).own("ended") == {"users": {"max": 3}}


def test_a_plan_of_the_user_hides_the_package_s(tmp_path: Path) -> None:
    _plan(tmp_path, "pro", users="[DEFAULT]\nmax = 3\n")
    plans = Plans([tmp_path])
    assert plans.names() == ["basic", "pro"]
    assert plans.own("pro") == {"users": {"max": 3}}


def test_what_is_got_belongs_to_the_caller() -> None:
    plans = Plans()
    plans.get("basic")["aliases"]["aliases"] = ["spoilt.example"]
    assert plans.get("basic")["aliases"]["aliases"] == []


def test_a_changed_file_is_seen_at_the_next_reading(tmp_path: Path) -> None:
    _plan(tmp_path, "live", users="[DEFAULT]\nmax = 3\n")
    plans = Plans([tmp_path])
    assert plans.get("live")["users"]["max"] == 3
    _plan(tmp_path, "live", users="[DEFAULT]\nmax = 4\n")
    os.utime(tmp_path / "live" / "users", ns=(1, 1))
    assert plans.get("live")["users"]["max"] == 4


def test_another_default_plan_changes_what_thin_plans_inherit(tmp_path: Path) -> None:
    _plan(tmp_path, "thin")
    plans = Plans([tmp_path])
    assert plans.get("thin")["diskquota"]["quota"] == 4000
    assert plans.under("pro").get("thin")["diskquota"]["quota"] == 20000
    assert plans.get("thin")["diskquota"]["quota"] == 4000


def test_an_unknown_plan_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Refused, match=r"^Unknown plan `premium'; plans are basic, pro$"):
        Plans().get("premium")


@pytest.mark.parametrize("name", ["", "..", "../plans/pro", "/etc", "pro/", "pro\0", "PRO"])
def test_names_that_are_no_plan_never_reach_the_disk(name: str) -> None:
    with pytest.raises(Refused, match=r"^Unknown plan "):
        Plans().get(name)


def test_a_new_plan_holds_what_its_base_says_and_the_values_given(tmp_path: Path) -> None:
    plans = Plans([tmp_path / "plans"])
    plans.create("gold", "pro", {"diskquota": {"quota": "30", "units": "gb"}})
    assert plans.names() == ["basic", "gold", "pro"]
    assert plans.diff("pro", "gold") == [
        Difference("diskquota", "quota", 20000, 30),
        Difference("diskquota", "units", "MB", "GB"),
    ]
    assert (tmp_path / "plans" / "gold" / "diskquota").read_text() == "[DEFAULT]\nquota = 30\nunits = GB\n"


def test_a_new_plan_without_base_only_inherits(tmp_path: Path) -> None:
    plans = Plans([tmp_path])
    plans.create("empty")
    assert plans.own("empty") == {}
    assert plans.diff("basic", "empty") == []


def test_a_new_plan_with_a_bad_value_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^diskquota,quota: `lots' is not"):
        Plans([tmp_path]).create("bad", values={"diskquota": {"quota": "lots"}})
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../up", ".hidden", "", "a/b", "x\n"])
def test_a_new_plan_needs_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=r"is not a valid name for a plan"):
        Plans([tmp_path / "plans"]).create(name)
    assert list(tmp_path.iterdir()) == []


def test_a_taken_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^Plan `pro' exists"):
        Plans([tmp_path]).create("pro")


def test_without_a_folder_of_ones_own_nothing_is_written() -> None:
    with pytest.raises(Refused, match=r"no folder for plans of your own"):
        Plans().create("gold")
    assert not (PACKAGE / "gold").exists()


def test_editing_keeps_the_other_values_of_the_file(tmp_path: Path) -> None:
    _plan(tmp_path, "mine", diskquota="[DEFAULT]\nquota = 7\nunits = GB\n")
    plans = Plans([tmp_path])
    plans.edit("mine", {"diskquota": {"quota": 8}, "siteinfo": {"notes": "it's \\ new"}})
    assert plans.own("mine") == {"diskquota": {"quota": 8, "units": "GB"}, "siteinfo": {"notes": "it's \\ new"}}


def test_editing_a_plan_of_the_package_makes_a_copy(tmp_path: Path) -> None:
    before = (PACKAGE / "pro" / "users").read_text()
    plans = Plans([tmp_path])
    plans.edit("pro", {"users": {"max": 9}})
    assert plans.get("pro")["users"]["max"] == 9
    assert plans.get("pro")["diskquota"]["quota"] == 20000
    assert (PACKAGE / "pro" / "users").read_text() == before


def test_a_plan_of_the_user_can_be_removed(tmp_path: Path) -> None:
    plans = Plans([tmp_path])
    plans.create("gone", "pro")
    plans.remove("gone")
    assert plans.names() == ["basic", "pro"]


def test_a_plan_of_the_package_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"^Plan `pro' is part of the package"):
        Plans([tmp_path]).remove("pro")
    assert "pro" in Plans().names()


def test_the_default_plan_cannot_be_removed(tmp_path: Path) -> None:
    _plan(tmp_path, "house")
    with pytest.raises(Refused, match=r"choose another default plan first"):
        Plans([tmp_path], default="house").remove("house")


def test_removing_a_linked_plan_leaves_what_it_points_to(tmp_path: Path) -> None:
    _plan(tmp_path / "elsewhere", "kept", users="[DEFAULT]\nmax = 3\n")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "linked").symlink_to(tmp_path / "elsewhere" / "kept")
    Plans([tmp_path / "plans"]).remove("linked")
    assert (tmp_path / "elsewhere" / "kept" / "users").is_file()


def test_verify_names_every_problem(tmp_path: Path) -> None:
    _plan(
        tmp_path,
        "broken",
        diskquota="[DEFAULT]\nquota = lots\nunit = GB\nunits = GB\n",
        gopher="[DEFAULT]\nenabled = 1\n",
    )
    problems = Plans([tmp_path]).verify("broken")
    assert problems[0] == "diskquota,quota: `lots' is not a number from 0 or null"
    assert problems[1] == "Unknown parameter `diskquota,unit'; did you mean `units'?"
    assert problems[2].startswith("Unknown service `gopher'")
    assert len(problems) == 3


def test_verify_names_a_file_that_is_no_ini(tmp_path: Path) -> None:
    _plan(tmp_path, "broken", ssh="enabled = 1\n")
    assert Plans([tmp_path]).verify("broken")[0].startswith("File ssh: ")


def test_verify_names_a_default_plan_that_does_not_exist(tmp_path: Path) -> None:
    assert Plans([tmp_path], default="lost").verify("pro") == [
        "The default plan `lost' does not exist; plans are basic, pro"
    ]


def test_a_broken_plan_is_refused_and_the_others_still_work(tmp_path: Path) -> None:
    _plan(tmp_path, "broken", ssh="[DEFAULT]\njail = perhaps\n")
    plans = Plans([tmp_path])
    with pytest.raises(Refused, match=r"^Plan `broken': ssh,jail: `perhaps' is not 0 or 1$"):
        plans.get("broken")
    assert plans.get("pro")["ssh"]["jail"] == 1
