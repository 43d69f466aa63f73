"""The apps that billing modules link to: what they list, and their forms."""

from __future__ import annotations

import html
import json
from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import FORM, send

SERVICES = {
    "ssh.enabled": 1, "crontab.enabled": 1, "crontab.permit": 1, "mail.enabled": 1, "mysql.enabled": 1,
    "rampart.enabled": 1, "rampart.max": 3, "aliases.enabled": 1, "aliases.max": 5,
}  # fmt: skip
REAL = (
    "usermanage", "mailboxroutes", "vacation", "domainmanager", "subdomains", "changemysql", "crontab", "bandwidthbd",
    "whitelist",
)  # fmt: skip
DESCRIBED = ("filemanager", "phpmyadmin", "webapps", "terminal")
OF_USERS = ("usermanage", "vacation", "crontab", "filemanager", "phpmyadmin", "terminal")
XSS = "<script>alert(1)</script>"


class Account:
    """An account whose apps are opened and whose forms are sent as its administrator, or as one of its users."""

    def __init__(self, panel: EmulatedPanel, domain: str, admin: str) -> None:
        panel.call("admin:add-site", domain, admin, SERVICES)
        self.panel, self.domain = panel, domain
        self.session = self.sign_on()

    def sign_on(self, user: str | None = None) -> str:
        return str(self.panel.call("admin:hijack", self.domain, user, "UI"))

    def call(self, method: str, *arguments: Any) -> Any:
        return self.panel.call(method, *arguments, session=self.session)

    def open(self, app: str, session: str = "", **headers: str) -> Reply:
        cookie = {"Cookie": f"esprit_id={session or self.session}"}
        return self.panel.request("GET", f"/apps/{app}", headers=cookie | headers)

    def facts(self, app: str) -> Any:
        return json.loads(self.open(app, Accept="application/json").body)

    def send(self, app: str, action: str, session: str = "", **form: str) -> Reply:
        return send(self.panel, f"/apps/{app}", {"action": action, **form}, session=session or self.session)

    def done(self, app: str, action: str, **form: str) -> None:
        reply = self.send(app, action, **form)
        assert reply.status == 303, reply.body.decode()


@pytest.fixture
def account(panel: EmulatedPanel) -> Account:
    return Account(panel, "example.com", "bob")


@pytest.fixture
def each_account(each_panel: EmulatedPanel) -> Account:
    return Account(each_panel, "example.com", "bob")


def test_every_app_opens_for_the_accounts_administrator(each_account: Account) -> None:
    assert [each_account.open(app).status for app in (*REAL, *DESCRIBED)] == [200] * 13


