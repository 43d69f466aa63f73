from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, select

from apnscp.opcenter.sites.tables import host_table, site_data_table, site_table
from apnscp.opcenter.usage import figures
from apnscp.opcenter.users import passwords, people
from apnscp.server.testing import EmulatedPanel


@pytest.fixture(autouse=True)
def two_sites(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"aliases.aliases": ["alias.example"]})
    panel.call("admin:add-site", "b.example", "bob")


def value(panel: EmulatedPanel, name: str, who: str = "site1") -> Any:
    service, _, parameter = name.partition(".")
    return panel.call("admin:collect", [name], None, [who])[who][service][parameter]


def state(panel: EmulatedPanel) -> list[Any]:
    with panel.inside() as ctx:
        return [ctx.db.execute(select(table)).all() for table in (site_table, host_table, site_data_table)]


@pytest.mark.parametrize("given", [True, 1, "1", "true", "on", 1.0])
def test_a_switch_is_the_number_one_however_it_was_sent(panel: EmulatedPanel, given: Any) -> None:
    panel.call("admin:edit-site", "site1", {"tomcat.enabled": given})
    assert value(panel, "tomcat.enabled") is not True
    assert value(panel, "tomcat.enabled") == 1


@pytest.mark.parametrize("given", [None, "null", "None"])
def test_null_is_null_however_it_was_sent(panel: EmulatedPanel, given: Any) -> None:
    panel.call("admin:edit-site", "site1", {"diskquota.quota": given})
    assert value(panel, "diskquota.quota") is None


def test_options_of_all_notations_mix_and_the_last_wins(panel: EmulatedPanel) -> None:
    options = {"diskquota": {"quota": 1, "units": "T"}, "diskquota,quota": 2, "diskquota.quota": "3"}
    panel.call("admin:edit-site", "site1", options)
    assert (value(panel, "diskquota.quota"), value(panel, "diskquota.units")) == (3, "TB")


def test_no_options_and_no_flags_succeed_and_change_nothing(panel: EmulatedPanel) -> None:
    before = state(panel)
    assert panel.call("admin:edit-site", "site1") is True
    assert state(panel) == before


def test_a_list_replaces_the_whole_list_and_frees_what_it_drops(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"aliases.aliases": "[new.example,'more.example']"})
    assert value(panel, "aliases.aliases") == ["new.example", "more.example"]
    assert panel.call("admin:get-site-id-from-domain", "alias.example") is None
    panel.call("admin:edit-site", "site2", {"aliases.aliases": ["alias.example"]})
    assert panel.call("admin:get-site-id-from-domain", "alias.example") == 2


def test_a_renamed_domain_takes_hosts_along_and_frees_the_old_name(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"apache.webserver": "web.a.example", "mail.mailserver": "mx.other.example"})
    panel.call("admin:edit-site", "a.example", {"siteinfo.domain": "New.example"})
    assert value(panel, "apache.webserver") == "web.new.example"
    assert value(panel, "ftp.ftpserver") == "ftp."
    assert value(panel, "mail.mailserver") == "mx.other.example"
    assert panel.call("admin:get-site-id-from-domain", "new.example") == 1
    assert panel.call("admin:get-site-id-from-domain", "alias.example") == 1
    assert panel.call("admin:add-site", "a.example", "cleo") is True


def test_an_alias_and_the_domain_change_places_in_one_call(panel: EmulatedPanel) -> None:
    options = {"siteinfo.domain": "alias.example", "aliases.aliases": ["a.example"]}
    panel.call("admin:edit-site", "site1", options)
    assert panel.call("admin:get-domains") == {1: "alias.example", 2: "b.example"}
    assert panel.call("admin:get-site-id-from-domain", "a.example") == 1


def test_a_renamed_administrator_keeps_password_session_and_key(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"auth.tpasswd": "Very-Secret-1", "billing.invoice": "I-1"})
    session = panel.call("admin:hijack", "site1")
    key = panel.call("auth:create-api-key", "mine", session=session)
    panel.call("admin:edit-site", "site1", {"siteinfo.admin_user": "alma"})
    assert panel.call("common:whoami", session=session) == "alma"
    assert panel.call("common:whoami", key=key) == "alma"
    with panel.inside() as ctx:
        assert passwords.verify("Very-Secret-1", people.require(ctx.db, 1, "alma").password)
        assert people.find(ctx.db, 1, "ada") is None
    assert panel.call("admin:add-site", "c.example", "ada") is True


