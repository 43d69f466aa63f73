from __future__ import annotations

import pytest

from apnscp.client import UtilAPI
from apnscp.client.errors import ConnectionFailed
from apnscp.core.errors import UnknownMethod
from apnscp.server.testing import EmulatedPanel

SUSPEND, ASKED = "admin_deactivate_site", "This fault was asked for by a rule"


def active(panel: EmulatedPanel) -> bool:
    row = panel.call("admin_collect", [], None, ["a.test"])["a.test"]
    return bool(row["active"])


@pytest.fixture(autouse=True)
def site(panel: EmulatedPanel) -> None:
    panel.seed("a.test")


def test_a_fault_instead_of_the_work(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, text="The disk is full")
    assert panel.fault(SUSPEND, "a.test") == "The disk is full"
    assert active(panel)
    assert [call.outcome for call in panel.calls(SUSPEND)] == ["The disk is full"]


def test_a_fault_comes_without_abort_on_as_well(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND)
    assert panel.fault(SUSPEND, "a.test", abort_on=None) == ASKED


def test_a_refusal_is_false_without_abort_on(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, effect="refuse", text="Not today", times=2)
    assert panel.call(SUSPEND, "a.test", abort_on=None) is False
    assert panel.messages == (("error", "Not today"),)
    assert panel.fault(SUSPEND, "a.test") == "Not today"
    assert active(panel)


def test_null_instead_of_the_work_makes_util_api_call_again(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, effect="null", times=2)
    assert panel.client.admin_deactivate_site("a.test") is True
    assert len(panel.calls(SUSPEND)) == 3
    assert not active(panel)


def test_a_fault_after_the_work_leaves_the_work_done(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, effect="fault-after")
    assert panel.fault(SUSPEND, "a.test") == ASKED
    assert not active(panel)


def test_null_after_the_work_leaves_the_work_done(panel: EmulatedPanel) -> None:
    panel.fail("admin_add_site", effect="null-after")
    assert panel.call("admin_add_site", "b.test", "owner") is None
    assert panel.call("admin_get_domains") == {1: "a.test", 2: "b.test"}


def test_a_connection_cut_after_the_work_over_a_real_port(panel: EmulatedPanel, panel_url: str) -> None:
    panel.fail("admin_delete_site", effect="cut-after")
    with UtilAPI.create_client(panel.key, panel_url) as client:
        with pytest.raises(ConnectionFailed):
            client.admin_delete_site("a.test")
        assert client.admin_get_domains() == {}


def test_a_connection_cut_before_the_work_over_a_real_port(panel: EmulatedPanel, panel_url: str) -> None:
    panel.fail("admin_delete_site", effect="cut")
    with UtilAPI.create_client(panel.key, panel_url) as client:
        with pytest.raises(ConnectionFailed):
            client.admin_delete_site("a.test")
        assert client.admin_get_domains() == {1: "a.test"}


def test_a_cut_call_is_in_the_journal(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, effect="cut-after")
    with pytest.raises(ConnectionAbortedError):
        panel.call(SUSPEND, "a.test")
    assert len(panel.calls(SUSPEND)) == 1


def test_a_rule_is_for_the_calls_that_it_names(panel: EmulatedPanel) -> None:
    panel.seed("b.test")
    rule = panel.fail(SUSPEND, times=None, site="b.test")
    assert panel.call(SUSPEND, "a.test") is True
    assert panel.fault(SUSPEND, "b.test") == panel.fault(SUSPEND, "b.test") == ASKED
    assert rule.hits == 2
    rule.remove()
    assert panel.call(SUSPEND, "b.test") is True


def test_rules_follow_one_another(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, text="first")
    panel.fail(SUSPEND, text="second")
    assert [panel.fault(SUSPEND, "a.test"), panel.fault(SUSPEND, "a.test")] == ["first", "second"]
    assert panel.call(SUSPEND, "a.test") is True


def test_a_rule_that_can_never_hold_is_an_error(panel: EmulatedPanel) -> None:
    with pytest.raises(ValueError, match="Unknown effect `explode'; there are fault, refuse, null, cut, fault-after"):
        panel.fail(SUSPEND, effect="explode")
    with pytest.raises(TypeError, match="has no parameter `domain'"):
        panel.fail(SUSPEND, domain="a.test")
    with pytest.raises(UnknownMethod):
        panel.fail("admin_suspend_site")
