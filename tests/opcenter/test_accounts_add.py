from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.sites.records import load
from apnscp.opcenter.sites.tables import host_table, site_table
from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.store.transactions import writing
from apnscp.opcenter.users import passwords, people
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel


def row(panel: EmulatedPanel, who: str = "site1") -> dict[str, Any]:
    found: dict[str, Any] = panel.call("admin:collect", None, None, [who])[who]
    return found


def test_a_new_account_has_every_parameter_of_the_30_services(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    whole = row(panel)
    assert len(SERVICES) == 30
    assert list(whole) == [*SERVICES, "active", "domain"]
    assert {name: list(whole[name]) for name in SERVICES} == {
        name: list(service.parameters) for name, service in SERVICES.items()
    }


def test_a_new_account_gets_id_system_name_creation_time_and_database_names(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    panel.call("admin:add-site", "A.Example", "Ada")
    whole = row(panel)
    assert whole["siteinfo"]["domain"] == "a.example"
    assert whole["siteinfo"]["admin_user"] == "ada"
    assert whole["siteinfo"]["admin"] == "admin1"
    assert whole["siteinfo"]["plan"] == "basic"
    assert whole["siteinfo"]["email"] == "blackhole@apiscp.com"
    assert whole["billing"]["ctime"] == 1_700_000_000
    assert (whole["mysql"]["dbaseadmin"], whole["mysql"]["dbaseprefix"]) == ("ada", "a1_")
    assert (whole["pgsql"]["dbaseadmin"], whole["pgsql"]["dbaseprefix"]) == (None, None)


def test_arguments_override_domain_and_administrator_of_the_options(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"siteinfo.domain": "b.example", "siteinfo.admin_user": "bob"})
    assert panel.call("admin:get-domains") == {1: "a.example"}
    assert row(panel)["siteinfo"]["admin_user"] == "ada"


@pytest.mark.parametrize(
    "options",
    [
        {"siteinfo.plan": "pro"},
        {"siteinfo,plan": "pro"},
        {"siteinfo": {"plan": "pro"}},
        {"0": {"plan": "pro"}},
    ],
)
def test_the_plan_is_named_in_every_shape_of_options(panel: EmulatedPanel, options: dict[str, Any]) -> None:
    panel.call("admin:add-site", "a.example", "ada", options)
    assert row(panel)["siteinfo"]["plan"] == "pro"
    assert row(panel)["diskquota"]["quota"] == 20000


@pytest.mark.parametrize("flags", [{"plan": "pro"}, {"p": "pro"}, ["plan=pro"], ["--plan=pro"]])
def test_the_plan_is_named_in_every_shape_of_flags(panel: EmulatedPanel, flags: Any) -> None:
    panel.call("admin:add-site", "a.example", "ada", {}, flags)
    assert row(panel)["siteinfo"]["plan"] == "pro"


def test_values_of_a_disabled_service_are_taken(panel: EmulatedPanel) -> None:
    options = {"pgsql.enabled": 0, "pgsql.dbaseadmin": "shop", "pgsql.dbaseprefix": "shop_"}
    panel.call("admin:add-site", "a.example", "ada", options)
    assert row(panel)["pgsql"]["dbaseprefix"] == "shop_"


@pytest.mark.parametrize(
    ("domain", "admin", "options", "told"),
    [
        ("a.example", "bob", {}, "siteinfo,domain: `a.example' is in use by another account"),
        ("x.a.example", "bob", {}, "siteinfo,domain: `x.a.example' is in use by another account"),
        ("b.example", "ada", {}, "siteinfo,admin_user: `ada' is taken by another account"),
        ("b.example", "bob", {"aliases.aliases": ["a.example"]}, "aliases,aliases: `a.example' is in use"),
        (
            "b.example",
            "bob",
            {"aliases.aliases": "['b.example']"},
            "aliases,aliases: `b.example' is the primary domain",
        ),
        ("b.example", "bob", {"mysql.dbaseprefix": "a1"}, "mysql,dbaseprefix: `a1_' is taken by another account"),
        ("no domain", "bob", {}, "siteinfo,domain: `no domain' is not a domain name such as example.com"),
        ("b.example", "1", {}, "siteinfo,admin_user: `1' is not a user name"),
        ("b.example", "bob", {"siteinfo.plan": "gold"}, "siteinfo,plan: unknown plan `gold'"),
        ("b.example", "bob", {"diskquota.quota": "much"}, "diskquota,quota: `much' is not a number from 0"),
        ("b.example", "bob", {"no.such": 1}, "Unknown service `no'"),
        ("b.example", "bob", {"apache.no": 1}, "Unknown parameter `apache,no'"),
        ("b.example", "bob", {"siteinfo.admin": "admin9"}, "siteinfo,admin: `admin9' is not yours to set"),
        (
            "b.example",
            "bob",
            {"aliases.max": 0, "aliases.aliases": ["c.example"]},
            "1 domains are more than aliases,max",
        ),
    ],
)
def test_a_refusal_names_service_parameter_and_value_and_keeps_nothing(
    panel: EmulatedPanel, domain: str, admin: str, options: dict[str, Any], told: str
) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"aliases.aliases": ["x.a.example"]})
    assert told in panel.fault("admin:add-site", domain, admin, options)
    with panel.inside() as ctx:
        assert len(ctx.db.execute(select(site_table.c.id)).all()) == 1
        assert len(ctx.db.execute(select(host_table.c.name)).all()) == 2
        assert len(ctx.db.execute(select(user_table.c.name).where(user_table.c.site_id.is_not(None))).all()) == 1


