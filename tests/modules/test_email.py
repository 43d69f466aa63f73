"""Module email: addresses, domains that receive mail, webmail, records, permissions (docs/panel.md, section 24)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.modules.conftest import TwoSites


def uid(two: TwoSites, name: str) -> int:
    found: int = two("site:get-users")[name]["uid"]
    return found


def full(rows: list[dict[str, Any]]) -> list[str]:
    return [f"{row['user']}@{row['domain']}" for row in rows]


@pytest.fixture
def mailing(each_two: TwoSites) -> TwoSites:
    """Give the accounts, the first one with a second domain."""
    each_two.panel.call("admin:edit-site", "alpha.test", {"aliases.aliases": ["alias.test"]})
    return each_two


def test_a_new_account_has_the_addresses_of_its_administrator_and_postmaster(each_two: TwoSites) -> None:
    alice = uid(each_two, "alice")
    expected = [
        {
            "user": user, "domain": "alpha.test", "type": "v", "enabled": 1, "mailbox": "/home/alice/Mail/", "uid": alice,
            "custom": "", "destination": "alice",
        }
        for user in ("alice", "postmaster")
    ]  # fmt: skip
    assert each_two("email:list-mailboxes") == expected
    each_two("email:add-alias", "info", "alpha.test", "me@example.com")
    assert full(each_two("email:list-mailboxes")) == ["alice@alpha.test", "info@alpha.test", "postmaster@alpha.test"]
    assert each_two("email:list-mailboxes", "local") == expected


def test_a_mailbox_belongs_to_a_user_and_may_be_a_folder(mailing: TwoSites) -> None:
    assert mailing("email:add-mailbox", "Info", "alias.test", uid(mailing, "ann"), "Work") is True
    assert mailing("email:get-mailbox", "info", "alias.test") == {
        "user": "info", "domain": "alias.test", "type": "v", "enabled": 1, "mailbox": "/home/ann/Mail/.Work/",
        "uid": uid(mailing, "ann"), "custom": "Work", "destination": "ann",
    }  # fmt: skip
    assert mailing("email:address-exists", "info", "alias.test", session=mailing.ann) is True
    assert mailing("email:mailbox-type", "info", "alias.test") == "v"
    assert mailing("email:get-mailbox", "info", "alpha.test") == []
    assert mailing("email:mailbox-type", "info", "alpha.test") is None


def test_a_forward_leads_to_addresses_and_users(mailing: TwoSites) -> None:
    assert mailing("email:add-alias", "all", "alpha.test", "a@example.com, ann;b@Example.com") is True
    assert mailing("email:add-alias", "list", "alpha.test", ["a@example.com"]) is True
    assert mailing("email:add-alias", "job", "alpha.test", "|/usr/bin/job --mail a,b") is True
    rows = mailing("email:list-aliases")
    assert [(row["user"], row["destination"], row["type"]) for row in rows] == [
        ("all", "a@example.com,ann,b@example.com", "a"),
        ("job", "|/usr/bin/job --mail a,b", "a"),
        ("list", "a@example.com", "a"),
    ]


def test_the_filters_of_the_list(mailing: TwoSites) -> None:
    mailing("email:add-alias", "all", "alpha.test", "a@example.com,b@example.com")
    mailing("email:add-alias", "job", "alias.test", "|run")
    mailing("email:disable-address", "postmaster")

    def listed(*arguments: Any) -> list[str]:
        return full(mailing("email:list-mailboxes", *arguments))

    assert listed("forward") == ["all@alpha.test", "job@alias.test"]
    assert listed("local") == ["alice@alpha.test", "postmaster@alpha.test"]
    assert listed("special") == ["job@alias.test"]
    assert listed("single", "all") == ["all@alpha.test"]
    assert listed("single", "all", "alias.test") == []
    assert listed("enabled") == ["alice@alpha.test", "all@alpha.test", "job@alias.test"]
    assert listed("disabled") == ["postmaster@alpha.test"]
    assert listed("destination", "b@example.com") == ["all@alpha.test"]
    assert listed("destination", "alice") == ["alice@alpha.test", "postmaster@alpha.test"]
    assert listed(None, None, "alias.test") == ["job@alias.test"]
    assert mailing.fault("email:list-mailboxes", "odd") == (
        "Unknown filter `odd'; there are forward, local, special, single, enabled, disabled and destination"
    )
    assert mailing.fault("email:list-mailboxes", "single") == "The filter `single' needs an address"


@pytest.mark.parametrize(
    ("method", "arguments", "text"),
    [
        ("add-mailbox", ("alice", "alpha.test", "ann"),
         "The address `alice@alpha.test' exists already; email:modify-mailbox changes it"),
        ("add-alias", ("POSTMASTER", "alpha.test", "a@example.com"),
         "The address `postmaster@alpha.test' exists already; email:modify-mailbox changes it"),
        ("add-mailbox", ("x", "alpha.test", 999), "This account has no user `999'; user:get-users lists them with their uids"),
        ("add-mailbox", ("x", "beta.test", "ann"),
         "`beta.test' receives no mail in this account; email:add-virtual-transport adds a domain"),
        ("add-mailbox", ("x y", "alpha.test", "ann"), "`x y' cannot stand before the @ of an address"),
        ("add-mailbox", ("x", "alpha.test", "ann", "../x"), "mailbox: `../x' is not the name of a folder"),
        ("add-alias", ("x", "alpha.test", ""), "A forward needs a destination: an e-mail address, or several with commas"),
        ("add-alias", ("x", "alpha.test", "nobody"), "`nobody' is neither an e-mail address nor a user of this account"),
        ("add-alias", ("", "alpha.test", "a@example.com"),
         "A catch-all cannot be forwarded ([mail] forwarded_catchall is off); give it a mailbox"),
    ],
)  # fmt: skip
def test_addresses_that_cannot_be_made(two: TwoSites, method: str, arguments: tuple[Any, ...], text: str) -> None:
    assert two.fault(f"email:{method}", *arguments) == text
    assert full(two("email:list-mailboxes")) == ["alice@alpha.test", "postmaster@alpha.test"]


def test_a_uid_of_another_account_is_unknown(two: TwoSites) -> None:
    bob = two("site:get-users", session=two.bob)["bob"]["uid"]
    assert two.fault("email:add-mailbox", "x", "alpha.test", bob).startswith("This account has no user")


def test_a_catch_all_is_a_mailbox_or_with_the_setting_a_forward(two: TwoSites) -> None:
    two("email:add-mailbox", "", "alpha.test", "ann")
    assert two("email:get-mailbox", "", "alpha.test")["user"] == ""
    two("email:delete-mailbox", "", "alpha.test")
    two.panel.call("scope:set", "cp.config", "mail", "forwarded_catchall", True)
    assert two("email:add-alias", "", "alpha.test", "a@example.com") is True


def test_a_change_answers_whether_it_made_a_difference(mailing: TwoSites) -> None:
    mailing("email:add-mailbox", "info", "alpha.test", "ann")
    assert mailing("email:modify-mailbox", "info", "alpha.test") is False
    assert mailing("email:modify-mailbox", "info", "alpha.test", "sales", "alias.test") is True
    assert mailing("email:modify-mailbox", "sales", "alias.test", "", "", ".Sold") is True
    assert mailing("email:get-mailbox", "sales", "alias.test")["mailbox"] == "/home/ann/Mail/.Sold/"
    assert mailing("email:modify-mailbox", "sales", "alias.test", "", "", "alice") is True
    assert mailing("email:get-mailbox", "sales", "alias.test")["mailbox"] == "/home/alice/Mail/"
    assert mailing("email:modify-mailbox", "sales", "alias.test", "", "", "a@example.com", "a") is True
    assert mailing("email:get-mailbox", "sales", "alias.test")["destination"] == "a@example.com"
    assert mailing("email:rename-mailbox", "sales", "alias.test", "sold", "", None) is True
    assert full(mailing("email:list-aliases")) == ["sold@alias.test"]


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("nope", "alpha.test", "x"), "This account has no address `nope@alpha.test'; email:list-mailboxes lists them"),
        (("alice", "alpha.test", "postmaster"),
         "The address `postmaster@alpha.test' exists already; email:modify-mailbox changes it"),
        (("alice", "alpha.test", "", "", "", "a"), "`alice@alpha.test' needs a destination to be of the type `a'"),
        (("alice", "alpha.test", "", "", "", "z"), "Unknown type `z'; an address is v (mailbox) or a (forward)"),
    ],
)  # fmt: skip
def test_changes_that_cannot_be(two: TwoSites, arguments: tuple[str, ...], text: str) -> None:
    assert two.fault("email:modify-mailbox", *arguments) == text


def test_removal_answers_whether_there_was_such_an_address(two: TwoSites) -> None:
    two("email:add-alias", "all", "alpha.test", "a@example.com")
    assert two("email:remove-mailbox", "all", "alpha.test") is False
    assert two("email:delete-mailbox", "all", "alpha.test", "v") is False
    assert two("email:remove-alias", "all", "alpha.test") is True
    assert two("email:remove-alias", "all", "alpha.test") is False
    assert two("email:remove-mailbox", "postmaster", "alpha.test") is True
    assert two("email:delete-mailbox", "alice", "alpha.test") is True
    assert two("email:list-mailboxes") == []


def test_addresses_are_switched_one_by_one_or_at_every_domain(mailing: TwoSites) -> None:
    mailing("email:add-alias", "alice", "alias.test", "a@example.com")
    assert mailing("email:disable-address", "alice@alias.test") is True
    assert mailing("email:disable-address", "alice@alias.test") is False
    assert full(mailing("email:list-mailboxes", "disabled")) == ["alice@alias.test"]
    assert mailing("email:disable-address", "alice") is True
    assert mailing("email:enable-address", "alice", "alpha.test") is True
    assert full(mailing("email:list-mailboxes", "disabled")) == ["alice@alias.test"]
    assert mailing.fault("email:enable-address", "nope") == (
        "This account has no address `nope'; email:list-mailboxes lists them"
    )


def test_a_domain_is_cloned_around_what_is_there(mailing: TwoSites) -> None:
    mailing("email:add-alias", "postmaster", "alias.test", "a@example.com")
    assert mailing("email:clone-domain-mailboxes", "alpha.test", "alias.test") is True
    assert mailing.panel.messages == (("warning", "`postmaster@alias.test' exists already and stays as it is"),)
    assert full(mailing("email:list-mailboxes", None, None, "alias.test")) == [
        "alice@alias.test",
        "postmaster@alias.test",
    ]
    assert mailing("email:mailbox-type", "postmaster", "alias.test") == "a"
    assert mailing.fault("email:clone-domain-mailboxes", "alpha.test", "alpha.test") == (
        "`alpha.test' cannot be cloned to itself; name another domain"
    )


def test_domains_of_the_account_receive_mail_until_they_are_taken_out(mailing: TwoSites) -> None:
    assert mailing("email:list-virtual-transports") == ["alpha.test", "alias.test"]
    assert mailing("email:remove-virtual-transport", "alias.test") is True
    assert mailing("email:transport-exists", "alias.test") is False
    assert mailing("email:add-virtual-transport", "alias.test") is True
    assert mailing("email:add-virtual-transport", "alpha.test", "lists") is True
    assert mailing("email:list-virtual-transports") == ["alpha.test", "alias.test", "lists.alpha.test"]
    mailing("email:add-mailbox", "x", "lists.alpha.test", "ann")
    mailing("email:remove-virtual-transport", "lists.alpha.test", True)
    assert mailing("email:list-virtual-transports") == ["alpha.test", "alias.test"]


@pytest.mark.parametrize(
    ("method", "arguments", "text"),
    [
        ("add", ("alpha.test",), "`alpha.test' receives mail already"),
        ("add", ("beta.test",), "`beta.test' belongs to another account"),
        ("add", ("gamma.test",), "`gamma.test' is not a domain of this account; aliases:add-domain adds one"),
        ("add", ("not a domain",), "`not a domain' is not a domain"),
        ("add", ("alpha.test", "taken"), "`taken.alpha.test' belongs to another account"),
        ("remove", ("gamma.test",), "`gamma.test' receives no mail in this account; email:add-virtual-transport adds a domain"),
    ],
)  # fmt: skip
def test_transports_that_cannot_be(two: TwoSites, method: str, arguments: tuple[str, ...], text: str) -> None:
    two.panel.call("admin:edit-site", "beta.test", {"aliases.aliases": ["taken.alpha.test"]})
    assert two.fault(f"email:{method}-virtual-transport", *arguments) == text


def test_mail_that_is_off_keeps_its_addresses_and_takes_no_change(two: TwoSites) -> None:
    two("email:add-alias", "all", "alpha.test", "a@example.com")
    two.panel.call("admin:edit-site", "alpha.test", {"mail.enabled": 0})
    assert two("email:enabled") is False
    assert two("email:list-virtual-transports") == []
    assert two("email:get-records", "alpha.test") == []
    assert two.fault("email:remove-alias", "all", "alpha.test") == (
        "site1 (alpha.test) has no mail (mail,enabled is off); nothing can be changed"
    )
    two.panel.call("admin:edit-site", "alpha.test", {"mail.enabled": 1})
    assert two("email:enabled", "imap") is True
    assert two("email:address-exists", "all", "alpha.test") is True
    assert two.fault("email:enabled", "fax") == "Unknown mail service `fax'; there are imap and smtp"


def records(two: TwoSites, domain: str = "alpha.test") -> list[tuple[str, str, str]]:
    return [(row["subdomain"], row["rr"], row["parameter"]) for row in two("email:get-records", domain)]


def test_the_records_of_the_panels_own_mail(two: TwoSites) -> None:
    assert two("email:get-records", "alpha.test")[0] == {
        "name": "alpha.test.", "subdomain": "", "domain": "alpha.test", "class": "IN", "ttl": 43200,
        "parameter": "10 mail.alpha.test.", "rr": "MX",
    }  # fmt: skip
    assert two("email:provisioning-records", "alpha.test") == two("email:get-records", "alpha.test")
    address = two("email:get-mail-ip")
    assert records(two) == [
        ("", "MX", "10 mail.alpha.test."),
        ("", "MX", "20 mail.alpha.test."),
        ("", "TXT", '"v=spf1 a mx ?all"'),
        ("mail", "A", address),
        ("horde", "A", address),
        ("roundcube", "A", address),
    ]
    two.panel.call("scope:set", "cp.config", "mail", "default_spf", "v=spf1 -all")
    two.panel.call("scope:set", "cp.config", "mail", "default_dmarc", "v=DMARC1; p=none")
    assert records(two)[2:4] == [("", "TXT", '"v=spf1 -all"'), ("_dmarc", "TXT", '"v=DMARC1; p=none"')]
    assert two.fault("email:get-records", "beta.test") == "`beta.test' is not a domain of this account"


def test_the_records_of_other_providers(two: TwoSites) -> None:
    assert two("email:get-provider") == two.panel.call("email:get-provider") == "builtin"
    two.panel.call("admin:edit-site", "alpha.test", {"mail.provider": "gmail"})
    assert records(two)[0] == ("", "MX", "1 aspmx.l.google.com.")
    two.panel.call("admin:edit-site", "alpha.test", {"mail.provider": "mxroute", "mail.key": "blizzard"})
    assert records(two)[:2] == [
        ("", "MX", "10 blizzard.mxrouting.net."), ("", "MX", "20 blizzard-relay.mxrouting.net."),
    ]  # fmt: skip
    two.panel.call("admin:edit-site", "alpha.test", {"mail.provider": None})
    assert two("email:get-provider") == "null"
    assert records(two) == []


def test_a_webmail_program_moves_to_another_subdomain(two: TwoSites) -> None:
    assert two("email:webmail-apps") == ["horde", "roundcube"]
    assert two("email:get-webmail-location", "roundcube") == "roundcube.alpha.test"
    assert two("email:set-webmail-location", "roundcube", "webmail") is True
    assert two("email:get-webmail-location", "roundcube", session=two.ann) == "webmail.alpha.test"
    assert ("webmail", "A", two("email:get-mail-ip")) in records(two)
    assert two.fault("email:set-webmail-location", "horde", "webmail") == (
        "`webmail' is the subdomain of roundcube already"
    )
    assert two.fault("email:set-webmail-location", "horde", "a b") == "`a b.alpha.test' is not a domain"
    assert two.fault("email:get-webmail-location", "pine") == (
        "Unknown webmail program `pine'; there are horde and roundcube"
    )


def test_users_are_kept_from_mail_and_let_in_again(each_two: TwoSites) -> None:
    assert each_two("email:user-enabled", "ann") is True
    assert each_two("email:deny-user", "ann", "smtp") is True
    assert each_two("email:user-enabled", "ann") is False
    assert each_two("email:user-enabled", "ann", "imap") is True
    assert each_two("email:user-enabled", None, "smtp", session=each_two.ann) is False
    assert each_two("site:user-service-enabled", "ann", "smtp") is False
    assert each_two("email:permit-user", "ann") is True
    assert each_two("email:user-enabled", "ann") is True


def test_permissions_that_cannot_be_given_or_taken(two: TwoSites) -> None:
    assert two.fault("email:deny-user", "alice") == "`alice' is the administrator of this account and keeps its mail"
    assert two.fault("email:deny-user", "nobody") == "Unknown user `nobody'"
    assert two.fault("email:permit-user", "ann", "fax") == "Unknown mail service `fax'; there are imap and smtp"
    assert two.fault("email:user-enabled", "alice", session=two.ann) == (
        "Only the account's administrator may name another user"
    )
    two.panel.call("admin:edit-site", "alpha.test", {"billing.invoice": "APNS-HOSTING-1111111111111111"})
    assert two.fault("email:deny-user", "ann") == (
        "site1 (alpha.test) is a demonstration account and may not change who uses mail"
    )
