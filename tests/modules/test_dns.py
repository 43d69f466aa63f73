"""Zones and records (docs/panel.md, section 23)."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.settings import config
from tests.modules.conftest import TwoSites


@pytest.fixture
def served(each_two: TwoSites) -> TwoSites:
    """Give two accounts whose zones are served."""
    each_two.panel.call("scope:set", "dns.default-provider", "builtin")
    return each_two


def told(rows: Any) -> list[str]:
    """Return records as short lines."""
    return [f"{row['subdomain'] or '@'} {row['rr']} {row['parameter']}" for row in rows]


def lines(two: Any, zone: str = "alpha.test", **options: Any) -> list[str]:
    """Return all records of a zone but its SOA."""
    return told(two("dns:get-records-by-rr", "ANY", zone, **options) or [])[1:]


BEGUN = [
    "@ NS localhost.", "@ A 192.0.2.10", "www A 192.0.2.10", "ftp A 192.0.2.10", "@ MX 10 mail.alpha.test.",
    "@ MX 20 mail.alpha.test.", '@ TXT "v=spf1 a mx ?all"', "mail A 192.0.2.10", "horde A 192.0.2.10",
    "roundcube A 192.0.2.10",
]  # fmt: skip


@pytest.fixture(autouse=True)
def named(each_two: TwoSites) -> None:
    """Give the name server a name that does not depend on the machine."""
    with each_two.panel.inside() as ctx:
        config.put(ctx.db, "dns.hosting_ns", "localhost")


def test_a_new_account_has_its_zone_with_the_records_of_its_services(served: Any) -> None:
    assert lines(served) == BEGUN
    assert served("dns:zone-exists", "alpha.test") is True
    assert served("dns:get-records", "www") == [
        {
            "name": "www.alpha.test.", "subdomain": "www", "domain": "alpha.test", "class": "IN", "ttl": 43200,
            "parameter": "192.0.2.10", "rr": "A",
        }
    ]  # fmt: skip


def test_without_a_provider_every_write_succeeds_and_there_is_no_zone(each_two: Any) -> None:
    two = each_two
    assert two("dns:get-provider") == "null"
    assert two("dns:configured") is False
    assert two("dns:add-record", "alpha.test", "x", "A", "192.0.2.1") is True
    assert two.panel.messages[0][1].startswith("site1 (alpha.test): the provider of dns is null, so nothing changes")
    assert two("dns:get-records") == []
    assert two("dns:zone-exists", "alpha.test") is False
    assert two("dns:get-zone-information") is None


def test_a_record_is_added_changed_and_removed(served: Any) -> None:
    two = served
    assert two("dns:add-record", "alpha.test", "app", "a", "192.0.2.1", 60) is True
    assert two("dns:record-exists", "alpha.test", "app", "A", "192.0.2.1") is True
    assert two("dns:modify-record", "alpha.test", "app", "A", "192.0.2.1", {"parameter": "192.0.2.2"}) is True
    assert two("dns:get-records", "app")[0]["ttl"] == 60
    assert told(two("dns:get-records", "app")) == ["app A 192.0.2.2"]
    assert two("dns:modify-record", "alpha.test", "app", "A", "192.0.2.2", {"name": "api", "ttl": 30}) is True
    assert two("dns:get-records", "app") == []
    assert two("dns:remove-record", "alpha.test", "api", "A", "192.0.2.2") is True
    assert lines(two) == BEGUN


def test_a_record_that_comes_by_itself_can_be_taken_out_and_put_back(served: Any) -> None:
    two = served
    two("dns:remove-record", "alpha.test", "ftp", "A")
    assert "ftp A 192.0.2.10" not in lines(two)
    assert two("dns:record-exists", "alpha.test", "ftp") is False
    two("dns:add-record", "alpha.test", "ftp", "A", "192.0.2.10")
    assert lines(two) == BEGUN
    two("dns:modify-record", "alpha.test", "ftp", "A", "192.0.2.10", {"ttl": 60})
    assert [row["ttl"] for row in two("dns:get-records", "ftp")] == [60]
    two("dns:remove-record", "alpha.test", "ftp", "A")
    assert two("dns:get-records", "ftp") == []


def test_all_records_of_a_name_and_type_go_where_no_parameter_is_named(served: Any) -> None:
    two = served
    two("dns:remove-record", "alpha.test", "", "MX")
    assert two("dns:get-records-by-rr", "MX") == []
    assert two.fault("dns:remove-record", "alpha.test", "", "MX") == "`alpha.test' has no MX record"


def test_any_stands_for_every_type_but_those_of_the_zone_itself(served: Any) -> None:
    served("dns:add-record", "alpha.test", "www", "TXT", "hello")
    served("dns:remove-record", "alpha.test", "www", "ANY")
    assert served("dns:get-records", "www") == []
    served("dns:remove-record", "alpha.test", "", "any")
    assert told(served("dns:get-records"))[1:] == ["@ NS localhost."]
    assert served.fault("dns:remove-record", "alpha.test", "", "NS").endswith("are the server's and stay")


@pytest.mark.parametrize(
    ("rr", "given", "kept"),
    [
        ("MX", "mail.alpha.test 10", "10 mail.alpha.test."), ("MX", "5 Mail.Other.Test.", "5 mail.other.test."),
        ("CNAME", "www.other.test", "www.other.test."), ("CNAME", "@", "alpha.test."),
        ("SRV", "0 5 5060 sip.other.test", "0 5 5060 sip.other.test."), ("AAAA", "2001:DB8:0::1", "2001:db8::1"),
        ("CAA", "0 issue letsencrypt.org", '0 issue "letsencrypt.org"'), ("TXT", "a b", '"a b"'),
        ("TXT", '"a" "b"', '"ab"'), ("TXT", 'say "hi"', r'"say \"hi\""'), ("HINFO", "PC Linux", '"PC" "Linux"'),
        ("TXT", "x" * 300, f'"{"x" * 253}" "{"x" * 47}"'),
    ],
)  # fmt: skip
def test_a_parameter_is_kept_in_its_one_form(served: Any, rr: str, given: str, kept: str) -> None:
    served("dns:add-record", "alpha.test", "new", rr, given)
    assert [row["parameter"] for row in served("dns:get-records", "new")] == [kept]
    assert served("dns:record-exists", "alpha.test", "new", rr, given) is True
    assert served.fault("dns:add-record", "alpha.test", "new", rr, kept).startswith("`new.alpha.test' has this")


@pytest.mark.parametrize(
    ("name", "rr", "parameter", "text"),
    [
        ("x", "PTR", "a.test", "Unknown type of record `PTR'; there are A, AAAA, A6, CAA"),
        ("x", "A", "here", "`here' is not a parameter of A; write one such as 192.0.2.1"),
        ("x", "A", "2001:db8::1", "`2001:db8::1' is not a parameter of A"),
        ("x", "MX", "mail.alpha.test", "`mail.alpha.test' is not a parameter of MX; write one such as 10 mail.example"),
        ("", "CNAME", "a.test", "`alpha.test' itself cannot be a CNAME"),
        ("http://x", "CNAME", "a.test", "`http://x' is an address of a page and not a host name"),
        ("", "NS", "ns.test", "The NS records of `alpha.test' itself are the server's"),
        ("a b", "A", "192.0.2.1", "`a b' holds a space"),
        ("a..b", "A", "192.0.2.1", "`a..b' cannot be a name in the zone `alpha.test'"),
        ("www", "CNAME", "a.test", "`www.alpha.test' has a record of type A, and a CNAME stands alone"),
        ("www", "A", "192.0.2.10", "`www.alpha.test' has this A record already: 192.0.2.10"),
    ],
)
def test_a_record_that_cannot_be_is_refused(served: Any, name: str, rr: str, parameter: str, text: str) -> None:
    assert served.fault("dns:add-record", "alpha.test", name, rr, parameter).startswith(text)
    assert lines(served) == BEGUN


def test_the_sign_for_the_zone_itself_is_stripped_with_a_warning(served: Any) -> None:
    served("dns:add-record", "alpha.test", "@", "TXT", "hello")
    assert served.panel.messages == (("warning", "`@' is not used for `alpha.test' itself; leave the name empty"),)
    served("dns:add-record", "alpha.test", "deep.name.alpha.test.", "TXT", "hello")
    assert lines(served)[-2:] == ['@ TXT "hello"', 'deep.name TXT "hello"']


def test_the_zone_of_another_account_is_out_of_reach(served: Any) -> None:
    for command in ("dns:zone-exists", "dns:export"):
        assert served.fault(command, "beta.test").startswith("`beta.test' is not a domain of this account")
    assert served.fault("dns:add-record", "beta.test", "x", "A", "192.0.2.1").startswith("`beta.test' is not a domain")
    assert served.fault("dns:get-records", "", "any", "beta.test").startswith("`beta.test' is not a domain")
    assert told(served.panel.call("dns:get-records", "www", "any", "beta.test")) == ["www A 192.0.2.10"]
    assert served.panel.fault("dns:get-records") == "Name a domain; dns:get-all-domains lists them"


def test_type_and_zone_come_in_either_order(served: Any) -> None:
    assert served("dns:get-records-by-rr", "alpha.test", "NS") == served("dns:get-records-by-rr", "NS", "alpha.test")
    assert list(served("dns:get-zone-information")) == ["SOA", "NS", "A", "MX", "TXT"]


def test_a_record_is_added_conditionally(served: Any) -> None:
    two, arguments = served, ("x", "A", "192.0.2.1")
    assert two("dns:add-record-conditionally", "alpha.test", *arguments) is True
    assert two("dns:add-record-conditionally", "alpha.test", *arguments) is True
    assert two.panel.messages == (("info", "`alpha.test' has this A record already"),)
    two.panel.call("dns:remove-zone", "alpha.test")
    assert two("dns:add-record-conditionally", "alpha.test", *arguments) is True
    assert two.panel.messages == (("warning", "There is no zone `alpha.test', so no record is added"),)
    two.panel.call("admin:edit-site", "site1", {"dns.enabled": 0})
    assert two("dns:add-record-conditionally", "alpha.test", *arguments) is True
    assert two.panel.messages[0] == ("info", "site1 (alpha.test): dns is switched off, so no record is added")


def test_the_administrator_adds_and_removes_zones(served: Any) -> None:
    panel = served.panel
    assert panel.call("dns:add-zone", "free.test", "192.0.2.99") is True
    assert panel.call("dns:add-zone", "free.test", "192.0.2.99") is True
    assert panel.messages == (("warning", "The zone `free.test' exists already"),)
    assert told(panel.call("dns:get-records", "www", "A", "free.test")) == ["www A 192.0.2.99"]
    assert panel.call("dns:remove-zone", "free.test") is True
    assert panel.call("dns:get-records", "", "any", "free.test") == []
    assert panel.fault("dns:remove-zone", "free.test").startswith("There is no zone `free.test'")
    assert panel.fault("dns:add-zone", "free.test", "nowhere").startswith("`nowhere' is no IP address")


def test_a_removed_zone_of_an_account_comes_back_without_what_was_added(served: Any) -> None:
    served("dns:add-record", "alpha.test", "x", "A", "192.0.2.1")
    served.panel.call("dns:remove-zone", "alpha.test")
    assert served("dns:zone-exists", "alpha.test") is False
    assert served.fault("dns:add-record", "alpha.test", "x", "A", "192.0.2.1").startswith("There is no zone")
    served.panel.call("dns:add-zone", "alpha.test", "192.0.2.10")
    assert lines(served) == BEGUN


def test_a_zone_is_exported_and_imported(served: Any) -> None:
    two = served
    two("dns:add-record", "alpha.test", "x", "TXT", "a;b")
    text = two("dns:export")
    assert text.splitlines()[0].startswith("alpha.test.\t43200\tIN\tSOA\tlocalhost. hostmaster.alpha.test. ")
    assert 'x.alpha.test.\t43200\tIN\tTXT\t"a;b"' in text.splitlines()
    two("dns:remove-record", "alpha.test", "x", "TXT")
    two("dns:remove-record", "alpha.test", "", "MX")
    assert two("dns:import", "alpha.test", text) is True
    assert two.panel.messages == (("info", "alpha.test: 3 records added, 9 passed over"),)
    assert sorted(lines(two)) == sorted([*BEGUN, 'x TXT "a;b"'])
    assert two.fault("dns:import", "alpha.test", "no zone file").startswith("This is not a zone file of `alpha.test'")


def test_the_serial_of_a_zone_never_goes_back(served: Any) -> None:
    two = served

    def serial() -> int:
        return int(two("dns:get-records-by-rr", "SOA")[0]["parameter"].split()[2])

    seen = [serial()]
    two("dns:add-record", "alpha.test", "x", "A", "192.0.2.1")
    seen.append(serial())
    two("dns:remove-record", "alpha.test", "x", "A")
    seen.append(serial())
    two.panel.call("admin:edit-site", "site1", {"mail.enabled": 0})
    seen.append(serial())
    two("web:add-subdomain", "shop", "shop")
    seen.append(serial())
    assert seen == sorted(set(seen))


def test_a_script_points_a_name_to_its_own_address(served: Any) -> None:
    two = served
    assert two("dns:update", "home.alpha.test", ip="198.51.100.7") == "198.51.100.7"
    assert two("dns:update", "home.alpha.test", "203.0.113.9") == "203.0.113.9"
    assert told(two("dns:get-records", "home")) == ["home A 203.0.113.9"]
    assert two("dns:update", "home.alpha.test", "2001:db8::9") == "2001:db8::9"
    assert told(two("dns:get-records", "home", "AAAA")) == ["home AAAA 2001:db8::9"]
    assert two.fault("dns:update", "home.beta.test").startswith("`home.beta.test' is below no domain of this account")


def test_the_panel_knows_who_hosts_a_domain(served: Any) -> None:
    two, panel = served, served.panel
    panel.call("admin:edit-site", "site1", {"aliases.aliases": ["gamma.test"]})
    assert panel.call("dns:get-all-domains") == ["alpha.test", "beta.test", "gamma.test"]
    assert panel.call("dns:get-parent-domain", "gamma.test") == "alpha.test"
    assert panel.call("dns:get-parent-domain", "none.test") is False
    assert two("dns:domain-on-account", "gamma.test") is True
    assert two("dns:domain-on-account", "beta.test") is False
    assert two("dns:domain-hosted", "gamma.test") is True
    assert two("dns:domain-hosted", "gamma.test", True) is False
    assert two("dns:domain-hosted", "none.test") is False
    name = panel.call("scope:get", "net.hostname")
    assert panel.call("dns:get-server-from-domain", "beta.test") == name
    assert panel.call("dns:get-server-from-domain", "beta.test", True) == [name]
    assert panel.call("dns:get-server-from-domain", "none.test") is False


def test_addresses_are_known_by_who_uses_them(served: Any) -> None:
    panel = served.panel
    panel.call("admin:edit-site", "site1", {"ipinfo.namebased": 0, "ipinfo.ipaddrs": ["192.0.2.77"]})
    assert panel.call("dns:ip-allocated", "192.0.2.77") is True
    assert panel.call("dns:ip-allocated", "192.0.2.10") is True
    assert panel.call("dns:ip-allocated", "192.0.2.78") is False
    assert panel.fault("dns:release-ip", "192.0.2.77").startswith("`192.0.2.77' is in use by alpha.test")
    assert panel.call("dns:release-ip", "192.0.2.78") is True
    assert served("dns:get-public-ip") == "192.0.2.77"
    assert served("dns:get-public-ip6") is None
    panel.call("admin:edit-site", "site1", {"dns.proxyaddr": ["198.51.100.1", "198.51.100.2"]})
    assert served("dns:get-public-ip", session=served.ann) == ["198.51.100.1", "198.51.100.2"]


def test_the_small_questions_have_their_answers(served: Any) -> None:
    two = served
    assert two("dns:get-default", "ttl") == 43200
    assert two.fault("dns:get-default", "odd") == "Unknown default `odd'; there is ttl"
    assert two("dns:get-provider", session=two.ann) == "builtin"
    assert two.panel.call("dns:get-provider") == "builtin"
    assert two("dns:configured") is True
    assert two.panel.call("dns:providers")[:3] == ["null", "builtin", "powerdns"]
    assert two("dns:permitted-records")[0] == "A"
    assert two("dns:get-hosting-nameservers") == ["localhost"]
    assert two("dns:uuid") is None
    assert two("dns:uuid-name") == "_apnscp_uuid"
    with two.panel.inside() as ctx:
        config.put(ctx.db, "dns.uuid", "abc-1")
    assert two("dns:uuid", session=two.ann) == "abc-1"
    assert two("dns:record-exists", "alpha.test", "_apnscp_uuid", "TXT", "abc-1") is True
    assert told(two("dns:provisioning-records", "new.test"))[:3] == [
        "@ A 192.0.2.10", "www A 192.0.2.10", "ftp A 192.0.2.10",
    ]  # fmt: skip
