"""What rooms hear of the domains and users of a site."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import rooms
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import DomainRoom, Room
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.user_room import UserRoom
from apnscp.server.testing import EmulatedPanel


class Listener(Room, DomainRoom, UserRoom):
    """A room that writes down what it hears."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, ...]] = []

    def domain_added(self, ctx: Context, site: Site, domain: str) -> None:
        self.heard.append(("domain added", domain))

    def domain_removed(self, ctx: Context, site: Site, domain: str) -> None:
        self.heard.append(("domain removed", domain))

    def user_added(self, ctx: Context, site: Site, user: User) -> None:
        self.heard.append(("user added", user.name))

    def user_renamed(self, ctx: Context, site: Site, before: User, after: User) -> None:
        self.heard.append(("user renamed", before.name, after.name))

    def user_removed(self, ctx: Context, site: Site, user: User) -> None:
        self.heard.append(("user removed", user.name))


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """Put one more room at the end of the list."""
    room = Listener()
    monkeypatch.setattr(rooms, "ROOMS", (*rooms.ROOMS, room))
    yield room


def test_a_new_site_brings_its_domains_and_its_administrator(panel: EmulatedPanel, listener: Listener) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"aliases.aliases": ["c.example", "b.example"]})
    assert listener.heard == [
        ("domain added", "a.example"),
        ("domain added", "b.example"),
        ("domain added", "c.example"),
        ("user added", "ada"),
    ]


def test_an_edit_removes_domains_before_it_adds_others(panel: EmulatedPanel, listener: Listener) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"aliases.aliases": ["b.example"]})
    listener.heard.clear()
    panel.call("admin:edit-site", "site1", {"aliases.aliases": ["c.example"], "siteinfo.admin_user": "eve"})
    assert listener.heard == [
        ("domain removed", "b.example"),
        ("domain added", "c.example"),
        ("user renamed", "ada", "eve"),
    ]


def test_another_primary_domain_is_one_that_goes_and_one_that_comes(panel: EmulatedPanel, listener: Listener) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    listener.heard.clear()
    panel.call("admin:edit-site", "site1", {"siteinfo.domain": "z.example"})
    assert listener.heard == [("domain removed", "a.example"), ("domain added", "z.example")]


@pytest.mark.parametrize("command", ["admin:deactivate-site", "admin:activate-site", "admin:delete-site"])
def test_suspension_activation_and_deletion_are_told_of_the_site_alone(
    panel: EmulatedPanel, listener: Listener, command: str
) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    listener.heard.clear()
    panel.call(command, "site1")
    assert listener.heard == []
