"""The further domains of an account: the journal, and the list that EditDomain and the account's administrator share."""

from __future__ import annotations

from typing import Any

import pytest


def held(two: Any) -> Any:
    return two.panel.call("admin:collect", ["aliases.aliases"], None, ["site1"])["site1"]["aliases"]["aliases"]


def warnings(two: Any) -> list[str]:
    return [text for severity, text in two.panel.messages if severity == "warning"]


def test_a_domain_waits_in_the_journal_until_changes_are_synchronized(each_two: Any) -> None:
    two = each_two
    assert two("aliases:add-domain", "WWW.Shop.test", "/var/www/shop") is True
    assert warnings(two) == ["The folder `/var/www/shop/' did not exist and was made"]
    assert two("aliases:list-shared-domains") == {"shop.test": "/var/www/shop/"}
    assert two("aliases:list-unsynchronized-domains") == {"add": ["shop.test"], "remove": []}
    assert two("aliases:list-aliases") == []
    assert held(two) == []
    assert two("aliases:synchronize-changes") is True
    assert two("aliases:list-aliases") == ["shop.test"]
    assert two("aliases:list-unsynchronized-domains") == {"add": [], "remove": []}
    assert held(two) == ["shop.test"]
    assert two.panel.call("admin:get-site-id-from-domain", "shop.test") == 1


def test_a_removed_domain_is_free_once_changes_are_synchronized(each_two: Any) -> None:
    two = each_two
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["one.test", "two.test", "three.test"]})
    assert two("aliases:remove-domain", "two.test") is True
    assert two("aliases:list-unsynchronized-domains") == {"add": [], "remove": {1: "two.test"}}
    assert two("aliases:domain-exists", "two.test") is False
    assert two.fault("aliases:add-domain", "two.test", "/var/www/x", session=two.bob) == (
        "`two.test' is hosted by another account; it must be removed there first"
    )
    two("aliases:add-domain", "four.test", "/var/www/html")
    assert two("aliases:list-unsynchronized-domains") == {"add": {2: "four.test"}, "remove": {1: "two.test"}}
    two("aliases:synchronize-changes")
    assert held(two) == ["one.test", "three.test", "four.test"]
    assert two("aliases:add-domain", "two.test", "/var/www/x", session=two.bob) is True


def test_what_is_undone_before_it_is_synchronized_leaves_nothing(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["one.test"]})
    two("aliases:add-domain", "shop.test", "/var/www/shop")
    two("aliases:remove-domain", "shop.test")
    two("aliases:remove-alias", "one.test")
    two("aliases:add-domain", "one.test", "/var/www/one")
    assert two("aliases:list-unsynchronized-domains") == {"add": [], "remove": []}
    assert two("aliases:list-shared-domains") == {"one.test": "/var/www/one/"}


def test_an_edit_and_the_journal_keep_one_list(each_two: Any) -> None:
    two = each_two
    two("aliases:add-domain", "shop.test", "/var/www/shop")
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["one.test"]})
    assert two("aliases:list-shared-domains") == {"one.test": "/var/www/html/", "shop.test": "/var/www/shop/"}
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["shop.test"]})
    assert two("aliases:list-shared-domains") == {"shop.test": "/var/www/shop/"}
    assert two("aliases:list-unsynchronized-domains") == {"add": [], "remove": []}
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": []})
    assert two("aliases:list-shared-domains") == []
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["shop.test"]})
    assert two("aliases:list-shared-domains") == {"shop.test": "/var/www/html/"}


