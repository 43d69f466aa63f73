from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.store.transactions import writing
from apnscp.server.testing import EmulatedPanel

MASTER = "master-invoice-123"


@pytest.fixture
def three(each_panel: EmulatedPanel) -> EmulatedPanel:
    """Give a panel with a parent and two children on each database; the second child is suspended."""
    call = each_panel.call
    call(
        "admin:add-site", "a.example", "ada", {"billing.invoice": MASTER, "aliases.aliases": ["x.example", "y.example"]}
    )
    call("admin:add-site", "b.example", "bob", {"billing.parent_invoice": MASTER, "bandwidth.enabled": 0})
    call("admin:add-site", "c.example", "cleo", {
        "billing.parent_invoice": MASTER, "siteinfo.email": ["c@x.example", "d@x.example"], "siteinfo.plan": "pro",
    })  # fmt: skip
    call("admin:deactivate-site", "site3")
    return each_panel


QUERIES: list[tuple[Any, list[str]]] = [
    (None, ["site1", "site2", "site3"]),
    ([], ["site1", "site2", "site3"]),
    ({"billing.parent_invoice": MASTER}, ["site2", "site3"]),
    ({"billing,parent_invoice": MASTER}, ["site2", "site3"]),
    ({"billing": {"parent_invoice": MASTER}}, ["site2", "site3"]),
    ({"billing.invoice": MASTER}, ["site1"]),
    ({"billing.invoice": None}, ["site2", "site3"]),
    ({"billing.invoice": "null"}, ["site2", "site3"]),
    ({"billing.parent_invoice": MASTER, "active": True}, ["site2"]),
    ({"active": True}, ["site1", "site2"]),
    ({"active": 1}, ["site1", "site2"]),
    ({"active": False}, ["site3"]),
    ({"active": "0"}, ["site3"]),
    ({"active": "false"}, ["site3"]),
    ({"domain": "B.example"}, ["site2"]),
    ({"siteinfo.domain": "B.example"}, ["site2"]),
    ({"siteinfo.plan": "pro"}, ["site3"]),
    ({"diskquota.quota": "4000"}, ["site1", "site2"]),
    ({"diskquota.quota": 4000}, ["site1", "site2"]),
    ({"diskquota.quota": 4000.0}, ["site1", "site2"]),
    ({"ssh.enabled": True}, ["site1", "site2", "site3"]),
    ({"ssh.enabled": "1"}, ["site1", "site2", "site3"]),
    ({"bandwidth.enabled": None}, ["site2"]),
    ({"bandwidth.enabled": 0}, ["site2"]),
    ({"bandwidth.enabled": False}, ["site2"]),
    ({"pgsql.enabled": 1}, ["site3"]),
    ({"aliases.aliases": "x.example"}, ["site1"]),
    ({"aliases.aliases": ["x.example", "y.example"]}, ["site1"]),
    ({"aliases.aliases": ["x.example"]}, []),
    ({"aliases.aliases": []}, ["site2", "site3"]),
    ({"aliases.aliases": None}, ["site2", "site3"]),
    ({"siteinfo.email": "d@x.example"}, ["site3"]),
    ({"siteinfo.email": "blackhole@apiscp.com"}, ["site1", "site2"]),
    ({"users.max": None}, ["site3"]),
    ({"apache.jail": 1}, ["site1", "site2", "site3"]),
    ({"billing.invoice": "none"}, []),
]


def test_a_query_finds_what_compares_loosely(three: EmulatedPanel) -> None:
    for query, found in QUERIES:
        for params in ([], None, ["mysql"]):
            assert list(three.call("admin:collect", params, query)) == found, (query, params)


def test_rows_have_the_fields_that_were_asked_for_in_order(three: EmulatedPanel) -> None:
    who = ["site1"]
    call = three.call
    assert call("admin:collect", [], None, who) == {
        "site1": {
            "siteinfo": {"email": "blackhole@apiscp.com", "admin_user": "ada"},
            "aliases": {"aliases": ["x.example", "y.example"]},
            "billing": {"invoice": MASTER, "parent_invoice": None},
            "active": True,
            "domain": "a.example",
        }
    }
    row = call("admin:collect", ["ssh.enabled", "billing,invoice", "ssh.jail", "files"], None, who)["site1"]
    assert list(row) == ["ssh", "billing", "files", "active", "domain"]
    assert row["ssh"] == {"enabled": 1, "jail": 1}
    assert row["files"] == {"version": 3.1, "enabled": 1, "mounts": [], "fsopt": None}
    assert call("admin:collect", {"ssh": ["enabled"]}, None, who)["site1"]["ssh"] == {"enabled": 1}
    assert list(call("admin:collect", None, None, who)["site1"]) == [*SERVICES, "active", "domain"]