def test_an_administrator_cannot_take_the_name_of_the_accounts_own_user(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        people.add(ctx.db, 1, "carol", None, 0)
    before = state(panel)
    text = panel.fault("admin:edit-site", "site1", {"siteinfo.admin_user": "carol"})
    assert text == "siteinfo,admin_user: `carol' is a user of this account; rename or delete that user first"
    assert state(panel) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"siteinfo.domain": "b.example"}, "siteinfo,domain: `b.example' is in use by another account"),
        ({"siteinfo.domain": "alias.example"}, "aliases,aliases: `alias.example' is the primary domain"),
        ({"siteinfo.admin_user": "bob"}, "siteinfo,admin_user: `bob' is taken by another account"),
        ({"aliases.aliases": ["b.example"]}, "aliases,aliases: `b.example' is in use by another account"),
        ({"mysql.dbaseadmin": "bob"}, "mysql,dbaseadmin: `bob' is taken by another account; name one that is free"),
        ({"auth.tpasswd": "abc"}, "auth,tpasswd: (hidden) is too weak: it has fewer than 7 characters"),
        ({"diskquota.group": "team"}, "diskquota,group: `team' is not a quota project; diskquota:project-create makes"),
        ({"diskquota.quota": 1, "bandwidth.units": "PB"}, "bandwidth,units: `PB' is not B, KB, MB, GB or TB"),
        ({"apache.enabled": 0}, "apache,enabled: `0' is not 1"),
        ({"siteinfo.plan": "gold"}, "siteinfo,plan: unknown plan `gold'; admin:list-plans names basic, pro"),
    ],
)
@pytest.mark.parametrize("flags", [{}, {"dry-run": True}])
def test_a_refused_edit_changes_nothing_and_a_dry_run_refuses_the_same(
    panel: EmulatedPanel, options: dict[str, Any], told: str, flags: dict[str, Any]
) -> None:
    before = state(panel)
    assert told in panel.fault("admin:edit-site", "site1", options, flags)
    assert state(panel) == before


@pytest.mark.parametrize(
    "flags", [{"dry-run": True}, {"dry-run": "true"}, {"dry_run": 1}, ["dry-run"], ["--dry-run"], {0: "dry-run"}]
)
def test_a_dry_run_in_any_shape_tells_what_would_change_and_changes_nothing(panel: EmulatedPanel, flags: Any) -> None:
    before = state(panel)
    assert panel.call("admin:edit-site", "site1", {"siteinfo.domain": "new.example", "diskquota.quota": 5}, flags)
    assert state(panel) == before
    assert panel.messages == (
        ("info", 'site1 (a.example): apache,webserver would change from "www.a.example" to "www.new.example"'),
        ("info", "site1 (a.example): diskquota,quota would change from 4000 to 5"),
        ("info", 'site1 (a.example): ftp,ftpserver would change from "ftp.a.example" to "ftp.new.example"'),
        ("info", 'site1 (a.example): mail,mailserver would change from "mail.a.example" to "mail.new.example"'),
        ("info", 'site1 (a.example): mail,smtpserver would change from "mail.a.example" to "mail.new.example"'),
        ("info", 'site1 (a.example): siteinfo,domain would change from "a.example" to "new.example"'),
    )


def test_a_dry_run_shows_no_secret(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"dns.key": "top-secret", "auth.tpasswd": "Very-Secret-1"}, ["dry-run"])
    assert panel.messages == (
        ("info", 'site1 (a.example): dns,key would change from "(hidden)" to "(hidden)"'),
        ("info", "site1 (a.example): auth,tpasswd would change"),
    )


def test_a_dry_run_without_any_change_says_so(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 4000}, ["dry-run"])
    assert panel.messages == (("info", "site1 (a.example): nothing would change"),)


def test_backup_keeps_the_metadata_as_it_was_and_overwrites_the_copy_before(panel: EmulatedPanel) -> None:
    for quota in (5, 6):
        panel.call("admin:edit-site", "site1", {"diskquota.quota": quota}, {"backup": True})
    with panel.inside() as ctx:
        copies = (
            ctx.db.execute(
                select(site_data_table.c.value).where(
                    site_data_table.c.site_id == 1, site_data_table.c.kind == "backup"
                )
            )
            .scalars()
            .all()
        )
    assert [copy["diskquota"]["quota"] for copy in copies] == [5]