@pytest.mark.parametrize(
    ("domain", "path", "told"),
    [
        ("no domain", "/var/www/x", "`no domain' is not a domain"),
        ("localhost", "/var/www/x", "`localhost' is not a domain"),
        ("shop.test", "var/www/x", "`var/www/x' cannot be a document root; give an absolute path below /home"),
        ("shop.test", "/etc/passwd", "`/etc/passwd' cannot be a document root"),
        ("shop.test", "/var/www/../../etc", "`/var/www/../../etc' cannot be a document root"),
        ("shop.test", "/var/www", "`/var/www' cannot be a document root"),
        ("alpha.test", "/var/www/x", "`alpha.test' is the primary domain of the account"),
        ("www.alpha.test", "/var/www/x", "`alpha.test' is the primary domain of the account"),
        ("beta.test", "/var/www/x", "`beta.test' is hosted by another account"),
        ("taken.test", "/var/www/x", "`taken.test' is attached to the account already"),
    ],
)
def test_a_domain_or_path_that_cannot_be_is_refused(two: Any, domain: str, path: str, told: str) -> None:
    two("aliases:add-domain", "taken.test", "/var/www/taken")
    assert two.fault("aliases:add-domain", domain, path).startswith(told)
    assert two("aliases:list-shared-domains") == {"taken.test": "/var/www/taken/"}


def test_the_host_name_of_the_server_is_refused(two: Any) -> None:
    two.panel.call("scope:set", "net.hostname", "panel.example")
    assert two.fault("aliases:add-domain", "panel.example", "/var/www/x") == (
        "`panel.example' is the host name of the server itself; name another domain"
    )


def test_a_domain_that_exists_nowhere_needs_proof_while_dns_check_is_on(two: Any) -> None:
    token = two("aliases:challenge-token")
    assert len(token) == 40 and set(token) <= set("0123456789abcdef")
    assert token == two("aliases:challenge-token") != two("aliases:challenge-token", session=two.bob)
    told = two.fault("aliases:add-domain", "shop.invalid", "/var/www/shop")
    assert told.startswith("Nobody has shown that `shop.invalid' is yours.")
    assert f"a file named {token}" in told and "newacct.shop.invalid" in told
    assert two("aliases:bypass-exists", "shop.invalid") is False
    assert two("aliases:bypass-exists", "shop.test") is True
    two.panel.call("scope:set", "cp.config", "domains", "dns_check", False)
    assert two("aliases:bypass-exists", "shop.invalid") is True
    assert two("aliases:add-domain", "shop.invalid", "/var/www/shop") is True


def test_aliases_max_counts_the_primary_domain_here(each_two: Any) -> None:
    two = each_two
    two.panel.call("admin:edit-site", "site1", {"aliases.max": 2})
    assert two("aliases:add-domain", "one.test", "/var/www/one") is True
    assert two.fault("aliases:add-domain", "two.test", "/var/www/two") == (
        "aliases,max admits 2 domains, the primary one included; remove one first"
    )
    two("aliases:remove-domain", "one.test")
    assert two("aliases:add-domain", "two.test", "/var/www/two") is True


def test_a_plan_that_admits_fewer_domains_stops_the_journal(two: Any) -> None:
    two("aliases:add-domain", "one.test", "/var/www/one")
    two.panel.call("admin:edit-site", "site1", {"aliases.max": 0})
    assert "more than aliases,max admits" in two.fault("aliases:synchronize-changes")
    assert held(two) == []


def test_a_suspended_account_keeps_its_journal(two: Any) -> None:
    two("aliases:add-domain", "one.test", "/var/www/one")
    two.panel.call("admin:deactivate-site", "site1")
    assert two.fault("aliases:synchronize-changes").startswith("The account is suspended")
    two.panel.call("admin:activate-site", "site1")
    assert two("aliases:synchronize-changes") is True
    assert held(two) == ["one.test"]


def test_a_domain_that_another_account_took_meanwhile_is_not_attached(two: Any) -> None:
    two("aliases:add-domain", "one.test", "/var/www/one")
    assert two("aliases:shared-domain-hosted", "one.test") is False
    assert two("aliases:shared-domain-hosted", "one.test", session=two.bob) is True
    two.panel.call("admin:edit-site", "site2", {"aliases.aliases": ["one.test"]})
    assert two("aliases:shared-domain-hosted", "one.test") is True
    assert two.fault("aliases:synchronize-changes") == (
        "aliases,aliases: `one.test' is in use by another account; name a domain that is free"
    )