def test_a_user_opens_what_its_methods_allow(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", "", 0, {"cp": 1, "ssh": 1})
    session = account.sign_on("uma")
    opened = [app for app in (*REAL, *DESCRIBED) if account.open(app, session).status == 200]
    assert sorted(opened) == sorted(OF_USERS)
    refused = account.open("mailboxroutes", session)
    assert refused.status == 403
    assert b"This page is for the administrator of an account; you are signed on as uma@example.com" in refused.body


def test_a_user_cannot_send_a_form_of_the_administrator(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", "", 0, {"cp": 1})
    session = account.sign_on("uma")
    assert account.send("usermanage", "delete", session, user="bob").status == 403
    assert account.send("usermanage", "add", session, user="eve", password="long password 2").status == 403
    assert sorted(account.call("user:get-users")) == ["bob", "uma"]
    assert "Add a user" not in account.open("usermanage", session).body.decode()


def test_an_app_that_the_panel_does_not_have_is_not_found_in_the_frame(account: Account) -> None:
    reply = account.open("nonsense")
    assert reply.status == 404
    assert "The panel has no app `nonsense'" in html.unescape(reply.body.decode())
    assert b"bob@example.com" in reply.body
    assert account.send("nonsense", "add").status == 404
    assert account.send("usermanage", "explode").status == 400


def test_an_app_over_nothing_says_what_would_be_there(account: Account) -> None:
    assert b"a shell in the browser" in account.open("terminal").body


def test_mode_add_opens_the_form(account: Account) -> None:
    assert b'id="add" open>' in account.open("subdomains?mode=add").body
    assert b'id="add">' in account.open("subdomains").body


def test_users_are_added_changed_and_deleted(account: Account) -> None:
    account.done(
        "usermanage", "add", user="uma", password="long password 1", gecos="Uma", quota="500", cp="1", shell="/bin/sh"
    )
    listed = account.facts("usermanage?edit=uma")["edited"]
    assert (listed["gecos"], listed["shell"], listed["quota"]["qhard"]) == ("Uma", "/bin/sh", 500 * 1024)
    assert account.call("site:user-service-enabled", "uma", "cp") is True
    assert account.call("site:user-service-enabled", "uma", "ftp") is False
    account.done("usermanage", "edit", user="uma", gecos="Uma B", shell="/bin/bash")
    account.done("usermanage", "quota", user="uma", quota="100")
    account.done("usermanage", "rename", user="uma", newuser="ulla")
    entry = account.facts("usermanage?edit=ulla")["edited"]
    assert (entry["gecos"], entry["shell"], entry["quota"]["qhard"]) == ("Uma B", "/bin/bash", 100 * 1024)
    account.done("usermanage", "delete", user="ulla")
    assert list(account.call("user:get-users")) == ["bob"]


def test_a_refused_form_says_why_and_keeps_what_was_typed_but_the_password(account: Account) -> None:
    reply = account.send("usermanage", "add", user="bob", password="long password 1", gecos="Second Bob", quota="7")
    page = html.unescape(reply.body.decode())
    assert reply.status == 422
    assert 'id="add" open>' in page
    assert page.count('role="alert"') == 1
    assert 'value="Second Bob"' in page
    assert 'name="quota" type="text" value="7"' in page
    assert "long password 1" not in page


def test_a_number_below_nothing_is_refused_beside_its_form(account: Account) -> None:
    account.call("user:add", "uma", "long password 1")
    reply = account.send("usermanage?edit=uma", "quota", user="uma", quota="-5")
    assert reply.status == 422
    assert b"uma" in reply.body


def test_a_user_changes_its_own_name_and_password(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", "", 0, {"cp": 1})
    session = account.sign_on("uma")
    assert account.send("usermanage", "gecos", session, gecos="Uma").status == 303
    assert account.call("user:getpwnam", "uma")["gecos"] == "Uma"
    assert account.send("usermanage", "password", session, password="other password 2").status == 303
    form = {"user": "uma@example.com", "password": "other password 2"}
    assert send(account.panel, "/login", form).status == 303


def test_mail_is_added_switched_and_deleted(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", "", 0, {"imap": 1, "smtp": 1})
    account.done("mailboxroutes", "mailbox", user="sales", domain="example.com", uid="uma")
    account.done("mailboxroutes", "forward", user="info", domain="example.com", destination="a@b.test, uma")
    account.done("mailboxroutes", "disable", user="sales", domain="example.com")
    found = {each["user"]: each for each in account.facts("mailboxroutes")["addresses"]}
    assert (found["sales"]["destination"], found["sales"]["enabled"]) == ("uma", 0)
    assert found["info"]["type"] == "a"
    account.done("mailboxroutes", "enable", user="sales", domain="example.com")
    account.done("mailboxroutes", "delete", user="info", domain="example.com", type="a")
    assert account.call("email:address-exists", "info", "example.com") is False
    account.done("mailboxroutes", "refuse", domain="example.com")
    assert account.facts("mailboxroutes")["silent"] == ["example.com"]
    account.done("mailboxroutes", "receive", domain="example.com")
    assert account.facts("mailboxroutes")["receiving"] == ["example.com"]


def test_a_vacation_message_is_set_and_removed(account: Account) -> None:
    account.done("vacation", "enable", response="Away", subject="Gone", contenttype="plain", days="3")
    told = account.facts("vacation")
    assert told["message"] == {"response": "Away", "subject": "Gone", "contenttype": "plain", "days": 3}
    assert told["sent"] is True
    reply = account.send("vacation", "enable", response="Still away", days="9999", contenttype="plain", subject="")
    assert reply.status == 422
    assert b">Still away</textarea>" in reply.body
    account.done("vacation", "remove")
    assert account.facts("vacation")["exists"] is False


def test_the_administrator_sets_the_message_of_a_user(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", "", 0, {"imap": 1, "smtp": 1})
    account.done("vacation?user=uma", "enable", user="uma", response="Uma is away")
    assert account.call("email:get-vacation-message", "uma") == "Uma is away"
    assert account.facts("vacation?user=uma")["sent"] is True
    assert account.facts("vacation")["sent"] is False


def test_domains_wait_until_they_are_applied(account: Account) -> None:
    account.done("domainmanager", "add", domain="example.org", path="/var/www/org")
    told = account.facts("domainmanager")
    assert told["waiting"] == {"add": ["example.org"], "remove": []}
    assert told["domains"] == [{"name": "example.org", "path": "/var/www/org/", "waits": True}]
    account.done("domainmanager", "apply")
    account.done("domainmanager", "path", domain="example.org", path="/var/www/new")
    assert account.call("aliases:list-aliases") == ["example.org"]
    assert account.call("aliases:list-shared-domains") == {"example.org": "/var/www/new/"}
    account.done("domainmanager", "remove", domain="example.org")
    assert account.facts("domainmanager")["waiting"] == {"add": [], "remove": ["example.org"]}


def test_a_warning_of_a_method_is_shown_on_the_next_page(account: Account) -> None:
    reply = account.send("domainmanager", "add", domain="example.org", path="/var/www/org")
    notes = next(line for line in reply.cookies if line.startswith("apnscp_notes=")).partition(";")[0]
    page = account.panel.request(
        "GET", "/apps/domainmanager", headers={"Cookie": f"esprit_id={account.session}; {notes}"}
    )
    shown = html.unescape(page.body.decode())
    assert "example.org waits to be added; apply the changes." in shown
    assert "The folder `/var/www/org/' did not exist and was made" in shown


def test_subdomains_are_added_changed_and_removed(account: Account) -> None:
    account.done("subdomains", "add", subdomain="shop", domain="example.com", path="shop")
    account.done("subdomains", "add", subdomain="blog", domain="*", path="/var/www/blog")
    assert {row["name"]: row["path"] for row in account.facts("subdomains")["subdomains"]} == {
        "blog": "/var/www/blog", "shop.example.com": "/var/www/shop",
    }  # fmt: skip
    account.done("subdomains", "edit", name="shop.example.com", newname="store.example.com", path="/var/www/store")
    account.done("subdomains", "remove", name="blog")
    assert account.call("web:list-subdomains") == {"store.example.com": "/var/www/store"}


def test_databases_users_and_privileges_are_set(account: Account) -> None:
    account.done("changemysql", "create", db="blog", charset="utf8mb4")
    account.done("changemysql", "user", user="wp", host="localhost", password="long password 1")
    told = account.facts("changemysql")
    prefix = told["prefix"]
    assert told["databases"] == [f"{prefix}blog"]
    assert f"{prefix}wp" in [each["name"] for each in told["users"]]
    account.done("changemysql", "grant", who=f"{prefix}wp@localhost", db=f"{prefix}blog", read="1")
    granted = account.call("mysql:get-privileges", f"{prefix}wp", "localhost", f"{prefix}blog")
    assert (granted["select"], granted["insert"]) == (True, False)
    account.done("changemysql", "password", user=f"{prefix}wp", host="localhost", password="other password 2")
    account.done("changemysql", "remove", user=f"{prefix}wp", host="localhost")
    account.done("changemysql", "drop", db=f"{prefix}blog")
    assert account.facts("changemysql")["databases"] == []


def test_jobs_are_added_switched_and_deleted(account: Account) -> None:
    account.done("crontab", "start")
    job = {"minute": "*/5", "hour": "*", "day_of_month": "*", "month": "*", "day_of_week": "*", "cmd": "run <this>"}
    account.done("crontab", "add", **job)
    account.done("crontab", "disable", **job)
    assert account.call("crontab:list-jobs") == [{**job, "disabled": True}]
    account.done("crontab", "enable", **job)
    assert account.facts("crontab")["jobs"] == [{**job, "disabled": False}]
    account.done("crontab", "mailto", mailto="cron@example.com")
    assert account.call("crontab:get-mailto") == "cron@example.com"
    account.done("crontab", "delete", **job)
    assert account.call("crontab:list-jobs") == []
    account.done("crontab", "stop")
    assert account.call("crontab:enabled") is False


def test_the_jobs_of_a_user_are_kept_in_view_after_a_form(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", "", 0, {"cp": 1, "ssh": 1})
    account.done("crontab", "start")
    reply = account.send("crontab?user=uma", "add", user="uma", minute="@daily", cmd="backup")
    assert reply.headers["location"] == "/apps/crontab?user=uma"
    assert account.call("crontab:list-jobs", "uma")[0]["cmd"] == "backup"


def test_transfer_is_told_by_cycle_day_and_service(account: Account) -> None:
    account.panel.usage("example.com", bandwidth="11GB")
    told = account.facts("bandwidthbd")
    assert sum(each["in"] + each["out"] for each in told["services"]) == 11 * 1024**3
    assert sum(day["in_bytes"] + day["out_bytes"] for day in told["days"]) == 11 * 1024**3
    assert told["usage"]["used"] == 11 * 1024**3


def test_addresses_are_let_through_for_good_or_for_a_while(account: Account) -> None:
    account.panel.clock.freeze(1_700_000_000)
    account.done("whitelist", "add", ip="192.0.2.7")
    account.done("whitelist", "lend", seconds="600")
    assert account.facts("whitelist")["entries"] == [
        {"address": "192.0.2.7", "until": None}, {"address": "127.0.0.1", "until": 1_700_000_600},
    ]  # fmt: skip
    account.done("whitelist", "remove", ip="192.0.2.7")
    assert account.send("whitelist", "add", ip="192.0.2.0/24").status == 422
    assert account.send("whitelist", "add", ip="nonsense").status == 422


def test_a_ban_on_ones_own_address_is_shown_and_lifted(account: Account) -> None:
    account.panel.call("rampart:ban", "127.0.0.1", "dovecot")
    told = account.facts("whitelist")
    assert (told["banned"], told["services"]) == (True, ["f2b-dovecot"])
    account.done("whitelist", "unban")
    assert account.facts("whitelist")["banned"] is False


@pytest.mark.parametrize(
    ("app", "action", "form"),
    [
        ("usermanage", "delete", {"user": "carl"}),
        ("usermanage", "password", {"user": "carl", "password": "long password 9"}),
        ("usermanage", "edit", {"user": "carl", "gecos": "x", "shell": "/bin/bash"}),
        ("mailboxroutes", "mailbox", {"user": "x", "domain": "other.com", "uid": "bob"}),
        ("mailboxroutes", "mailbox", {"user": "x", "domain": "example.com", "uid": "carl"}),
        ("vacation", "enable", {"user": "carl", "response": "x"}),
        ("domainmanager", "remove", {"domain": "other.com"}),
        ("domainmanager", "add", {"domain": "other.com", "path": "/var/www/x"}),
        ("subdomains", "add", {"subdomain": "x", "domain": "other.com", "path": "/var/www/x"}),
        ("subdomains", "edit", {"name": "shop.other.com", "newname": "x.example.com", "path": ""}),
        ("changemysql", "drop", {"db": "carl_blog"}),
        ("changemysql", "remove", {"user": "carl", "host": "localhost"}),
        ("crontab", "add", {"user": "carl", "minute": "@daily", "cmd": "x"}),
    ],
)
def test_what_belongs_to_another_account_stays_as_it_is(
    account: Account, app: str, action: str, form: dict[str, str]
) -> None:
    other = Account(account.panel, "other.com", "carl")
    other.call("web:add-subdomain", "shop.other.com", "/var/www/shop")
    other.call("mysql:create-database", "blog")
    other.call("crontab:toggle-status", 1)
    account.call("crontab:toggle-status", 1)
    methods = ("user:get-users", "email:list-mailboxes", "web:list-subdomains", "mysql:list-databases", "mysql:list-users",
               "crontab:list-jobs", "aliases:list-shared-domains")  # fmt: skip
    before = [other.call(method) for method in methods]
    assert account.send(app, action, **form).status == 422
    assert [other.call(method) for method in methods] == before
    assert other.call("common:whoami") == "carl"


def test_a_user_of_another_account_is_not_shown(account: Account) -> None:
    Account(account.panel, "other.com", "carl").call("email:add-vacation", "Carl is away")
    for app in ("usermanage?edit=carl", "vacation?user=carl", "crontab?user=carl"):
        page = account.open(app).body.decode()
        assert "The account has no user “carl”." in page
        assert "Carl is away" not in page


@pytest.mark.parametrize("app", REAL)
def test_a_form_from_elsewhere_or_without_a_token_changes_nothing(account: Account, app: str) -> None:
    cookie = {"Cookie": f"esprit_id={account.session}"}
    body = b"action=add&user=eve&password=long+password+3&subdomain=x&domain=example.com&path=/var/www/x"
    assert account.panel.request("POST", f"/apps/{app}", body, cookie, content_type=FORM).status == 403
    form = {"action": "add", "user": "eve", "password": "long password 3"}
    foreign = {"Origin": "https://evil.example"}
    assert send(account.panel, f"/apps/{app}", form, session=account.session, headers=foreign).status == 403
    assert list(account.call("user:get-users")) == ["bob"]
    assert account.facts("subdomains")["subdomains"] == []


def test_whatever_was_typed_is_escaped(account: Account) -> None:
    account.call("user:add", "uma", "long password 1", XSS, 0, {"imap": 1, "smtp": 1})
    account.call("crontab:toggle-status", 1)
    account.call("crontab:add-job", "@daily", "", "", "", "", XSS)
    account.call("email:add-vacation", f"</textarea>{XSS}")
    for app in (
        "usermanage",
        "usermanage?edit=uma",
        "crontab",
        "vacation",
        f"vacation?user={XSS}",
        f"subdomains?mode={XSS}",
    ):
        assert "<script>alert" not in account.open(app).body.decode(), app
    refused = account.send("subdomains", "add", subdomain=XSS, domain="example.com", path=XSS)
    assert refused.status == 422
    assert b"<script>alert" not in refused.body


def test_the_administrator_of_the_panel_is_told_whose_pages_these_are(panel: EmulatedPanel) -> None:
    panel.call("auth:change-password", "correct horse battery", "admin")
    signed_in = send(panel, "/login", {"user": "admin", "password": "correct horse battery"})
    cookie = {"Cookie": signed_in.cookies[-1].partition(";")[0]}
    reply = panel.request("GET", "/apps/usermanage", headers=cookie)
    assert reply.status == 403
    assert b"This page is for the administrator of an account and other users of an account" in reply.body
    assert panel.request("GET", "/apps/whitelist", headers=cookie).status == 200