def test_ids_go_on_after_a_refusal_and_never_come_back(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    panel.fault("admin:add-site", "a.example", "bob")
    panel.call("admin:add-site", "b.example", "bob")
    panel.call("admin:delete-site", "site2")
    panel.call("admin:add-site", "c.example", "cleo")
    assert panel.call("admin:get-domains") == {1: "a.example", 3: "c.example"}


def test_no_password_is_stored_in_clear_or_returned(panel: EmulatedPanel) -> None:
    secrets = {"auth.tpasswd": "Very-Secret-1", "mysql.passwd": "Very-Secret-2", "pgsql.passwd": "Very-Secret-3"}
    panel.call("admin:add-site", "a.example", "ada", secrets)
    panel.flush()
    whole = row(panel)
    assert [whole["auth"][name] for name in ("passwd", "tpasswd", "cpasswd")] == [None, None, None]
    assert (whole["mysql"]["passwd"], whole["pgsql"]["passwd"]) == (None, None)
    with panel.inside() as ctx:
        assert passwords.verify("Very-Secret-1", people.require(ctx.db, 1, "ada").password)
        names = ctx.db.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        for name in names:
            assert "Very-Secret" not in repr(ctx.db.exec_driver_sql(f'SELECT * FROM "{name}"').all()), name


def test_a_crypted_password_is_kept_as_it_is(panel: EmulatedPanel) -> None:
    crypted = passwords.crypt("Very-Secret-1")
    panel.call("admin:add-site", "a.example", "ada", {"auth.cpasswd": crypted})
    with panel.inside() as ctx:
        assert people.require(ctx.db, 1, "ada").password == crypted


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"auth.tpasswd": "short"}, "too weak: it has fewer than 7 characters"),
        ({"auth.tpasswd": "my-ada-word"}, "too weak: it contains the user's name"),
        ({"auth.tpasswd": "Very-Secret-1", "auth.cpasswd": passwords.crypt("Very-Secret-1")}, "send one of them"),
        ({"auth.cpasswd": "plain text"}, "auth,cpasswd: (hidden) is not a crypt(3) hash"),
        ({"auth.passwd": 1}, "auth,passwd asks for the password on a terminal"),
    ],
)
def test_a_password_that_cannot_be_set_refuses_the_account(
    panel: EmulatedPanel, options: dict[str, Any], told: str
) -> None:
    text = panel.fault("admin:add-site", "a.example", "ada", options)
    assert told in text
    assert not any(str(value) in text for value in options.values() if value != 1)
    assert panel.call("admin:get-domains") == []


def test_unknown_parameters_are_left_out_with_a_warning_when_they_are_not_strict(panel: EmulatedPanel) -> None:
    with writing(panel.app.panel.engine) as db:
        put(db, "opcenter.strict_svc_config", False)
    panel.call("admin:add-site", "a.example", "ada", {"no.such": 1, "apache.no": 2, "diskquota.quota": 7})
    assert panel.messages == (
        ("warning", "no,such is unknown and ignored ([opcenter] strict_svc_config is off)"),
        ("warning", "apache,no is unknown and ignored ([opcenter] strict_svc_config is off)"),
    )
    assert row(panel)["diskquota"]["quota"] == 7


def test_notify_sends_a_mail_without_the_password(panel: EmulatedPanel) -> None:
    options = {"siteinfo.email": ["a@x.example", "b@x.example"], "auth.tpasswd": "Very-Secret-1"}
    panel.call("admin:add-site", "a.example", "ada", options, {"notify": True})
    with panel.inside() as ctx:
        mails = ctx.db.execute(select(outbox_table.c.recipient, outbox_table.c.body)).all()
    assert [mail.recipient for mail in mails] == ["a@x.example", "b@x.example"]
    assert "Very-Secret" not in str(mails)


def test_every_flag_of_add_is_taken_and_an_unknown_one_refused(panel: EmulatedPanel) -> None:
    flags = {"force": "true", "bootstrap": False, "notify": 0, "plan": "basic"}
    assert panel.call("admin:add-site", "a.example", "ada", {}, flags) is True
    assert "Unknown flag `dry-run'" in panel.fault("admin:add-site", "b.example", "bob", {}, {"dry-run": True})


def test_a_domain_in_unicode_is_found_in_both_forms(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "faß.example", "ada")
    assert panel.call("admin:get-domains") == {1: "xn--fa-hia.example"}
    assert panel.call("admin:get-site-id-from-domain", "FAß.example") == 1
    assert list(panel.call("admin:collect", [], None, ["faß.example"])) == ["faß.example"]


def test_the_document_in_the_store_is_the_complete_account(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    with panel.inside() as ctx:
        doc = load(ctx.db, 1).metadata
        column = ctx.db.execute(select(site_table.c.doc)).scalar_one()
    assert column == doc
    assert list(doc) == list(SERVICES)