def test_an_unknown_parameter_is_null_and_an_unknown_service_an_error(three: EmulatedPanel) -> None:
    for name in ("ssh.none", 'ssh.a"b', "ssh.a\\", "ssh.a.b", "ssh.'"):
        row = three.call("admin:collect", [name, "ssh.jail"])["site1"]["ssh"]
        assert row == {name[4:]: None, "jail": 1}
        assert [severity for severity, _ in three.messages] == ["warning"]
    assert "Unknown service `nope'" in three.fault("admin:collect", ["nope.enabled"])
    assert "A query is a map" in three.fault("admin:collect", [], ["billing.invoice"])


def test_a_slip_in_what_is_asked_for_is_a_warning_with_the_right_name(three: EmulatedPanel) -> None:
    rows = three.call("admin:collect", ["siteinfo.doman", "ssh.enabled"], {"active": False})
    assert rows["site3"]["siteinfo"] == {"doman": None}
    assert three.messages == (
        ("warning", "Unknown parameter `siteinfo,doman'; did you mean `domain'? (null is given for it)"),
    )
    assert three.fault("admin:collect", ["sitinfo"]) == "Unknown service `sitinfo'; did you mean `siteinfo'?"
    assert three.call("admin:get-meta-from-domain", "a.example", "diskquota", "qota") is None
    assert three.messages == (
        ("warning", "Unknown parameter `diskquota,qota'; did you mean `quota'? (null is given for it)"),
    )


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"billing.invoce": "x"}, "Unknown parameter `billing,invoce'; did you mean `invoice'?"),
        ({"billing": {"invoce": None}}, "Unknown parameter `billing,invoce'; did you mean `invoice'?"),
        ({"biling.invoice": "x"}, "Unknown service `biling'; did you mean `billing'?"),
    ],
)
def test_a_condition_on_what_no_service_has_is_refused(three: EmulatedPanel, query: Any, told: str) -> None:
    assert three.fault("admin:collect", [], query) == f"The query cannot be answered: {told}"


def test_a_comma_that_cut_a_key_in_two_is_explained(three: EmulatedPanel) -> None:
    assert three.fault("admin:collect", [], {0: "billing", "invoice": MASTER}) == (
        '`billing\' in the query is compared with nothing; quote the key, "billing,invoice", or write billing.invoice'
    )
    assert three.fault("admin:collect", ["siteinfo", "domain"]) == (
        'Unknown service `domain\'; quote the key, "siteinfo,domain", or write siteinfo.domain'
    )
    assert three.fault("admin:collect", [], {0: "x", "active": True}) == (
        "`x' in the query is compared with nothing; a condition is written service.parameter:value"
    )
    assert "or quote a key with a comma" in three.fault("admin:edit-site", "a.example", {0: "ssh", "enabled": 0})


def test_rows_are_keyed_by_the_identifier_as_passed_and_members_of_an_invoice_by_their_id(three: EmulatedPanel) -> None:
    def keys(*sites: str) -> list[str]:
        return list(three.call("admin:collect", [], None, list(sites)))

    assert keys() == ["site1", "site2", "site3"]
    assert keys("A.Example", "x.example", "site3") == ["A.Example", "x.example", "site3"]
    assert keys(MASTER) == ["site1", "site2", "site3"]
    assert keys("site2", MASTER) == ["site2", "site1", "site3"]
    three.call("admin:edit-site", "site3", {"billing.invoice": "single"})
    assert keys("single") == ["site3"]


def test_unknown_sites_are_left_out_with_an_info(three: EmulatedPanel) -> None:
    assert list(three.call("admin:collect", [], None, ["none.example", "b.example"])) == ["b.example"]
    assert three.messages == (("info", "`none.example' names no site and is left out"),)
    assert three.call("admin:collect", [], None, ["none.example"]) == []


