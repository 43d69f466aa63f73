from __future__ import annotations

import threading

import pytest

from apnscp.core.errors import UnknownMethod
from apnscp.server.testing import EmulatedPanel


def test_calls_are_told_apart_by_method_and_parameters(panel: EmulatedPanel) -> None:
    panel.seed("a.test", "b.test")
    panel.call("admin:edit-site", "a.test", {"billing.invoice": "INV 1"})
    panel.call("admin_edit_site", "b.test", {"billing.invoice": "INV 2"})
    panel.call("common_whoami")
    assert [call.command for call in panel.calls()] == ["admin_edit_site", "admin_edit_site", "common_whoami"]
    (call,) = panel.calls("admin:edit-site", site="b.test")
    assert call.arguments == ("b.test", {"billing.invoice": "INV 2"})
    assert call.named["opts"] == {"billing.invoice": "INV 2"}
    assert (call.user, call.site_id, call.outcome, call.ip) == ("admin", 0, "ok", "127.0.0.1")
    assert 0 < call.ms < 10_000
    assert panel.calls("admin_edit_site", site="c.test") == []


@pytest.mark.parametrize(
    "value", ["two words", "", "5", "null", "it's", 'say "so"', "[x", "a\\b", 5, 1.5, True, ["a b", "c,d"]]
)  # fmt: skip
def test_arguments_come_back_as_they_were_sent(panel: EmulatedPanel, value: object) -> None:
    panel.call("admin_collect", None, {"billing.invoice": value}, ["last"], abort_on=None)
    assert panel.calls("admin_collect")[0].arguments == (None, {"billing.invoice": value}, ["last"])


@pytest.mark.parametrize("text", ["two words", "5", "null", "it's", 'say "so"', "[x", "a\\b", "-"])
def test_texts_come_back_as_they_were_sent(panel: EmulatedPanel, text: str) -> None:
    panel.call("misc_info", text, abort_on=None)
    assert panel.calls("misc_info")[0].arguments == (text,)


def test_arguments_beyond_what_the_journal_keeps_are_left_out(panel: EmulatedPanel) -> None:
    panel.call("admin_collect", ["siteinfo.domain"], {"billing.invoice": "two words " * 3_000}, ["last"])
    panel.call("admin_collect", ["siteinfo.domain"], {"billing.invoice": "x" * 30_000})
    panel.call("admin_collect", ["siteinfo.domain"])
    assert [call.arguments for call in panel.calls("admin_collect")] == [(["siteinfo.domain"],)] * 3


def test_secrets_are_not_in_the_journal(panel: EmulatedPanel) -> None:
    panel.call("admin_add_site", "a.test", "owner", {"auth.tpasswd": "Tr1cky & long"})
    assert panel.calls("admin_add_site")[0].named["opts"] == {"auth.tpasswd": "(hidden)"}


def test_a_refused_call_shows_its_text_and_messages(panel: EmulatedPanel) -> None:
    text = panel.fault("rampart_ban", "192.0.2.1", "nosuch")
    assert panel.call("rampart_ban", "192.0.2.1", "nosuch", abort_on=None) is False
    faulted, refused = panel.calls("rampart_ban", jail="nosuch")
    assert faulted.outcome == text == "Unknown jail `nosuch'; rampart:get-jails lists them"
    assert refused.messages == (("error", text),)


def test_a_name_that_can_never_match_is_an_error(panel: EmulatedPanel) -> None:
    with pytest.raises(TypeError, match="admin_edit_site has no parameter `domain'; it takes site, opts, flags"):
        panel.calls("admin_edit_site", domain="a.test")
    with pytest.raises(UnknownMethod):
        panel.calls("admin_edit_siet")


def test_wait_for_sees_a_call_of_another_thread(panel: EmulatedPanel) -> None:
    later = threading.Timer(0.1, panel.call, ("common_whoami",))
    later.start()
    assert [call.command for call in panel.wait_for("common:whoami", timeout=60)] == ["common_whoami"]
    later.join()


def test_wait_for_tells_what_was_called_instead(panel: EmulatedPanel) -> None:
    panel.seed("a.test")
    panel.call("admin_activate_site", "a.test")
    with pytest.raises(AssertionError) as caught:
        panel.wait_for("admin_activate_site", count=2, timeout=0.05, site="a.test")
    assert str(caught.value) == (
        "admin_activate_site was called 1 of 2 times; the last calls:"
        "\n  admin_activate_site(site='a.test') by admin: ok"
    )


def test_turning_the_clock_keeps_a_session_that_was_just_used(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    session = panel.call("admin:hijack", "a.com")
    for _ in range(3):
        panel.clock.advance(14 * 60)
        assert panel.call("common:whoami", session=session) == "alice"
    panel.clock.advance(15 * 60)
    assert "expired" in panel.fault("common:whoami", session=session)
