"""What fails in the middle of a result leaves no connection behind that still sees the store as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select

from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.schema import create
from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.store.transactions import View, reading, writing
from apnscp.server.testing import EmulatedPanel

NESTED = "((((a{1,60}){1,60}){1,60}){1,60}){1,60}b"


@pytest.fixture
def store(tmp_path: Path, opened: Callable[..., Engine]) -> Engine:
    """Give a store with many rows and a single connection, so that each transaction gets the one before."""
    engine = opened(f"sqlite:///{tmp_path / 'one.db'}", pool_size=1)
    create(engine)
    with writing(engine) as db:
        db.execute(
            insert(outbox_table), [{"ts": 1, "recipient": "a", "subject": "b", "body": "c"} for _ in range(5_000)]
        )
    return engine


def write_elsewhere(engine: Engine, value: str) -> None:
    other = open_engine(str(engine.url), pool_size=1)
    with writing(other) as db:
        set_fact(db, "latest", value)
    other.dispose()


def test_an_error_in_the_middle_of_a_result_pins_no_view(store: Engine) -> None:
    kept = []
    for number in range(3):
        with pytest.raises(RuntimeError), reading(store) as db:
            kept.append(db.execute(select(outbox_table)))
            kept[-1].fetchone()
            raise RuntimeError("in the middle")
        write_elsewhere(store, str(number))
        with reading(store) as db:
            assert fact(db, "latest") == str(number)


def test_an_error_after_the_view_was_opened_late_pins_no_view(store: Engine) -> None:
    kept = []
    with pytest.raises(RuntimeError), View(store) as view:
        kept.append(view.db.execute(select(outbox_table)))
        kept[0].fetchone()
        raise RuntimeError("in the middle")
    write_elsewhere(store, "new")
    with View(store) as view:
        assert fact(view.db, "latest") == "new"


def test_a_refusal_that_is_caught_further_in_pins_no_view(store: Engine) -> None:
    with View(store) as view:
        result = view.db.execute(select(outbox_table))
        result.fetchone()
        view.mark_failed()
    write_elsewhere(store, "new")
    with reading(store) as db:
        assert fact(db, "latest") == "new"
    with writing(store) as db:
        set_fact(db, "latest", "newer")


def test_an_ended_key_stays_ended_after_a_pattern_that_took_too_long(panel: EmulatedPanel) -> None:
    for number in range(40):
        panel.call("admin:add-site", f"s{number}.example", f"user-{number}")
        panel.call("admin:deactivate-site", f"s{number}.example", {"reason": "a" * 26})
    key = panel.call("auth:create-api-key")
    text = panel.fault("admin:delete-site", None, {"since": "now", "match": NESTED, "dry-run": True})
    assert "takes too long to be searched for" in text
    panel.call("auth:delete-api-key", key)
    for _ in range(30):
        assert "not valid" in panel.fault("common:whoami", key=key)
        assert panel.call("scope:set", "cp.debug", True) is True