def test_sites_and_query_both_restrict(three: EmulatedPanel) -> None:
    assert list(three.call("admin:collect", [], {"active": False}, ["b.example", "c.example"])) == ["c.example"]


def test_the_word_default_is_shown_as_what_it_means_on_this_server(three: EmulatedPanel) -> None:
    fields = ["rampart.max", "apache.jail", "dns.provider", "auth.iprestrict"]
    row = three.call("admin:collect", fields)["site1"]
    assert (row["rampart"], row["apache"], row["dns"]) == ({"max": 0}, {"jail": 1}, {"provider": None})
    assert row["auth"] == {"iprestrict": 50}
    with writing(three.app.panel.engine) as db:
        put(db, "rampart.delegated_whitelist", -1)
    for params in (["rampart.max"], ["rampart"], None):
        assert three.call("admin:collect", params)["site1"]["rampart"]["max"] == -1
    assert list(three.call("admin:collect", [], {"rampart.max": -1})) == ["site1", "site2"]


def test_null_for_every_argument_is_everything(three: EmulatedPanel) -> None:
    assert list(three.call("admin:collect", None, None, None)) == ["site1", "site2", "site3"]


def test_an_empty_panel_gives_empty_arrays(panel: EmulatedPanel) -> None:
    assert panel.call("admin:collect") == []
    assert panel.call("admin:collect", None, {"active": True}) == []
    assert panel.call("admin:get-domains") == []
    assert panel.call("admin:get-usage", "storage") == []


def test_domains_are_ordered_by_name_and_keyed_by_number(three: EmulatedPanel) -> None:
    three.call("admin:edit-site", "site3", {"siteinfo.domain": "aa.example"})
    assert list(three.call("admin:get-domains").items()) == [(1, "a.example"), (3, "aa.example"), (2, "b.example")]


def test_usage_has_a_row_for_every_site_and_numbers_in_it(three: EmulatedPanel) -> None:
    for field, names in (
        ("storage", ["qused", "qsoft", "qhard", "fused", "fsoft", "fhard"]),
        ("bandwidth", ["sum", "threshold"]),
        ("cgroup", []),
    ):
        rows = three.call("admin:get-usage", field)
        assert list(rows) == ["site1", "site2", "site3"]
        assert all(isinstance(row[name], int | float) for row in rows.values() for name in names)
        assert list(three.call("admin:get-usage", field, ["b.example"])) == ["site2"]
    storage = three.call("admin:get-usage", "storage")["site1"]
    assert storage["qsoft"] == storage["qhard"] == 4000 * 1024
    assert three.call("admin:get-usage", "bandwidth")["site2"] == three.call("admin:get-usage", "bandwidth")["site2"]
    assert "Unknown field `fuel'" in three.fault("admin:get-usage", "fuel")


def test_meta_from_domain_gives_one_value_or_a_whole_service(three: EmulatedPanel) -> None:
    call = three.call
    assert call("admin:get-meta-from-domain", "x.example", "diskquota", "quota") == 4000
    assert call("admin:get-meta-from-domain", "a.example", "ssh")["jail"] == 1
    assert call("admin:get-meta-from-domain", "a.example", "ssh", "none") is None
    assert "Unknown service `nope'" in three.fault("admin:get-meta-from-domain", "a.example", "nope")
    assert "Unknown site `none.example'" in three.fault("admin:get-meta-from-domain", "none.example", "ssh")
    assert call("admin:get-site-id-from-domain", "none.example") is None
    assert call("admin:get-address-from-domain", "none.example") is False
    assert call("admin:get-address-from-domain", "no domain", abort_on=None) is False
    assert list(three.messages) == [("error", "`no domain' is not a domain")]
    assert three.fault("admin:get-address-from-domain", "no domain") == "`no domain' is not a domain"
    assert "is not a domain" in three.fault("admin:get-site-id-from-domain", "no domain")


def test_a_query_finds_a_number_however_it_is_spelled(three: EmulatedPanel) -> None:
    three.call("admin:edit-site", "site2", {"users.max": 9, "billing.invoice": "9"})
    for spelled in ("9", "9.0", 9, 9.0):
        assert list(three.call("admin:collect", ["users.max"], {"users.max": spelled})) == ["site2"]
    assert three.call("admin:collect", ["users.max"], {"users.max": "9x"}) == []
    assert three.call("admin:collect", ["users.max"], {"billing.invoice": "9.0"}) == []
