"""The form over all services: adding a site, editing it, and what others change meanwhile."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.services.values import normalise
from apnscp.server.testing import EmulatedPanel
from apnscp.server.web.administration import fields, service_form
from tests.server.web.administrators import Browser, edit_form, hidden, resent

EDIT = "/sites/1/edit"


def test_the_form_has_every_parameter_that_can_be_edited(site: EmulatedPanel, admin: Browser) -> None:
    page = admin.text(EDIT)
    for service in SERVICES.values():
        for parameter in service.parameters.values():
            shown = f'name="{parameter.address}"' in page
            apart = parameter.write_only or parameter.mandatory or parameter.address == "siteinfo,admin"
            assert shown == (not apart and parameter.name != "version"), parameter.address
            if shown:
                assert parameter.meaning or parameter.name == "plan", f"{parameter.address} has no meaning"


def test_a_value_goes_into_its_input_and_comes_back_as_it_was() -> None:
    samples: dict[str, Any] = {
        "aliases,aliases": ["b.com", "c.com"],
        "billing,addons": ["a\nb", 5, " c"],
        "cgroup,cpupin": [0, 2],
        "siteinfo,email": ["a@a.com", "b@a.com"],
        "siteinfo,notes": "one\ntwo",
        "diskquota,quota": 2.5,
        "users,max": None,
        "dns,proxyaddr": "DEFAULT",
        "ssh,enabled": 0,
        "rampart,max": "DEFAULT",
        "dns,provider": None,
        "files,mounts": ["[x]"],
    }
    known = service_form.editable()

    for name, value in samples.items():
        parameter = known[name]
        text = fields.written(parameter, value)
        assert normalise(parameter.service, parameter.name, fields.sent(parameter, text)) == value, name


def test_an_edit_is_shown_before_it_is_saved(site: EmulatedPanel, admin: Browser) -> None:
    form = edit_form(admin, EDIT, {"diskquota,quota": "5000", "siteinfo,notes": "<b>", "ssh,enabled": "0"})
    page = admin.send(EDIT, form).text
    for line in (
        "<code>diskquota,quota</code></th><td><del>4000</del></td><td><ins>5000</ins>",
        "<code>siteinfo,notes</code></th><td><del>null</del></td><td><ins>&lt;b&gt;</ins>",
        "<code>ssh,enabled</code></th><td><del>1</del></td><td><ins>0</ins>",
    ):
        assert line in page
    assert (
        site.call("common:get-service-value", "diskquota", "quota", session=site.call("admin:hijack", "a.com")) == 4000
    )
    page = admin.follow(admin.send(EDIT, resent(page, form, action="save")))
    assert "site1 (a.com) was changed" in page
    sent = [call.named["opts"] for call in site.calls("admin:edit-site")]
    assert len(sent) == 2
    assert site.call("admin:get-meta-from-domain", "a.com", "diskquota", "quota") == 5000
    assert site.call("admin:get-meta-from-domain", "a.com", "ssh", "enabled") == 0


def test_only_what_differs_is_sent(site: EmulatedPanel, admin: Browser) -> None:
    page = admin.text(EDIT)
    base = json.loads(hidden(page, "base"))
    form = edit_form(admin, EDIT, base | {"users,max": "7"})
    admin.send(EDIT, form)
    assert site.calls("admin:edit-site")[-1].named["opts"] == {"users.max": 7}


def test_an_edit_that_was_not_shown_is_not_saved(site: EmulatedPanel, admin: Browser) -> None:
    form = edit_form(admin, EDIT, {"users,max": "7"})
    shown = admin.send(EDIT, form).text
    for again in (form | {"action": "save"}, resent(shown, form, action="save", **{"users,max": "8"})):
        reply = admin.send(EDIT, again)
        assert "What would change" in reply.text
    assert site.call("admin:get-meta-from-domain", "a.com", "users", "max") == 500


def test_a_form_without_changes_says_so(site: EmulatedPanel, admin: Browser) -> None:
    reply = admin.send(EDIT, edit_form(admin, EDIT, {}))
    assert reply.status_code == 422
    assert "Nothing was changed in the form" in reply.text
    assert site.calls("admin:edit-site") == []


def test_every_wrong_value_is_told_beside_its_field(site: EmulatedPanel, admin: Browser) -> None:
    form = edit_form(
        admin, EDIT, {"users,max": "many", "aliases,aliases": "b.com\nnot a domain", "bandwidth,rollover": "40"}
    )
    reply = admin.send(EDIT, form)
    assert reply.status_code == 422
    assert "`many&#39; is not a whole number from 0 to 4096 or null" in reply.text
    assert 'value="many"' in reply.text
    assert reply.text.count('aria-invalid="true"') == 3
    assert reply.text.count('class="wrong" role="alert"') == 3


def test_what_the_server_refuses_is_told_beside_its_field(site: EmulatedPanel, admin: Browser) -> None:
    site.call("admin:add-site", "b.com", "bob")
    reply = admin.send(EDIT, edit_form(admin, EDIT, {"siteinfo,admin_user": "bob"}))
    assert reply.status_code == 422
    assert reply.text.count('aria-invalid="true"') == 1
    assert 'id="f-siteinfo-admin_user" name="siteinfo,admin_user" value="bob"' in reply.text


def test_a_change_of_plan_moves_values_and_a_reset_all_of_them(site: EmulatedPanel, admin: Browser) -> None:
    site.call("admin:edit-site", "a.com", {"users.max": 7})
    form = edit_form(admin, EDIT, {"siteinfo,plan": "pro"})
    page = admin.send(EDIT, form).text
    assert "<code>siteinfo,plan</code></th><td><del>basic</del></td><td><ins>pro</ins>" in page
    assert "<code>diskquota,quota</code></th><td><del>4000</del></td><td><ins>20000</ins>" in page
    assert "<code>users,max</code>" not in page
    form = edit_form(admin, EDIT, {"siteinfo,plan": "pro", "flag-reset": "1"})
    page = admin.send(EDIT, form).text
    assert "<code>users,max</code></th><td><del>7</del>" in page
    admin.follow(admin.send(EDIT, resent(page, form, action="save")))
    assert site.call("admin:get-meta-from-domain", "a.com", "siteinfo", "plan") == "pro"


def test_a_secret_is_never_shown_and_stays_as_it_is(site: EmulatedPanel, admin: Browser) -> None:
    site.call("admin:edit-site", "a.com", {"dns.key": "sesame-street"})
    page = admin.text(EDIT)
    assert "sesame" not in page
    assert "(hidden) stays as it is" in page
    form = edit_form(admin, EDIT, {"dns,key": "", "users,max": "7"})
    page = admin.send(EDIT, form).text
    admin.follow(admin.send(EDIT, resent(page, form, action="save")))
    assert site.call("admin:get-meta-from-domain", "a.com", "dns", "key") == "sesame-street"


@pytest.mark.parametrize("action", ["preview", "save"])
def test_a_site_that_was_changed_meanwhile_is_told_with_both_values(
    site: EmulatedPanel, admin: Browser, action: str
) -> None:
    form = edit_form(admin, EDIT, {"diskquota,quota": "5000", "users,max": "7"})
    if action == "save":
        form = resent(admin.send(EDIT, form).text, form, action="save")
    site.call("admin:edit-site", "a.com", {"diskquota.quota": 6000, "aliases.max": 3})
    reply = admin.send(EDIT, form)
    assert reply.status_code == 409
    assert "This site was changed meanwhile" in reply.text
    assert "<code>diskquota,quota</code></th><td>4000</td><td>6000</td><td>5000</td>" in reply.text
    assert "<code>aliases,max</code></th><td>null</td><td>3</td>" in reply.text
    assert "not changed by you" in reply.text
    assert site.call("admin:get-meta-from-domain", "a.com", "diskquota", "quota") == 6000
    form = resent(reply.text, form, action="preview")
    page = admin.send(EDIT, form).text
    assert "<del>6000</del></td><td><ins>5000</ins>" in page
    admin.follow(admin.send(EDIT, resent(page, form, action="save")))
    values = (
        site.call("admin:get-meta-from-domain", "a.com", "aliases", "max"),
        site.call("admin:get-meta-from-domain", "a.com", "diskquota", "quota"),
    )
    assert values == (3, 5000)


def test_a_form_that_the_panel_did_not_make_is_refused(site: EmulatedPanel, admin: Browser) -> None:
    for base in ("", "{", "[]", '{"users,max": 7}'):
        reply = admin.send(EDIT, {"revision": "1", "base": base, "users,max": "7", "action": "preview"})
        assert reply.status_code == 403
        assert "This form is not valid any more" in reply.text


def test_a_site_is_added_with_what_differs_from_its_plan(panel: EmulatedPanel, admin: Browser) -> None:
    page = admin.text("/sites/new?domain=new.com&admin=nina&plan=pro")
    form = {"domain": "new.com", "admin": "nina", "plan": "pro", "base": hidden(page, "base")}
    form |= {"password": "correct horse battery", "users,max": "7", "billing,invoice": "INV-7"}
    told = admin.follow(admin.send("/sites/new", form))
    assert "new.com was added" in told
    assert "correct horse" not in told
    opts = panel.calls("admin:add-site")[-1].named["opts"]
    assert set(opts) == {"users.max", "billing.invoice", "siteinfo.plan", "auth.tpasswd"}
    assert panel.call("admin:get-meta-from-domain", "new.com", "diskquota", "quota") == 20000


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("domain=a.com&admin=nina&plan=pro", "Another site has this domain"),
        ("domain=not+a+domain&admin=nina&plan=pro", "is not a domain name"),
        ("domain=new.com&admin=n!&plan=pro", "is not"),
        ("domain=new.com&admin=nina&plan=gold", "There is no such plan"),
    ],
)
def test_a_site_begins_with_names_that_can_be(site: EmulatedPanel, admin: Browser, query: str, told: str) -> None:
    reply = admin.get(f"/sites/new?{query}")
    assert reply.status_code == 422
    assert told in reply.text


def test_a_new_site_that_is_refused_keeps_what_was_written(site: EmulatedPanel, admin: Browser) -> None:
    page = admin.text("/sites/new?domain=new.com&admin=nina&plan=pro")
    form = {"domain": "new.com", "admin": "nina", "plan": "pro", "base": hidden(page, "base")}
    reply = admin.send("/sites/new", form | {"users,max": "many"})
    assert (reply.status_code, 'value="many"' in reply.text) == (422, True)
    reply = admin.send("/sites/new", form | {"users,max": "7", "password": "nina"})
    assert (reply.status_code, "is too weak" in reply.text) == (422, True)
    reply = admin.send("/sites/new", form | {"aliases,aliases": "a.com"})
    assert (reply.status_code, 'aria-invalid="true"' in reply.text) == (422, True)
    assert site.call("admin:get-site-id-from-domain", "new.com") is None
