"""Operations on many sites work in batches, between which others write (docs/fidelity.md, "Groups and mass operations")."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apnscp.core.clock import Clock
from apnscp.core.errors import Aborted
from apnscp.opcenter.lifecycle import cleanup, groups, jobs, operations
from apnscp.opcenter.plans.library import Plans
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.sites.identifiers import all_ids
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.engine import queue_of
from apnscp.opcenter.store.transactions import writing
from apnscp.server.administrator import as_administrator
from apnscp.server.testing import EmulatedPanel

MANY = 2 * groups.MOST_SITES + 10


class Killed(BaseException):
    """What ends a process in the middle of its work."""


def seed(panel: EmulatedPanel, number: int = MANY) -> None:
    panel.seed(number, invoice="INV-1")
    panel.call("common:whoami")  # the first use of a key is a write of its own


def suspended(panel: EmulatedPanel) -> list[int]:
    rows = panel.call("admin:collect", ["siteinfo.domain"], {"active": False})
    return [int(key.removeprefix("site")) for key in rows]


def waits(thread: threading.Thread) -> bool:
    """Tell whether a thread stands in the line of the writers."""
    frame = sys._current_frames().get(thread.ident or 0)
    while frame is not None and frame.f_back is not None:
        if (frame.f_code.co_name, frame.f_back.f_code.co_name) == ("wait", "enter"):
            return True
        frame = frame.f_back
    return False


def start_in_line(thread: threading.Thread) -> None:
    """Start a writer of an SQLite store where another one writes, and wait until it stands in the line."""
    thread.start()
    while not waits(thread):
        time.sleep(0.001)


def in_this_order(panel: EmulatedPanel, *calls: Callable[[], object]) -> None:
    """Let writers of an SQLite store line up in this order, and wait until all are done."""
    threads = [threading.Thread(target=call) for call in calls]
    with writing(panel.app.panel.engine):
        for thread in threads:
            start_in_line(thread)
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()


def test_another_editor_has_its_turn_while_a_mass_operation_goes_on(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    seed(panel)
    panel.call("admin:deactivate-site", "site1", {"reason": "before"})
    editor = threading.Thread(target=panel.call, args=("admin:edit-site", "site1", {"diskquota.quota": 7}))
    queued = queue_of(panel.app.panel.engine) is not None

    def work(site: Site) -> None:
        operations.suspend(ctx, site, "mass")
        if site.id == 1:
            start_in_line(editor) if queued else editor.start()
        elif site.id == groups.MOST_SITES + 1:
            editor.join(60)
            assert not editor.is_alive()

    with as_administrator(panel.app.panel) as ctx:
        assert groups.each(ctx, all_ids(ctx.db), work) is True
    assert suspended(panel) == list(range(1, MANY + 1))
    assert panel.call("admin:collect", ["diskquota.quota"], None, ["site1"])["site1"]["diskquota"]["quota"] == 7


def test_a_call_that_is_killed_leaves_whole_sites_done_and_the_rest_untouched(each_panel: EmulatedPanel) -> None:
    seed(each_panel)

    def work(site: Site) -> None:
        operations.suspend(ctx, site)
        if site.id == MANY:
            raise Killed

    with pytest.raises(Killed), as_administrator(each_panel.app.panel) as ctx:
        groups.each(ctx, all_ids(ctx.db), work)
    done = suspended(each_panel)
    assert done == list(range(1, len(done) + 1))
    assert MANY - groups.MOST_SITES <= len(done) < MANY
    assert each_panel.call("admin:deactivate-site", "INV-1") is True
    assert len(suspended(each_panel)) == MANY


def test_a_call_that_abort_on_ends_keeps_the_sites_before(each_panel: EmulatedPanel, tmp_path: Path) -> None:
    Plans((tmp_path / "plans",)).create("gone", values={"diskquota": {"quota": 9}})
    seed(each_panel, 3)
    each_panel.call("admin:edit-site", "site2", {"siteinfo.plan": "gone"})
    Plans((tmp_path / "plans",)).remove("gone")
    text = each_panel.fault("admin:edit-site", "INV-1", {"siteinfo.plan": "pro"}, abort_on="warning")
    assert text.startswith("site2 (example2.test): its plan `gone' no longer exists")
    rows = each_panel.call("admin:collect", ["siteinfo.plan"])
    assert [row["siteinfo"]["plan"] for row in rows.values()] == ["pro", "gone", "basic"]


def test_a_site_that_is_deleted_meanwhile_is_told_of_and_left_out(panel: EmulatedPanel) -> None:
    seed(panel)
    told: list[tuple[str, str]] = []

    def edit() -> None:
        assert panel.call("admin:edit-site", "INV-1", {"diskquota.quota": 7}) is True
        told.extend(panel.messages)

    last = f"site{MANY}"
    in_this_order(panel, edit, lambda: panel.connect().admin.delete_site(last))
    assert told == [("info", f"{last} was deleted meanwhile and is left out")]
    quotas = [row["diskquota"]["quota"] for row in panel.call("admin:collect", ["diskquota.quota"]).values()]
    assert quotas == [7] * (MANY - 1)


def test_a_site_that_is_changed_meanwhile_is_edited_as_it_is_then(panel: EmulatedPanel) -> None:
    seed(panel)
    last = f"site{MANY}"
    in_this_order(
        panel,
        lambda: panel.call("admin:edit-site", "INV-1", {"diskquota.quota": 7}),
        lambda: panel.call("admin:edit-site", last, {"users.max": 3, "billing.invoice": "INV-2"}),
    )
    row = panel.call("admin:collect", ["diskquota.quota", "users.max", "billing.invoice"], None, [last])[last]
    assert row["diskquota"] == {"quota": 7}
    assert row["users"] == {"max": 3}
    assert row["billing"] == {"invoice": "INV-2"}


def test_a_site_that_is_added_meanwhile_is_not_among_all(panel: EmulatedPanel) -> None:
    seed(panel)
    in_this_order(
        panel,
        lambda: panel.call("admin:edit-site", "", {"diskquota.quota": 7}, ["all"]),
        lambda: panel.call("admin:add-site", "late.test", "late"),
    )
    rows = panel.call("admin:collect", ["diskquota.quota"])
    assert [row["diskquota"]["quota"] for row in rows.values()] == [7] * MANY + [4000]


def test_messages_of_a_mass_operation_come_in_the_order_of_the_sites(each_panel: EmulatedPanel) -> None:
    seed(each_panel)
    each_panel.call("admin:edit-site", "INV-1", {"diskquota.quota": 7}, ["dry-run"])
    assert [text for _, text in each_panel.messages] == [
        f"site{number} (example{number}.test): diskquota,quota would change from 4000 to 7"
        for number in range(1, MANY + 1)
    ]


def test_failures_in_several_batches_are_all_reported_in_order(each_panel: EmulatedPanel) -> None:
    seed(each_panel)
    options: dict[str, Any] = {"siteinfo.admin_user": "example1-test"}
    assert each_panel.call("admin:edit-site", "INV-1", options, abort_on=None) is False
    assert [text.partition(" ")[0] for _, text in each_panel.messages] == [f"site{n}" for n in range(2, MANY + 1)]


def turn(panel: EmulatedPanel, seconds: float) -> None:
    """Turn the clock without doing the jobs on the way, which `panel.clock` would do."""
    panel.flush()
    with panel.inside() as ctx:
        panel_clock.turn(ctx.db, Clock(frozen_at=ctx.clock.now() + seconds))


def due_for_cleanup(panel: EmulatedPanel) -> None:
    seed(panel)
    panel.call("admin:deactivate-site", "INV-1")
    panel.call("scope:set", cleanup.SCOPE, "30 days")
    turn(panel, 31 * jobs.DAY)


def test_an_account_that_is_activated_while_the_cleanup_runs_stays(panel: EmulatedPanel) -> None:
    due_for_cleanup(panel)
    done: list[jobs.Done] = []
    in_this_order(
        panel,
        lambda: done.extend(jobs.run_due(lambda: as_administrator(panel.app.panel))),
        lambda: panel.call("admin:activate-site", f"site{MANY}"),
    )
    assert [len(job.lines) for job in done] == [MANY - 1]
    assert panel.call("admin:get-domains") == {MANY: f"example{MANY}.test"}


def test_a_job_that_ends_in_the_middle_is_due_again_after_a_while(
    each_panel: EmulatedPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, ran = each_panel, list[int]()
    seed(panel)
    turn(panel, 0)

    def work(ctx: Any) -> list[str]:
        def one(site: Site) -> None:
            ran.append(site.id)
            if len(ran) == MANY:
                raise Aborted("the first run ends here")

        groups.each(ctx, all_ids(ctx.db), one)
        return []

    monkeypatch.setattr(jobs, "JOBS", (replace(jobs.JOBS[0], work=work),))

    def run() -> list[list[str]]:
        return [done.errors for done in jobs.run_due(lambda: as_administrator(panel.app.panel))]

    assert run() == [["the first run ends here"]]
    assert run() == []
    turn(panel, jobs.CLAIM)
    assert run() == [[]]
    assert len(ran) == 2 * MANY
    turn(panel, jobs.CLAIM)
    assert run() == []
