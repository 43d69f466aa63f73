"""The users of an account."""

from __future__ import annotations

from typing import Any

import pytest

HASH = "$6$rounds=5000$abcdefgh$" + "a" * 86
FLAGS = {"ftp": 1, "imap": 1, "smtp": 1, "cp": 1, "dav": 1, "ssh": 1}


def warnings(two: Any) -> list[str]:
    return [text for severity, text in two.panel.messages if severity == "warning"]


def test_a_user_is_made_and_can_do_what_its_options_say(each_two: Any) -> None:
    two = each_two
    assert two("user:add", "dan", "sesame-opens", "Dan D.", 200, FLAGS | {"ssh": 0, "shell": "/bin/sh"}) is True
    assert two.panel.messages == ()
    entry = two("user:getpwnam", "dan")
    assert entry == {"uid": entry["uid"], "gid": 1, "gecos": "Dan D.", "home": "/home/dan", "shell": "/bin/sh"}
    enabled = {service: two("site:user-service-enabled", "dan", service) for service in (*FLAGS, "crontab")}
    assert enabled == {
        "ftp": True,
        "imap": True,
        "smtp": True,
        "cp": True,
        "dav": True,
        "ssh": False,
        "crontab": False,
    }
    assert two("user:get-quota", "dan")["qhard"] == 204_800


def test_what_is_not_switched_on_is_off_and_a_warning_says_so(two: Any) -> None:
    assert two("user:add", "dan", "sesame-opens") is True
    assert warnings(two) == [
        "`dan' cannot use FTP; ftp:permit-user lets it",
        "`dan' cannot use mail; email:permit-user lets it",
    ]
    assert [two("site:user-service-enabled", "dan", service) for service in FLAGS] == [False] * 6
    assert two("auth:user-permitted", "dan", "cp") is False


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "`' is not a user name of 2 to 32 characters"),
        ("1st", "`1st' is not a user name"),
        ("a b", "`a b' is not a user name"),
        ("root", "that the system does not use"),
        ("alice", "`alice' is a user of this account already; choose another name"),
        ("ann", "`ann' is a user of this account already; choose another name"),
    ],
)
def test_a_name_that_cannot_be_or_is_taken_is_refused(two: Any, name: str, told: str) -> None:
    assert told in two.fault("user:add", name, "sesame-opens")
    assert two("user:get-user-count") == {"users": 2, "max": 500}


def test_a_name_is_lowered_with_a_warning(two: Any) -> None:
    assert two("user:add", "Dan", "sesame-opens", "", 0, FLAGS) is True
    assert warnings(two) == ["The user name `Dan' was changed to `dan'"]
    assert two("user:exists", "dan") is True


def test_a_name_used_in_another_account_is_free_here(two: Any) -> None:
    assert two("user:add", "bob", "sesame-opens", "", 0, FLAGS) is True


def test_the_name_test_is_refused_but_over_soap(two: Any) -> None:
    assert two("user:add", "test", "sesame-opens", "", 0, FLAGS) is True
    at_the_panel = two.panel.call("admin:hijack", "beta.test", None, "UI")
    told = two.fault("user:add", "test", "sesame-opens", session=at_the_panel)
    assert told == "`test' cannot be a user name here; choose another"


def test_a_weak_password_is_refused_and_a_hash_is_taken(two: Any) -> None:
    assert two.fault("user:add", "dan", "short").startswith("The password is too weak")
    assert two.fault("user:add", "dan", "plain-text", "", 0, {"password": "crypted"}).startswith(
        "The password is not a crypt(3) hash"
    )
    assert two("user:add", "dan", HASH, "", 0, FLAGS | {"password": "crypted"}) is True
    assert two.fault("user:add", "eve", HASH, "", 0, {"password": "md5"}).startswith("The option password is `crypted'")


def test_the_password_is_kept_out_of_the_journal(two: Any) -> None:
    two("user:add", "dan", "sesame-opens", "", 0, FLAGS)
    (call,) = two.panel.calls("user:add")
    assert "sesame-opens" not in repr(call)


def test_options_that_make_no_sense_are_named(two: Any) -> None:
    assert (
        two.fault("user:add", "dan", "sesame-opens", "", 0, {"ftp": "perhaps"})
        == "Option `ftp': `perhaps' is neither 0 nor 1"
    )
    assert two.fault("user:add", "dan", "sesame-opens", "", 0, {"shell": "/bin/zzz"}) == (
        "Unknown shell `/bin/zzz'; user:get-shells lists them"
    )
    two("user:add", "dan", "sesame-opens", "", 0, FLAGS | {"gopher": 1})
    assert warnings(two) == [
        "Unknown option `gopher' was left out; there are ftp, imap, smtp, cp, dav, ssh, shell, password"
    ]


