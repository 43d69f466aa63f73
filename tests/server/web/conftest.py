"""Browsers on the pages of a panel."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel
from tests.server.web.administrators import Browser


@pytest.fixture
def site(panel: EmulatedPanel) -> EmulatedPanel:
    """Give a panel with one site, site1 (a.com) of alice."""
    panel.call("admin:add-site", "a.com", "alice", {"siteinfo.email": "alice@a.com", "billing.invoice": "ABC-1"})
    return panel


@pytest.fixture
def admin(panel: EmulatedPanel) -> Browser:
    """Give a browser of the administrator."""
    return Browser(panel, panel.call("admin:hijack", "localhost", None, "UI"))
