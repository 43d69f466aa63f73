"""Guessing keys, sessions, passwords and codes ends in a lock that all workers share."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from apnscp.core.context import Panel
from apnscp.opcenter.access import totp
from apnscp.opcenter.access.tables import failure_table
from apnscp.server.app import App
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.soap import envelope

FAR = "192.0.2.66"


def second_worker(panel: EmulatedPanel) -> EmulatedPanel:
    first = panel.app.panel
    batch = DeferredWriter(first.engine)
    other = Panel(first.engine, first.secret, first.plans, defer=batch.add, defer_row=batch.add_row)
    return EmulatedPanel(App(other, batch), panel.key)


def status(panel: EmulatedPanel, headers: dict[str, str], key: str = "", ip: str = FAR) -> int:
    body = envelope.request("common_whoami", [])
    return panel.request("POST", f"/soap?authkey={key}" if key else "/soap", body, headers, ip=ip).status


@pytest.mark.parametrize(
    ("key", "headers"),
    [("ab" * 32, {}), ("", {"Auth-Key": "ab" * 32}), ("", {"Cookie": "esprit_id=" + "x" * 32})],
    ids=["key", "header", "session"],
)
def test_the_twenty_first_guess_and_the_right_key_are_refused(
    each_panel: EmulatedPanel, key: str, headers: dict[str, str]
) -> None:
    assert [status(each_panel, headers, key) for _ in range(21)] == [401] * 20 + [429]
    assert status(each_panel, {}, each_panel.key) == 429
    assert status(each_panel, {}, each_panel.key, ip="192.0.2.67") == 200


def test_workers_share_what_they_counted(each_panel: EmulatedPanel) -> None:
    other = second_worker(each_panel)
    turns = [each_panel, other] * 10
    assert [status(turn, {}, "ab" * 32) for turn in turns] == [401] * 20
    assert status(each_panel, {}, each_panel.key) == 429
    assert status(other, {}, each_panel.key) == 429
    other.app._batch.close()


def test_a_right_key_between_guesses_does_not_begin_anew(panel: EmulatedPanel) -> None:
    for number in range(20):
        assert status(panel, {}, f"{number:064x}") == 401
        if number < 19:
            assert status(panel, {}, panel.key) == 200
    assert status(panel, {}, panel.key) == 429


def test_wrong_codes_of_the_second_factor_count(panel: EmulatedPanel) -> None:
    secret = panel.call("auth:totp-code")
    panel.call("auth:totp-enable", secret, totp.code_at(secret, int(panel.clock.now()) // 30))
    for _ in range(20):
        assert status(panel, {"X-Extended-Auth": "000000"}, panel.key) == 200
    assert status(panel, {}, panel.key) == 429


def test_a_made_up_forwarded_address_does_not_hide_the_guesser(panel: EmulatedPanel) -> None:
    for number in range(20):
        status(panel, {"X-Forwarded-For": f"203.0.113.{number}"}, "ab" * 32)
    with panel.inside() as ctx:
        assert ctx.db.execute(select(failure_table.c.address, failure_table.c.count)).all() == [(FAR, 20)]


def test_a_failure_is_counted_even_while_another_writer_holds_the_store(panel: EmulatedPanel) -> None:
    with panel.inside():
        assert status(panel, {}, "ab" * 32) == 401
    panel.flush()
    with panel.inside() as ctx:
        assert ctx.db.execute(select(failure_table.c.count)).scalar_one() == 1


def test_keys_are_long_enough(panel: EmulatedPanel) -> None:
    keys = {panel.call("auth:create-api-key") for _ in range(5)}
    assert {len(key) for key in keys} == {64}
    assert len(keys) == 5
