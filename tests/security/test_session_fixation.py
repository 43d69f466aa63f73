"""An id of a session is made by the panel and never taken from outside."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import func, select

from apnscp.opcenter.access.tables import session_table
from apnscp.server.testing import EmulatedPanel
from tests.pages import send, session_of

CHOSEN = "A" * 32


def count(panel: EmulatedPanel) -> int:
    with panel.inside() as ctx:
        return int(ctx.db.execute(select(func.count()).select_from(session_table)).scalar_one())


def test_an_id_that_was_brought_along_becomes_no_session(panel: EmulatedPanel) -> None:
    assert panel.call("common:whoami", session=CHOSEN) == "admin"
    assert panel.fault("common:whoami", session=CHOSEN, key="").startswith("The session is not known")
    assert panel.call("auth:session-info", session=CHOSEN)["id"] == ""
    assert count(panel) == 0


def test_signing_in_and_hijacking_make_ids_of_their_own(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": "correct horse"})
    form = {"user": "alice@a.com", "password": "correct horse", "esprit_id": CHOSEN}
    fresh = session_of(send(panel, f"/login?esprit_id={CHOSEN}", form, session=CHOSEN))
    assert re.fullmatch("[A-Za-z0-9]{32}", fresh)
    assert fresh != CHOSEN
    hijacked = panel.call("admin:hijack", "a.com", session=CHOSEN)
    assert len({fresh, hijacked, CHOSEN}) == 3
    assert panel.call("common:whoami", session=CHOSEN) == "admin"


def test_a_session_keeps_its_id_and_its_rights_while_others_are_opened(neighbours: Any) -> None:
    panel, own = neighbours.panel, neighbours.session()
    neighbours.session("uma")
    assert panel.call("common:whoami", session=own) == "alice"
    assert panel.call("auth:session-info", session=own)["id"] == own


def test_ids_are_kept_as_keyed_hashes(neighbours: Any) -> None:
    own = neighbours.session()
    with neighbours.panel.inside() as ctx:
        assert own not in str(ctx.db.execute(select(session_table)).all())


def test_ids_do_not_repeat_and_carry_a_check(panel: EmulatedPanel) -> None:
    secret = panel.app.panel.secret
    ids = {secret.new_session_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(secret.issued(known) for known in ids)
    known = ids.pop()
    other = known[:5] + ("b" if known[5] == "a" else "a") + known[6:]
    assert not secret.issued(other)
