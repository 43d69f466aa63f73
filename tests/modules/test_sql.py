"""Module sql: the older front of both servers (docs/panel.md, section 25)."""

from __future__ import annotations

import pytest

from tests.modules.conftest import TwoSites


def test_sql_works_on_the_same_databases_as_mysql_and_pgsql(two: TwoSites) -> None:
    two.panel.call("admin:edit-site", "alpha.test", {"pgsql.enabled": 1})
    two("sql:create-mysql-database", "blog")
    two("sql:create-pgsql-database", "shop")
    assert two("sql:list-mysql-databases") == two("mysql:list-databases") == ["alpha_blog"]
    assert two("sql:list-pgsql-databases") == two("pgsql:list-databases") == ["alpha_shop"]
    assert two("sql:mysql-database-exists", "blog") is True
    assert two("sql:pgsql-database-exists", "blog") is False
    two("sql:delete-mysql-database", "blog")
    two("sql:delete-pgsql-database", "shop")
    assert two("mysql:list-databases") == two("pgsql:list-databases") == []


def test_users_that_sql_makes_have_five_connections(two: TwoSites) -> None:
    two.panel.call("admin:edit-site", "alpha.test", {"pgsql.enabled": 1})
    two("sql:add-mysql-user", "wp", "localhost", "secret")
    two("sql:add-pgsql-user", "app", "secret")
    assert two("sql:list-mysql-users")["alpha_wp"]["localhost"]["max_user_connections"] == 5
    assert two("sql:list-pgsql-users")["alpha_app"]["max_connections"] == 5
    two("sql:edit-mysql-user", "wp", "localhost", {"maxconn": 6})
    two("sql:edit-pgsql-user", "app", "", 7)
    assert two("mysql:list-users")["alpha_wp"]["localhost"]["max_user_connections"] == 6
    assert two("pgsql:list-users")["alpha_app"]["max_connections"] == 7
    assert two("sql:mysql-user-exists", "wp") is True
    assert two("sql:pgsql-user-exists", "app") is True


def test_a_mysql_user_is_kept_without_cascade_while_it_has_privileges(two: TwoSites) -> None:
    two("sql:create-mysql-database", "blog")
    two("sql:add-mysql-user", "wp", "localhost", "secret")
    two("sql:set-mysql-privileges", "wp", "localhost", "blog", {"read": True})
    assert two("sql:get-mysql-privileges", "wp", "localhost", "blog")["select"] is True
    assert two.fault("sql:delete-mysql-user", "wp", "localhost", False).startswith("`alpha_wp' has privileges")
    two("sql:revoke-from-mysql-db", "wp", "localhost", "blog")
    assert two("sql:delete-mysql-user", "wp", "localhost", False) is True


def test_enabled_takes_the_name_of_a_server(two: TwoSites) -> None:
    assert two("sql:enabled", "mysql") is True
    assert two("sql:enabled", "postgresql") is False
    assert two.fault("sql:enabled", "oracle") == "Unknown database server `oracle'; there are mysql and pgsql"
    assert two("sql:mysql-version") == 101118
    assert two("sql:pgsql-version", True) == "15.18.0"


def test_another_prefix_renames_databases_and_users_on_both_servers(each_two: TwoSites) -> None:
    each_two.panel.call("admin:edit-site", "alpha.test", {"pgsql.enabled": 1})
    each_two("mysql:create-database", "blog")
    each_two("mysql:create-database", "alpha_alpha_x")
    each_two("pgsql:create-database", "shop")
    each_two("mysql:add-user", "wp", "localhost", "secret")
    each_two("mysql:set-privileges", "wp", "localhost", "blog", {"read": True})
    each_two("mysql:edit-user", "alice", "localhost", {"maxconn": 3})
    assert each_two("sql:change-prefix", "alpha_alpha") is True
    assert each_two("sql:get-prefix") == each_two("pgsql:get-prefix") == "alpha_alpha_"
    assert each_two("mysql:list-databases") == ["alpha_alpha_alpha_x", "alpha_alpha_blog"]
    assert each_two("pgsql:list-databases") == ["alpha_alpha_shop"]
    assert list(each_two("mysql:list-users")) == ["alice", "alpha_alpha_wp"]
    assert each_two("mysql:get-privileges", "wp", "localhost", "blog")["select"] is True


@pytest.mark.parametrize(
    ("prefix", "text"),
    [
        ("alpha_", "`alpha_' is the prefix of this account already"),
        ("beta_", "mysql,dbaseprefix: `beta_' is taken by another account; name one that is free"),
        ("", "A prefix must be given: at least three characters with the final `_'"),
        ("muchlongerprefix_",
         "mysql,dbaseprefix: `alpha_wp' would be `muchlongerprefix_wp', longer than 16 characters; name a shorter prefix"),
        ("beta_be_", "mysql,dbaseprefix: `beta_be_ta' belongs to another account; name another prefix"),
    ],
)  # fmt: skip
def test_prefixes_that_an_account_cannot_have(two: TwoSites, prefix: str, text: str) -> None:
    two("mysql:add-user", "wp", "localhost", "secret")
    two("mysql:create-database", "ta")
    two("mysql:create-database", "be_ta", session=two.bob)
    assert two.fault("sql:change-prefix", prefix) == text
    assert two("mysql:list-databases") == ["alpha_ta"]


def test_the_panel_can_forbid_another_prefix(two: TwoSites) -> None:
    two.panel.call("scope:set", "cp.config", "auth", "allow_database_change", False)
    assert two.fault("sql:change-prefix", "new_") == "This change is switched off ([auth] allow_database_change)"
    two.panel.call("admin:edit-site", "alpha.test", {"mysql.enabled": 0})
    two.panel.call("scope:set", "cp.config", "auth", "allow_database_change", True)
    assert two.fault("sql:change-prefix", "new_") == (
        "site1 (alpha.test) has neither MySQL nor PostgreSQL; there is no prefix to change"
    )
