"""Jobs that run by the clock."""

from __future__ import annotations

from typing import Any

import pytest

NIGHTLY = (0, "3", "*", "*", "*", "/usr/bin/php /var/www/html/cron.php > /dev/null")


def row(minute: str, hour: str, day: str, month: str, weekday: str, cmd: str, disabled: bool = False) -> dict[str, Any]:
    return {
        "minute": minute,
        "hour": hour,
        "day_of_month": day,
        "month": month,
        "day_of_week": weekday,
        "cmd": cmd,
        "disabled": disabled,
    }


def test_a_job_is_added_disabled_enabled_and_deleted(each_two: Any) -> None:
    two = each_two
    assert two("crontab:add-job", *NIGHTLY) is True
    nightly = row("0", "3", "*", "*", "*", NIGHTLY[-1])
    assert two("crontab:list-jobs") == [nightly]
    assert two("crontab:exists", *NIGHTLY) is True
    assert two("crontab:disable-job", *NIGHTLY) is True
    assert two("crontab:list-jobs") == [nightly | {"disabled": True}]
    assert two("crontab:exists", *NIGHTLY) is True
    assert two("crontab:enable-job", *NIGHTLY) is True
    assert two("crontab:list-jobs") == [nightly]
    assert two("crontab:delete-job", *NIGHTLY) is True
    assert two("crontab:list-jobs") == []


def test_a_macro_stands_for_all_fields_of_time(two: Any) -> None:
    assert two("crontab:add-job", "@Daily", "", "", "", "", "date") is True
    assert two("crontab:add-job", "@reboot", "*", "*", "*", "*", "uptime") is True
    assert two("crontab:list-jobs") == [row("@daily", "", "", "", "", "date"), row("@reboot", "", "", "", "", "uptime")]
    assert two("crontab:exists", "@daily", None, None, None, None, "date") is True
    assert two.fault("crontab:add-job", "@never", "", "", "", "", "date").startswith(
        "Unknown macro `@never'; there are @reboot"
    )


def test_a_line_of_a_crontab_is_a_job(two: Any) -> None:
    assert two("crontab:add-raw", "*/5  1-4 * jan,feb mon  echo  'a b'") is True
    assert two("crontab:add-raw", "@hourly date") is True
    assert two("crontab:list-jobs") == [
        row("*/5", "1-4", "*", "jan,feb", "mon", "echo  'a b'"),
        row("@hourly", "", "", "", "", "date"),
    ]
    for wrong in ("", "# comment", "* * * * echo", "@hourly", "MAILTO=me@mail.test"):
        assert "is not a job; write five fields of time" in two.fault("crontab:add-raw", wrong)


@pytest.mark.parametrize(
    ("job", "told"),
    [
        (NIGHTLY, "`alice' has this job already: 0 3 * * * /usr/bin/php"),
        (("0", "3", "*", "*", "*", " "), "A command is one line of 1 to 4096 characters"),
        (("0", "3", "*", "*", "*", "a\nb"), "A command is one line"),
        (("0 1", "3", "*", "*", "*", "date"), "`0 1' is not a minute"),
        (("0", "", "*", "*", "*", "date"), "`' is not a hour"),
        (("0", "3", "*", "*", "*", "date", "bob"), "Unknown user `bob'"),
        (("0", "3", "*", "*", "*", "date", "root"), "Unknown user `root'"),
    ],
)
def test_a_job_that_cannot_be_is_refused(two: Any, job: Any, told: str) -> None:
    two("crontab:add-job", *NIGHTLY)
    assert two.fault("crontab:add-job", *job).startswith(told)
    assert len(two("crontab:list-jobs")) == 1


def test_the_range_of_a_field_is_not_checked_as_in_the_panel(two: Any) -> None:
    assert two("crontab:add-job", 99, 99, "*", "*", "*", "date") is True


def test_an_unknown_job_is_named(two: Any) -> None:
    for command in ("delete-job", "disable-job", "enable-job"):
        assert two.fault(f"crontab:{command}", "1", "2", "3", "4", "5", "date") == (
            "`alice' has no such job: 1 2 3 4 5 date; crontab:list-jobs lists them"
        )
    assert two("crontab:exists", "1", "2", "3", "4", "5", "date") is False


def test_the_administrator_keeps_the_jobs_of_users_and_a_user_its_own(each_two: Any) -> None:
    two = each_two
    assert two("crontab:add-job", *NIGHTLY, "ann") is True
    assert two("crontab:add-job", *NIGHTLY) is True
    assert len(two("crontab:list-jobs", "ann")) == 1
    assert two("crontab:list-jobs", session=two.ann) == two("crontab:list-jobs", "ann")
    assert two("crontab:add-job", "@daily", "", "", "", "", "date", session=two.ann) is True
    assert two("crontab:list-users") == ["alice", "ann"]
    for call in (("list-jobs", "alice"), ("delete-job", *NIGHTLY, "alice"), ("add-job", *NIGHTLY, "alice")):
        assert two.fault(f"crontab:{call[0]}", *call[1:], session=two.ann).startswith(
            "Only the account's administrator"
        )


