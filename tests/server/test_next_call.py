"""What one process changes holds in every other one at the very next call, however well the others remember.

Two applications stand for two processes: each has its own engine and its own memory, and they share a store alone.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import Engine

from apnscp.core.context import Panel
from apnscp.opcenter.access import keys
from apnscp.opcenter.store.engine import open_engine
from apnscp.server.app import App
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.testing import EmulatedPanel

FAR = "192.0.2.9"
DELETES_A_KEY = """
import sys
from apnscp.opcenter.access import keys
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.transactions import writing
engine = open_engine("sqlite:///" + sys.argv[1])
with writing(engine) as db:
    keys.delete(db, int(sys.argv[2]))
engine.dispose()
"""


class Two(NamedTuple):
    """Two applications over one store, and an account that both know well."""

    here: EmulatedPanel
    there: EmulatedPanel
    key: str
    session: str

    def key_row(self) -> int:
        """Return the row of the account's key."""
        with self.here.inside() as ctx:
            row = keys.named(ctx.db, ctx.panel.secret, self.key)
        assert row is not None
        return int(row.id)


@pytest.fixture
def two(each_panel: EmulatedPanel) -> Iterator[Two]:
    here = each_panel
    here.clock.freeze(1_700_000_000)
    here.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1"})
    session = here.call("admin:hijack", "a.com")
    key = here.call("auth:create-api-key", session=session)
    there = _another(here)
    for _ in range(3):
        for panel in (here, there):
            assert panel.call("common:whoami", key=key, ip=FAR) == "alice"
            assert panel.call("common:whoami", key="", session=session) == "alice"
            panel.flush()
    yield Two(here, there, key, session)
    there.close()


def _another(panel: EmulatedPanel) -> EmulatedPanel:
    engine: Engine = open_engine(panel.app.panel.engine.url.render_as_string(hide_password=False), durable=False)
    batch = DeferredWriter(engine)
    opened = Panel(engine=engine, secret=panel.app.panel.secret, defer=batch.add, defer_row=batch.add_row)
    return EmulatedPanel(App(opened, batch), panel.key)


def test_a_revoked_key_and_what_it_opened(two: Two) -> None:
    opened = two.here.call("auth:create-api-key", key=two.key)
    assert two.there.call("common:whoami", key=opened) == "alice"
    two.here.call("auth:delete-api-key", two.key, session=two.session)
    assert "not valid" in two.there.fault("common:whoami", key=two.key)
    assert two.there.call("common:whoami", key=opened) == "alice"


def test_a_new_key_that_was_wrong_before(two: Two) -> None:
    assert "not valid" in two.there.fault("common:whoami", key="ab" * 32)
    with two.here.inside() as ctx:
        owner = keys.named(ctx.db, ctx.panel.secret, two.key)
        assert owner is not None
        keys.add(ctx.db, ctx.panel.secret, "ab" * 32, user_id=owner.user_id, comment="", now=ctx.clock.unix())
    assert two.there.call("common:whoami", key="ab" * 32) == "alice"


def test_a_new_rule_of_a_key(two: Two) -> None:
    row = two.key_row()
    with two.here.inside() as ctx:
        keys.change(ctx.db, row, commands="site:*")
    assert "its rule `commands'" in two.there.fault("common:whoami", key=two.key)
    with two.here.inside() as ctx:
        keys.change(ctx.db, row, commands=None, addresses="198.51.100.1")
    assert "its rule `addresses'" in two.there.fault("common:whoami", key=two.key, ip=FAR)


def test_an_ended_session(two: Two) -> None:
    two.here.call("auth:change-password", "correct horse", "alice", "a.com")
    assert "ended" in two.there.fault("common:whoami", key="", session=two.session)


def test_a_turned_clock(two: Two) -> None:
    row = two.key_row()
    with two.here.inside() as ctx:
        keys.change(ctx.db, row, expires=1_700_000_600)
    assert two.there.call("common:whoami", key=two.key) == "alice"
    two.here.clock.advance(901)
    assert "expired" in two.there.fault("common:whoami", key=two.key)
    assert "expired" in two.there.fault("common:whoami", key="", session=two.session)


def test_a_changed_setting(two: Two) -> None:
    two.here.call("scope:set", "cp.config", "auth", "admin_api", False)
    assert "not present" in two.there.fault("admin:edit-site", "a.com")
    assert two.there.call("common:whoami", key=two.key) == "alice"


def test_an_interface_that_was_switched_off(two: Two) -> None:
    two.here.call("scope:set", "cp.api", False)
    assert "switched off" in two.there.fault("common:whoami", key=two.key)


def test_failures_of_an_address(two: Two) -> None:
    for number in range(20):
        two.here.fault("common:whoami", key=f"{number:064x}", ip=FAR)
    assert "Too many failed attempts" in two.there.fault("common:whoami", key=two.key, ip=FAR)
    assert two.there.call("common:whoami", key=two.key) == "alice"


def test_a_restriction_to_addresses(two: Two) -> None:
    two.here.call("auth:restrict-ip", "198.51.100.7", key=two.key)
    assert "not valid" in two.there.fault("common:whoami", key=two.key, ip=FAR)


def test_a_suspension_that_keeps_people_out(two: Two) -> None:
    two.here.call("scope:set", "cp.config", "auth", "suspended_login", False)
    assert two.there.call("common:whoami", key=two.key) == "alice"
    two.here.call("admin:deactivate-site", "a.com")
    assert "suspended" in two.there.fault("common:whoami", key=two.key)
    two.here.call("admin:activate-site", "a.com")
    assert two.there.call("common:whoami", key=two.key) == "alice"


def test_a_new_name(two: Two) -> None:
    two.here.call("auth:change-username", "alicia", key=two.key)
    assert two.there.call("common:whoami", key=two.key) == "alicia"
    assert two.there.call("common:whoami", key="", session=two.session) == "alicia"


def test_a_deleted_account(two: Two) -> None:
    two.here.call("admin:delete-site", "a.com", {"force": True})
    assert "not valid" in two.there.fault("common:whoami", key=two.key)
    assert "ended" in two.there.fault("common:whoami", key="", session=two.session)


def test_what_another_process_commits(panel: EmulatedPanel) -> None:
    key = panel.call("auth:create-api-key")
    for _ in range(3):
        assert panel.call("common:whoami", key=key) == "admin"
        panel.flush()
    with panel.inside() as ctx:
        row = keys.named(ctx.db, ctx.panel.secret, key)
    assert row is not None
    file = Path(panel.app.panel.engine.url.database or "")
    subprocess.run([sys.executable, "-c", DELETES_A_KEY, str(file), str(row.id)], check=True)
    assert "not valid" in panel.fault("common:whoami", key=key)


def test_a_call_that_needs_no_store_takes_no_connection(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    panel.call("common:whoami")
    panel.flush()
    panel.call("common:whoami")
    before = panel.app.panel.engine.pool.checkedin()  # type: ignore[attr-defined]
    panel.app.panel.engine.dispose()
    panel.call("common:whoami")
    assert before > 0
    assert panel.app.panel.engine.pool.checkedin() == 0  # type: ignore[attr-defined]
