"""Module auth: passwords, temporary ones, notices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.users import passwords, people
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel
from tests.pages import send


def add(panel: EmulatedPanel, domain: str = "a.com", admin: str = "alice", **options: str) -> None:
    panel.call("admin:add-site", domain, admin, {"siteinfo.email": f"owner@{domain}", **options})


def hash_of(panel: EmulatedPanel, name: str, site_id: int = 1) -> str:
    with panel.inside() as ctx:
        return str(people.require(ctx.db, site_id, name).password)


def mails(panel: EmulatedPanel) -> list[tuple[str, str]]:
    with panel.inside() as ctx:
        rows = ctx.db.execute(select(outbox_table.c.recipient, outbox_table.c.subject).order_by(outbox_table.c.id))
        return [(row[0], row[1]) for row in rows]


def second_user(panel: EmulatedPanel, name: str, site_id: int = 1) -> None:
    with panel.inside() as ctx:
        ctx.db.execute(user_table.insert().values(site_id=site_id, name=name, password=None, created=0))


def test_the_administrator_changes_a_sites_password_and_the_site_is_told(each_panel: EmulatedPanel) -> None:
    add(each_panel)
    assert each_panel.call("auth:change-password", "correct horse", "alice", "a.com") is True
    assert passwords.verify("correct horse", hash_of(each_panel, "alice"))
    assert mails(each_panel) == [("owner@a.com", "Password changed")]


def test_the_administrator_changes_its_own_password_without_a_domain(panel: EmulatedPanel) -> None:
    panel.call("admin:set-email", "root@panel.test")
    assert panel.call("auth:change-password", "correct horse") is True
    assert passwords.verify("correct horse", hash_of(panel, "admin", 0))
    assert mails(panel) == [("root@panel.test", "Password changed")]


def test_an_unknown_user_of_a_domain_is_an_error(panel: EmulatedPanel) -> None:
    add(panel)
    assert panel.fault("auth:change-password", "correct horse", "nobody", "a.com") == "Unknown user `nobody'"


def test_a_site_tells_the_user_whose_password_it_changes(panel: EmulatedPanel) -> None:
    add(panel)
    second_user(panel, "uma")
    session = panel.call("admin:hijack", "a.com")
    assert panel.call("auth:change-password", "correct horse", "uma", session=session) is True
    assert panel.call("auth:change-password", "other horses", session=session) is True
    assert mails(panel) == [("uma@a.com", "Password changed"), ("owner@a.com", "Password changed")]


def test_a_user_changes_its_own_password_and_nobody_elses(panel: EmulatedPanel) -> None:
    add(panel)
    second_user(panel, "uma")
    session = panel.call("admin:hijack", "a.com", "uma")
    assert panel.call("auth:change-password", "correct horse", session=session) is True
    assert mails(panel) == [("uma@a.com", "Password changed")]
    text = panel.fault("auth:change-password", "correct horse", "alice", session=session)
    assert text == "Only the account's administrator may name another user"


@pytest.mark.parametrize("weak", ["short1", "xalicex1", "aaaaaaaaaa", "password123", "xx\0xxabcde"])
def test_a_weak_password_is_refused_and_not_repeated(panel: EmulatedPanel, weak: str) -> None:
    add(panel)
    if "\0" not in weak:
        text = panel.fault("auth:change-password", weak, "alice", "a.com")
        assert text.startswith("The password is too weak")
        assert weak not in text
    assert passwords.weakness(weak, "alice", {"auth.min_pw_length": 7, "auth.pw_check": True}) is not None


def test_a_hash_is_taken_as_it_is_and_other_text_is_not(panel: EmulatedPanel) -> None:
    add(panel)
    hashed = panel.call("auth:crypt", "correct horse", "abcdefgh")
    assert hashed.startswith("$6$abcdefgh$")
    assert panel.call("auth:change-cpassword", hashed, "alice", "a.com") is True
    assert hash_of(panel, "alice") == hashed
    assert "crypt(3)" in panel.fault("auth:change-cpassword", "plain text", "alice", "a.com")


MALFORMED = [
    "$6$garbage",
    "$6$rounds=2000000$saltsalt$" + "a" * 86,
    "$6$rounds=999999999$saltsalt$" + "a" * 86,
    "$6$rounds=1$saltsalt$" + "a" * 86,
    "$5$saltsalt$" + "a" * 86,
]


def sign_in(panel: EmulatedPanel, password: str) -> int:
    return send(panel, "/login", {"user": "alice@a.com", "password": password}).status


@pytest.mark.parametrize("hashed", MALFORMED)
def test_a_malformed_hash_is_refused_and_the_password_stays(panel: EmulatedPanel, hashed: str) -> None:
    add(panel, **{"auth.tpasswd": "correct horse"})
    assert "crypt(3)" in panel.fault("auth:change-cpassword", hashed, "alice", "a.com")
    assert "crypt(3)" in panel.fault("admin:edit-site", "a.com", {"auth.cpasswd": hashed})
    assert "crypt(3)" in panel.fault("admin:add-site", "b.com", "bob", {"auth.cpasswd": hashed})
    assert sign_in(panel, "correct horse") == 303


@pytest.mark.parametrize("hashed", MALFORMED)
def test_a_malformed_hash_in_the_store_is_a_wrong_password(each_panel: EmulatedPanel, hashed: str) -> None:
    add(each_panel)
    with each_panel.inside() as ctx:
        ctx.db.execute(user_table.update().where(user_table.c.name == "alice").values(password=hashed))
    assert sign_in(each_panel, "correct horse") == 401


@pytest.mark.parametrize("hashed", [*MALFORMED, "", None])
def test_no_password_belongs_to_a_malformed_hash(hashed: str | None) -> None:
    assert passwords.verify("", hashed) is False
    assert hashed is None or not passwords.is_crypted(hashed)


def test_a_site_added_without_a_password_has_a_well_formed_one_that_nobody_knows(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    panel.call("admin:add-site", "b.com", "bella")
    with panel.inside() as ctx:
        kept = [people.require(ctx.db, number, name).password for number, name in ((1, "alice"), (2, "bella"))]
    assert kept[0] != kept[1]
    assert all(text and passwords.is_crypted(text) and not passwords.verify("", text) for text in kept)


def test_a_hash_of_sha_256_is_taken_and_verified(panel: EmulatedPanel) -> None:
    add(panel)
    hashed = "$5$saltsalt$myjXcpMpE2Ofk7fj9hqyNYSn6lmWG4Mqnjx.KIRRr4/"
    panel.call("auth:change-cpassword", hashed, "alice", "a.com")
    assert passwords.verify("correct horse", hash_of(panel, "alice"))


HASHES = r"\A\$(5\$%s[./0-9A-Za-z]{43}|6\$%s[./0-9A-Za-z]{86})\Z" % (
    (r"(rounds=[1-9][0-9]{3}\$)?[./0-9A-Za-z]{0,16}\$",) * 2
)


@given(st.from_regex(HASHES))
@settings(max_examples=100, deadline=None)
def test_whatever_is_admitted_can_be_verified(text: str) -> None:
    assert passwords.is_crypted(text)
    assert passwords.verify("correct horse", text) is False


def test_crypt_makes_a_salt_and_reads_the_one_of_another_hash(panel: EmulatedPanel) -> None:
    hashed = panel.call("auth:crypt", "correct horse")
    assert panel.call("auth:crypt", "correct horse", hashed) == hashed
    assert panel.call("auth:crypt", "correct horse") != hashed
    assert "salt" in panel.fault("auth:crypt", "correct horse", "no salt!")


def test_password_permitted_answers_and_warns(panel: EmulatedPanel) -> None:
    assert panel.call("auth:password-permitted", "correct horse") is True
    assert panel.call("auth:password-permitted", "short") is False
    assert panel.messages == (
        ("warning", "The password is too weak: it has fewer than 7 characters ([auth] min_pw_length)"),
    )


def test_a_changed_password_ends_the_other_sessions_of_the_user(each_panel: EmulatedPanel) -> None:
    add(each_panel)
    first, second = (each_panel.call("admin:hijack", "a.com") for _ in range(2))
    assert each_panel.call("auth:change-password", "correct horse", session=first) is True
    assert each_panel.call("common:whoami", session=first) == "alice"
    assert each_panel.fault("common:whoami", session=second) == "This session has ended; sign in again"


def test_a_password_changed_by_editing_the_site_ends_sessions_too(panel: EmulatedPanel) -> None:
    add(panel)
    session = panel.call("admin:hijack", "a.com")
    panel.call("admin:edit-site", "a.com", {"auth.tpasswd": "correct horse"})
    assert "ended" in panel.fault("common:whoami", session=session)


def test_a_reset_password_is_returned_mailed_and_works(panel: EmulatedPanel) -> None:
    add(panel)
    password = panel.call("auth:reset-password", None, "a.com")
    assert passwords.verify(password, hash_of(panel, "alice"))
    assert mails(panel) == [("owner@a.com", "Password reset")]


def test_a_site_resets_its_users_and_no_other_sites(panel: EmulatedPanel) -> None:
    add(panel)
    add(panel, "b.com", "bob")
    second_user(panel, "uma")
    session = panel.call("admin:hijack", "a.com")
    assert passwords.verify(panel.call("auth:reset-password", "uma", session=session), hash_of(panel, "uma"))
    for foreign in ("b.com", "site2", "nowhere.test"):
        text = panel.fault("auth:reset-password", None, foreign, session=session)
        assert text == f"Unknown site `{foreign}'; an account may only name itself"


def test_a_temporary_password_gives_way_on_the_panels_clock(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.clock.freeze(1_700_000_000)
    add(panel)
    before = hash_of(panel, "alice")
    password = panel.call("auth:set-temp-password", "site1", 60)
    assert panel.messages == (("info", f"Password of alice is, for 60 seconds, password={password}"),)
    assert passwords.verify(password, hash_of(panel, "alice"))
    session = panel.call("admin:hijack", "a.com")
    assert panel.call("admin:get-meta-from-domain", "a.com", "auth", "pwoverride") == 1
    panel.clock.advance(61)
    assert panel.call("admin:get-meta-from-domain", "a.com", "auth", "pwoverride") == 0
    assert hash_of(panel, "alice") == before
    assert panel.call("common:whoami", session=session) == "alice"


def test_a_second_temporary_password_does_not_begin_anew(panel: EmulatedPanel) -> None:
    add(panel)
    before = hash_of(panel, "alice")
    panel.call("auth:set-temp-password", "a.com", 60)
    panel.clock.advance(40)
    assert panel.call("auth:set-temp-password", "a.com", 60, "correct horse") == "correct horse"
    assert passwords.verify("correct horse", hash_of(panel, "alice"))
    panel.clock.advance(21)
    panel.call("common:whoami")
    assert hash_of(panel, "alice") == before


def test_no_notice_is_sent_while_a_temporary_password_holds(panel: EmulatedPanel) -> None:
    add(panel)
    panel.call("auth:set-temp-password", "a.com", 60)
    panel.call("auth:change-password", "correct horse", "alice", "a.com")
    assert mails(panel) == []
    panel.clock.advance(61)
    panel.call("common:whoami")
    assert passwords.verify("correct horse", hash_of(panel, "alice"))


@pytest.mark.parametrize("unknown", ["nowhere.test", "site99", "alice", ""])
def test_a_temporary_password_needs_one_known_account(panel: EmulatedPanel, unknown: str) -> None:
    add(panel)
    assert "Unknown site" in panel.fault("auth:set-temp-password", unknown)


def test_the_limit_of_a_temporary_password_is_a_whole_number_of_seconds(panel: EmulatedPanel) -> None:
    add(panel)
    assert "must be a whole number" in panel.fault("auth:set-temp-password", "a.com", "soon")
    assert "0 is out of that" in panel.fault("auth:set-temp-password", "a.com", 0)


def test_a_temporary_password_is_not_in_the_journal(panel: EmulatedPanel) -> None:
    from apnscp.opcenter.store.tables import journal_table

    add(panel)
    password = panel.call("auth:set-temp-password", "a.com")
    panel.flush()
    with panel.inside() as ctx:
        kept = " ".join(str(row) for row in ctx.db.execute(select(journal_table)).all())
    assert "set_temp_password" in kept
    assert password not in kept


def test_the_demonstration_account_keeps_its_password(panel: EmulatedPanel) -> None:
    add(panel, **{"billing.invoice": "APNS-HOSTING-1111111111111111"})
    session = panel.call("admin:hijack", "a.com")
    assert panel.call("auth:is-demo", session=session) is True
    assert panel.call("auth:is-demo") is False
    assert "demonstration" in panel.fault("auth:change-password", "correct horse", session=session)
