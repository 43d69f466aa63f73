"""No account reads or changes another, by whatever method and under whatever name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apnscp.core.registry import Command
from apnscp.core.roles import Role

Walk = Callable[[str], Iterator[tuple[Command, list[Any]]]]
Send = Callable[..., bytes]


@pytest.mark.parametrize(("name", "role"), [(None, Role.SITE), ("uma", Role.USER)], ids=["site", "user"])
def test_no_method_shows_or_changes_another_account(
    neighbours: Any, walk: Walk, send: Send, name: str | None, role: Role
) -> None:
    before = neighbours.snapshot()
    seen, told = 0, set()
    for text in neighbours.names:
        told.add(text)
        for command, given in walk(text):
            if not command.allows(role):
                continue
            answer = send(neighbours.panel, command, given, neighbours.session(name))
            shown = [mark for mark in neighbours.hidden if mark.encode() in answer and mark not in told]
            assert not shown, f"{command.cli_name} {given} shows {shown}"
            seen += 1
    neighbours.panel.flush()
    assert neighbours.snapshot() == before
    assert seen > 9 * 20


def test_the_walk_would_notice(neighbours: Any, send: Send) -> None:
    from apnscp.core.registry import REGISTRY

    answer = send(neighbours.panel, REGISTRY.find("admin:get-address-from-domain"), ["b.com"], None)
    assert b"owner@marker-b.test" in answer


def test_a_key_of_one_account_is_no_key_of_another(neighbours: Any) -> None:
    key, session = neighbours.names[7], neighbours.session()
    neighbours.panel.call("auth:create-api-key", "own", session=session)
    assert "Unknown API key" in neighbours.panel.fault("auth:delete-api-key", key, session=session)
    assert neighbours.panel.call("auth:set-api-key-comment", key, "mine", session=session) is False
    assert len(neighbours.panel.call("auth:get-api-keys", session=session)) == 1