def test_jobs_are_found_by_their_command(two: Any) -> None:
    two("crontab:add-job", *NIGHTLY)
    two("crontab:add-job", "@daily", "", "", "", "", "date", "ann")
    assert [job["cmd"] for job in two("crontab:filter-by-command", "cron.php")] == [NIGHTLY[-1]]
    assert two("crontab:filter-by-command", "date") == []
    assert [job["minute"] for job in two("crontab:filter-by-command", "dat", "ann")] == ["@daily"]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ({"crontab.permit": 0}, "This account may not have jobs (crontab,permit)"),
        ({"ssh.enabled": 0}, "Jobs need ssh, which is off for this account (ssh,enabled)"),
    ],
)
def test_an_account_without_ssh_or_permission_has_no_jobs(two: Any, edit: Any, told: str) -> None:
    two("crontab:add-job", *NIGHTLY)
    two.panel.call("admin:edit-site", "site1", edit)
    assert two("crontab:permitted") is False
    assert two("crontab:enabled") is False
    for call in (("list-jobs",), ("add-job", *NIGHTLY), ("restart",), ("permit-user", "ann")):
        assert two.fault(f"crontab:{call[0]}", *call[1:]) == told
    two.panel.call("admin:edit-site", "site1", dict.fromkeys(edit, 1))
    assert (two("crontab:permitted"), two("crontab:enabled")) == (True, True)
    assert len(two("crontab:list-jobs")) == 1


def test_cron_can_be_stopped_and_started(each_two: Any) -> None:
    two = each_two
    assert two("crontab:enabled") is True
    assert two("crontab:toggle-status", 0) is True
    assert two("crontab:enabled") is False
    assert two.fault("crontab:add-job", *NIGHTLY) == "cron is stopped; crontab:toggle-status 1 starts it"
    assert two.fault("crontab:reload") == "cron is stopped; crontab:toggle-status 1 starts it"
    assert two("crontab:enabled", session=two.bob) is True
    assert two("crontab:toggle-status", 1) is True
    assert two("crontab:enabled") is True
    two("crontab:toggle-status", 0)
    assert two("crontab:restart", session=two.ann) is True
    assert two("crontab:crontab-enabled") is True
    assert two("crontab:reload") is True
    assert two.fault("crontab:toggle-status", 2) == (
        "Status `2' is not known; 1 starts cron, 0 stops it, -1 starts it anew"
    )


def test_cron_of_a_suspended_account_stands(two: Any) -> None:
    two("crontab:add-job", *NIGHTLY)
    two.panel.call("admin:deactivate-site", "site1")
    assert two("crontab:enabled") is False
    assert two.fault("crontab:add-job", "@daily", "", "", "", "", "date") == "The account is suspended, and so is cron"
    two.panel.call("admin:activate-site", "site1")
    assert two("crontab:enabled") is True
    assert len(two("crontab:list-jobs")) == 1


def test_cron_that_is_off_is_not_started(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"crontab.enabled": 0})
    for call in (("add-job", *NIGHTLY), ("toggle-status", 1), ("restart",)):
        assert two.fault(f"crontab:{call[0]}", *call[1:]) == "cron is off for this account (crontab,enabled)"


def test_a_user_without_permission_has_no_jobs(each_two: Any) -> None:
    two = each_two
    two("crontab:add-job", *NIGHTLY, "ann")
    assert two("crontab:user-permitted", "ann") is True
    assert two("crontab:deny-user", "ann") is True
    assert two("crontab:user-permitted", "ann") is False
    assert two("crontab:user-permitted", session=two.ann) is False
    assert two("site:user-service-enabled", "ann", "cron") is False
    told = "`ann' may not have jobs; crontab:permit-user lets the user"
    assert two.fault("crontab:list-jobs", session=two.ann) == told
    assert two.fault("crontab:add-job", *NIGHTLY, "ann") == told
    assert two("crontab:permit-user", "ann") is True
    assert len(two("crontab:list-jobs", session=two.ann)) == 1
    assert two.fault("crontab:deny-user", "alice") == "`alice' administers the account and always has crontab"
    assert two.fault("crontab:permit-user", "bob") == "Unknown user `bob'"


def test_output_is_sent_where_the_user_wants_it(each_two: Any) -> None:
    two = each_two
    assert two("crontab:get-mailto") is None
    assert two("crontab:set-mailto", "me@mail.test") is True
    assert two("crontab:set-mailto", "ann@mail.test", session=two.ann) is True
    assert two("crontab:get-mailto") == "me@mail.test"
    assert two("crontab:get-mailto", session=two.ann) == "ann@mail.test"
    assert two.fault("crontab:set-mailto", "nobody") == "`nobody' is not an e-mail address"
    assert two("crontab:set-mailto", "") is True
    assert two("crontab:get-mailto") is None


def test_jobs_follow_a_renamed_user_and_go_with_a_removed_one(each_two: Any) -> None:
    two = each_two
    two("crontab:add-job", *NIGHTLY, "ann")
    two("user:rename-user", "ann", "anna")
    assert two("crontab:list-users") == ["anna"]
    two("user:delete", "anna")
    assert two("crontab:list-users") == []
    two("user:add", "anna", "sesame-opens", "", 0, {"ssh": 1})
    assert two("crontab:list-jobs", "anna") == []


def test_the_older_names_do_the_same(two: Any) -> None:
    assert two("crontab:add-cronjob", *NIGHTLY) is True
    assert two("crontab:list-cronjobs") == two("crontab:list-jobs") != []
    assert two("crontab:delete-cronjob", *NIGHTLY) is True
    assert two("crontab:list-cronjobs") == []


def test_jobs_of_a_demonstration_account_stay(two: Any) -> None:
    two("crontab:add-job", *NIGHTLY)
    two.panel.call("scope:set", "cp.config", "billing", "demo_invoice", "A-1")
    for call in (("add-job", "@daily", "", "", "", "", "date"), ("delete-job", *NIGHTLY), ("set-mailto", "a@b.test")):
        assert two.fault(f"crontab:{call[0]}", *call[1:]).startswith("This is a demonstration account")
