"""Module mysql: names, limits, users and privileges (docs/panel.md, section 25)."""

from __future__ import annotations

import pytest

from tests.modules.conftest import TwoSites


def test_a_database_gets_the_prefix_and_is_listed(each_two: TwoSites) -> None:
    assert each_two("mysql:create-database", "blog") is True
    assert each_two.panel.messages == (("info", "MySQL database `alpha_blog' was made"),)
    each_two("mysql:create-database", "alpha_archive", "utf8mb4", "utf8mb4_unicode_ci")
    assert each_two("mysql:list-databases") == ["alpha_archive", "alpha_blog"]
    assert each_two("mysql:list-databases", session=each_two.bob) == []


def test_existence_is_asked_with_or_without_the_prefix_and_by_the_administrator_in_full(each_two: TwoSites) -> None:
    each_two("mysql:create-database", "blog")
    assert each_two("mysql:database-exists", "blog") is True
    assert each_two("mysql:database-exists", "alpha_blog") is True
    assert each_two("mysql:database-exists", "alpha_blog", session=each_two.bob) is False
    assert each_two.panel.call("mysql:database-exists", "alpha_blog") is True
    assert each_two.panel.call("mysql:database-exists", "blog") is False


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("blog",), "The MySQL database `alpha_blog' exists already"),
        (("a b",), "`a b' cannot be the name of a database: letters, digits, `_' and `-' can"),
        (("",), "`' cannot be the name of a database: letters, digits, `_' and `-' can"),
        (("x" * 59,), f"`alpha_{'x' * 59}' is too long for a database: 64 characters with the prefix at the most"),
        (("x", "klingon"), "Unknown character set `klingon'; mysql:get-supported-charsets lists them"),
        (("x", "utf8", "elvish_ci"), "Unknown collation `elvish_ci'; mysql:get-supported-collations lists them"),
        (("x", "utf8", "latin1_bin"), "The collation `latin1_bin' is not of the character set `utf8'"),
    ],
)
def test_what_no_database_can_be_made_of(two: TwoSites, arguments: tuple[str, ...], text: str) -> None:
    two("mysql:create-database", "blog")
    assert two.fault("mysql:create-database", *arguments) == text
    assert two("mysql:list-databases") == ["alpha_blog"]


def test_the_limit_of_the_plan_holds(each_two: TwoSites) -> None:
    each_two.panel.call("admin:edit-site", "alpha.test", {"mysql.dbasenum": 1})
    each_two("mysql:create-database", "one")
    assert each_two.fault("mysql:create-database", "two") == (
        "site1 (alpha.test) has 1 of the 1 MySQL databases that it may have (mysql,dbasenum); delete one first"
    )
    each_two("mysql:delete-database", "one")
    each_two("mysql:create-database", "two")
    assert each_two("mysql:list-databases") == ["alpha_two"]


def test_a_service_that_is_off_keeps_what_there_is_and_makes_nothing_new(two: TwoSites) -> None:
    two("mysql:create-database", "blog")
    two.panel.call("admin:edit-site", "alpha.test", {"mysql.enabled": 0})
    assert two("mysql:enabled") is False
    assert two("mysql:list-databases") == ["alpha_blog"]
    assert two.fault("mysql:create-database", "two") == (
        "MySQL is off for this account (mysql,enabled); nothing new can be made"
    )


def test_an_unknown_database_is_named_with_the_way_out(two: TwoSites) -> None:
    text = "Unknown MySQL database `alpha_nope'; mysql:list-databases lists them"
    for method in ("delete-database", "empty-database", "get-database-size"):
        assert two.fault(f"mysql:{method}", "nope") == text
    assert two.panel.fault("mysql:get-database-size", "nope") == "Unknown MySQL database `nope'"


def test_an_empty_database_has_no_size_and_can_be_emptied(two: TwoSites) -> None:
    two("mysql:create-database", "blog")
    assert two("mysql:empty-database", "blog") is True
    assert two("mysql:get-database-size", "blog") == 0
    assert two.panel.call("mysql:get-database-size", "alpha_blog") == 0


def test_a_clone_has_the_character_set_of_its_source(two: TwoSites) -> None:
    two("mysql:create-database", "blog", "utf8mb4", "utf8mb4_bin")
    assert two("mysql:clone", "blog", "copy") is True
    assert two("mysql:clone", "blog", "copy") is True
    assert two("mysql:list-databases") == ["alpha_blog", "alpha_copy"]
    assert two.fault("mysql:clone", "blog", "blog") == (
        "`alpha_blog' cannot be cloned to itself; name another database"
    )


