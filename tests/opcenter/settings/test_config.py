"""Spans among the settings, and what happens where the store holds something else."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.settings import config, rules
from apnscp.opcenter.settings.config import put
from apnscp.server.testing import EmulatedPanel


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("600", 600), (600, 600), ("15 minutes", 900), ("1 minute", 60), ("2 weeks", 1_209_600), ("1 year", 31_536_000)],
)
def test_a_span_has_so_many_seconds(text: Any, seconds: int) -> None:
    assert config.seconds(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "15 fortnights", "15 minutess", "15 s", "minutes", "1 2", "-5", "0", "1.5 hours", "9" * 5000, None, [], "٣"],
)
def test_what_is_not_a_span_is_refused(text: Any) -> None:
    with pytest.raises(ValueError):
        config.seconds(text)


@pytest.mark.parametrize("text", ["600", " 15  MINUTES ", "999999999 years"])
def test_whatever_the_rule_takes_has_seconds(text: str) -> None:
    assert config.seconds(rules.check("span", text)) > 0


@pytest.mark.parametrize("bad", ["15 fortnights", "", None, -1, [], "9" * 40])
def test_a_bad_span_in_the_store_counts_as_the_default(panel: EmulatedPanel, bad: Any) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com")
    with panel.inside() as ctx:
        put(ctx.db, "session.ttl", bad)
    panel.clock.advance(890)
    assert panel.call("common:whoami", session=session) == "bob"
    panel.flush()
    panel.clock.advance(910)
    assert "expired" in panel.fault("common:whoami", session=session)


def test_the_longest_span_keeps_sessions_alive(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "example.com", "bob")
    session = each_panel.call("admin:hijack", "example.com")
    each_panel.call("scope:set", "cp.config", "session", "ttl", "999999999 years")
    each_panel.clock.advance(10**9)
    assert each_panel.call("common:whoami", session=session) == "bob"
