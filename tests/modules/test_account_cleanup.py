"""The job that deletes accounts which were suspended long enough (docs/panel.md, section 9)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner

from apnscp.core.clock import Clock
from apnscp.opcenter.settings import panel_clock
from apnscp.server.cli.cron import cron as cron_command
from apnscp.server.cli.cron import run
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel

DAY = 86400


def turn(panel: EmulatedPanel, seconds: float, begin: float | None = None) -> None:
    """Turn the clock without doing the jobs on the way, which `panel.clock` would do."""
    panel.flush()
    with panel.inside() as ctx:
        panel_clock.turn(ctx.db, Clock(frozen_at=(ctx.clock.now() if begin is None else begin) + seconds))


def three_sites(panel: EmulatedPanel) -> None:
    """Add three sites; the first is suspended since 30 days, the second since 29, the third not."""
    for name in ("one", "two", "three"):
        panel.call("admin:add-site", f"{name}.example", name)
    turn(panel, 0, begin=1_800_000_000)
    panel.call("admin:deactivate-site", "one.example")
    turn(panel, DAY)
    panel.call("admin:deactivate-site", "two.example")
    turn(panel, 29 * DAY)


def cron(panel: EmulatedPanel, *, all_of_them: bool = False) -> list[str]:
    return list(run(panel.app.panel, all_of_them=all_of_them))


def domains(panel: EmulatedPanel) -> list[str]:
    return sorted(panel.call("admin:get-domains").values())


def test_accounts_suspended_as_long_as_the_scope_says_are_deleted(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    three_sites(panel)
    assert panel.call("scope:set", "opcenter.account-cleanup", "30 days") is True
    assert cron(panel) == ["account-cleanup: site1 (one.example), suspended 2027-01-15, deleted"]
    assert domains(panel) == ["three.example", "two.example"]


def test_the_job_runs_once_a_day(panel: EmulatedPanel) -> None:
    three_sites(panel)
    panel.call("scope:set", "opcenter.account-cleanup", "30 days")
    cron(panel)
    turn(panel, DAY - 1)
    assert cron(panel) == ["No job is due"]
    turn(panel, 1)
    assert cron(panel) == ["account-cleanup: site2 (two.example), suspended 2027-01-16, deleted"]
    assert domains(panel) == ["three.example"]


def test_the_job_can_be_told_to_run_now(panel: EmulatedPanel) -> None:
    three_sites(panel)
    assert cron(panel) == ["account-cleanup: nothing to do"]
    panel.call("scope:set", "opcenter.account-cleanup", "1 day")
    assert cron(panel, all_of_them=True) == [
        "account-cleanup: site1 (one.example), suspended 2027-01-15, deleted",
        "account-cleanup: site2 (two.example), suspended 2027-01-16, deleted",
    ]


def test_a_fresh_panel_deletes_nothing(panel: EmulatedPanel) -> None:
    three_sites(panel)
    turn(panel, 10_000 * DAY)
    assert panel.call("scope:get", "opcenter.account-cleanup") is False
    assert cron(panel) == ["account-cleanup: nothing to do"]
    assert domains(panel) == ["one.example", "three.example", "two.example"]


def test_false_switches_the_job_off(panel: EmulatedPanel) -> None:
    three_sites(panel)
    panel.call("scope:set", "opcenter.account-cleanup", "30 days")
    panel.call("scope:set", "opcenter.account-cleanup", False)
    assert cron(panel) == ["account-cleanup: nothing to do"]


def test_an_account_that_was_activated_again_stays(panel: EmulatedPanel) -> None:
    three_sites(panel)
    panel.call("scope:set", "opcenter.account-cleanup", "30 days")
    panel.call("admin:activate-site", "one.example")
    assert cron(panel) == ["account-cleanup: nothing to do"]


def test_a_clock_that_was_turned_back_makes_the_job_due(panel: EmulatedPanel) -> None:
    three_sites(panel)
    cron(panel)
    turn(panel, -DAY)
    assert cron(panel) == ["account-cleanup: nothing to do"]


def test_the_command_does_the_jobs_of_a_store(tmp_path: Path) -> None:
    settings = replace(Settings.from_env({}), state_dir=tmp_path, db=f"sqlite:///{tmp_path}/panel.db")
    prepare(settings)
    first = CliRunner().invoke(cron_command, [], obj=settings)
    again = CliRunner().invoke(cron_command, [], obj=settings)
    assert (first.exit_code, first.output) == (0, "account-cleanup: nothing to do\n")
    assert (again.exit_code, again.output) == (0, "No job is due\n")


def test_the_command_says_that_an_ephemeral_panel_is_out_of_its_reach(tmp_path: Path) -> None:
    settings = replace(Settings.from_env({}), state_dir=tmp_path, ephemeral=True)
    result = CliRunner().invoke(cron_command, [], obj=settings)
    assert result.exit_code == 1
    assert "An ephemeral panel lives in its server alone" in result.output
