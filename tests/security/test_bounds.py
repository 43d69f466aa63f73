"""What a caller may make the server work on, and for how long, has bounds; what is kept does not grow for ever."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, insert, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import logins
from apnscp.opcenter.access.tables import login_table
from apnscp.opcenter.lifecycle import jobs
from apnscp.opcenter.lifecycle.jobs import Job
from apnscp.opcenter.sites import suspension
from apnscp.opcenter.store import outbox
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.store.transactions import reading
from apnscp.opcenter.users import people
from apnscp.server.administrator import as_administrator
from apnscp.server.testing import EmulatedPanel


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ({"since": "1 " * 450_000}, "A time has at most 64 characters"),
        (
            {"since": "now", "match": "|".join("abc" for _ in range(100_000))},
            "a regular expression has at most 256 characters",
        ),
        ({"since": "now", "match": "(" * 3_000}, "a regular expression has at most 256 characters"),
        ({"since": "now", "match": "(" * 200}, "is not a regular expression"),
        ({"since": "now", "match": "(?<=" * 60 + ")" * 60}, ""),
    ],
)
def test_long_expressions_are_refused_before_anything_is_locked(
    panel: EmulatedPanel, flags: dict[str, Any], told: str
) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    panel.call("admin:deactivate-site", "a.com", {"reason": "unpaid"})
    if told:
        assert told in panel.fault("admin:delete-site", None, flags)
    assert panel.call("admin:get-domains") == {1: "a.com"}


def test_all_searches_of_a_pattern_share_one_budget() -> None:
    held = suspension.matcher("(a|aa)+$b")
    with pytest.raises(Refused, match="takes too long"):
        for _ in range(1_000):
            held("a" * 40)


def test_a_site_that_was_activated_meanwhile_is_not_deleted(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    panel.call("admin:deactivate-site", "a.com", {"reason": "unpaid"})
    with panel.inside() as ctx:
        chosen = suspension.due(ctx, "now", None)
    assert chosen is not None
    assert list(chosen) == [1]
    panel.call("admin:activate-site", "a.com")
    panel.clock.advance(60)
    panel.call("admin:deactivate-site", "a.com", {"reason": "another"})
    from apnscp.modules import admin

    with panel.inside() as ctx:
        ctx.prepared = chosen
        assert admin.delete_site(ctx, None, {"since": "now"}) is True
        assert [message.text for message in ctx.reporter.messages] == [
            "site1 (a.com) was activated or suspended anew meanwhile and stays"
        ]
    assert panel.call("admin:get-domains") == {1: "a.com"}


@pytest.mark.parametrize("command", ["misc:list-commands", "misc:info", "scope:list"])
def test_filters_have_a_bound(panel: EmulatedPanel, command: str) -> None:
    assert panel.fault(command, "*a" * 60) == "A filter has at most 100 characters"


def test_the_outbox_keeps_the_newest_messages(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        rows = [{"ts": 1, "recipient": "a", "subject": str(number), "body": "b"} for number in range(outbox.KEPT)]
        ctx.db.execute(insert(outbox_table), rows)
        outbox.send(ctx, "b@example.com", "newest", "text")
        assert ctx.db.execute(select(func.count()).select_from(outbox_table)).scalar() == outbox.KEPT
        assert ctx.db.execute(select(func.min(outbox_table.c.id))).scalar() == 2


def test_a_hundred_logins_of_a_user_are_kept(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    panel.call("admin:add-site", "b.com", "bob")
    with panel.inside() as ctx:
        from dataclasses import replace

        alice, bob = (
            replace(ctx.caller, site_id=site_id, user=name, user_id=people.require(ctx.db, site_id, name).id)
            for site_id, name in ((1, "alice"), (2, "bob"))
        )
        logins.note(ctx.db, bob, 1)
        for moment in range(logins.MOST + 20):
            logins.note(ctx.db, alice, moment)
        times = ctx.db.execute(select(login_table.c.ts).where(login_table.c.user_id == alice.user_id)).scalars().all()
        assert sorted(times) == list(range(20, logins.MOST + 20))
        assert ctx.db.execute(select(func.count()).where(login_table.c.user_id == bob.user_id)).scalar() == 1


def test_a_job_that_fails_undoes_itself_alone(panel: EmulatedPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    def first(ctx: Context) -> list[str]:
        set_fact(ctx.db, "first", "done")
        raise RuntimeError("in the middle")

    def second(ctx: Context) -> list[str]:
        set_fact(ctx.db, "second", "done")
        return ["one thing"]

    monkeypatch.setattr(jobs, "JOBS", (Job("first", 60, first), Job("second", 60, second)))
    done = list(jobs.run_due(lambda: as_administrator(panel.app.panel)))
    assert [(job.name, job.lines, job.errors) for job in done] == [
        ("first", [], ["it failed unexpectedly; the log names the cause"]),
        ("second", ["one thing"], []),
    ]
    with reading(panel.app.panel.engine) as db:
        assert (fact(db, "first"), fact(db, "second"), fact(db, "job.first")) == ("", "done", "")
