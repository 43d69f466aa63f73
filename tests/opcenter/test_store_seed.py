from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, func, select

from apnscp.opcenter.lifecycle.seeds import PASSWORD, Seeder
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.tables import host_table, site_table
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.transactions import reading
from apnscp.opcenter.users import passwords
from apnscp.opcenter.users.tables import user_table
from apnscp.server.cli.main import main
from apnscp.server.testing import EmulatedPanel


def seed(panel: EmulatedPanel, number: int, **options: Any) -> None:
    with panel.inside() as ctx:
        Seeder(ctx, **options).fill(ctx.db, number)


def kinds(value: Any) -> Any:
    """Return the shape of a row: names and types, lists by their members' types."""
    if isinstance(value, dict):
        return {name: kinds(member) for name, member in value.items()}
    return type(value).__name__


def test_a_seeded_account_has_the_shape_of_an_added_one(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "a.example", "ada", {"billing.invoice": "I-1", "siteinfo.email": "a@b.example"})
    seed(each_panel, 1, suspended=0)
    rows = each_panel.call("admin:collect", None)
    assert kinds(rows["site1"]) == kinds(rows["site2"])
    with each_panel.inside() as ctx:
        added, seeded = (records.load(ctx.db, number).metadata for number in (1, 2))
        mine = {"domain", "admin_user", "admin", "email", "ctime", "invoice", "dbaseadmin", "dbaseprefix"}
        for service, parameters in added.items():
            for name, value in parameters.items():
                assert name in mine or seeded[service][name] == value, (service, name)
        admins = ctx.db.execute(
            select(user_table.c.site_id, user_table.c.name).where(user_table.c.site_id.is_not(None))
        ).all()
        assert {tuple(entry) for entry in admins} == {(1, "ada"), (2, seeded["siteinfo"]["admin_user"])}
        assert seeded["siteinfo"]["admin"] == "admin2"


def test_seeded_accounts_can_be_edited_suspended_and_deleted_like_others(each_panel: EmulatedPanel) -> None:
    seed(each_panel, 30)
    each_panel.call("admin:add-site", "a.example", "ada")
    for command in ("admin:deactivate-site", "admin:activate-site", "admin:delete-site"):
        for number in range(1, 31):
            assert each_panel.call(command, f"site{number}") is True
    assert each_panel.call("admin:get-domains") == {31: "a.example"}


def test_names_are_unique_reserved_and_grouped_by_invoice(panel: EmulatedPanel) -> None:
    seed(panel, 300, suspended=0.5)
    with panel.inside() as ctx:
        domains = ctx.db.execute(select(site_table.c.domain)).scalars().all()
        hosts = ctx.db.execute(select(host_table.c.name)).scalars().all()
        parents = (
            ctx.db.execute(select(site_table.c.parent_invoice).where(site_table.c.parent_invoice.is_not(None)))
            .scalars()
            .all()
        )
        invoices = ctx.db.execute(select(site_table.c.invoice).where(site_table.c.invoice.is_not(None))).scalars().all()
        off = ctx.db.execute(select(func.count()).where(site_table.c.suspended_at.is_not(None))).scalar_one()
        later = ctx.db.execute(select(func.count()).where(site_table.c.suspended_at > ctx.clock.unix())).scalar_one()
    assert len(set(domains)) == 300
    assert set(domains) < set(hosts)
    assert all(name.rpartition(".")[2] in ("example", "test") for name in hosts)
    assert set(parents) <= set(invoices) and len(set(invoices)) == len(invoices)
    assert 100 < off < 200 and later == 0


def test_the_same_seed_makes_the_same_accounts_and_a_second_run_adds_others(panel: EmulatedPanel) -> None:
    seed(panel, 20)
    first = panel.call("admin:get-domains")
    seed(panel, 20)
    assert len(panel.call("admin:get-domains")) == 40
    panel.call("admin:delete-site", None, {"since": "now"})
    for number in first:
        panel.call("admin:delete-site", f"site{number}", abort_on=None)
    for number in panel.call("admin:get-domains") or {}:
        panel.call("admin:delete-site", f"site{number}")
    seed(panel, 20)
    assert sorted(panel.call("admin:get-domains").values()) == sorted(first.values())


def test_every_seeded_administrator_signs_on_with_the_known_password(panel: EmulatedPanel) -> None:
    seed(panel, 3)
    with panel.inside() as ctx:
        hashes = ctx.db.execute(select(user_table.c.password).where(user_table.c.site_id.is_not(None))).scalars().all()
    assert len(hashes) == 3 and all(passwords.verify(PASSWORD, crypted) for crypted in hashes)


def test_the_command_makes_the_panel_and_fills_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path / "state"))
    result = CliRunner().invoke(main, ["seed", "--sites", "25", "--suspended", "100%", "--seed", "7"])
    assert (result.exit_code, result.output) == (
        0, "25 accounts added; every administrator's password is seeded-and-known\n",
    )  # fmt: skip
    engine: Engine = open_engine(f"sqlite:///{tmp_path / 'state' / 'db' / 'panel.sqlite3'}")
    with reading(engine) as db:
        assert len(db.execute(select(site_table.c.id).where(site_table.c.suspended_at.is_not(None))).all()) == 25
    engine.dispose()


@pytest.mark.parametrize("share", ["101%", "-1", "much", "nan"])
def test_a_share_that_is_none_is_refused(share: str) -> None:
    result = CliRunner().invoke(main, ["seed", "--sites", "1", "--suspended", share])
    assert result.exit_code == 2
    assert f"`{share}' is not a share; write 5% or 0.05" in result.output
