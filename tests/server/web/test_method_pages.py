"""The module index: every method with what is known of it, and a form to call it."""

from __future__ import annotations

import html
import json
import re
from urllib.parse import urlencode

import pytest
from lxml import etree

from apnscp.core.registry import REGISTRY
from apnscp.server.testing import EmulatedPanel
from apnscp.server.web import method_examples, method_index
from apnscp.server.web.method_pages import documentation
from tests.pages import FORM, token_of
from tests.server.web.signed_on import Browser, code

MAY = "you may call it"


def test_every_module_and_method_has_a_page(bob: Browser) -> None:
    page = bob.text("/modules")
    assert "1,121 methods" in page
    modules = re.findall(r'href="/modules/([a-z0-9]+)"', page)
    assert len(modules) == 63
    methods = [
        found
        for module in modules
        for found in re.findall(r'href="(/modules/\w+/[\w-]+)"', bob.text(f"/modules/{module}"))
    ]
    assert len(methods) == len(REGISTRY) == 1_121
    for path in methods:
        module, name = path.split("/")[2:]
        assert f"<h1>{module}:{name}</h1>" in bob.text(path)


def test_a_method_is_shown_with_signature_roles_documentation_and_state(bob: Browser) -> None:
    page = bob.text("/modules/rampart/unban")
    assert "rampart_unban(?string $ip = null, ?string $jail = null): bool" in page
    assert "For: administrator, site" in page
    assert "Lift the ban on an address" in page
    assert "one jail, or every jail when left out" in page
    assert ">emulated<" in page
    assert ">listed<" in bob.text("/modules/php/pools")


def test_backticks_of_the_documentation_are_code_and_its_markup_is_text(bob: Browser) -> None:
    assert "under the older name of <code>scope</code>" in bob.text("/modules")
    assert documentation("`<b>` & ``$6$``") == "<code>&lt;b&gt;</code> &amp; <code>$6$</code>"


def test_an_example_is_shown_for_cpcmd_php_and_python(bob: Browser) -> None:
    page = bob.text("/modules/rampart/get-reason")
    assert code(page, "cpcmd").endswith("cpcmd rampart:get-reason 192.0.2.7 sshd")
    assert code(page, "PHP") == "$panel->rampart_get_reason('192.0.2.7', 'sshd');"
    assert code(page, "Python") == "panel.rampart.get_reason('192.0.2.7', 'sshd')"


def test_an_example_may_hold_the_answer_of_another_call(bob: Browser) -> None:
    page = bob.text("/modules/auth/delete-api-key")
    assert '"$(cpcmd auth:create-api-key)"' in code(page, "cpcmd")
    assert "auth_delete_api_key($user->auth_create_api_key())" in code(page, "PHP")
    assert "auth.delete_api_key(user.auth.create_api_key())" in code(page, "Python")


def test_every_example_is_read(bob: Browser) -> None:
    read = [name for module in method_index.all_modules(REGISTRY) for name in method_examples.of_module(module)]
    emulated = {command.name for command in REGISTRY.emulated()}
    assert set(read) <= emulated
    assert len(read) > 300


def test_a_user_sees_as_callable_only_what_it_may_call(root: Browser, bob: Browser, ann: Browser) -> None:
    for browser, allowed in ((root, (True, True, False)), (bob, (False, True, True)), (ann, (False, True, False))):
        paths = ("/modules/admin/add-site", "/modules/common/whoami", "/modules/user/add")
        assert tuple(MAY in browser.text(path) for path in paths) == allowed
    mine = ann.text("/modules?q=add&show=mine")
    assert "/modules/user/add" not in mine.replace("/modules/user/add-user", "")
    assert mine.count("<li>") == mine.count(MAY) > 0


def test_a_method_that_one_may_not_call_has_no_form_and_a_sent_one_is_answered_as_by_the_panel(bob: Browser) -> None:
    assert '<form method="post" action="/modules/admin/add-site' not in bob.text("/modules/admin/add-site")
    page = bob.sent("/modules/admin/add-site", {"p-domain": "new.com", "p-admin": "new"})
    assert "Procedure &#39;admin_add_site&#39; not present" in page
    assert bob.panel.call("admin:get-domains") == {1: "example.com", 2: "other.com"}


def test_a_setting_and_the_key_behind_a_session_decide_too(root: Browser) -> None:
    assert MAY in root.text("/modules/scope/get")
    root.panel.call("scope:set", "cp.config", "auth", "admin_api", False)
    assert MAY not in root.text("/modules/scope/get")
    assert "a setting of the panel, does not allow it" in root.text("/modules/scope/get")


