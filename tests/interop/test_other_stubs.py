"""SOAP::Lite with stubs from the description, and messages that every peer must step over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from apnscp.client.util_api.api import UtilAPI


def test_soap_lite_with_stubs_from_the_description(live_panel: Any, perl: str, drivers: Path) -> None:
    seen = live_panel.drive(perl, drivers / "wsdl.pl")
    assert seen == {"whoami": "admin", "saved": True, "loaded": "a & b <c>", "text_part": True, "usage": True}


def test_messages_travel_beside_an_answer_that_was_not_aborted(live_panel: Any) -> None:
    with UtilAPI.create_client(live_panel.key, live_panel.http) as client:
        assert client.rampart_ban("203.0.113.7", "nosuch") is False
        assert client.messages == [("error", "Unknown jail `nosuch'; rampart:get-jails lists them")]
        assert client.common_whoami() == "admin"
        assert client.messages == []


@pytest.mark.parametrize("soap", ["1.1", "1.2"])
def test_php_steps_over_messages(live_panel: Any, php: str, drivers: Path, soap: str) -> None:
    assert live_panel.drive(php, drivers / "messages.php", PANEL_SOAP=soap) == {"value": False, "header": True}


def test_node_soap_steps_over_messages(live_panel: Any, node: str, drivers: Path) -> None:
    driver = drivers.parent / "node" / "messages.mjs"
    assert live_panel.drive(node, driver) == {"value": False, "header": True}


def test_soap_lite_steps_over_messages(live_panel: Any, perl: str, drivers: Path) -> None:
    assert live_panel.drive(perl, drivers / "messages.pl") == {"value": False, "header": True}


def test_plain_zeep_steps_over_messages(live_panel: Any, drivers: Path) -> None:
    assert live_panel.drive(sys.executable, drivers / "messages_zeep.py") == {"value": False, "header": True}
