"""One account with something in every room, from its first day to its last: the counts are right, and nothing is left over."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from apnscp.opcenter.lifecycle import rooms
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.schema import load_tables
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.server.testing import EmulatedPanel

SERVER = {
    "ban", "certificate_authority", "dedicated_address", "delegated", "failure", "ip_restriction", "journal", "login",
    "outbox", "panel_fact", "quota_project", "setting",
}  # fmt: skip
"""Tables of the server, and those of addresses and sign-ins, which this account has nothing to do with."""
LIMITS = {
    "siteinfo.plan": "small", "billing.invoice": "I-1", "aliases.aliases": ["alias.test"], "aliases.max": 4,
    "apache.subnum": 3, "users.max": 3, "mysql.dbasenum": 2, "pgsql.enabled": 1, "pgsql.dbasenum": 1,
}  # fmt: skip
EVERYTHING = {"ftp": 1, "imap": 1, "smtp": 1, "cp": 1, "ssh": 1}


class Account:
    """The account a.test, administered by ada."""

    def __init__(self, panel: EmulatedPanel) -> None:
        self.panel = panel
        panel.call("scope:set", "dns.default-provider", "builtin")
        for name, quota in (("small", 1000), ("large", 9000)):
            panel.plan(name, {"diskquota.quota": quota, "apache.subnum": 3 if name == "small" else 6})
        self.before = self.rows()
        panel.call("admin:add-site", "a.test", "ada", LIMITS)
        self.session: str = panel.call("admin:hijack", "a.test")

    def __call__(self, command: str, *arguments: Any) -> Any:
        return self.panel.call(command, *arguments, session=self.session)

    def fault(self, command: str, *arguments: Any) -> str:
        return self.panel.fault(command, *arguments, session=self.session)

    def edit(self, **values: Any) -> None:
        self.panel.call("admin:edit-site", "site1", {name.replace("__", "."): value for name, value in values.items()})

    def counts(self) -> tuple[int, int, int, int, int]:
        """Return how many users, further domains, subdomains, MySQL and PostgreSQL databases there are."""
        with self.panel.inside() as ctx:
            found = rooms.counts(ctx.db, records.load(ctx.db, 1))
        kinds = (
            ("users", "max"),
            ("aliases", "max"),
            ("apache", "subnum"),
            ("mysql", "dbasenum"),
            ("pgsql", "dbasenum"),
        )
        assert found.keys() == set(kinds)
        users, aliases, subdomains, mysql, pgsql = (found[kind] for kind in kinds)
        return users, aliases, subdomains, mysql, pgsql

    def rows(self) -> dict[str, int]:
        """Return how many rows each table has in which accounts have theirs."""
        load_tables()
        with self.panel.inside() as ctx:
            return {
                table.name: ctx.db.execute(select(func.count()).select_from(table)).scalar_one()
                for table in sql_metadata.sorted_tables
                if table.name not in SERVER
            }

    def fill(self) -> None:
        """Put something into every room."""
        for name in ("uma", "vic"):
            self("user:add", name, "sesame-opens", name.title(), 100, EVERYTHING)
        self("user:change-quota", "uma", 50, 1000)
        self("aliases:add-domain", "shop.test", "/home/uma/shop")
        self("aliases:synchronize-changes")
        self("web:add-subdomain", "blog", "/var/www/blog")
        self("web:add-subdomain", "wiki.a.test", "/home/vic/wiki")
        self("dns:add-record", "a.test", "app", "CNAME", "blog.a.test")
        self("dns:remove-record", "shop.test", "ftp", "A")
        self("email:add-mailbox", "sales", "shop.test", "uma")
        self("email:add-alias", "info", "a.test", "uma@a.test,vic")
        self("email:add-virtual-transport", "a.test", "lists")
        self("email:add-vacation", "Away", "uma")
        for kind in ("mysql", "pgsql"):
            self(f"{kind}:create-database", "shop")
        self("mysql:add-user", "wp", "localhost", "sesame-opens")
        self("mysql:set-privileges", "wp", "localhost", "shop", {"read": True})
        self("crontab:add-job", "@daily", "", "", "", "", "date", "vic")
        self("crontab:set-mailto", "uma@a.test")
        self("ftp:jail-user", "uma", "/home/uma/shop")
        self("ssh:deny-user", "vic")
        self("letsencrypt:request", ["a.test", "shop.test"])
        self("letsencrypt:challenges", ["wiki.a.test"])
        self("letsencrypt:use-mechanism", "wiki.a.test", "dns")
        self("auth:create-api-key", "mine")
        self("common:save-preferences", {"colour": "green"})
        self.panel.usage("site1", storage=100)


@pytest.fixture
def account(each_panel: EmulatedPanel) -> Account:
    """Give the account with something in every room, on each database in turn."""
    account = Account(each_panel)
    account.fill()
    return account


def test_an_account_fills_every_table_and_leaves_none_filled(account: Account) -> None:
    filled = account.rows()
    assert [name for name, held in filled.items() if held <= account.before[name]] == []
    account.panel.call("admin:delete-site", "site1")
    assert account.rows() == account.before
    account.panel.call("admin:add-site", "shop.test", "ada", {"aliases.aliases": ["a.test", "alias.test"]})
    fresh = account.panel.call("admin:hijack", "shop.test")
    assert account.panel.call("user:get-user-count", session=fresh) == {"users": 1, "max": 500}
    assert account.panel.call("mysql:list-databases", session=fresh) == []


def test_the_counts_are_right_at_each_step_of_a_life(account: Account) -> None:
    assert account.counts() == (3, 2, 2, 1, 1)
    account.edit(siteinfo__domain="z.test", siteinfo__admin_user="zoe", mysql__dbaseprefix="zed_")
    assert account.counts() == (3, 2, 2, 1, 1)
    account.edit(siteinfo__plan="large")
    assert account("web:add-subdomain", "third", "/var/www/third") is True
    assert account("web:add-subdomain", "fourth", "/var/www/fourth") is True
    assert account.counts() == (3, 2, 4, 1, 1)
    account.panel.call("admin:deactivate-site", "site1")
    assert account.counts() == (3, 2, 4, 1, 1)
    account.panel.call("admin:activate-site", "site1")
    account("aliases:remove-domain", "alias.test")
    account("web:remove-subdomain", "third")
    account("mysql:delete-database", "shop")
    assert account.counts() == (3, 1, 3, 0, 1)


def test_every_limit_holds_and_one_that_is_lowered_keeps_what_is_there(account: Account) -> None:
    account("web:add-subdomain", "third", "/var/www/third")
    account("mysql:create-database", "second")
    account("aliases:add-domain", "last.test", "/var/www/last")
    assert account.counts() == (3, 3, 3, 2, 1)
    more = {
        "user:add": ("wim", "sesame-opens"), "aliases:add-domain": ("more.test", "/var/www/more"),
        "web:add-subdomain": ("more", "/var/www/more"), "mysql:create-database": ("more",),
        "pgsql:create-database": ("more",),
    }  # fmt: skip
    full = {
        "user:add": "The account has 3 users, and users,max admits 3",
        "aliases:add-domain": "aliases,max admits 4 domains, the primary one included",
        "web:add-subdomain": "has all the subdomains that apache,subnum admits (3)",
        "mysql:create-database": "has 2 of the 2 MySQL databases",
        "pgsql:create-database": "has 1 of the 1 PostgreSQL databases",
    }
    for command, arguments in more.items():
        assert full[command] in account.fault(command, *arguments)
    account.edit(users__max=1, apache__subnum=1, mysql__dbasenum=1)
    assert account.counts() == (3, 3, 3, 2, 1)
    assert "users,max admits 1" in account.fault("user:add", *more["user:add"])
    assert "apache,subnum admits (1)" in account.fault("web:add-subdomain", *more["web:add-subdomain"])
    assert "has 2 of the 1 MySQL databases" in account.fault("mysql:create-database", *more["mysql:create-database"])
    account("web:remove-subdomain", "third")
    assert "apache,subnum admits (1)" in account.fault("web:add-subdomain", *more["web:add-subdomain"])
    account.edit(users__max=None, apache__subnum=None, mysql__dbasenum=None)
    for command in ("user:add", "web:add-subdomain", "mysql:create-database"):
        assert account(command, *more[command]) is True
    assert account.counts() == (4, 3, 3, 3, 1)


def test_a_rename_is_followed_in_every_room(account: Account) -> None:
    account.edit(siteinfo__domain="z.test", siteinfo__admin_user="zoe")
    assert list(account("user:get-users")) == ["uma", "vic", "zoe"]
    assert account("aliases:list-aliases") == ["alias.test", "shop.test"]
    assert list(account("web:list-subdomains")) == ["blog", "wiki.z.test"]
    assert account("dns:record-exists", "z.test", "app", "CNAME", "blog.z.test") is True
    assert account("dns:record-exists", "z.test", "lists", "MX") is True
    assert account("dns:record-exists", "shop.test", "ftp") is False
    assert account("email:list-virtual-transports") == ["z.test", "alias.test", "lists.z.test", "shop.test"]
    assert account("email:get-mailbox", "info", "z.test")["destination"] == "uma@z.test,vic"
    assert account("crontab:list-users") == ["vic"]
    assert account("ssl:get-alternative-names", account("ssl:get-certificate", "server.crt")) == ["a.test", "shop.test"]
    assert account("ftp:get-option", "uma", "local_root") == "/home/uma/shop"


def test_a_user_that_is_deleted_takes_mailboxes_jobs_and_messages_along(account: Account) -> None:
    assert account("email:address-exists", "vic", "a.test") is True
    account("email:add-vacation", "Away", "vic")
    held = account.rows()
    account("web:remove-subdomain", "wiki.a.test")
    account("user:delete", "vic")
    now = account.rows()
    assert account("email:address-exists", "vic", "a.test") is False
    assert account("crontab:list-users") == []
    gone = {name: held[name] - now[name] for name in ("user", "mail_address", "cron_job", "vacation", "denial")}
    assert gone == {"user": 1, "mail_address": 1, "cron_job": 1, "vacation": 1, "denial": gone["denial"]}
    assert gone["denial"] > 0
    assert account.counts() == (2, 2, 1, 1, 1)


def test_a_suspended_account_keeps_everything_and_goes_on(account: Account) -> None:
    held = account.rows()
    account.panel.call("admin:deactivate-site", "site1", {"reason": "overdue"})
    assert account("web:subdomain-accessible", "blog") is False
    assert account("crontab:enabled") is False
    assert account.fault("letsencrypt:renew").startswith("site1 (a.test) is suspended")
    assert account.fault("aliases:synchronize-changes").startswith("The account is suspended")
    account.panel.call("admin:activate-site", "site1")
    assert account("web:subdomain-accessible", "blog") is True
    assert account("letsencrypt:renew") is True
    assert {name: rows for name, rows in account.rows().items() if rows != held[name]} == {}