def test_a_domain_is_changed(each_two: Any) -> None:
    two = each_two
    two("aliases:add-domain", "one.test", "/var/www/one")
    two("aliases:synchronize-changes")
    assert two("aliases:modify-domain", "one.test", {"owner": "ann", "path": "/home/ann/one"}) is True
    assert two("aliases:list-shared-domains") == {"one.test": "/home/ann/one/"}
    assert two("aliases:list-unsynchronized-domains") == {"add": [], "remove": []}
    assert two("aliases:modify-domain", "one.test", {"domain": "uno.test"}) is True
    assert two("aliases:list-unsynchronized-domains") == {"add": ["uno.test"], "remove": ["one.test"]}
    two("aliases:synchronize-changes")
    assert held(two) == ["uno.test"]
    assert two("aliases:list-shared-domains") == {"uno.test": "/home/ann/one/"}


@pytest.mark.parametrize(
    ("domain", "parameters", "told"),
    [
        ("alpha.test", {"path": "/var/www/x"}, "`alpha.test' is the primary domain of the account; auth:change-domain"),
        ("nine.test", {"path": "/var/www/x"}, "Unknown domain `nine.test'"),
        ("one.test", {"owner": "bob"}, "Unknown user `bob'"),
        ("one.test", {"path": "/etc"}, "`/etc' cannot be a document root"),
        ("one.test", {"domain": "beta.test"}, "`beta.test' is hosted by another account"),
        ("one.test", {"colour": "red"}, "Unknown parameter `colour'; there are owner, path, domain"),
    ],
)
def test_a_change_that_cannot_be_is_refused(two: Any, domain: str, parameters: Any, told: str) -> None:
    two("aliases:add-domain", "one.test", "/var/www/one")
    assert two.fault("aliases:modify-domain", domain, parameters).startswith(told)
    assert two("aliases:list-shared-domains") == {"one.test": "/var/www/one/"}


def test_unknown_domains_are_not_removed(two: Any) -> None:
    for command in ("aliases:remove-domain", "aliases:remove-alias"):
        assert two.fault(command, "nine.test").startswith("Unknown domain `nine.test'")


def test_the_files_of_a_domain_follow_the_home_that_holds_them(each_two: Any) -> None:
    two = each_two
    two("aliases:add-domain", "one.test", "/home/ann/one")
    two("user:rename-user", "ann", "anna")
    assert two("aliases:list-shared-domains") == {"one.test": "/home/anna/one/"}
    two("user:usermod-driver", "anna", {"home": "/home/shared", "move_home": 1})
    assert two("aliases:list-shared-domains") == {"one.test": "/home/shared/one/"}
    two("user:usermod-driver", "anna", {"home": "/home/other"})
    assert two("aliases:list-shared-domains") == {"one.test": "/home/shared/one/"}


def test_a_user_stays_while_a_domain_lies_in_its_home(two: Any) -> None:
    two("aliases:add-domain", "one.test", "/home/ann/one")
    assert two.fault("user:delete", "ann") == (
        "`ann' cannot be removed: the files of one.test lie in /home/ann; "
        "aliases:modify-domain or aliases:remove-domain first"
    )
    two("aliases:modify-domain", "one.test", {"path": "/home/anna/one", "owner": "ann"})
    assert two("user:delete", "ann") is True
    assert two("aliases:list-shared-domains") == {"one.test": "/home/anna/one/"}


def test_the_domains_of_the_administrators_home_follow_another_name(two: Any) -> None:
    two("aliases:add-domain", "one.test", "/home/alice/one")
    two.panel.call("admin:edit-site", "site1", {"siteinfo.admin_user": "carol"})
    assert two("aliases:list-shared-domains") == {"one.test": "/home/carol/one/"}


def test_the_older_names_do_the_same(two: Any) -> None:
    assert two("aliases:add-shared-domain", "one.test", "/var/www/one") is True
    assert two("aliases:shared-domain-exists", "one.test") is True
    assert two("aliases:domain-exists", "alpha.test") is True
    assert two("aliases:remove-shared-domain", "one.test") is True
    assert two("aliases:shared-domain-exists", "one.test") is False


def test_domains_are_the_account_administrators(two: Any) -> None:
    for command in ("aliases:list-aliases", "aliases:synchronize-changes", "aliases:challenge-token"):
        assert "not present" in two.fault(command, session=two.ann)
        assert "not present" in two.panel.fault(command)