def test_unknown_modules_and_methods_are_not_found(bob: Browser) -> None:
    for path in (
        "/modules/nope",
        "/modules/admin/nope",
        "/modules/nope/nope",
        "/modules/%3Cscript%3E",
        "/modules/a%00/b",
    ):
        reply = bob.get(path)
        assert reply.status == 404
        assert b"<script>" not in reply.body
    assert bob.send("/modules/admin/nope").status == 404


def test_nobody_is_sent_to_the_sign_in(filled: EmulatedPanel) -> None:
    for path in ("/modules", "/modules/admin", "/modules/admin/add-site"):
        assert filled.request("GET", path).status == 401


def test_a_search_finds_words_of_names_parameters_and_documentation(bob: Browser) -> None:
    found = re.findall(r'<a href="/modules/\w+/[\w-]+">([\w:-]+)</a>', bob.text("/modules?q=unban"))
    assert found[0] == "rampart:unban"
    assert "aliases:bypass-exists" in bob.text("/modules?q=BYPASS_exists")
    assert "auth:totp-enable" in bob.text("/modules?q=second+factor")
    assert "No method has these words" in bob.text("/modules?q=xyzzy")


def test_a_search_without_script_and_one_as_one_types_find_the_same(bob: Browser) -> None:
    part = bob.get("/modules?q=unban", **{"X-Page-Part": "results"}).body.decode()
    assert part.strip() in bob.text("/modules?q=unban")
    assert "<html" not in part
    assert "/_static/search.js" in bob.text("/modules")
    assert bob.get("/_static/search.js").status == 200


def test_markup_in_a_search_is_text(bob: Browser) -> None:
    page = bob.text("/modules?" + urlencode({"q": '"><script>alert(1)</script>', "show": "<b>"}))
    assert "<script>alert" not in page
    assert "<b>" not in page


def called(browser: Browser, method: str, form: dict[str, str] | None = None) -> str:
    module, _, name = method.partition(":")
    return browser.sent(f"/modules/{module}/{name}", form)


def plain(xml: str | bytes) -> bytes:
    """Return an envelope without the spaces between its elements."""
    return etree.tostring(etree.fromstring(xml, etree.XMLParser(remove_blank_text=True)), method="c14n")


SENT, ANSWERED = "Envelope that a client sends", "Envelope that answers it"


@pytest.mark.parametrize(
    ("method", "form"),
    [
        ("common:whoami", {}),
        ("admin:get-domains", {}),
        ("admin:collect", {"p-params": "[siteinfo.domain]", "p-sites": "[site1]"}),
        ("admin:get-meta-from-domain", {"p-domain": "example.com", "p-service": "billing"}),
        ("rampart:unban", {"p-jail": "sshx"}),
        ("rampart:is-banned", {"p-ip": "nonsense"}),
        ("admin:delete-site", {"p-site": "nowhere.com"}),
        ("misc:info", {"p-filter": "x"}),
        ("admin:locate-webapps", {}),
        ("php:pools", {}),
    ],
)
def test_both_envelopes_are_those_of_a_client(root: Browser, method: str, form: dict[str, str]) -> None:
    page = called(root, method, form)
    body = code(page, SENT).encode()
    reply = root.panel.request("POST", f"/soap?authkey={root.panel.key}", body, {"Abort-On": "error"})
    answer = code(page, ANSWERED)
    if method == "common:whoami":
        answer = answer.replace(">olga<", ">admin<")
    assert plain(answer) == plain(reply.body)


def test_the_envelope_names_the_parts_as_the_description_does(root: Browser) -> None:
    page = called(root, "scope:set", {"p-name": "cp.config", "p-val": "auth\nshow_suspension_reason\nfalse"})
    names = [child.tag for child in etree.fromstring(code(page, SENT).encode())[0][0]]
    description = root.panel.request("GET", "/apnscp.wsdl?modules=scope").body.decode()
    parts = re.search(r'<message name="scope_setRequest">(.*?)</message>', description)
    assert parts and names == re.findall(r'name="(\w+)"', parts[1])[: len(names)]
    assert root.panel.call("scope:get", "cp.config", "auth", "show_suspension_reason") is False


def test_the_answer_is_shown_with_its_messages(root: Browser) -> None:
    page = called(root, "rampart:unban", {"p-ip": "192.0.2.7", "p-jail": "sshx"})
    assert code(page, "Answer") == "true"
    assert "<strong>warning</strong>: `sshx&#39; is not a jail" in page
    domains = json.loads(code(called(root, "admin:get-domains"), "Answer"))
    assert domains == {"1": "example.com", "2": "other.com"}


