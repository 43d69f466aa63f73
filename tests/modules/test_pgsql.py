"""Module pgsql: where it differs from mysql (docs/panel.md, section 25)."""

from __future__ import annotations

import pytest

from tests.modules.conftest import TwoSites


@pytest.fixture
def on(each_two: TwoSites) -> TwoSites:
    """Give the accounts, the first one with PostgreSQL, which is off in the plans."""
    each_two.panel.call("admin:edit-site", "alpha.test", {"pgsql.enabled": 1})
    return each_two


def test_postgresql_is_off_until_it_is_switched_on(two: TwoSites) -> None:
    assert two("pgsql:enabled") is False
    assert two("pgsql:get-prefix") is None
    assert two("pgsql:list-users") == []
    assert two.fault("pgsql:create-database", "x") == (
        "PostgreSQL is off for this account (pgsql,enabled); nothing new can be made"
    )


def test_databases_have_names_and_a_limit_of_their_own(on: TwoSites) -> None:
    on.panel.call("admin:edit-site", "alpha.test", {"pgsql.dbasenum": 1})
    on("mysql:create-database", "blog")
    assert on("pgsql:create-database", "blog") is True
    assert on("pgsql:list-databases") == ["alpha_blog"]
    assert on("pgsql:database-exists", "blog") is True
    assert on("pgsql:get-database-size", "blog") == 0
    assert on("pgsql:empty-database", "blog") is True
    assert on.fault("pgsql:clone", "blog", "copy") == (
        "site1 (alpha.test) has 1 of the 1 PostgreSQL databases that it may have (pgsql,dbasenum); delete one first"
    )
    on("pgsql:delete-database", "blog")
    assert on("pgsql:list-databases") == []
    assert on("mysql:list-databases") == ["alpha_blog"]


def test_users_have_no_host_and_the_hash_of_postgresql(on: TwoSites) -> None:
    assert on("pgsql:add-user", "app", "secret", 3) is True
    assert on("pgsql:list-users")["alpha_app"] == {
        "max_connections": 3,
        "password": "md5ad2a504cd5887fe713a7364ccd81500e",
    }
    assert on("pgsql:edit-user", "app", None, 4) is True
    assert on("pgsql:edit-user", "app", "other") is True
    row = on("pgsql:list-users")["alpha_app"]
    assert row["max_connections"] == 4
    assert row["password"] != "md5ad2a504cd5887fe713a7364ccd81500e"
    assert on("pgsql:user-exists", "app") is True
    assert on("pgsql:user-exists", "alice") is True
    assert on.fault("pgsql:add-user", "b", "secret", 21) == (
        "maxconn: 21 is not from 1 to 20 ([pgsql] database_concurrency_limit)"
    )


def test_a_user_with_privileges_is_deleted_only_with_cascade(on: TwoSites) -> None:
    on("pgsql:create-database", "blog")
    on("pgsql:add-user", "app", "secret")
    assert on("pgsql:add-user-permissions", "app", "blog", {"read": True}) is True
    assert on("pgsql:add-user-permissions", "app", "blog", {"insert": True}) is True
    text = "`alpha_app' has privileges in databases; revoke them first or delete it with cascade"
    assert on.fault("pgsql:delete-user", "app") == text
    assert on("pgsql:delete-user-permissions", "app", "blog") is True
    on("pgsql:delete-user", "app")
    on("pgsql:add-user", "app", "secret")
    on("pgsql:add-user-permissions", "app", "blog", {"write": True})
    assert on("pgsql:delete-user", "app", True) is True
    assert list(on("pgsql:list-users")) == ["alice"]
    assert on.fault("pgsql:delete-user", "app") == "Unknown PostgreSQL user `app'; pgsql:list-users lists them"


def test_the_server_says_its_version(two: TwoSites) -> None:
    assert two("pgsql:version") == 151800
    assert two("pgsql:version", True) == "15.18.0"
    assert "sql:change-prefix" in two.fault("pgsql:change-prefix", "new_")
