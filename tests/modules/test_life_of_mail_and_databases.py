"""One account with mail and databases through its whole life: renamed, on another plan, suspended, deleted."""

from __future__ import annotations

from sqlalchemy import func, select

from apnscp.opcenter.lifecycle.rooms import counts
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.schema import load_tables
from apnscp.opcenter.store.tables import sql_metadata
from tests.modules.conftest import TwoSites

TABLES = ("database", "database_user", "database_grant", "mail_address", "mail_transport", "vacation")


def rows(two: TwoSites) -> dict[str, int]:
    load_tables()
    with two.panel.inside() as ctx:
        return {
            name: ctx.db.execute(select(func.count()).select_from(sql_metadata.tables[name])).scalar_one()
            for name in TABLES
        }


def counted(two: TwoSites) -> tuple[int, int, int]:
    with two.panel.inside() as ctx:
        held = counts(ctx.db, records.load(ctx.db, 1))
    return held["users", "max"], held["mysql", "dbasenum"], held["pgsql", "dbasenum"]


def test_an_account_takes_mail_and_databases_through_its_life(each_two: TwoSites) -> None:
    two, panel = each_two, each_two.panel
    panel.call("admin:edit-site", "alpha.test", {"pgsql.enabled": 1, "aliases.aliases": ["alias.test"]})
    for name in ("one", "two"):
        two("mysql:create-database", name)
    two("pgsql:create-database", "three")
    two("mysql:add-user", "wp", "%", "secret")
    two("mysql:set-privileges", "wp", "%", "one", {"read": True, "write": True})
    two("email:add-mailbox", "ann", "alpha.test", "ann")
    two("email:add-alias", "info", "alias.test", "ann@alpha.test")
    two("email:add-virtual-transport", "alpha.test", "lists")
    two("email:add-vacation", "Away", "ann")
    full = {
        "database": 3, "database_user": 1, "database_grant": 1, "mail_address": 4, "mail_transport": 1, "vacation": 1,
    }  # fmt: skip
    assert rows(two) == full
    assert counted(two) == (2, 2, 1)

    renamed = {"siteinfo.domain": "omega.test", "siteinfo.admin_user": "eve", "mysql.dbaseprefix": "omega_"}
    panel.call("admin:edit-site", "alpha.test", renamed)
    two = TwoSites(panel, panel.call("admin:hijack", "omega.test"), each_two.ann, each_two.bob)
    assert two("mysql:list-databases") == ["omega_one", "omega_two"]
    assert two("mysql:get-privileges", "wp", "%", "one")["drop"] is True
    assert two("email:get-mailbox", "info", "alias.test")["destination"] == "ann@omega.test"
    assert two("email:list-virtual-transports") == ["omega.test", "alias.test", "lists.omega.test"]
    assert rows(two) == full

    panel.call("admin:edit-site", "omega.test", {"siteinfo.plan": "pro", "mysql.dbasenum": 1})
    assert counted(two) == (2, 2, 1)
    assert "has 2 of the 1 MySQL databases" in two.fault("mysql:create-database", "more")
    assert two("mysql:list-databases") == ["omega_one", "omega_two"]

    panel.call("admin:deactivate-site", "omega.test", {"reason": "overdue"})
    assert two("mysql:list-databases") == ["omega_one", "omega_two"]
    assert two("email:address-exists", "ann", "omega.test") is True
    panel.call("admin:activate-site", "omega.test")
    assert rows(two) == full

    panel.call("admin:delete-site", "omega.test")
    assert rows(two) == dict.fromkeys(TABLES, 0)
    panel.call("admin:add-site", "alpha.test", "alice")
    again = panel.call("admin:hijack", "alpha.test")
    assert panel.call("mysql:create-database", "one", session=again) is True
    assert len(panel.call("email:list-mailboxes", session=again)) == 2
