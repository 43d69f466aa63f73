"""What an account is called when it does not say: its administrator and its databases (docs/fidelity.md, "Sites")."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel

DERIVED = {"derive-admin": True}


def values(panel: EmulatedPanel, site: str, service: str) -> Any:
    return panel.call("admin:collect", [service], None, [site])[site][service]


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("example.com", "example"),
        ("My-Shop.example", "myshop"),
        ("api.mydomain.com", "api"),
        ("24hours.example", "u24hours"),
        ("x.example", "x1"),
        ("mail.example", "mail1"),
        ("null.example", "null1"),
        ("a-very-long-name-of-a-domain.example", "averylongnameofa"),
    ],
)
def test_administrator_is_made_from_the_domain(panel: EmulatedPanel, domain: str, name: str) -> None:
    panel.call("admin:add-site", domain, "", {}, DERIVED)
    assert values(panel, "site1", "siteinfo")["admin_user"] == name
    assert panel.messages == () or panel.messages[0][0] == "info"


def test_administrator_made_from_the_domain_is_told(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "", {}, DERIVED)
    told = "site1 (example.com): siteinfo,admin_user is `example', made from the domain"
    assert panel.messages == (("info", told),)


def test_a_name_that_is_taken_gets_a_number(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "", {}, DERIVED)
    panel.call("admin:add-site", "example.net", "", {}, DERIVED)
    panel.call("admin:add-site", "example.org", "", {}, DERIVED)
    assert values(panel, "site2", "siteinfo")["admin_user"] == "example1"
    assert values(panel, "site3", "siteinfo")["admin_user"] == "example2"


def test_a_name_that_is_given_counts_with_the_flag_too(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "ada", {}, DERIVED)
    assert values(panel, "site1", "siteinfo")["admin_user"] == "ada"


def test_the_api_asks_for_an_administrator(panel: EmulatedPanel) -> None:
    assert panel.fault("admin:add-site", "example.com", "").startswith("siteinfo,admin_user: `' is not a user name")
    assert panel.fault("admin:add-site", "no domain", "", {}, DERIVED) == (
        "siteinfo,domain: `no domain' is not a domain name such as example.com"
    )


def test_database_prefix_is_made_from_the_primary_domain(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "my-shop.example", "ada", {"pgsql.enabled": 1})
    mysql = values(panel, "site1", "mysql")
    assert (mysql["dbaseprefix"], mysql["dbaseadmin"]) == ("myshop_", "ada")
    assert values(panel, "site1", "pgsql")["dbaseprefix"] == "myshop_"


def test_database_names_that_are_taken_get_a_number_each(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "ada", {"mysql.dbaseadmin": "bob"})
    panel.call("admin:add-site", "example.net", "bob")
    panel.call("admin:add-site", "x.example", "eve")
    mysql = values(panel, "site2", "mysql")
    assert (mysql["dbaseprefix"], mysql["dbaseadmin"]) == ("example1_", "bob1")
    assert values(panel, "site3", "mysql")["dbaseprefix"] == "x1_"


def test_the_server_does_not_take_the_name_of_an_account(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"aliases.aliases": ["b.example"]})
    for name in ("a.example", "b.example"):
        assert panel.fault("scope:set", "net.hostname", name) == (
            f"net.hostname: `{name}' belongs to an account; the server needs a name of its own"
        )
    assert panel.call("scope:get", "net.hostname") == "panel.example.test"


@pytest.mark.parametrize("domain", ["panel.example.test", "PANEL.example.test"])
def test_host_name_of_the_server_is_no_account(panel: EmulatedPanel, domain: str) -> None:
    told = "`panel.example.test' is the host name of the server itself (net.hostname); name another domain"
    assert panel.fault("admin:add-site", domain, "ada") == f"siteinfo,domain: {told}"
    panel.call("admin:add-site", "a.example", "ada")
    assert panel.fault("admin:edit-site", "site1", {"aliases.aliases": [domain]}) == f"aliases,aliases: {told}"
    assert panel.fault("admin:edit-site", "site1", {"siteinfo.domain": domain}) == f"siteinfo,domain: {told}"
    assert panel.fault("admin:edit-site", "site1", {"siteinfo.domain": domain}, {"dry-run": True}) == (
        f"siteinfo,domain: {told}"
    )


def test_a_name_is_found_however_many_accounts_have_one_like_it(each_panel: EmulatedPanel) -> None:
    domains = [f"shop.{number}.example" for number in range(30)]
    for domain in domains:
        each_panel.call("admin:add-site", domain, "", {}, DERIVED)
    rows = each_panel.call("admin:collect", ["siteinfo.admin_user", "mysql.dbaseprefix"])
    assert [row["siteinfo"]["admin_user"] for row in rows.values()] == ["shop", *(f"shop{n}" for n in range(1, 30))]
    assert [row["mysql"]["dbaseprefix"] for row in rows.values()] == ["shop_", *(f"shop{n}_" for n in range(1, 30))]
