"""Addresses follow their account and its users: domains, names, deletion."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select

from apnscp.opcenter.email.room import Email
from apnscp.opcenter.email.tables import mail_address_table, mail_transport_table, vacation_table
from apnscp.opcenter.sites import records
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table
from tests.modules.conftest import TwoSites


def listed(two: TwoSites, *arguments: str | None) -> list[str]:
    return [f"{row['user']}@{row['domain']}" for row in two("email:list-mailboxes", *arguments)]


@pytest.fixture
def mailing(each_two: TwoSites) -> TwoSites:
    """Give the accounts, the first one with a second domain and addresses in both."""
    each_two.panel.call("admin:edit-site", "alpha.test", {"aliases.aliases": ["alias.test"]})
    each_two("email:add-virtual-transport", "alpha.test", "lists")
    each_two("email:add-mailbox", "ann", "lists.alpha.test", "ann")
    each_two("email:add-alias", "info", "alias.test", "ann@lists.alpha.test,alice@alpha.test,alice,x@example.com")
    return each_two


def test_another_primary_domain_takes_addresses_transports_and_destinations_along(mailing: TwoSites) -> None:
    mailing("email:remove-virtual-transport", "alpha.test")
    mailing.panel.call("admin:edit-site", "alpha.test", {"siteinfo.domain": "omega.test"})
    assert listed(mailing) == [
        "alice@omega.test", "postmaster@omega.test", "info@alias.test", "ann@lists.omega.test",
    ]  # fmt: skip
    assert mailing("email:list-virtual-transports") == ["alias.test", "lists.omega.test"]
    assert mailing("email:get-mailbox", "info", "alias.test")["destination"] == (
        "ann@lists.omega.test,alice@omega.test,alice,x@example.com"
    )


def test_addresses_nobody_touched_are_those_of_the_new_domain_and_name(each_two: TwoSites) -> None:
    each_two.panel.call(
        "admin:edit-site", "alpha.test", {"siteinfo.domain": "omega.test", "siteinfo.admin_user": "eve"}
    )
    assert listed(each_two) == ["eve@omega.test", "postmaster@omega.test"]


def test_an_alias_that_becomes_the_primary_domain_keeps_its_own_addresses(mailing: TwoSites) -> None:
    mailing("email:add-alias", "alice", "alias.test", "x@example.com")
    mailing.panel.call("admin:edit-site", "alpha.test", {"siteinfo.domain": "alias.test", "aliases.aliases": []})
    assert listed(mailing, None, None, "alias.test") == ["alice@alias.test", "info@alias.test", "postmaster@alias.test"]
    assert mailing("email:mailbox-type", "alice", "alias.test") == "a"


def test_a_domain_that_is_given_up_loses_its_addresses(mailing: TwoSites) -> None:
    mailing.panel.call("admin:edit-site", "alpha.test", {"aliases.aliases": []})
    assert listed(mailing) == ["alice@alpha.test", "postmaster@alpha.test", "ann@lists.alpha.test"]
    mailing.panel.call("admin:edit-site", "beta.test", {"aliases.aliases": ["alias.test"]})
    assert mailing("email:add-alias", "x", "alias.test", "y@example.com", session=mailing.bob) is True


def test_a_renamed_administrator_takes_address_and_forwards_along(mailing: TwoSites) -> None:
    mailing.panel.call("admin:edit-site", "alpha.test", {"siteinfo.admin_user": "eve"})
    assert listed(mailing, "local", None, "alpha.test") == ["eve@alpha.test", "postmaster@alpha.test"]
    assert mailing("email:get-mailbox", "eve", "alpha.test")["destination"] == "eve"
    assert mailing("email:get-mailbox", "info", "alias.test")["destination"].split(",")[2] == "eve"


def test_an_address_that_has_the_new_name_already_stays_and_so_does_the_old_one(mailing: TwoSites) -> None:
    mailing("email:add-alias", "eve", "alpha.test", "x@example.com")
    mailing.panel.call("admin:edit-site", "alpha.test", {"siteinfo.admin_user": "eve"})
    assert listed(mailing, None, None, "alpha.test") == ["alice@alpha.test", "eve@alpha.test", "postmaster@alpha.test"]


def test_a_deleted_user_leaves_no_mailbox_and_no_vacation_message(mailing: TwoSites) -> None:
    mailing("email:add-vacation", "Away", "ann")
    with mailing.panel.inside() as ctx:
        ctx.db.execute(delete(user_table).where(user_table.c.id == people.require(ctx.db, 1, "ann").id))
    assert "ann@lists.alpha.test" not in listed(mailing)
    with mailing.panel.inside() as ctx:
        assert ctx.db.execute(select(func.count()).select_from(vacation_table)).scalar_one() == 0


def test_a_new_user_gets_a_mailbox_unless_it_may_not_fetch_mail(each_two: TwoSites) -> None:
    each_two("email:deny-user", "ann", "imap")
    with each_two.panel.inside() as ctx:
        people.add(ctx.db, 1, "dan", None, 0)
        for name in ("dan", "ann", "dan"):
            Email().user_added(ctx, records.load(ctx.db, 1), people.require(ctx.db, 1, name))
    assert listed(each_two) == ["alice@alpha.test", "dan@alpha.test", "postmaster@alpha.test"]
    assert each_two("email:get-mailbox", "dan", "alpha.test")["destination"] == "dan"


def test_a_renamed_user_takes_its_mailbox_along(mailing: TwoSites) -> None:
    with mailing.panel.inside() as ctx:
        before = people.require(ctx.db, 1, "ann")
        people.rename(ctx.db, before.id, "anna")
        Email().user_renamed(ctx, records.load(ctx.db, 1), before, people.require(ctx.db, 1, "anna"))
    assert mailing("email:get-mailbox", "anna", "lists.alpha.test")["destination"] == "anna"


def test_a_subdomain_that_becomes_another_accounts_domain_receives_no_mail_here(mailing: TwoSites) -> None:
    mailing.panel.call("admin:edit-site", "beta.test", {"aliases.aliases": ["lists.alpha.test"]})
    assert mailing("email:list-virtual-transports") == ["alpha.test", "alias.test"]
    assert mailing("email:list-virtual-transports", session=mailing.bob) == ["beta.test", "lists.alpha.test"]
    assert mailing("email:add-mailbox", "ann", "lists.alpha.test", "bob", session=mailing.bob) is True


def test_a_new_account_needs_no_row_for_its_mail(each_two: TwoSites) -> None:
    listed(each_two)
    with each_two.panel.inside() as ctx:
        for table in (mail_address_table, mail_transport_table):
            assert ctx.db.execute(select(func.count()).select_from(table)).scalar_one() == 0
