"""Subdomains, document roots, host names (docs/panel.md, section 28)."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_subdomain_is_added_listed_and_removed(each_two: Any) -> None:
    two = each_two
    assert two("web:add-subdomain", "Shop.Alpha.Test", "/var/www/shop/") is True
    assert two("web:add-subdomain", "blog", "blog") is True
    assert two("web:list-subdomains") == {"blog": "/var/www/blog", "shop.alpha.test": "/var/www/shop"}
    assert two("web:subdomain-exists", "shop.alpha.test") is True
    assert two("web:list-subdomains", session=two.bob) == []
    assert two("web:remove-subdomain", "shop.alpha.test") is True
    assert two("web:subdomain-exists", "shop.alpha.test") is False


def test_an_unknown_subdomain_is_removed_with_a_warning(two: Any) -> None:
    assert two("web:remove-subdomain", "none.alpha.test") is True
    assert two.panel.messages == (("warning", "Unknown subdomain `none.alpha.test'; nothing was removed"),)


@pytest.mark.parametrize(
    ("name", "path", "text"),
    [
        ("shop.alpha.test", "/etc", "`/etc' cannot be a document root; name a folder below /var/www or /home"),
        ("shop.alpha.test", "/var/www/../../etc", "`/var/www/../../etc' cannot be a document root"),
        ("shop.alpha.test", "", "`' cannot be a document root"),
        ("shop.beta.test", "/var/www/x", "`shop.beta.test' is below no domain of this account"),
        ("alpha.test", "/var/www/x", "`alpha.test' is a domain of this account"),
        ("www.alpha.test", "/var/www/x", "`www.alpha.test' is served with its domain already"),
        ("www", "/var/www/x", "`www.alpha.test' is served with its domain already"),
        ("a b.alpha.test", "/var/www/x", "`a b.alpha.test' is not a subdomain; write one such as shop.alpha.test"),
        ("old.alpha.test", "/var/www/x", "`old.alpha.test' exists already"),
    ],
)
def test_a_name_or_a_folder_that_cannot_be_is_refused(two: Any, name: str, path: str, text: str) -> None:
    two("web:add-subdomain", "old.alpha.test", "/var/www/old")
    assert two.fault("web:add-subdomain", name, path).startswith(text)


def test_subnum_limits_the_subdomains(each_two: Any) -> None:
    two = each_two
    two.panel.call("admin:edit-site", "site1", {"apache.subnum": 1})
    two("web:add-subdomain", "one", "one")
    assert two.fault("web:add-subdomain", "two", "two") == (
        "site1 (alpha.test) has all the subdomains that apache,subnum admits (1); remove one first"
    )
    two("web:remove-subdomain", "one")
    assert two("web:add-subdomain", "two", "two") is True


def test_a_subdomain_takes_another_name_and_another_folder(each_two: Any) -> None:
    two = each_two
    two("web:add-subdomain", "shop.alpha.test", "shop")
    assert two("web:rename-subdomain", "shop.alpha.test", "store.alpha.test") is True
    assert two("web:rename-subdomain", "store.alpha.test", None, "/home/ann/store") is True
    assert two("web:list-subdomains") == {"store.alpha.test": "/home/ann/store"}
    assert two.fault("web:rename-subdomain", "shop.alpha.test", "x.alpha.test").startswith("Unknown subdomain")
    assert two.fault("web:rename-subdomain", "store.alpha.test").startswith("Nothing to rename")


def test_subdomains_are_filtered(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["gamma.test"]})
    two("web:add-subdomain", "blog", "blog")
    two("web:add-subdomain", "shop.alpha.test", "shop")
    two("web:add-subdomain", "*.gamma.test", "rest")
    assert list(two("web:list-subdomains", "local")) == ["*.gamma.test", "shop.alpha.test"]
    assert list(two("web:list-subdomains", "global")) == ["blog"]
    assert list(two("web:list-subdomains", "", "gamma.test")) == ["*.gamma.test", "blog"]
    assert list(two("web:list-subdomains", "", ["alpha.test"])) == ["blog", "shop.alpha.test"]
    assert list(two("web:list-subdomains", "path", "/var/www/shop")) == ["shop.alpha.test"]
    assert list(two("web:list-subdomains", "inactive")) == []
    assert two.fault("web:list-subdomains", "odd").startswith("Unknown filter `odd'; there are local, global")


def test_a_subdomain_says_what_it_is(two: Any) -> None:
    two("web:add-subdomain", "shop.alpha.test", "/home/ann/shop")
    two("web:add-subdomain", "blog", "blog")
    two("web:add-subdomain", "*.alpha.test", "rest")
    assert two("web:subdomain-info", "shop.alpha.test") == {
        "path": "/home/ann/shop", "active": True, "user": "ann", "type": "local",
    }  # fmt: skip
    assert two("web:subdomain-info", "blog")["type"] == "global"
    assert two("web:subdomain-info", "*.alpha.test")["type"] == "fallthrough"
    assert two("web:domain-info", "alpha.test") == {
        "path": "/var/www/html", "active": True, "user": "alice", "type": "domain",
    }  # fmt: skip
    assert two.fault("web:subdomain-info", "none").startswith("Unknown subdomain `none'")
    assert two.fault("web:domain-info", "beta.test").startswith("Unknown domain `beta.test'")


def test_a_suspended_account_is_not_served(two: Any) -> None:
    two("web:add-subdomain", "shop.alpha.test", "shop")
    assert two("web:subdomain-accessible", "shop.alpha.test") is True
    two.panel.call("admin:deactivate-site", "site1")
    assert two("web:subdomain-accessible", "shop.alpha.test") is False
    assert two("web:subdomain-info", "shop.alpha.test")["active"] is False
    two.panel.call("admin:activate-site", "site1")
    assert two("web:subdomain-accessible", "shop.alpha.test") is True


@pytest.mark.parametrize(
    ("host", "path", "folder"),
    [
        ("alpha.test", "", "/var/www/html"),
        ("www.alpha.test", "wiki", "/var/www/html/wiki"),
        ("gamma.test", "/wiki/", "/var/www/html/wiki"),
        ("shop.alpha.test", "", "/var/www/shop"),
        ("www.shop.alpha.test", "", "/var/www/shop"),
        ("blog.gamma.test", "", "/var/www/blog"),
        ("blog", "", "/var/www/blog"),
        ("whatever.gamma.test", "", "/var/www/rest"),
    ],
)
def test_the_narrowest_name_serves_a_host(two: Any, host: str, path: str, folder: str) -> None:
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["gamma.test"]})
    for name, root in (("shop.alpha.test", "shop"), ("blog", "blog"), ("*.gamma.test", "rest")):
        two("web:add-subdomain", name, root)
    assert two("web:get-docroot", host, path) == folder
    assert two("web:normalize-path", host, path) == folder


def test_a_host_that_is_not_served_has_no_folder(two: Any) -> None:
    for host in ("none.alpha.test", "beta.test"):
        assert two.fault("web:get-docroot", host).startswith(f"Unknown host `{host}'")
        assert two("web:normalize-path", host) is None
    assert two.fault("web:get-docroot", "alpha.test", "../..").startswith("`../..' leads out")


def test_a_folder_leads_back_to_its_hosts(two: Any) -> None:
    two("web:add-subdomain", "shop.alpha.test", "shop")
    two("web:add-subdomain", "store.alpha.test", "shop")
    assert two("web:get-hostname-from-docroot", "/var/www/html/") == "alpha.test"
    assert two("web:get-hostname-from-docroot", "/var/www/none") is None
    assert two("web:get-all-hostnames-from-path", "/var/www/shop") == ["shop.alpha.test", "store.alpha.test"]


def test_host_names_are_split_and_written_in_full(two: Any) -> None:
    assert two("web:split-host", "a.b.alpha.test") == {"subdomain": "a.b", "domain": "alpha.test"}
    assert two("web:split-host", "other.test") == {"subdomain": "", "domain": "other.test"}
    assert two("web:normalize-hostname", "WWW.Alpha.Test") == "alpha.test"
    assert two("web:normalize-hostname", "shop") == "shop.alpha.test"
    assert two("web:is-subdomain", "x.alpha.test") is True
    assert two("web:is-subdomain", "alpha.test") is False
    assert two("web:is-subdomain", "x.other.test") is False
    assert two("web:domain-exists", "alpha.test") is True
    assert two("web:domain-exists", "beta.test") is False
    assert two("web:list-domains") == {"alpha.test": "/var/www/html"}


def test_purge_says_that_nothing_is_cached(two: Any) -> None:
    assert two("web:purge") is None
    assert two.panel.messages == (("info", "site1 (alpha.test): the cache of the web server is empty"),)
