"""What happens to zones when their site changes: names, addresses, services, switches."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from apnscp.opcenter.dns.tables import record_table, zone_table
from apnscp.server.testing import EmulatedPanel


class Site:
    """The account a.test, whose zones are served."""

    def __init__(self, panel: EmulatedPanel) -> None:
        self.panel = panel
        panel.call("scope:set", "dns.default-provider", "builtin")
        panel.call("admin:add-site", "a.test", "ada")
        self.session = panel.call("admin:hijack", "a.test")

    def __call__(self, command: str, *arguments: Any) -> Any:
        return self.panel.call(command, *arguments, session=self.session)

    def edit(self, **values: Any) -> None:
        self.panel.call("admin:edit-site", "site1", {name.replace("__", "."): value for name, value in values.items()})

    def records(self, zone: str, rr: str = "ANY") -> list[str]:
        rows = self.panel.call("dns:get-records-by-rr", rr, zone) or []
        return [f"{row['subdomain']} {row['rr']} {row['parameter']}" for row in rows if row["rr"] not in ("SOA", "NS")]

    def stored(self) -> tuple[int, int]:
        with self.panel.inside() as ctx:
            tables = (zone_table, record_table)
            zones, records = (ctx.db.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
        return zones, records


@pytest.fixture
def site(each_panel: EmulatedPanel) -> Site:
    return Site(each_panel)


def test_a_new_site_stores_nothing_for_its_zone(site: Site) -> None:
    assert len(site.records("a.test")) == 9
    assert site.stored() == (0, 0)


def test_a_rename_moves_the_zone_with_what_was_added_to_it(site: Site) -> None:
    site("dns:add-record", "a.test", "app", "CNAME", "www.a.test")
    site("dns:add-record", "a.test", "", "MX", "5 other.data.test")
    site("dns:remove-record", "a.test", "", "MX", "20 mail.a.test")
    site.edit(siteinfo__domain="b.test")
    assert site.records("a.test") == []
    assert site.records("b.test", "MX") == [" MX 10 mail.b.test.", " MX 5 other.data.test."]
    assert "app CNAME www.b.test." in site.records("b.test")


def test_a_rename_leaves_the_domain_of_a_longer_name_alone(site: Site) -> None:
    site("dns:add-record", "a.test", "app", "CNAME", "www.a.test.example")
    site("dns:add-record", "a.test", "api", "CNAME", "www.aa.test")
    site.edit(siteinfo__domain="b.test")
    assert {"app CNAME www.a.test.example.", "api CNAME www.aa.test."} <= set(site.records("b.test"))


def test_an_alias_has_a_zone_of_its_own_as_long_as_it_is_one(site: Site) -> None:
    site.edit(aliases__aliases=["c.test"])
    assert " MX 10 mail.c.test." in site.records("c.test")
    site("dns:add-record", "c.test", "x", "A", "192.0.2.1")
    assert site.stored() == (1, 1)
    site.edit(aliases__aliases=[])
    assert site.stored() == (0, 0)
    assert site.records("c.test") == []


def test_domain_and_alias_change_places_with_their_zones(site: Site) -> None:
    site.edit(aliases__aliases=["c.test"])
    site("dns:add-record", "a.test", "x", "A", "192.0.2.1")
    site.edit(siteinfo__domain="c.test", aliases__aliases=["a.test"])
    assert "x A 192.0.2.1" in site.records("a.test")
    assert "x A 192.0.2.1" not in site.records("c.test")


def test_subdomains_have_records_in_every_zone_that_they_are_below(site: Site) -> None:
    site.edit(aliases__aliases=["c.test"])
    site("web:add-subdomain", "shop.a.test", "shop")
    site("web:add-subdomain", "blog", "blog")
    site("web:add-subdomain", "*.c.test", "rest")
    assert site.records("a.test")[-4:] == [
        "blog A 192.0.2.10", "www.blog A 192.0.2.10", "shop A 192.0.2.10", "www.shop A 192.0.2.10",
    ]  # fmt: skip
    assert site.records("c.test")[-3:] == ["* A 192.0.2.10", "blog A 192.0.2.10", "www.blog A 192.0.2.10"]
    site("web:remove-subdomain", "blog")
    assert [each for each in site.records("a.test") + site.records("c.test") if "blog" in each] == []


def test_a_record_taken_out_of_a_subdomain_is_there_again_with_a_new_subdomain(site: Site) -> None:
    site("web:add-subdomain", "shop.a.test", "shop")
    site("dns:remove-record", "a.test", "shop", "A")
    assert "shop A 192.0.2.10" not in site.records("a.test")
    site("web:remove-subdomain", "shop.a.test")
    site("web:add-subdomain", "shop.a.test", "shop")
    assert "shop A 192.0.2.10" in site.records("a.test")


def test_records_with_the_account_s_address_follow_a_change_of_it(site: Site) -> None:
    site("dns:add-record", "a.test", "x", "A", "192.0.2.10")
    site("dns:add-record", "a.test", "y", "A", "203.0.113.5")
    site("dns:remove-record", "a.test", "ftp", "A")
    site.edit(ipinfo__namebased=0, ipinfo__ipaddrs=["192.0.2.77"])
    assert site.records("a.test", "A") == [
        " A 192.0.2.77", "www A 192.0.2.77", "mail A 192.0.2.77", "horde A 192.0.2.77", "roundcube A 192.0.2.77",
        "x A 192.0.2.77", "y A 203.0.113.5",
    ]  # fmt: skip


def test_an_ipv6_address_brings_records_of_its_own(site: Site) -> None:
    site.edit(ipinfo6__namebased=0, ipinfo6__ipaddrs=["2001:db8::7"])
    assert site.records("a.test", "AAAA")[0] == " AAAA 2001:db8::7"


def test_mail_records_come_and_go_with_mail(site: Site) -> None:
    site("dns:remove-record", "a.test", "", "MX")
    site.edit(mail__enabled=0)
    assert site.records("a.test") == [" A 192.0.2.10", "www A 192.0.2.10", "ftp A 192.0.2.10"]
    site.edit(mail__enabled=1)
    assert site.records("a.test", "MX") == [" MX 10 mail.a.test.", " MX 20 mail.a.test."]


def test_mail_that_somebody_else_serves_has_their_records(site: Site) -> None:
    site.edit(mail__provider="gmail")
    assert site.records("a.test", "MX")[0] == " MX 1 aspmx.l.google.com."
    assert site.records("a.test", "TXT") == [' TXT "v=spf1 include:_spf.google.com ~all"']
    site.edit(mail__provider="mxroute", mail__key="eagle")
    assert site.records("a.test", "MX") == [" MX 10 eagle.mxrouting.net.", " MX 20 eagle-relay.mxrouting.net."]
    site.edit(mail__provider=None)
    assert site.records("a.test", "MX") == []


def test_records_say_what_services_are_on(site: Site) -> None:
    site.edit(ftp__enabled=0, mail__preference=30, mail__mailserver="mx.elsewhere.test")
    assert site.records("a.test", "MX") == [" MX 30 mx.elsewhere.test.", " MX 40 mx.elsewhere.test."]
    assert "ftp A 192.0.2.10" not in site.records("a.test")


def test_dns_that_is_off_keeps_what_was_added(site: Site) -> None:
    site("dns:add-record", "a.test", "x", "A", "192.0.2.1")
    site.edit(dns__enabled=0)
    assert site.records("a.test") == []
    refused = site.panel.fault("dns:add-record", "a.test", "y", "A", "192.0.2.2", session=site.session)
    assert refused.startswith("site1 (a.test) has dns switched off")
    site.edit(dns__enabled=1)
    assert "x A 192.0.2.1" in site.records("a.test")


def test_a_provider_of_null_hides_records_and_both_switches_drop_them(site: Site) -> None:
    site("dns:add-record", "a.test", "x", "A", "192.0.2.1")
    site.edit(dns__provider=None)
    assert site.records("a.test") == []
    site.edit(dns__provider="powerdns")
    assert "x A 192.0.2.1" in site.records("a.test")
    site.edit(dns__provider=None, dns__enabled=0)
    assert site.stored() == (0, 0)
    site.edit(dns__provider="powerdns", dns__enabled=1)
    assert len(site.records("a.test")) == 9


def test_deletion_takes_the_zones_along_unless_the_provider_was_null_before(site: Site) -> None:
    site("dns:add-record", "a.test", "x", "A", "192.0.2.1")
    site.edit(dns__provider=None)
    site.panel.call("admin:delete-site", "site1")
    assert site.records("a.test") == ["x A 192.0.2.1"]
    site.panel.call("admin:add-site", "a.test", "ada")
    assert "x A 192.0.2.1" in site.records("a.test")
    assert len(site.records("a.test")) == 10
    site.panel.call("admin:delete-site", "a.test")
    assert site.stored() == (0, 0)


def test_suspension_leaves_the_zones_as_they_are(site: Site) -> None:
    before = site.records("a.test")
    site.panel.call("admin:deactivate-site", "site1")
    assert site.records("a.test") == before
    assert site("dns:add-record", "a.test", "x", "A", "192.0.2.1") is True


def test_a_zone_of_no_account_becomes_the_new_account_s_and_goes_with_it(site: Site) -> None:
    site.panel.call("dns:add-zone", "new.test", "203.0.113.1")
    site.panel.call("admin:add-site", "new.test", "nora")
    assert site.records("new.test")[0] == " A 192.0.2.10"
    site.panel.call("admin:edit-site", "new.test", {"siteinfo.domain": "newer.test"})
    assert site.records("newer.test")[0] == " A 192.0.2.10"
    site.panel.call("admin:delete-site", "newer.test")
    assert site.stored() == (0, 0)