def test_a_refusal_and_a_method_that_is_not_emulated_are_faults(root: Browser) -> None:
    assert "<strong>Server</strong>: Unknown site `nowhere.com&#39;" in called(
        root, "admin:delete-site", {"p-site": "nowhere.com"}
    )
    page = called(root, "admin:locate-webapps")
    assert "<strong>Server.NotEmulated</strong>: admin:locate-webapps is known to ApisCP, not emulated" in page
    assert "listed and not emulated" in root.text("/modules/admin/locate-webapps")


def test_a_call_stands_in_the_journal_as_the_user_who_made_it(bob: Browser) -> None:
    called(bob, "common:whoami")
    (call,) = bob.panel.calls("common:whoami")
    assert (call.user, call.site_id, call.outcome) == ("bob", 1, "ok")


def test_empty_fields_are_not_sent_and_two_quotes_are_an_empty_text(bob: Browser) -> None:
    called(bob, "auth:create-api-key", {"p-comment": '""'})
    called(bob, "auth:create-api-key", {"p-user": "ann"})
    first, second = bob.panel.calls("auth:create-api-key")
    assert (first.arguments, second.arguments) == (("",), ("", "ann"))


def test_text_is_taken_as_it_is_typed(bob: Browser) -> None:
    for text in ("true", "5", "[a,b]", "null"):
        called(bob, "auth:create-api-key", {"p-comment": text})
    comments = [row["comment"] for row in bob.panel.call("auth:get-api-keys", session=bob.session)]
    assert comments == ["true", "5", "[a,b]", "null"]


def test_what_is_not_in_the_notation_is_said_and_not_called(root: Browser) -> None:
    page = called(root, "admin:collect", {"p-params": "[a,b"})
    assert re.search(r'<pre role="alert">[^<]+column', page)
    assert ">[a,b</textarea>" in page
    assert root.panel.calls("admin:collect") == []


def test_secrets_are_typed_into_password_fields_and_shown_nowhere(bob: Browser, root: Browser) -> None:
    form = bob.text("/modules/auth/change-password")
    assert re.search(r'<input id="p-password" name="p-password" type="password" value=""', form)
    page = called(
        root, "auth:change-password", {"p-password": "Very-s3cret", "p-user": "bob", "p-domain": "example.com"}
    )
    assert code(page, "Answer") == "true"
    assert "Very-s3cret" not in page
    assert "(hidden)" in code(page, SENT)
    page = called(
        root, "admin:add-site", {"p-domain": "n.com", "p-admin": "nn", "p-opts": "[auth.tpasswd:Very-s3cret]"}
    )
    for label in (SENT, "cpcmd", "PHP", "Python", "curl"):
        assert "Very-s3cret" not in code(page, label)


def test_line_breaks_of_pem_are_put_back(bob: Browser) -> None:
    key = bob.panel.call("ssl:generate-privatekey", 2048)
    assert key.count("\n") > 10
    page = called(bob, "ssl:verify-key", {"p-key": key.replace("\n", "")})
    assert code(page, "Answer") == "true"


def test_markup_in_arguments_and_answers_is_text(bob: Browser) -> None:
    markup = "</code></textarea><script>alert(1)</script>"
    page = called(bob, "auth:create-api-key", {"p-comment": markup})
    page += called(bob, "auth:get-api-keys")
    page += called(bob, "auth:create-api-key", {"p-comment": "x", "p-user": markup})
    assert "<script>alert" not in page
    assert html.escape(markup) in page


def test_a_form_without_token_or_of_another_site_calls_nothing(bob: Browser) -> None:
    cookie = {"Cookie": f"esprit_id={bob.session}"}
    token = token_of(bob.get("/modules/auth/create-api-key").body)
    path = "/modules/auth/create-api-key"
    assert bob.panel.request("POST", path, b"p-comment=x", cookie, content_type=FORM).status == 403
    body = urlencode({"token": token}).encode()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert bob.panel.request("POST", path, body, cookie | headers, content_type=FORM).status == 403
    assert bob.panel.calls("auth:create-api-key") == []


def test_the_form_is_filled_in_from_the_example(root: Browser) -> None:
    page = root.text("/modules/rampart/temp?fill=example")
    assert re.search(r'name="p-ip" type="text" value="192.0.2.7"', page)
    assert re.search(r'type="text" value="3600"', page)


def test_a_large_answer_is_cut(root: Browser) -> None:
    page = called(root, "misc:info")
    assert len(page) < 400_000
    assert "characters more" in code(page, ANSWERED)


def test_clients_that_ask_for_json_get_the_facts(bob: Browser) -> None:
    reply = bob.get("/modules/common/whoami", Accept="application/json")
    facts = json.loads(reply.body)
    assert (facts["name"], facts["callable"], facts["emulated"], facts["attempt"]) == (
        "common:whoami",
        True,
        True,
        None,
    )
