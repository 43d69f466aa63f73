from __future__ import annotations

import inspect
import math
import threading
from contextlib import suppress
from typing import Any

import pytest

from apnscp.client import UtilAPI
from apnscp.client.errors import AuthenticationFailed, ConnectionFailed, Fault, LockedOut
from apnscp.core.errors import UnknownMethod
from apnscp.core.registry import REGISTRY
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap import envelope

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
    with pytest.raises(ValueError, match="Unknown effect `explode'; there are fault, refuse, null, cut, delay, 401"):
        panel.fail(SUSPEND, effect="explode")
    with pytest.raises(TypeError, match="has no parameter `domain'"):
        panel.fail(SUSPEND, domain="a.test")
    with pytest.raises(UnknownMethod):
        panel.fail("admin_suspend_site")


@pytest.mark.parametrize(
    ("effect", "outcome", "done"),
    [
        ("fault", ASKED, False),
        ("refuse", ASKED, False),
        ("null", "not done: a rule answered null", False),
        ("cut", "not done: a rule cut the connection", False),
        ("401", ASKED, False),
        ("429", ASKED, False),
        ("503", ASKED, False),
        ("fault-after", f"done, then a rule answered with the fault: {ASKED}", True),
        ("null-after", "done, then a rule answered null", True),
        ("cut-after", "done, then a rule cut the connection", True),
    ],
)
def test_the_journal_tells_what_was_done_and_what_the_caller_was_told(
    panel: EmulatedPanel, effect: str, outcome: str, done: bool
) -> None:
    panel.fail(SUSPEND, effect=effect)
    with suppress(FaultReceived, ConnectionAbortedError):
        panel.call(SUSPEND, "a.test")
    (call,) = panel.calls(SUSPEND)
    assert (call.outcome, call.done) == (outcome, done)
    assert active(panel) is not done


def test_a_rule_whose_call_is_refused_anyway_leaves_the_refusal_in_the_journal(panel: EmulatedPanel) -> None:
    panel.fail(SUSPEND, effect="cut-after")
    text = panel.fault(SUSPEND, "nowhere.test")
    assert [(call.outcome, call.done) for call in panel.calls(SUSPEND)] == [(text, False)]


def test_a_refusal_that_was_answered_with_false_is_no_success_in_the_journal(panel: EmulatedPanel) -> None:
    assert panel.call("rampart_ban", "192.0.2.1", "nosuch", abort_on=None) is False
    (call,) = panel.calls("rampart_ban")
    assert (call.outcome, call.done) == ("Unknown jail `nosuch'; rampart:get-jails lists them", False)


@pytest.mark.parametrize(
    ("effect", "status", "code", "retry_after"),
    [("401", 401, "Client", None), ("429", 429, "Client", "7"), ("503", 503, "Server", "7")],
)
def test_an_http_status_instead_of_the_work(
    panel: EmulatedPanel, effect: str, status: int, code: str, retry_after: str | None
) -> None:
    panel.fail(SUSPEND, effect=effect, seconds=6.5)
    body = envelope.request(SUSPEND, [("site", "a.test")])
    reply = panel.request("POST", f"/soap?authkey={panel.key}", body)
    assert (reply.status, reply.headers.get("retry-after")) == (status, retry_after)
    with pytest.raises(FaultReceived) as caught:
        envelope.read_response(reply.body)
    assert (caught.value.code, caught.value.text) == (code, ASKED)
    assert active(panel)


def test_a_status_may_be_written_as_a_number(panel: EmulatedPanel) -> None:
    panel.fail("common_whoami", effect=401, text="Who are you?")
    with pytest.raises(AuthenticationFailed, match=r"^Who are you\?$"):
        panel.client.common.whoami()
    panel.fail("common_whoami", effect=429)
    with pytest.raises(LockedOut):
        panel.client.common.whoami()
    panel.fail("common_whoami", effect=503)
    with pytest.raises(Fault) as caught:
        panel.client.common.whoami()
    assert caught.value.status == 503


def test_a_delayed_answer_comes_when_the_work_is_done(panel: EmulatedPanel) -> None:
    rule = panel.fail(SUSPEND, effect="delay", seconds=300)
    answers: list[object] = []
    late = threading.Thread(target=lambda: answers.append(panel.call(SUSPEND, "a.test")))
    late.start()
    while active(panel):
        late.join(0.01)
    assert answers == []
    rule.over.set()
    late.join()
    assert answers == [True]
    assert [(call.outcome, call.done) for call in panel.calls(SUSPEND)] == [("ok", True)]


def test_a_delayed_answer_holds_up_no_other_call_on_the_port(panel: EmulatedPanel, panel_url: str) -> None:
    rule = panel.fail("common_whoami", effect="delay", seconds=300)
    with UtilAPI.create_client(panel.key, panel_url) as slow, UtilAPI.create_client(panel.key, panel_url) as other:
        late = threading.Thread(target=slow.common.whoami)
        late.start()
        while not rule.hits:
            late.join(0.01)
        assert other.common.whoami() == "admin"
        assert late.is_alive()
        rule.over.set()
        late.join()


def test_every_third_call_goes_wrong(panel: EmulatedPanel) -> None:
    rule = panel.fail("common_whoami", effect="null", every=3)
    assert [panel.call("common_whoami") for _ in range(7)] == ["admin", "admin", None] * 2 + ["admin"]
    assert (rule.seen, rule.hits) == (7, 2)


def test_the_third_call_alone_goes_wrong(panel: EmulatedPanel) -> None:
    panel.fail("common_whoami", effect="null", every=3, times=1)
    assert [panel.call("common_whoami") for _ in range(7)].index(None) == 2
    assert panel.rules_unused() == []


def test_rules_that_no_call_met_are_found(panel: EmulatedPanel) -> None:
    used = panel.fail("common_whoami", effect="null", times=2)
    for_all = panel.fail("admin_list_plans", times=None)
    never = panel.fail("admin_list_plans", times=None)
    removed = panel.fail("admin_get_domains")
    removed.remove()
    panel.call("common_whoami")
    panel.fault("admin_list_plans")
    assert panel.rules_unused() == [used, never]
    panel.call("common_whoami")
    assert panel.rules_unused() == [never]
    assert for_all.hits == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"effect": "delay"}, "The effect `delay' needs seconds=..."),
        ({"effect": "delay", "seconds": -1}, "seconds: -1 is not a span of time"),
        ({"effect": "delay", "seconds": math.nan}, "seconds: nan is not a span of time"),
        ({"effect": "503", "seconds": math.inf}, "seconds: inf is not a span of time"),
        ({"every": 0}, "every: 0 is not a number of calls; 3 is for every third one"),
        ({"times": -1}, "times: -1 is not a number of calls; None is for all"),
        (
            {"effect": 404},
            "Unknown effect `404'; there are fault, refuse, null, cut, delay, 401, 429, 503, fault-after",
        ),
    ],
)
def test_numbers_that_make_no_rule_are_errors(panel: EmulatedPanel, given: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError) as caught:
        panel.fail(SUSPEND, **given)
    assert str(caught.value).startswith(told)


def test_no_parameter_of_a_method_is_called_as_one_of_fail() -> None:
    taken = set(inspect.signature(EmulatedPanel.fail).parameters) - {"self", "method", "arguments"}
    assert taken == {"effect", "text", "times", "every", "seconds"}
    assert [each.name for each in REGISTRY if taken & {parameter.name for parameter in each.parameters}] == []
