from __future__ import annotations

import pytest

from apnscp.client.errors import AuthenticationFailed, ConnectionFailed, Fault, UnknownMethod
from apnscp.server.testing import EmulatedPanel
from tests.growth import steps


def test_the_client_speaks_soap_without_a_socket(panel: EmulatedPanel) -> None:
    assert panel.client.admin.add_site("example.com", "example", {"billing.invoice": "INV-1"}) is True
    rows = panel.client.collect_iter(["billing.invoice"])
    assert dict(rows) == {"site1": {"domain": "example.com", "active": True, "billing": {"invoice": "INV-1"}}}


def test_a_refusal_is_a_fault_for_the_client(panel: EmulatedPanel) -> None:
    with pytest.raises(Fault, match=r"Unknown jail `nosuch'"):
        panel.client.rampart_ban("192.0.2.1", "nosuch")


def test_a_client_without_abort_on_gets_false_and_the_messages(panel: EmulatedPanel) -> None:
    client = panel.connect(abort_on=None)
    assert client.rampart_ban("192.0.2.1", "nosuch") is False
    assert client.messages == [("error", "Unknown jail `nosuch'; rampart:get-jails lists them")]


def test_as_site_is_the_site_for_the_length_of_the_block(panel: EmulatedPanel) -> None:
    panel.seed("example.com", admin="owner")
    with panel.as_site("example.com") as site:
        assert site.common_whoami() == "owner"
        with pytest.raises(UnknownMethod):
            site.admin_list_plans()
    assert panel.client.common_whoami() == "admin"


def test_a_client_with_another_key_is_another_caller(panel: EmulatedPanel) -> None:
    with pytest.raises(AuthenticationFailed):
        panel.connect("0123456789abcdef" * 4).common_whoami()


def test_a_client_calls_from_the_address_it_is_given(panel: EmulatedPanel) -> None:
    panel.connect(ip="192.0.2.7").common_whoami()
    assert [call.ip for call in panel.calls("common_whoami")] == ["192.0.2.7"]


def test_further_clients_do_not_read_the_description_again(panel: EmulatedPanel) -> None:
    """Reading it takes more than 100,000 steps."""
    assert panel.client.common_whoami() == "admin"
    assert steps(panel.connect) < 10_000


def test_a_cut_connection_is_no_answer(panel: EmulatedPanel) -> None:
    panel.fail("common:whoami", effect="cut")
    with pytest.raises(ConnectionFailed):
        panel.client.common_whoami()
    assert panel.client.common_whoami() == "admin"
