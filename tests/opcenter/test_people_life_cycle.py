"""A site with users, domains and jobs, from its first day to its last: what belongs to it follows, and the counts are right."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from apnscp.opcenter.aliases.tables import addon_domain_table
from apnscp.opcenter.crontab.tables import cron_job_table, cron_mailto_table
from apnscp.opcenter.ftp.tables import ftp_option_table
from apnscp.opcenter.lifecycle import rooms
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.tables import host_table, site_data_table
from apnscp.opcenter.usage.tables import user_quota_table
from apnscp.opcenter.users.tables import denial_table, user_table
from apnscp.server.testing import EmulatedPanel

OWN = (
    addon_domain_table,
    cron_job_table,
    cron_mailto_table,
    denial_table,
    ftp_option_table,
    host_table,
    site_data_table,
    user_quota_table,
)
FLAGS = {"ftp": 1, "imap": 1, "smtp": 1, "cp": 1, "ssh": 1}


class Account:
    """The account a.example as its administrator sees it."""

    def __init__(self, panel: EmulatedPanel) -> None:
        self.panel = panel
        self.session: str = panel.call("admin:hijack", "site1")

    def __call__(self, command: str, *arguments: Any) -> Any:
        return self.panel.call(command, *arguments, session=self.session)

    def fault(self, command: str, *arguments: Any) -> str:
        return self.panel.fault(command, *arguments, session=self.session)

    def edit(self, **values: Any) -> None:
        self.panel.call("admin:edit-site", "site1", {name.replace("__", "."): value for name, value in values.items()})

    def counts(self) -> dict[str, int]:
        """Return how many domains and users the account has, by what limits them."""
        with self.panel.inside() as ctx:
            found = rooms.counts(ctx.db, records.load(ctx.db, 1))
        return {f"{service},max": found[service, "max"] for service in ("aliases", "users")}


@pytest.fixture
def account(each_panel: EmulatedPanel) -> Account:
    """Give an account with two more users, a domain in the home of one of them, and jobs of both, on each database."""
    each_panel.call("admin:add-site", "a.example", "ada", {"aliases.aliases": ["b.example"], "users.max": 3})
    account = Account(each_panel)
    for name in ("uma", "vic"):
        account("user:add", name, "sesame-opens", name.title(), 100, FLAGS)
        account("crontab:add-job", "@daily", "", "", "", "", "date", name)
    account("aliases:add-domain", "c.example", "/home/uma/c")
    account("aliases:synchronize-changes")
    account("crontab:set-mailto", "ada@mail.example")
    account("ftp:jail-user", "uma", "/home/uma/c")
    account("ftp:deny-user", "vic")
    account("crontab:toggle-status", 0)
    account("crontab:toggle-status", 1)
    return account


def test_the_counts_follow_each_step(account: Account) -> None:
    assert account.counts() == {"aliases,max": 2, "users,max": 3}
    assert account.fault("user:add", "wim", "sesame-opens").startswith(
        "The account has 3 users, and users,max admits 3"
    )
    account("user:delete", "vic")
    account("aliases:remove-domain", "b.example")
    assert account.counts() == {"aliases,max": 1, "users,max": 2}
    account.edit(aliases__aliases=["b.example", "c.example", "d.example"])
    account("user:add", "wim", "sesame-opens", "", 0, FLAGS)
    assert account.counts() == {"aliases,max": 2, "users,max": 3}
    account("aliases:synchronize-changes")
    assert account("aliases:list-aliases") == ["c.example", "d.example"]
    assert account("user:get-user-count") == {"users": 3, "max": 3}


def test_a_renamed_account_keeps_its_people_domains_and_jobs(account: Account) -> None:
    account.edit(siteinfo__domain="z.example", siteinfo__admin_user="zoe")
    assert list(account("user:get-users")) == ["uma", "vic", "zoe"]
    assert account("aliases:list-shared-domains") == {"b.example": "/var/www/html/", "c.example": "/home/uma/c/"}
    assert account("crontab:get-mailto") == "ada@mail.example"
    account("user:rename-user", "uma", "una")
    assert account("aliases:list-shared-domains")["c.example"] == "/home/una/c/"
    assert account("ftp:get-option", "una", "local_root") == "/home/una/c"
    assert account("crontab:list-users") == ["una", "vic"]
    assert account.fault("user:delete", "una").startswith(
        "`una' cannot be removed: the files of c.example lie in /home/una"
    )
    assert account.counts() == {"aliases,max": 2, "users,max": 3}


def test_another_plan_limits_what_comes_and_keeps_what_is_there(account: Account) -> None:
    account.panel.plan("small", {"users.max": 2, "crontab.permit": 0, "diskquota.quota": 50, "diskquota.units": "MB"})
    account.edit(users__max=500)
    account.edit(siteinfo__plan="small")
    assert account("user:get-user-count") == {"users": 3, "max": 2}
    assert "users,max admits 2" in account.fault("user:add", "wim", "sesame-opens")
    assert account("user:get-quota", "uma")["qhard"] == 50 * 1024
    assert account.fault("crontab:list-jobs", "uma") == "This account may not have jobs (crontab,permit)"
    account.edit(siteinfo__plan="basic")
    assert len(account("crontab:list-jobs", "uma")) == 1
    assert account("user:get-quota", "uma")["qhard"] == 100 * 1024


def test_a_suspended_account_stands_still_and_goes_on(account: Account) -> None:
    account("aliases:add-domain", "d.example", "/var/www/d")
    account.panel.call("admin:deactivate-site", "site1")
    assert account("crontab:enabled") is False
    assert account.fault("aliases:synchronize-changes").startswith("The account is suspended")
    assert account.counts() == {"aliases,max": 3, "users,max": 3}
    account.panel.call("admin:activate-site", "site1")
    assert account("crontab:enabled") is True
    assert account("aliases:synchronize-changes") is True
    assert account("aliases:list-aliases") == ["b.example", "c.example", "d.example"]


def test_nothing_is_left_of_a_deleted_account(account: Account) -> None:
    account("crontab:toggle-status", 0)
    account("aliases:add-domain", "d.example", "/var/www/d")
    panel = account.panel
    with panel.inside() as ctx:
        assert all(ctx.db.execute(select(func.count()).select_from(table)).scalar_one() for table in OWN)
    panel.call("admin:delete-site", "site1")
    with panel.inside() as ctx:
        left = {table.name: ctx.db.execute(select(func.count()).select_from(table)).scalar_one() for table in OWN}
        users = ctx.db.execute(select(user_table.c.name).where(user_table.c.site_id.is_not(None))).all()
    assert (left, users) == (dict.fromkeys(left, 0), [])
    assert panel.call(
        "admin:add-site", "c.example", "ada", {"aliases.aliases": ["a.example", "b.example", "d.example"]}
    )
    fresh = panel.call("admin:hijack", "c.example")
    assert panel.call("user:get-user-count", session=fresh) == {"users": 1, "max": 500}
    assert panel.call("crontab:list-users", session=fresh) == []


def test_what_a_refused_call_began_is_taken_back(account: Account) -> None:
    before = account("user:getpwnam", "uma")
    attributes = {"username": "una", "home": "/home/vic", "gecos": "Una"}
    assert account.fault("user:usermod-driver", "uma", attributes).startswith(
        "`/home/vic' is the home directory of `vic'"
    )
    assert account("user:getpwnam", "uma") == before
    assert account("aliases:list-shared-domains")["c.example"] == "/home/uma/c/"
    account("user:delete", "vic")
    assert account.fault("user:add", "wim", "sesame-opens", "a:b").startswith("`a:b' is not a full name")
    assert account.counts()["users,max"] == 2
