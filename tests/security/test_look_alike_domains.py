"""Domains that look alike are told apart, and one domain has one spelling."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived

CYRILLIC = "\u0430pple.com"
WIDE = "\uff41\uff50\uff50\uff4c\uff45.com"


@pytest.fixture
def apple(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "apple.com", "alice")
    return panel


def test_a_look_alike_is_another_domain_and_shows_it(apple: EmulatedPanel) -> None:
    assert apple.call("admin:get-site-id-from-domain", CYRILLIC) is None
    assert "Unknown site" in apple.fault("admin:hijack", CYRILLIC)
    assert apple.call("admin:add-site", CYRILLIC, "mallory") is True
    assert sorted(apple.call("admin:get-domains").values()) == ["apple.com", "xn--pple-43d.com"]
    session = apple.call("admin:hijack", CYRILLIC)
    assert apple.call("auth:session-info", session=session)["domain"] == "xn--pple-43d.com"


@pytest.mark.parametrize("same", [WIDE, "APPLE.com", "apple\u3002com"])
def test_another_spelling_of_a_domain_is_taken_as_that_domain(apple: EmulatedPanel, same: str) -> None:
    assert "in use by another account" in apple.fault("admin:add-site", same, "mallory")
    assert apple.call("admin:get-domains") == {1: "apple.com"}


def test_a_dot_at_the_end_makes_no_second_domain(apple: EmulatedPanel) -> None:
    assert "siteinfo,domain" in apple.fault("admin:add-site", "Apple.COM.", "mallory")
    assert apple.call("admin:get-domains") == {1: "apple.com"}


def test_sharp_s_and_double_s_are_two_domains(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "strasse.de", "alice")
    assert panel.call("admin:get-site-id-from-domain", "stra\u00dfe.de") is None
    assert "Unknown site" in panel.fault("admin:hijack", "stra\u00dfe.de")
    assert panel.call("admin:add-site", "stra\u00dfe.de", "bob") is True
    assert panel.call("admin:get-site-id-from-domain", "stra\u00dfe.de") == 2


@pytest.mark.parametrize(
    "broken", ["a\u202eb.com", "a\u200bb.com", "a b.com", "a..com", "-a.com", "xn--a.com", "a.com\n", "\u2488com.com"]
)
def test_names_with_hidden_or_broken_letters_are_no_domains(panel: EmulatedPanel, broken: str) -> None:
    try:
        panel.call("admin:add-site", broken, "mallory")
    except FaultReceived:
        assert panel.call("admin:get-domains") == []
    else:
        assert panel.call("admin:get-domains") in ({1: "ab.com"}, {1: "a.com"})


@pytest.mark.parametrize("name", ["\u0430lice", "ali\u200bce", "alice\u0301", "\uff41lice"])
def test_names_of_users_are_plain_ascii(apple: EmulatedPanel, name: str) -> None:
    assert "user name" in apple.fault("admin:add-site", "b.com", name)
    session = apple.call("admin:hijack", "apple.com")
    assert "user name" in apple.fault("auth:change-username", name, session=session)
    assert "Unknown user" in apple.fault("admin:hijack", "apple.com", name)


def test_a_look_alike_cannot_be_entered_as_a_subordinate(apple: EmulatedPanel) -> None:
    apple.call("admin:edit-site", "apple.com", {"billing.invoice": "I-1"})
    apple.call("admin:add-site", "child.com", "bob", {"billing.parent_invoice": "I-1"})
    session = apple.call("admin:hijack", "apple.com", None, "UI")
    reply = apple.request("GET", f"/apps/x?esprit_id={session}&switch=%D1%81hild.com")
    assert reply.status == 403
