from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived

TAKEN = "siteinfo,domain: `example.com' is in use by another account; name a domain that is free"


@pytest.fixture
def panel_with_site(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": "first-Secret1"})
    return panel


def test_a_refused_call_is_a_fault_with_its_text_and_nothing_else_under_abort_on_error(
    panel_with_site: EmulatedPanel,
) -> None:
    with pytest.raises(FaultReceived) as caught:
        panel_with_site.call("admin:add-site", "example.com", "alice")
    assert (caught.value.code, caught.value.text, caught.value.messages) == ("Server", TAKEN, ())


@pytest.mark.parametrize("level", [None, "fatal", "exception", "FATAL", "nonsense"])
def test_a_refused_call_answers_false_and_tells_why_in_the_header_otherwise(
    panel_with_site: EmulatedPanel, level: str | None
) -> None:
    assert panel_with_site.call("admin:add-site", "example.com", "alice", abort_on=level) is False
    assert panel_with_site.messages == (("error", TAKEN),)


def test_a_refused_call_answers_an_empty_array_where_the_method_returns_one(panel: EmulatedPanel) -> None:
    assert panel.call("admin:get-plan", "no-such-plan", abort_on=None) == []


def test_a_refused_call_answers_null_where_the_method_returns_anything_else(panel: EmulatedPanel) -> None:
    assert panel.call("scope:get", "no.scope", abort_on=None) is None
    assert panel.call("admin:hijack", "nowhere.example", abort_on=None) is None
    assert panel.messages == (("error", "Unknown site `nowhere.example'; a site id, domain or alias is expected"),)


@pytest.mark.parametrize("level", ["error", "warning", "warn", "info", "deprecated", "debug", "Error"])
def test_every_level_from_error_down_makes_an_error_a_fault(panel_with_site: EmulatedPanel, level: str) -> None:
    assert panel_with_site.fault("admin:add-site", "example.com", "alice", abort_on=level) == TAKEN


def test_an_info_ends_the_call_at_once_under_abort_on_info_and_its_work_is_undone(
    panel_with_site: EmulatedPanel,
) -> None:
    change = {"auth.tpasswd": "other-Secret2", "diskquota.quota": 7777}
    text = panel_with_site.fault("admin:edit-site", "example.com", change, abort_on="info")
    assert text == "site1 (example.com): password of `bob' changed"
    row = panel_with_site.call("admin:collect", ["diskquota.quota"])["site1"]
    assert row["diskquota"] == {"quota": 4000}


def test_an_info_travels_in_the_header_of_a_call_that_succeeds(panel_with_site: EmulatedPanel) -> None:
    assert panel_with_site.call("admin:edit-site", "example.com", {"auth.tpasswd": "other-Secret2"}) is True
    assert panel_with_site.messages == (("info", "site1 (example.com): password of `bob' changed"),)


def test_a_failed_call_changes_nothing(panel_with_site: EmulatedPanel) -> None:
    before = panel_with_site.call("admin:collect", None)
    panel_with_site.fault("admin:edit-site", "example.com", {"diskquota.quota": 9000, "bandwidth.threshold": "plenty"})
    assert panel_with_site.call("admin:collect", None) == before


@pytest.mark.parametrize("command", ["no_such_method", "admin_collect_", "site_wipe_", "dunder__init"])
def test_an_unknown_method_is_the_fault_that_php_gives(panel: EmulatedPanel, command: str) -> None:
    assert panel.fault(command) == f"Procedure '{command}' not present"


def test_a_forbidden_method_reads_like_an_unknown_one(panel_with_site: EmulatedPanel) -> None:
    session = panel_with_site.call("admin:hijack", "example.com")
    assert panel_with_site.fault("admin:collect", session=session) == "Procedure 'admin_collect' not present"


def test_a_missing_required_argument_is_named(panel: EmulatedPanel) -> None:
    with pytest.raises(FaultReceived) as caught:
        panel.call("admin:activate-site")
    assert (caught.value.code, caught.value.text) == ("Client", "Missing parameter `site'")


SURPLUS = """<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><admin_get_site_id_from_domain>
<a>example.com</a><!-- no part --><b>other.example</b></admin_get_site_id_from_domain></s:Body></s:Envelope>"""


def surplus(panel: EmulatedPanel, credential: str, headers: dict[str, str]) -> bytes:
    return panel.request("POST", f"/soap?authkey={panel.key}", SURPLUS.encode(), headers | {"Cookie": credential}).body


def test_surplus_arguments_are_ignored_as_by_php_unless_the_caller_wants_them_refused(
    panel_with_site: EmulatedPanel,
) -> None:
    assert b">1</return>" in surplus(panel_with_site, "", {})
    refused = surplus(panel_with_site, "", {"Surplus-Arguments": "refuse"})
    assert b"Too many arguments: admin:get-site-id-from-domain takes 1, not 2" in refused
    assert b"<faultcode>SOAP-ENV:Client</faultcode>" in refused


def test_surplus_arguments_do_not_tell_that_a_method_exists(panel_with_site: EmulatedPanel) -> None:
    session = panel_with_site.call("admin:hijack", "example.com")
    refused = surplus(panel_with_site, f"esprit_id={session}", {"Surplus-Arguments": "refuse"})
    assert b"Procedure 'admin_get_site_id_from_domain' not present" in refused


def test_a_value_that_cannot_be_coerced_is_named_with_its_parameter(panel: EmulatedPanel) -> None:
    assert panel.fault("admin:activate-site", ["a"]) == "Parameter `site' must be text; an array of 1 is not"


@pytest.mark.parametrize("spelling", ["admin_get_domains", "admin:get-domains", "ADMIN_Get_Domains"])
def test_both_spellings_reach_the_same_method(panel_with_site: EmulatedPanel, spelling: str) -> None:
    assert panel_with_site.call(spelling) == {1: "example.com"}


@pytest.mark.parametrize(
    "element",
    [
        "<admin_get_domains/>",
        '<x:admin_get_domains xmlns:x="urn:net.apnscp.api"/>',
        '<x:admin_get_domains xmlns:x="urn:anything"/>',
        '<admin:get-domains xmlns:admin="urn:net.apnscp.api:admin"/>',
    ],
)
def test_the_body_element_decides_in_any_namespace_and_in_the_namespaced_form(
    panel_with_site: EmulatedPanel, element: str
) -> None:
    body = (
        f'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>{element}</s:Body></s:Envelope>'
    ).encode()
    headers = {"SOAPAction": '"urn:net.apnscp.soap#common_whoami"'}
    reply = panel_with_site.request("POST", f"/soap?authkey={panel_with_site.key}", body, headers)
    assert b'<value xsi:type="xsd:string">example.com</value>' in reply.body


def test_a_write_is_kept_from_the_event_loop_and_a_short_read_is_not(panel: EmulatedPanel) -> None:
    def in_loop(element: str) -> bool:
        body = f'<s:Envelope xmlns:s="x"><s:Body>{element}</s:Body></s:Envelope>'.encode()
        return panel.app.in_loop("POST", "/soap", {}, body)

    assert in_loop("<common_whoami/>") is True
    assert in_loop('<a:whoami xmlns:a="urn:net.apnscp.api:common"/>') is True
    assert in_loop("<admin_edit_site><site>x</site></admin_edit_site>") is False
    assert in_loop("<admin_collect/>") is False
    assert in_loop("<nobody_knows/>") is False
    assert panel.app.in_loop("POST", "/soap", {}, b"\xff\xfe<") is False
