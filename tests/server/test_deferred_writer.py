"""What outlives a rollback is written in batches, and nothing in a batch holds up what stands behind it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, insert, select

from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.testing import EmulatedPanel


def row(recipient: str | None) -> dict[str, Any]:
    return {"ts": 1, "recipient": recipient, "subject": "s", "body": "b"}


def recipients(engine: Engine) -> list[str]:
    with reading(engine) as db:
        return list(db.execute(select(outbox_table.c.recipient).order_by(outbox_table.c.id)).scalars())


def test_a_bad_row_is_dropped_and_the_others_are_kept(each_store: Engine) -> None:
    writer = DeferredWriter(each_store)
    for recipient in ("a", None, "b"):
        writer.add_row(outbox_table, row(recipient))
    writer.add(lambda db: set_fact(db, "behind", "done"))
    writer.flush()
    writer.add_row(outbox_table, row("c"))
    writer.flush()
    assert recipients(each_store) == ["a", "b", "c"]
    with reading(each_store) as db:
        assert fact(db, "behind") == "done"
    writer.close()


def test_a_change_that_fails_is_dropped_alone(each_store: Engine) -> None:
    def broken(_: Any) -> None:
        raise RuntimeError("no")

    writer = DeferredWriter(each_store)
    writer.add(broken)
    writer.add(lambda db: set_fact(db, "after", "done"))
    writer.flush()
    with reading(each_store) as db:
        assert fact(db, "after") == "done"
    writer.close()


def test_a_locked_store_keeps_the_batch_for_the_next_time(apnscp_store: Engine) -> None:
    with apnscp_store.connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout=30")
    writer = DeferredWriter(apnscp_store)
    with writing(apnscp_store) as db:
        db.execute(insert(outbox_table).values(row("first")))
        with apnscp_store.connect() as impatient:
            impatient.exec_driver_sql("PRAGMA busy_timeout=30")
        writer._queue.append(lambda db: set_fact(db, "kept", "done"))
        writer._rows[outbox_table] = [row("second")]
        writer.flush()
        assert len(writer._queue) == 1
    writer.flush()
    assert recipients(apnscp_store) == ["first", "second"]
    writer.close()


def test_attempts_of_a_locked_out_address_are_one_change_in_a_batch(panel: EmulatedPanel) -> None:
    for number in range(20):
        panel.fault("common:whoami", key=f"{number:064x}", ip="192.0.2.9")
    panel.flush()
    queued: list[Any] = []
    panel.app.panel.defer = queued.append
    for _ in range(50):
        assert panel.request("POST", f"/soap?authkey={panel.key}", b"<", ip="192.0.2.9").status == 429
    assert len(queued) == 1
    with panel.inside() as ctx:
        queued[0](ctx.db)
        assert ctx.db.exec_driver_sql("SELECT count FROM failure").scalar() == 70


def test_a_row_that_is_made_late_is_made_once_and_one_that_fails_is_dropped_alone(each_store: Engine) -> None:
    made: list[str] = []

    def late() -> dict[str, Any]:
        made.append("late")
        return row("late")

    def broken() -> dict[str, Any]:
        raise RuntimeError("no")

    writer = DeferredWriter(each_store)
    for given in (late, broken, row("now")):
        writer.add_row(outbox_table, given)
    writer.flush()
    writer.flush()
    assert recipients(each_store) == ["late", "now"]
    assert made == ["late"]
    writer.close()
