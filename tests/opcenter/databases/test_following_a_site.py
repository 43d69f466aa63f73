"""Databases follow their account: prefix, main user, switches."""

from __future__ import annotations

from itertools import permutations

from sqlalchemy import func, select

from apnscp.opcenter.databases.tables import database_grant_table, database_table, database_user_table
from apnscp.opcenter.lifecycle.rooms import counts
from apnscp.opcenter.sites import records
from tests.modules.conftest import TwoSites


def filled(two: TwoSites) -> TwoSites:
    two("mysql:create-database", "blog")
    two("mysql:add-user", "wp", "localhost", "secret")
    two("mysql:set-privileges", "wp", "localhost", "blog", {"read": True})
    return two


def left(two: TwoSites) -> list[int]:
    with two.panel.inside() as ctx:
        tables = (database_table, database_user_table, database_grant_table)
        return [ctx.db.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_the_administrator_changes_the_prefix_and_names_follow(each_two: TwoSites) -> None:
    filled(each_two).panel.call("admin:edit-site", "alpha.test", {"mysql.dbaseprefix": "foo_"})
    assert each_two("mysql:list-databases") == ["foo_blog"]
    assert list(each_two("mysql:list-users")) == ["alice", "foo_wp"]
    assert each_two("mysql:get-privileges", "wp", "localhost", "blog")["select"] is True


def test_the_main_user_is_renamed_with_its_settings(each_two: TwoSites) -> None:
    each_two("mysql:edit-user", "alice", "localhost", {"maxconn": 3})
    each_two.panel.call("admin:edit-site", "alpha.test", {"mysql.dbaseadmin": "eve"})
    users = each_two("mysql:list-users")
    assert list(users) == ["eve"]
    assert users["eve"]["localhost"]["max_user_connections"] == 3


def test_the_second_throw_of_the_switch_drops_everything(each_two: TwoSites) -> None:
    filled(each_two).panel.call("admin:edit-site", "alpha.test", {"mysql.enabled": 0})
    assert left(each_two) == [1, 1, 1]
    each_two.panel.call("admin:edit-site", "alpha.test", {"mysql.dbaseprefix": None})
    assert left(each_two) == [0, 0, 0]
    each_two.panel.call("admin:edit-site", "alpha.test", {"mysql.enabled": 1})
    assert each_two("mysql:list-databases") == []
    each_two("mysql:create-database", "blog")
    assert each_two("mysql:list-databases") == ["alpha_blog"]


def test_a_prefix_that_is_taken_away_alone_drops_nothing(two: TwoSites) -> None:
    filled(two).panel.call("admin:edit-site", "alpha.test", {"mysql.dbaseprefix": None})
    assert two("mysql:list-databases") == ["alpha_blog"]
    assert two.fault("mysql:create-database", "x") == (
        "This account has no database prefix; the administrator sets mysql,dbaseprefix"
    )


def test_databases_are_counted_for_each_server(each_two: TwoSites) -> None:
    filled(each_two).panel.call("admin:edit-site", "alpha.test", {"pgsql.enabled": 1})
    each_two("mysql:create-database", "shop")
    each_two("pgsql:create-database", "shop")
    with each_two.panel.inside() as ctx:
        counted = counts(ctx.db, records.load(ctx.db, 1))
    assert (counted["mysql", "dbasenum"], counted["pgsql", "dbasenum"]) == (2, 1)


def test_prefixes_that_begin_with_one_another_never_let_two_names_meet(two: TwoSites) -> None:
    for name in ("x", "a_x", "a_a_x", "b_x"):
        two("mysql:create-database", f"alpha_{name}")
    for prefixes in permutations(("pa_", "pa_a_", "pa_a_a_", "p_pa_"), 2):
        for prefix in prefixes:
            if two("mysql:get-prefix") != prefix:
                two.panel.call("admin:edit-site", "alpha.test", {"mysql.dbaseprefix": prefix})
            assert two("mysql:list-databases") == [f"{prefix}{name}" for name in ("a_a_x", "a_x", "b_x", "x")]
