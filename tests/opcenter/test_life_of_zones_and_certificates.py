"""The whole life of an account with zones, subdomains and a certificate: nothing is lost on the way, nothing left over."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from apnscp.opcenter.certificates.tables import certificate_table, challenge_table, mechanism_table
from apnscp.opcenter.dns.tables import record_table, zone_table
from apnscp.opcenter.lifecycle.rooms import counts
from apnscp.opcenter.sites import records
from apnscp.opcenter.web.tables import subdomain_table
from apnscp.server.testing import EmulatedPanel

TABLES = (zone_table, record_table, subdomain_table, certificate_table, challenge_table, mechanism_table)


def stored(panel: EmulatedPanel) -> list[int]:
    with panel.inside() as ctx:
        return [ctx.db.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES]


def subdomains_counted(panel: EmulatedPanel) -> int:
    with panel.inside() as ctx:
        return counts(ctx.db, records.load(ctx.db, 1))[("apache", "subnum")]


def test_an_account_with_everything_is_renamed_replanned_suspended_and_deleted(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("scope:set", "dns.default-provider", "builtin")
    panel.plan("wide", {"apache.subnum": 3})
    panel.call("admin:add-site", "a.test", "ada", {"aliases.aliases": ["c.test"], "apache.subnum": 2})
    panel.call("admin:add-site", "b.test", "bob")
    session = panel.call("admin:hijack", "a.test")

    def call(command: str, *arguments: Any) -> Any:
        return panel.call(command, *arguments, session=session)

    call("web:add-subdomain", "shop.a.test", "shop")
    call("web:add-subdomain", "blog", "blog")
    assert "apache,subnum admits (2)" in panel.fault("web:add-subdomain", "more", "more", session=session)
    call("dns:add-record", "a.test", "app", "CNAME", "shop.a.test")
    call("dns:add-record", "c.test", "x", "A", "192.0.2.1")
    call("dns:remove-record", "a.test", "ftp", "A")
    call("letsencrypt:request", ["a.test", "shop.a.test", "c.test"])
    call("letsencrypt:challenges", ["blog.c.test"])
    call("letsencrypt:use-mechanism", "blog.c.test", "dns")
    assert stored(panel) == [2, 3, 2, 1, 2, 1]
    assert subdomains_counted(panel) == 2

    panel.call("admin:edit-site", "site1", {"siteinfo.domain": "z.test"})
    assert list(call("web:list-subdomains")) == ["blog", "shop.z.test"]
    assert call("dns:record-exists", "z.test", "app", "CNAME", "shop.z.test") is True
    assert call("dns:record-exists", "z.test", "ftp") is False

    assert call("letsencrypt:append", ["z.test", "shop.z.test"]) is True
    names = call("ssl:get-alternative-names", call("ssl:get-certificate"))
    assert names == ["c.test", "z.test", "shop.z.test"]

    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "wide"}, {"reset": True})
    call("web:add-subdomain", "more", "more")
    assert subdomains_counted(panel) == 3
    assert "apache,subnum admits (3)" in panel.fault("web:add-subdomain", "most", "most", session=session)

    panel.call("admin:deactivate-site", "site1")
    assert call("web:subdomain-accessible", "more") is False
    assert call("dns:record-exists", "z.test", "more", "A") is True
    assert "is suspended" in panel.fault("letsencrypt:renew", session=session)
    panel.call("admin:activate-site", "site1")
    assert call("ssl:cert-exists") is True

    panel.call("admin:edit-site", "site1", {"aliases.aliases": []})
    assert call("dns:domain-on-account", "c.test") is False
    call("web:remove-subdomain", "more")
    assert subdomains_counted(panel) == 2
    panel.call("admin:delete-site", "site1")
    assert stored(panel) == [0, 0, 0, 0, 0, 0]
    assert panel.call("dns:get-all-domains") == ["b.test"]
    assert len(panel.call("dns:get-records-by-rr", "ANY", "b.test")) > 9