def test_the_main_user_is_there_from_the_start(each_two: TwoSites) -> None:
    users = each_two("mysql:list-users")
    assert list(users) == ["alice"]
    assert users["alice"]["localhost"] | {"password": ""} == {
        "ssl_type": "", "ssl_cipher": "", "x509_issuer": "", "x509_subject": "", "max_questions": 0, "max_updates": 0,
        "max_user_connections": 20, "max_connections": 0, "password": "",
    }  # fmt: skip
    assert len(users["alice"]["localhost"]["password"]) == 41
    assert each_two("mysql:user-exists", "alice") is True


def test_an_added_user_has_the_prefix_its_limits_and_the_hash_of_mysql(each_two: TwoSites) -> None:
    assert each_two("mysql:add-user", "wp", "192.0.2.%", "secret", 5, 10, 20, "any") is True
    assert each_two("mysql:list-users")["alpha_wp"] == {
        "192.0.2.%": {
            "ssl_type": "ANY", "ssl_cipher": "", "x509_issuer": "", "x509_subject": "", "max_questions": 20,
            "max_updates": 10, "max_user_connections": 5, "max_connections": 0,
            "password": "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7",
        }
    }  # fmt: skip
    assert each_two("mysql:user-exists", "wp", "192.0.2.%") is True
    assert each_two("mysql:user-exists", "wp") is False
    assert each_two("mysql:user-exists", "alpha_wp", "192.0.2.%", session=each_two.bob) is False


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("alice", "localhost", "secret"), "`alice' is the main user of this account already; mysql:edit-user changes it"),
        (("wp", "localhost", "secret"), "The MySQL user `alpha_wp@localhost' exists already"),
        (("elevenchars", "localhost", "secret"),
         "`alpha_elevenchars' is too long for a database user: 16 characters with the prefix at the most"),
        (("x", "example.com", "secret"),
         "host: `example.com' is neither localhost nor an address, which may have wildcards (%)"),
        (("x", "localhost", "ab"), "The password must be text of 3 to 255 characters"),
        (("x", "localhost", "secret", 21), "maxconn: 21 is not from 1 to 20 ([mysql] concurrency_limit)"),
        (("x", "localhost", "secret", 5, -1), "max_updates: `-1' is not a whole number from 0 to 4294967295"),
        (("x", "localhost", "secret", 5, 0, 0, "maybe"),
         "ssl_type: `MAYBE' is none of the empty text, ANY, X509 and SPECIFIED"),
    ],
)  # fmt: skip
def test_what_no_user_can_be_made_of(two: TwoSites, arguments: tuple[object, ...], text: str) -> None:
    two("mysql:add-user", "wp", "localhost", "secret")
    assert two.fault("mysql:add-user", *arguments) == text
    assert list(two("mysql:list-users")) == ["alice", "alpha_wp"]


def test_the_main_user_of_another_account_is_not_taken_from_it(two: TwoSites) -> None:
    two.panel.call("admin:edit-site", "beta.test", {"mysql.dbaseadmin": "alpha_x"})
    assert two.fault("mysql:add-user", "x", "localhost", "secret") == (
        "The MySQL user `alpha_x@localhost' exists already"
    )
    two("mysql:add-user", "y", "localhost", "secret")
    assert two.panel.fault("admin:edit-site", "beta.test", {"mysql.dbaseadmin": "alpha_y"}) == (
        "mysql,dbaseadmin: `alpha_y' is a database user already; name one that is free"
    )
    text = two.panel.fault("admin:add-site", "gamma.test", "carol", {"mysql.dbaseadmin": "alpha_y"})
    assert text == "mysql,dbaseadmin: `alpha_y' is a database user already; name one that is free"


def test_an_edit_changes_what_it_names_and_leaves_the_rest(each_two: TwoSites) -> None:
    each_two("mysql:add-user", "wp", "localhost", "secret", 5)
    assert each_two("mysql:edit-user", "wp", "localhost", {"host": "%", "maxquery": 7, "issuer": "CN=us"}) is True
    row = each_two("mysql:list-users")["alpha_wp"]["%"]
    assert (row["max_user_connections"], row["max_questions"], row["ssl_type"]) == (5, 7, "SPECIFIED")
    assert row["password"] == "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7"
    each_two("mysql:edit-user", "alice", "localhost", {"password": "other"})
    hashed = each_two("mysql:list-users")["alice"]["localhost"]["password"]
    assert hashed == "*023494FBCDFBF9C93B6B2663B348A1C4A939B247"
    assert list(each_two("mysql:list-users")) == ["alice", "alpha_wp"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("no", "localhost", {}), "Unknown MySQL user `no@localhost'; mysql:list-users lists them"),
        (("alice", "localhost", {"host": "%"}), "The main user `alice' stays at localhost; add a user for another host"),
        (("wp", "localhost", {"password": ["a", "b", "c"]}), "The password must be text of 3 to 255 characters"),
        (("wp", "LOCALHOST", {"max_updates": "1.5"}), "max_updates: `1.5' is not a whole number from 0 to 4294967295"),
        (("wp", "localhost", {"colour": 1}),
         "Unknown option `colour'; a database user has host, password, max_user_connections, ssl_type, ssl_cipher, "
         "x509_issuer, x509_subject, max_questions, max_updates, max_connections"),
    ],
)  # fmt: skip
def test_edits_that_cannot_be(two: TwoSites, arguments: tuple[object, ...], text: str) -> None:
    two("mysql:add-user", "wp", "localhost", "secret")
    assert two.fault("mysql:edit-user", *arguments) == text