def test_a_quota_above_the_accounts_is_lowered_and_a_negative_one_refused(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"diskquota.quota": 1, "diskquota.units": "GB"})
    assert (
        two.fault("user:add", "dan", "sesame-opens", "", -1)
        == "`-1.0' is not a quota; give a number from 0, which is no limit"
    )
    assert "Parameter `quota'" in two.fault("user:add", "dan", "sesame-opens", "", "much")
    assert two("user:add", "dan", "sesame-opens", "", 5000, FLAGS) is True
    assert warnings(two) == ["The quota of `dan' was lowered to that of the account, 1024 MB"]
    assert two("user:get-quota", "dan")["qhard"] == 1024 * 1024


def test_users_max_counts_the_administrator(each_two: Any) -> None:
    two = each_two
    two.panel.call("admin:edit-site", "site1", {"users.max": 3})
    assert two("user:add", "dan", "sesame-opens", "", 0, FLAGS) is True
    assert two.fault("user:add", "eve", "sesame-opens", "", 0, FLAGS) == (
        "The account has 3 users, and users,max admits 3; the panel's administrator can raise it"
    )
    assert two("user:delete", "ann") is True
    assert two("user:add", "eve", "sesame-opens", "", 0, FLAGS) is True
    assert two("user:get-user-count") == {"users": 3, "max": 3}


def test_a_service_that_the_account_lacks_stays_off_with_a_warning(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"ssh.enabled": 0})
    two("user:add", "dan", "sesame-opens", "", 0, FLAGS)
    assert warnings(two) == ["ssh is off for this account, so `dan' does not have it"]
    two.panel.call("admin:edit-site", "site1", {"ssh.enabled": 1})
    assert two("site:user-service-enabled", "dan", "ssh") is False


def test_removing_a_user_ends_its_sessions_and_keys(each_two: Any) -> None:
    two = each_two
    key = two.panel.call("auth:create-api-key", "mine", session=two.ann)
    assert two("user:delete", "ann") is True
    assert two("user:exists", "ann") is False
    assert two.fault("common:whoami", session=two.ann, key="") == "This session has ended; sign in again"
    assert "API key is not valid" in two.panel.fault("common:whoami", key=key)


def test_the_administrator_and_strangers_are_not_removed(two: Any) -> None:
    assert two.fault("user:delete", "alice") == (
        "`alice' administers the account and cannot be removed; admin:delete-site removes the account"
    )
    assert two.fault("user:delete", "bob") == "Unknown user `bob'"


def test_a_renamed_user_keeps_number_key_and_session_and_its_home_moves(each_two: Any) -> None:
    two = each_two
    before = two("user:getpwnam", "ann")
    key = two.panel.call("auth:create-api-key", "mine", session=two.ann)
    assert two("user:rename-user", "ann", "Anna") is True
    assert warnings(two) == ["The user name `Anna' was changed to `anna'"]
    assert two("user:getpwnam", "anna") == before | {"home": "/home/anna"}
    assert two("user:getpwnam", "ann") == []
    assert two.panel.call("common:whoami", key=key) == "anna"
    assert two.panel.call("common:whoami", session=two.ann) == "anna"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("bob", "eve", "Unknown user `bob'"),
        ("ann", "alice", "`alice' is a user of this account already; choose another name"),
        ("ann", "a:b", "`a:b' is not a user name"),
        ("alice", "eve", "`alice' administers the account and is renamed by auth:change-username"),
    ],
)
def test_a_rename_that_cannot_be_is_refused(two: Any, old: str, new: str, told: str) -> None:
    assert two.fault("user:rename-user", old, new).startswith(told)


def test_quotas_of_several_users_and_their_sum(each_two: Any) -> None:
    two = each_two
    two.panel.usage("alpha.test", storage="3GB", inodes=5000)
    two("user:add", "dan", "sesame-opens", "", 10, FLAGS)
    account = two("site:get-account-quota")
    rows = two("user:get-quota", ["alice", "ann", "dan"])
    assert sum(row["qused"] for row in rows.values()) == account["qused"] == 3 * 1024 * 1024
    assert sum(row["fused"] for row in rows.values()) == account["fused"] == 5000
    assert rows["ann"]["qhard"] == account["qhard"]
    assert rows["dan"]["qhard"] == 10_240 and rows["dan"]["qused"] <= 10_240
    assert two("user:get-quota") == rows["alice"]
    assert two("user:get-quota", ["dan", "zoe"]) == {"dan": rows["dan"]}
    assert warnings(two) == ["Unknown user `zoe'"]
    assert two("user:get-quota", "zoe") == []


