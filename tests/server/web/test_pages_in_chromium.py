"""The pages as a browser shows them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from apnscp.server.testing import EmulatedPanel
from tests.browsers import FLAGS


@pytest.fixture
def browse(need: Callable[[str], str], tmp_path: Path) -> Callable[[str], str]:
    """Give what Chromium makes of an address."""
    chromium = need("chromium")

    def show(address: str) -> str:
        line = [chromium, "--headless", *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", address]
        return subprocess.run(line, capture_output=True, text=True, timeout=60, check=True).stdout

    return show


def test_a_sign_on_lands_on_a_page_that_says_who_is_there(
    panel: EmulatedPanel, panel_url: str, browse: Callable[[str], str]
) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com", None, "UI")
    page = browse(f"{panel_url}/apps/dashboard?esprit_id={session}")
    assert "<h1>example.com</h1>" in page
    assert "<dd>bob</dd>" in page
    assert "sent here by <strong>admin</strong>" in page


def test_a_session_that_is_none_is_shown_the_way_to_sign_in(panel_url: str, browse: Callable[[str], str]) -> None:
    page = browse(f"{panel_url}/apps/dashboard?esprit_id={'x' * 32}")
    assert "Not signed on" in page
    assert 'href="/login?next=%2Fapps%2Fdashboard"' in page


def test_the_front_page_names_the_addresses_that_clients_need(panel_url: str, browse: Callable[[str], str]) -> None:
    page = browse(f"{panel_url}/")
    assert f"{panel_url}/apnscp.wsdl" in page
    assert f"{panel_url}/soap?authkey=KEY" in page
