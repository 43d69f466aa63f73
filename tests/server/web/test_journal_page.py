"""The journal in the browser."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from apnscp.core.registry import REGISTRY
from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import View, reading
from apnscp.server.calls.forms import forms
from apnscp.server.calls.kept_call import kept_calls
from apnscp.server.journal_reader import one
from apnscp.server.testing import EmulatedPanel, Reply
from apnscp.server.web.visitors import plain

SCRIPT = "<script>alert(1)</script>"


def page(panel: EmulatedPanel, address: str, *, session: str | None = None, accept: str = "text/html") -> Reply:
    if session is None:
        session = panel.call("admin:hijack", "localhost", "admin", "UI")
    panel.flush()
    return panel.request("GET", address, headers={"Cookie": f"esprit_id={session}", "Accept": accept})


def text(reply: Reply) -> str:
    assert reply.status == 200, reply.body.decode()
    return reply.body.decode()


def methods(reply: Reply) -> list[str]:
    return re.findall(r'<a href="/journal/\d+">([^<]+)</a>', text(reply))


@pytest.fixture
def busy(panel: EmulatedPanel) -> EmulatedPanel:
    panel.seed("example.com", admin="bob", **{"diskquota.quota": 1000})
    panel.call("admin:edit-site", "example.com", {"diskquota.quota": 500, "billing.invoice": "I-1"})
    panel.fault("admin:activate-site", SCRIPT)
    panel.call("auth:is-inactive", session=panel.call("admin:hijack", "example.com"))
    return panel


def test_the_newest_calls_come_first(busy: EmulatedPanel) -> None:
    shown = page(busy, "/journal")
    assert methods(shown) == [
        "admin:hijack",
        "auth:is-inactive",
        "admin:hijack",
        "admin:activate-site",
        "admin:edit-site",
    ]
    assert "bob@example.com" in text(shown)
    assert SCRIPT not in text(shown)
    assert "&lt;script&gt;" in text(shown)
    assert '<a href="/journal" aria-current="page">Journal</a>' in text(shown)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("method=admin:*-site", ["admin:activate-site", "admin:edit-site"]),
        ("method=admin_edit_site", ["admin:edit-site"]),
        ("site=example.com", ["auth:is-inactive", "admin:edit-site"]),
        ("site=site1&method=auth*", ["auth:is-inactive"]),
        ("caller=bob@example.com", ["auth:is-inactive"]),
        ("faults=1", ["admin:activate-site"]),
        ("until=2020-01-01", []),
        ("since=2020-01-01&faults=1", ["admin:activate-site"]),
        ("id=1&id=2", ["admin:activate-site", "admin:edit-site"]),
    ],
)
def test_filters_stand_in_the_address(busy: EmulatedPanel, query: str, found: list[str]) -> None:
    assert methods(page(busy, f"/journal?{query}")) == found


def test_a_filter_that_is_not_known_is_said(busy: EmulatedPanel) -> None:
    shown = page(busy, "/journal?method=admin:edit-siet")
    assert shown.status == 400
    assert "Unknown method `admin:edit-siet'; did you mean admin:edit-site?" in unescape(shown.body.decode())
    assert 'value="admin:edit-siet"' in shown.body.decode()


def test_pages_hold_fifty_calls_and_lead_to_older_ones(panel: EmulatedPanel) -> None:
    for _ in range(60):
        panel.call("common:whoami")
    first = page(panel, "/journal?method=common:*")
    assert len(methods(first)) == 50
    older = re.search(r'href="([^"]+)">Older', text(first))
    assert older is not None
    assert unescape(older[1]) == "/journal?method=common%3A%2A&before=11"
    last = page(panel, unescape(older[1]))
    assert len(methods(last)) == 10
    assert "Older" not in text(last)


def test_a_call_is_shown_in_full(busy: EmulatedPanel) -> None:
    shown = text(page(busy, "/journal/1"))
    for told in (
        "API key 1 (given at start)",
        "<del>1000</del>",
        "<ins>500</ins>",
        "<code>diskquota,quota</code>",
        "cpcmd admin:edit-site example.com",
        "$panel-&gt;admin_edit_site(",
        "panel.admin.edit_site(",
        "curl -sS &#34;$APNSCP_URL/soap&#34;",
        "&lt;SOAP-ENV:Body&gt;",
    ):
        assert told in shown
    assert SCRIPT not in shown
    assert shown.count('class="quiet copy"') == 7


def test_what_is_copied_is_the_form_to_the_letter(busy: EmulatedPanel) -> None:
    odd = 'it\'s <b>&amp; "so"\r\n\tend'
    busy.fault("admin:activate-site", odd)
    busy.flush()
    with reading(busy.app.panel.engine) as db:
        row = one(db, 5)
        assert row is not None
        written = forms(kept_calls(db, [row])[0])
    shown = text(page(busy, "/journal/5"))
    copied = [
        unescape(found) for found in re.findall(r"<pre tabindex=\"0\"><code>(.*?)</code></pre>", shown, re.DOTALL)
    ]
    assert [form.text for form in written if form.text not in copied] == []
    assert not any("\r" in form.text for form in written)


def test_programs_get_the_facts(busy: EmulatedPanel) -> None:
    whole = json.loads(text(page(busy, "/journal/1", accept="application/json")))
    assert (whole["method"], whole["done"], len(whole["forms"])) == ("admin:edit-site", True, 4)
    listed = json.loads(text(page(busy, "/journal?faults=1", accept="application/json")))
    assert [call["method"] for call in listed["calls"]] == ["admin:activate-site"]


@pytest.mark.parametrize(("kind", "begins"), [("pytest", '"""Calls'), ("shell", "#!/usr/bin/env bash"), ("json", "{")])
def test_marked_calls_are_exported(busy: EmulatedPanel, kind: str, begins: str) -> None:
    reply = page(busy, f"/journal/export?as={kind}&id=2")
    assert text(reply).startswith(begins)
    assert "attachment; filename=" in reply.headers["content-disposition"]
    assert ("activate" in text(reply), "edit" in text(reply)) == (True, False)
    assert page(busy, "/journal/export?as=zip").status == 404


def test_the_journal_is_for_the_administrator(busy: EmulatedPanel) -> None:
    session = busy.call("admin:hijack", "example.com", None, "UI")
    for address in ("/journal", "/journal/1", "/journal/export?as=json"):
        assert page(busy, address, session=session).status == 403
        assert page(busy, address, session="").headers["location"].startswith("/login?next=")
    assert "/journal" not in text(page(busy, "/apps/dashboard", session=session))
    assert page(busy, "/journal/999").status == 404


def test_calls_of_pages_say_that_nothing_went_over_the_wire(busy: EmulatedPanel) -> None:
    app = busy.app
    with busy.inside() as ctx:
        caller, snapshot = ctx.caller, ctx.snapshot
    with View(app.panel.engine) as view:
        app.dispatcher.call(REGISTRY.find("admin:list-plans"), [], caller, snapshot, finish=plain, view=view)
    busy.flush()
    with reading(app.panel.engine) as db:
        last = db.execute(journal_table.select().order_by(journal_table.c.id.desc())).first()
    assert last is not None
    shown = text(page(busy, f"/journal/{last.id}"))
    assert "nothing went over the wire" in shown
    assert "&#34;basic&#34;" in shown
