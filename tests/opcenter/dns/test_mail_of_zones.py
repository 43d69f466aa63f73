"""The records for mail in a zone follow the domains that receive it."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel

LISTS = [
    "lists MX 10 mail.lists.a.test.",
    "lists MX 20 mail.lists.a.test.",
    'lists TXT "v=spf1 a mx ?all"',
    "mail.lists A 192.0.2.10",
    "horde.lists A 192.0.2.10",
    "roundcube.lists A 192.0.2.10",
]


class Mail:
    """The account a.test with the alias b.test, whose zones are served."""

    def __init__(self, panel: EmulatedPanel) -> None:
        self.panel = panel
        panel.call("scope:set", "dns.default-provider", "builtin")
        panel.call("admin:add-site", "a.test", "ada", {"aliases.aliases": ["b.test"]})
        self.session = panel.call("admin:hijack", "a.test")

    def __call__(self, command: str, *arguments: Any) -> Any:
        return self.panel.call(command, *arguments, session=self.session)

    def records(self, zone: str, name: str = "", rr: str = "ANY") -> list[str]:
        """Return the records of a zone whose names end in one."""
        rows = self.panel.call("dns:get-records-by-rr", rr, zone) or []
        return [
            " ".join((row["subdomain"], row["rr"], row["parameter"]))
            for row in rows
            if row["subdomain"] == name or row["subdomain"].endswith(f".{name}")
        ]

    def serial(self) -> int:
        (start,) = self.panel.call("dns:get-records-by-rr", "SOA", "a.test")
        return int(start["parameter"].split()[2])


@pytest.fixture
def mail(each_panel: EmulatedPanel) -> Mail:
    return Mail(each_panel)


def test_a_subdomain_that_receives_mail_has_the_records_of_its_mail_in_the_zone(mail: Mail) -> None:
    before = mail.serial()
    mail("email:add-virtual-transport", "a.test", "lists")
    assert mail.records("a.test", "lists") == LISTS
    assert mail.records("b.test", "lists") == []
    assert mail.serial() > before
    told = [f"{row['name']} {row['rr']} {row['parameter']}" for row in mail("email:get-records", "lists.a.test")]
    assert [line.replace(".a.test. ", " ", 1) for line in told] == LISTS
    mail("email:remove-virtual-transport", "lists.a.test")
    assert mail.records("a.test", "lists") == []


def test_a_domain_that_receives_no_mail_has_no_records_of_mail_and_the_others_keep_theirs(mail: Mail) -> None:
    mail("email:remove-virtual-transport", "b.test")
    assert mail.records("b.test", rr="MX") == []
    assert mail.records("a.test", rr="MX") == [" MX 10 mail.a.test.", " MX 20 mail.a.test."]
    assert len(mail("email:get-records", "b.test")) == 6
    mail("email:add-virtual-transport", "b.test")
    assert mail.records("b.test", rr="MX") == [" MX 10 mail.b.test.", " MX 20 mail.b.test."]


def test_keepdns_leaves_the_records_that_are_there_in_the_zone(mail: Mail) -> None:
    mail("email:add-virtual-transport", "a.test", "lists")
    mail("dns:remove-record", "a.test", "horde.lists", "A")
    mail("email:remove-virtual-transport", "lists.a.test", True)
    assert sorted(mail.records("a.test", "lists")) == sorted(LISTS[:4] + LISTS[5:])
    mail("dns:remove-record", "a.test", "lists", "MX", "20 mail.lists.a.test")
    assert "lists MX 20 mail.lists.a.test." not in mail.records("a.test", "lists")


def test_records_that_were_taken_out_come_back_with_the_transport(mail: Mail) -> None:
    mail("dns:remove-record", "b.test", "", "MX")
    mail("email:remove-virtual-transport", "b.test")
    mail("email:add-virtual-transport", "b.test")
    assert mail.records("b.test", rr="MX") == [" MX 10 mail.b.test.", " MX 20 mail.b.test."]


def test_the_records_of_a_subdomain_follow_a_rename_of_the_account(mail: Mail) -> None:
    mail("email:add-virtual-transport", "a.test", "lists")
    mail.panel.call("admin:edit-site", "site1", {"siteinfo.domain": "z.test"})
    assert mail.records("z.test", "lists") == [line.replace("a.test", "z.test") for line in LISTS]


def test_the_records_of_webmail_are_at_the_place_that_was_set(mail: Mail) -> None:
    mail("email:set-webmail-location", "horde", "post")
    assert mail.records("a.test", "post") == ["post A 192.0.2.10"]
    assert mail.records("a.test", "horde") == []
    assert ("post", "A") in [(row["subdomain"], row["rr"]) for row in mail("email:get-records", "a.test")]


def test_without_a_zone_a_transport_is_changed_all_the_same(mail: Mail) -> None:
    mail.panel.call("admin:edit-site", "site1", {"dns.provider": None})
    mail("email:add-virtual-transport", "a.test", "lists")
    assert mail("email:transport-exists", "lists.a.test") is True
    assert mail("email:remove-virtual-transport", "lists.a.test", True) is True
