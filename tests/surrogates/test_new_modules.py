"""A surrogate that makes a module of its own: it is in everything that lists methods."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from apnscp.core.registry import REGISTRY
from apnscp.server.cli.main import main
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from tests.surrogates.conftest import Panels, Written

INVENTORY = '''
    class Inventory(Surrogate):
        """Hardware."""

        @command(Role.ADMIN)
        def count(self, kind: str, since: int = 0) -> int:
            """Return how many there are.

            kind: such as "disk"
            """
            return len(kind) + since

        @command(Role.ADMIN | Role.SITE, "write")
        def import_(self, *names: str) -> list[str]:
            return list(names)
'''


@pytest.fixture
def panel(panels: Panels) -> EmulatedPanel:
    return panels(inventory=INVENTORY)


def test_its_methods_can_be_called(panel: EmulatedPanel) -> None:
    assert panel.call("inventory:count", "disk", 3) == 7
    assert panel.call("inventory_import", "a", "b") == ["a", "b"]
    client: Any = panel.client
    assert client.inventory.count("disk") == 4


def test_its_arguments_are_checked(panel: EmulatedPanel) -> None:
    with pytest.raises(FaultReceived, match="Missing parameter `kind'"):
        panel.call("inventory:count")
    with pytest.raises(FaultReceived, match="Parameter `since' must be a whole number"):
        panel.call("inventory:count", "disk", "soon")


def test_it_is_listed_and_described_for_those_who_may_call_it(panel: EmulatedPanel) -> None:
    assert panel.call("misc:list-commands", "inventory:*") == {"inventory": ["count", "import"]}
    assert panel.call("misc:info", "inventory:count") == {
        "doc": 'Return how many there are.\n\nkind: such as "disk"',
        "parameters": ["Parameter #0 [ <required> string $kind ]", "Parameter #1 [ <optional> int $since = 0 ]"],
        "min": 1,
        "max": 2,
        "return": "int",
        "signature": "inventory_count(string $kind,[int $since])",
    }
    session = panel.call("admin:hijack", "example.com")
    assert panel.call("misc:list-commands", "inventory:*", session=session, key="") == {"inventory": ["import"]}


def test_it_is_in_the_description(panel: EmulatedPanel) -> None:
    whole = panel.request("GET", "/apnscp.wsdl").body
    part = panel.request("GET", "/apnscp.wsdl?modules=inventory").body
    assert b'<operation name="inventory_count"' in whole and b'<operation name="inventory_count"' in part
    assert b"admin_add_site" in whole and b"admin_add_site" not in part


def test_no_other_panel_has_it(panel: EmulatedPanel, panels: Panels) -> None:
    other = panels()
    assert other.fault("inventory:count", "disk") == "Procedure 'inventory_count' not present"
    assert panel.call("inventory:count", "disk") == 4
    assert not [command for command in REGISTRY if command.module == "inventory"]
    assert b"inventory_count" not in other.request("GET", "/apnscp.wsdl").body


def test_panels_with_different_surrogates_do_not_disturb_each_other(panels: Panels) -> None:
    method = """
        class Billing(Surrogate):
            def get_invoice(self):
                return "{}"
    """
    first, second, third = panels(billing=method.format("one")), panels(billing=method.format("two")), panels()
    for _ in range(2):
        for panel, invoice in ((first, "one"), (second, "two"), (third, "INV-1")):
            session = panel.call("admin:hijack", "example.com")
            assert panel.call("billing:get-invoice", session=session, key="") == invoice


def test_a_panel_that_is_reset_keeps_its_surrogates(panel: EmulatedPanel) -> None:
    panel.reset()
    assert panel.call("inventory:count", "disk") == 4


def test_its_calls_are_in_the_journal_by_the_names_of_its_parameters(panel: EmulatedPanel) -> None:
    panel.call("inventory:count", "disk", 3)
    (call,) = panel.calls("inventory:count", kind="disk")
    assert call.named == {"kind": "disk", "since": 3}
    panel.fail("inventory:count", text="Not today", kind="disk")
    assert panel.fault("inventory:count", "disk") == "Not today"


def test_the_description_and_the_stubs_of_a_folder_can_be_printed(written: Written) -> None:
    folder = written(inventory=INVENTORY)
    described = CliRunner().invoke(main, ["wsdl", "--surrogates", str(folder)])
    assert described.exit_code == 0 and '<operation name="inventory_count"' in described.output
    stubs = CliRunner().invoke(main, ["stubs", "--surrogates", str(folder)])
    assert stubs.exit_code == 0 and "def inventory_count(self, kind: str, since: int = 0) -> int | Any:" in stubs.output
    assert "inventory_count" not in CliRunner().invoke(main, ["stubs"]).output


def test_a_folder_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["wsdl", "--surrogates", str(tmp_path / "none")])
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"apnscpd: {tmp_path / 'none'}: is not a folder; name one that holds surrogates, such as billing.py"
    ]
