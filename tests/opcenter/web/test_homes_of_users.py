"""Subdomains whose files lie in the home of a user."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel


@pytest.fixture
def session(each_panel: EmulatedPanel) -> str:
    each_panel.call("admin:add-site", "example.com", "bob")
    session: str = each_panel.call("admin:hijack", "example.com")
    each_panel.call("user:add", "ann", "s3cret-Word-9", session=session)
    return session


def test_a_subdomain_in_a_home_keeps_its_user_until_it_is_moved(each_panel: EmulatedPanel, session: str) -> None:
    each_panel.call("web:add-subdomain", "shop.example.com", "/home/ann/shop", session=session)
    text = "`ann' cannot be removed: the files of shop.example.com lie in /home/ann;"
    assert text in each_panel.fault("user:delete", "ann", session=session)
    each_panel.call("web:rename-subdomain", "shop.example.com", None, "/var/www/shop", session=session)
    assert each_panel.call("user:delete", "ann", session=session) is True
    assert each_panel.call("web:list-subdomains", session=session) == {"shop.example.com": "/var/www/shop"}


def test_a_subdomain_named_after_its_user_goes_with_it(each_panel: EmulatedPanel, session: str) -> None:
    each_panel.call("web:add-subdomain", "ann.example.com", "/home/ann/web", session=session)
    assert each_panel.call("user:delete", "ann", session=session) is True
    assert each_panel.call("web:list-subdomains", session=session) == []


def test_document_roots_follow_a_renamed_user(each_panel: EmulatedPanel, session: str) -> None:
    each_panel.call("web:add-subdomain", "shop.example.com", "/home/ann/shop", session=session)
    each_panel.call("user:rename-user", "ann", "anna", session=session)
    assert each_panel.call("web:list-subdomains", session=session) == {"shop.example.com": "/home/anna/shop"}


def test_an_addon_domain_is_served_from_the_path_that_it_was_given(each_panel: EmulatedPanel, session: str) -> None:
    each_panel.call("aliases:add-domain", "other.example", "/var/www/other", session=session)
    assert "other.example" not in each_panel.call("web:list-domains", session=session)
    each_panel.call("aliases:synchronize-changes", session=session)
    assert each_panel.call("web:list-domains", session=session) == {
        "example.com": "/var/www/html",
        "other.example": "/var/www/other",
    }
    assert each_panel.call("web:get-docroot", "other.example", session=session) == "/var/www/other"