def test_a_user_is_deleted_but_never_the_main_one(two: TwoSites) -> None:
    two("mysql:add-user", "wp", "localhost", "secret")
    assert two("mysql:delete-user", "wp", "localhost") is True
    assert two.fault("mysql:delete-user", "wp", "localhost") == (
        "Unknown MySQL user `wp@localhost'; mysql:list-users lists them"
    )
    assert two.fault("mysql:delete-user", "alice", "localhost") == (
        "`alice' is the main user of this account and cannot be deleted"
    )


def test_privileges_are_set_read_and_revoked(each_two: TwoSites) -> None:
    each_two("mysql:create-database", "blog")
    each_two("mysql:add-user", "wp", "localhost", "secret")
    at = ("wp", "localhost", "blog")

    def granted() -> list[str]:
        return [name for name, has in each_two("mysql:get-privileges", *at).items() if has]

    assert granted() == []
    each_two("mysql:set-privileges", *at, {"read": True})
    assert granted() == ["select", "lock_tables", "show_view"]
    each_two("mysql:set-privileges", *at, {"read": True, "write": True, "drop": False})
    assert "drop" not in granted() and "grant" not in granted() and len(granted()) == 15
    each_two("mysql:set-privileges", *at, ["select", "grant"])
    assert granted() == ["select", "grant"]
    assert each_two("mysql:revoke-privileges", *at) is True
    assert granted() == []


def test_the_main_user_has_all_privileges_and_keeps_them(two: TwoSites) -> None:
    two("mysql:create-database", "blog")
    assert set(two("mysql:get-privileges", "alice", "localhost", "blog").values()) == {True}
    text = "`alice' is the main user of this account and always has all privileges"
    assert two.fault("mysql:set-privileges", "alice", "localhost", "blog", {"read": True}) == text
    assert two.fault("mysql:revoke-privileges", "alice", "localhost", "blog") == text


def test_an_unknown_privilege_is_refused_with_those_that_there_are(two: TwoSites) -> None:
    two("mysql:create-database", "blog")
    two("mysql:add-user", "wp", "localhost", "secret")
    text = two.fault("mysql:set-privileges", "wp", "localhost", "blog", {"fly": True})
    assert text.startswith("Unknown privilege `fly'; there are read, write, select, insert, ")
    assert two.fault("mysql:set-privileges", "wp", "localhost", "blog", {"read": "perhaps"}) == (
        "read: `perhaps' is neither true nor false"
    )


def test_the_prefix_is_changed_with_sql(two: TwoSites) -> None:
    assert two("mysql:get-prefix") == "alpha_"
    assert two.fault("mysql:change-prefix", "new_") == (
        "The prefix is one for MySQL and PostgreSQL; sql:change-prefix changes it"
    )


def test_the_server_says_its_version_charsets_and_collations(two: TwoSites) -> None:
    assert two("mysql:version") == 101118
    assert two("mysql:version", True) == "10.11.18"
    assert two("mysql:get-supported-charsets")["latin1"] == "cp1252 West European"
    assert two("mysql:get-supported-collations")["utf8mb4_unicode_ci"] == "utf8mb4"
    assert two("mysql:get-supported-collations")["binary"] == "binary"
    assert [two("mysql:charset-valid", name) for name in ("utf8", "klingon")] == [True, False]
    assert [two("mysql:collation-valid", name) for name in ("latin1_general_ci", "x")] == [True, False]


def test_passwords_of_database_users_are_masked_in_the_journal(two: TwoSites) -> None:
    two("mysql:add-user", "wp", "localhost", "hushhush")
    two("mysql:edit-user", "wp", "localhost", {"password": "hushhush2"})
    assert "hushhush" not in repr(two.panel.calls())