def test_a_quota_below_what_was_said_to_be_used_needs_force(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        figures.put(ctx.db, 1, {"storage": 3_000 * 1024})
    text = panel.fault("admin:edit-site", "site1", {"diskquota.quota": 2000})
    assert text == (
        "diskquota,quota: 2000 MB is below what site1 (a.example) uses (3000 MB); the flag force permits it"
    )
    assert panel.call("admin:edit-site", "site1", {"diskquota.quota": 2000}, {"force": True}) is True
    assert panel.call("admin:edit-site", "site1", {"siteinfo.email": "x@y.example"}) is True


def test_a_smaller_plan_is_not_refused_for_figures_that_nobody_set(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    assert panel.call("admin:edit-site", "site1", {"diskquota.quota": 1}) is True


def test_reconfig_says_so_and_changes_nothing(panel: EmulatedPanel) -> None:
    before = state(panel)
    panel.call("admin:edit-site", "site1", {}, {"reconfig": True})
    assert panel.messages == (("info", "site1 (a.example): all services reconfigured"),)
    assert state(panel) == before


def test_all_edits_every_site(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "", {"ssh.enabled": 0}, {"all": True})
    assert [value(panel, "ssh.enabled", who) for who in ("site1", "site2")] == [0, 0]


def test_a_password_is_changed_and_told_without_its_text(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"auth.tpasswd": "Very-Secret-1"})
    assert panel.messages == (("info", "site1 (a.example): password of `ada' changed"),)
    with panel.inside() as ctx:
        assert passwords.verify("Very-Secret-1", people.require(ctx.db, 1, "ada").password)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ({}, {"mysql.enabled": 0}, "mysql: existing data is kept, nothing new can be made"),
        ({}, {"mysql.enabled": 0, "mysql.dbaseprefix": None}, "mysql: all data is dropped"),
        ({"mysql.enabled": 0}, {"mysql.dbaseprefix": "None"}, "mysql: all data is dropped"),
        ({"mysql.enabled": 0}, {"mysql.enabled": 1}, "mysql: in service again"),
        ({"dns.provider": "builtin"}, {"dns.provider": None}, "dns: records are hidden until a provider is set again"),
        ({"dns.provider": None}, {"dns.provider": "builtin"}, "dns: records are shown again"),
        ({}, {"dns.enabled": 0, "dns.provider": None}, "dns: all data is dropped"),
    ],
)
def test_a_safety_switch_tells_what_becomes_of_the_data(
    panel: EmulatedPanel, first: dict[str, Any], second: dict[str, Any], told: str
) -> None:
    panel.call("admin:edit-site", "site1", first)
    panel.call("admin:edit-site", "site1", second)
    assert panel.messages == (("info", f"site1 (a.example): {told}"),)


def test_a_database_service_that_is_switched_on_gets_its_names(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"pgsql.enabled": 1})
    assert (value(panel, "pgsql.dbaseadmin"), value(panel, "pgsql.dbaseprefix")) == ("ada", "a1_")


def test_an_edit_over_a_limit_set_with_force_does_not_block_others(panel: EmulatedPanel) -> None:
    assert "more than aliases,max admits" in panel.fault("admin:edit-site", "site1", {"aliases.max": 0})
    panel.call("admin:edit-site", "site1", {"aliases.max": 0}, ["force"])
    assert panel.call("admin:edit-site", "site1", {"ssh.enabled": 0}) is True


def test_an_unknown_site_is_refused(panel: EmulatedPanel) -> None:
    for name in ("site99", "none.example", "NO-INVOICE", "99", ""):
        assert f"Unknown site `{name}'" in panel.fault("admin:edit-site", name, {"ssh.enabled": 0})


def test_a_user_of_another_site_may_have_an_administrators_name(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        people.add(ctx.db, 2, "alma", None, 0)
    assert panel.call("admin:edit-site", "site1", {"siteinfo.admin_user": "alma"}) is True


def test_an_edit_without_abort_on_answers_false_and_tells_why(panel: EmulatedPanel) -> None:
    assert panel.call("admin:edit-site", "site1", {"siteinfo.domain": "b.example"}, abort_on=None) is False
    assert panel.messages == (
        ("error", "siteinfo,domain: `b.example' is in use by another account; name a domain that is free"),
    )


def test_a_document_of_another_revision_is_not_overwritten(panel: EmulatedPanel) -> None:
    from apnscp.core.errors import Refused
    from apnscp.opcenter.sites import records

    with panel.inside() as ctx:
        mine = records.load(ctx.db, 1)
        other = records.load(ctx.db, 1)
        records.save(ctx, other, other.metadata.with_value("ssh", "enabled", 0))
        with pytest.raises(Refused, match="changed by another call meanwhile"):
            records.save(ctx, mine, mine.metadata)
        ctx.db.execute(insert(site_data_table).values(site_id=1, kind="probe", name="still", value="usable"))


def test_a_host_name_that_is_given_with_a_rename_stays_as_given(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"siteinfo.domain": "new.example", "apache.webserver": "www.a.example"})
    assert value(panel, "apache.webserver") == "www.a.example"


@pytest.mark.parametrize(
    ("service", "address", "near"), [("ipinfo", "192.0.2.7", "192.0.2.77"), ("ipinfo6", "2001:db8::7", "2001:db8::77")]
)
def test_a_dedicated_address_has_one_owner(each_panel: EmulatedPanel, service: str, address: str, near: str) -> None:
    panel = each_panel
    panel.call("admin:add-site", "c.example", "cleo", {f"{service}.ipaddrs": [address]})
    panel.call("admin:add-site", "d.example", "dan", {f"{service}.ipaddrs": [near], f"{service}.nbaddrs": [address]})
    told = panel.fault("admin:edit-site", "d.example", {f"{service}.ipaddrs": [near, address]})
    assert told == f"{service},ipaddrs: `{address}' belongs to another account; name an address that is free"
    assert told == panel.fault("admin:add-site", "e.example", "eva", {f"{service}.ipaddrs": [address]})
    assert panel.call("admin:edit-site", "c.example", {f"{service}.ipaddrs": [address], "diskquota.quota": 7}) is True
    assert value(panel, f"{service}.ipaddrs", "d.example") == [near]