def test_a_quota_follows_the_plan_of_the_account(two: Any) -> None:
    two("user:change-quota", "ann", 500, 100)
    assert (two("user:get-quota", "ann")["qhard"], two("user:get-quota", "ann")["fhard"]) == (512_000, 100)
    two.panel.call("admin:edit-site", "site1", {"diskquota.quota": 100, "diskquota.units": "MB"})
    assert two("user:get-quota", "ann")["qhard"] == 102_400
    two.panel.call("admin:edit-site", "site1", {"diskquota.quota": 1, "diskquota.units": "GB"})
    assert two("user:get-quota", "ann")["qhard"] == 512_000
    assert two("user:change-quota", "ann", 0) is True
    assert two("user:get-quota", "ann")["qhard"] == 1024 * 1024
    assert two.fault("user:change-quota", "alice", 5).startswith("`alice' administers the account and has the quota")
    assert two.fault("user:change-quota", "ann", 5, -1).startswith("`-1' is not a file quota")


def test_attributes_are_changed_together_or_not_at_all(two: Any) -> None:
    attributes = {
        "username": "anna",
        "shell": "/sbin/nologin",
        "gecos": "Anna A.",
        "home": "/home/shared",
        "move_home": 1,
    }
    assert two("user:usermod-driver", "ann", attributes) is True
    row = two("user:getpwnam", "anna")
    assert row == {"uid": row["uid"], "gid": 1, "gecos": "Anna A.", "home": "/home/shared", "shell": "/sbin/nologin"}
    for wrong, told in [
        (
            {"gecos": "x", "colour": "red"},
            "Unknown attribute `colour'; there are username, move_home, home, shell, gecos",
        ),
        ({"gecos": "x", "home": "/etc"}, "`/etc' cannot be a home directory"),
        ({"gecos": "x", "home": "/home/../etc"}, "`/home/../etc' cannot be a home directory"),
        ({"home": "/home/alice"}, "`/home/alice' is the home directory of `alice' already"),
        ({"gecos": "a:b"}, "`a:b' is not a full name"),
        ({"gecos": "x", "shell": "/bin/zzz"}, "Unknown shell `/bin/zzz'"),
    ]:
        assert two.fault("user:usermod-driver", "anna", wrong).startswith(told)
    assert two("user:getpwnam", "anna") == row


def test_names_numbers_and_homes(two: Any) -> None:
    assert list(two("user:get-users")) == ["alice", "ann"]
    uid = two("user:get-uid-from-username", "ann")
    assert two("user:get-username-from-uid", uid) == "ann"
    assert two("user:get-username-from-uid", uid, session=two.bob) is False
    assert two("user:get-uid-from-username", "bob") is False
    assert two("user:get-home") == "/home/alice"
    assert two("user:get-home", "ann") == "/home/ann"
    assert two("user:get-home", "bob") is False
    assert two.panel.call("user:get-home") == "/root"
    assert two("user:get-shells")[0] == "/bin/bash"


def test_a_secondary_user_reads_the_names_and_changes_only_itself(two: Any) -> None:
    def as_ann(command: str, *arguments: Any) -> Any:
        return two(command, *arguments, session=two.ann)

    assert list(as_ann("user:get-users")) == ["alice", "ann"]
    assert as_ann("user:change-gecos", "Ann A.") is True
    assert as_ann("user:getpwnam")["gecos"] == "Ann A."
    assert as_ann("user:change-gecos", "ann", "Ann B.") is True
    assert two("user:usermod-driver", "ann", {"gecos": ""}) is True
    assert as_ann("user:getpwnam")["gecos"] == ""
    assert two.fault("user:change-gecos", "alice", "x", session=two.ann).startswith("Only the account's administrator")
    assert as_ann("user:get-quota") == two("user:get-quota", "ann")
    assert two.fault("user:get-quota", "alice", session=two.ann).startswith("Only the account's administrator")
    for command in ("user:add", "user:delete", "user:rename-user", "user:change-quota", "user:usermod-driver"):
        assert "not present" in two.fault(command, "ann", "x", session=two.ann)


def test_the_older_names_do_the_same_and_say_so(two: Any) -> None:
    assert two("user:add-user", "dan", "sesame-opens", "", 0, FLAGS) is True
    assert any(severity == "deprecated" for severity, _ in two.panel.messages)
    assert two("user:get-user-home", "dan") == "/home/dan"
    assert two("user:delete-user", "dan") is True
    assert two("user:exists", "dan") is False


def test_a_demonstration_account_keeps_its_users(two: Any) -> None:
    two.panel.call("scope:set", "cp.config", "billing", "demo_invoice", "A-1")
    assert two.fault("user:add", "dan", "sesame-opens").startswith("This is a demonstration account")
    assert two.fault("user:delete", "ann").startswith("This is a demonstration account")


def test_a_key_with_a_command_list_makes_no_users(two: Any) -> None:
    key = two("auth:create-api-key", "few")
    with two.panel.inside() as ctx:
        ctx.db.exec_driver_sql("UPDATE api_key SET commands = 'user:add,user:rename-user' WHERE comment = 'few'")
    for command in (("user:add", "dan", "sesame-opens"), ("user:rename-user", "ann", "eve")):
        assert "cannot change the credentials of its own account" in two.panel.fault(*command, key=key)
