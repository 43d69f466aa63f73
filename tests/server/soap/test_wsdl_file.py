from __future__ import annotations

from pathlib import Path

from apnscp.server.cli.wsdl import ADDRESS, description
from apnscp.server.testing import EmulatedPanel

PUBLISHED = Path(__file__).parents[3] / "wsdl" / "apnscp.wsdl"


def test_the_published_description_is_the_one_that_the_registry_gives() -> None:
    assert PUBLISHED.read_bytes() == description(ADDRESS), "run `make wsdl'"


def test_the_description_names_the_host_that_each_client_used(panel: EmulatedPanel) -> None:
    for host in ("panel.example:2082", "127.0.0.1:9"):
        body = panel.request("GET", "/apnscp.wsdl", headers={"Host": host}).body
        assert f'<soap:address location="http://{host}/soap"/>'.encode() in body


def test_the_description_is_served_under_all_addresses_that_clients_use(panel: EmulatedPanel) -> None:
    expected = panel.request("GET", "/apnscp.wsdl").body
    assert expected.startswith(b"<?xml")
    for address in ("//apnscp.wsdl", "/soap?wsdl", "/soap?WSDL"):
        assert panel.request("GET", address).body == expected


def test_a_host_header_that_is_no_host_does_not_reach_the_description(panel: EmulatedPanel) -> None:
    body = panel.request("GET", "/apnscp.wsdl", headers={"Host": 'evil"/><x'}).body
    assert b"evil" not in body
    assert b'location="http://localhost:2082/soap"' in body
