"""What one holder may have on the server is given once, also to two calls that overlap."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from apnscp.core.errors import Refused
from apnscp.opcenter.lifecycle import operations
from apnscp.server.testing import EmulatedPanel


def overlapping(panel: EmulatedPanel, first: Callable[[Any], Any], second: Callable[[Any], Any]) -> list[str]:
    """Do `second` while the transaction of `first` is open and not committed; return what was refused."""
    refused: list[str] = []
    begun = threading.Event()

    def other() -> None:
        begun.wait(10)
        try:
            with panel.inside() as ctx:
                second(ctx)
        except Refused as refusal:
            refused.append(refusal.text)

    thread = threading.Thread(target=other)
    thread.start()
    with panel.inside() as ctx:
        first(ctx)
        begun.set()
        # PostgreSQL lets the other come as far as the row that both want; SQLite has one writer and lets it wait
        thread.join(0.3)
    thread.join(20)
    assert not thread.is_alive()
    return refused


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"mysql": {"dbaseadmin": "shared"}}, {"mysql": {"dbaseadmin": "shared"}}),
        ({"pgsql": {"enabled": 1, "dbaseadmin": "shared"}}, {"pgsql": {"enabled": 1, "dbaseadmin": "shared"}}),
        ({"mysql": {"dbaseprefix": "shared_"}}, {"mysql": {"dbaseprefix": "shared_"}}),
        (
            {"ipinfo": {"namebased": 0, "ipaddrs": ["192.0.2.77"]}},
            {"ipinfo": {"namebased": 0, "ipaddrs": ["192.0.2.77"]}},
        ),
        ({"aliases": {"aliases": ["shared.example"]}}, {"aliases": {"aliases": ["shared.example"]}}),
    ],
    ids=["mysql user", "pgsql user", "prefix", "address", "alias"],
)
def test_two_adds_that_overlap_do_not_get_the_same(each_panel: EmulatedPanel, mine: Any, theirs: Any) -> None:
    refused = overlapping(
        each_panel,
        lambda ctx: operations.add(ctx, "a.example", "ada", mine, {}),
        lambda ctx: operations.add(ctx, "b.example", "bob", theirs, {}),
    )
    assert len(refused) == 1
    assert list(each_panel.call("admin:get-domains").values()) == ["a.example"]


def test_an_address_is_free_again_when_its_holder_gives_it_back_or_is_deleted(each_panel: EmulatedPanel) -> None:
    own = {"ipinfo.namebased": 0, "ipinfo.ipaddrs": ["192.0.2.77"]}
    each_panel.call("admin:add-site", "a.example", "ada", own)
    each_panel.call("admin:add-site", "b.example", "bob")
    text = each_panel.fault("admin:edit-site", "b.example", own)
    assert text == "ipinfo,ipaddrs: `192.0.2.77' belongs to another account; name an address that is free"
    each_panel.call("admin:edit-site", "a.example", {"ipinfo.namebased": 1, "ipinfo.ipaddrs": []})
    assert each_panel.call("admin:edit-site", "b.example", own) is True
    each_panel.call("admin:delete-site", "b.example")
    assert each_panel.call("admin:edit-site", "a.example", own) is True
