"""Fixtures of the tests of modules: a panel with two accounts, and sessions of their users."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel


@dataclass
class TwoSites:
    """A panel with the accounts alpha.test (alice, and her user ann) and beta.test (bob), whose clock stands."""

    panel: EmulatedPanel
    alice: str
    ann: str
    bob: str

    def __call__(self, command: str, *arguments: Any, **options: Any) -> Any:
        """Call as the administrator of alpha.test."""
        return self.panel.call(command, *arguments, **{"session": self.alice} | options)

    def fault(self, command: str, *arguments: Any, **options: Any) -> str:
        """Call as the administrator of alpha.test what must fail, and return the text."""
        return self.panel.fault(command, *arguments, **{"session": self.alice} | options)


BORN = 1_767_268_800
"""When the accounts were made: 2026-01-01 12:00 UTC."""


@pytest.fixture
def two(panel: EmulatedPanel) -> TwoSites:
    """Give a panel with two accounts."""
    return two_sites(panel)


@pytest.fixture
def each_two(each_panel: EmulatedPanel) -> TwoSites:
    """Give a panel with two accounts, on each database in turn."""
    return two_sites(each_panel)


def two_sites(panel: EmulatedPanel) -> TwoSites:
    """Add two accounts to a panel and open sessions."""
    panel.clock.freeze(BORN)
    panel.call("admin:add-site", "alpha.test", "alice", {"siteinfo.email": "alice@mail.test", "billing.invoice": "A-1"})
    panel.call("admin:add-site", "beta.test", "bob", {"billing.parent_invoice": "A-1"})
    with panel.inside() as ctx:
        people.add(ctx.db, 1, "ann", None, BORN)
    return TwoSites(
        panel,
        panel.call("admin:hijack", "alpha.test"),
        panel.call("admin:hijack", "alpha.test", "ann"),
        panel.call("admin:hijack", "beta.test"),
    )
