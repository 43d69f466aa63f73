"""``apnscpd key``, and what the rules of a key refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apnscp.server.cli.key import key
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel

FAR = "192.0.2.9"


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(key, words, obj=settings)


def made(settings: Settings, *words: str) -> str:
    result = run(settings, "--new", *words)
    assert result.exit_code == 0, result.output
    return result.output.strip()


def test_a_key_is_made_listed_and_removed(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--comment", "staging")
    assert served.call("common:whoami", key=fresh) == "admin"
    served.flush()
    last = run(settings, "--list").output.splitlines()[-1]
    assert last.startswith(f"2  {fresh[:8]}...  admin  used ")
    assert last.endswith("  staging")
    assert fresh not in run(settings).output
    assert run(settings, fresh, "--remove").exit_code == 0
    assert "not valid" in served.fault("common:whoami", key=fresh)


def test_a_key_of_a_site_is_made_for_its_user(settings: Settings, served: EmulatedPanel) -> None:
    served.call("admin:add-site", "a.com", "alice")
    fresh = made(settings, "--user", "alice@a.com")
    assert run(settings, "--user", "alice@a.com").output.startswith(f"2  {fresh[:8]}...  alice@site1  never used")
    assert served.call("common:whoami", key=fresh) == "alice"
    assert run(settings, "--user", "alice@a.com").output.startswith(f"2  {fresh[:8]}...  alice@site1  used 20")


def test_an_expired_key_says_so(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--expires", "30 days")
    session = served.call("admin:hijack", "panel.example.test", key=fresh)
    assert served.call("common:whoami", key=fresh) == "admin"
    served.clock.advance(30 * 86400 + 1)
    text = served.fault("common:whoami", key=fresh)
    assert text.startswith("The API key expired on ")
    assert text.endswith("(its rule `expires')")
    assert "has expired" in served.fault("common:whoami", key="", session=session)


def test_a_key_with_an_address_list_works_from_there_alone(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--address", "192.0.2.0/28", "--address", "2001:db8::1")
    assert served.call("common:whoami", key=fresh, ip=FAR) == "admin"
    assert served.call("common:whoami", key=fresh, ip="2001:db8::1") == "admin"
    text = served.fault("common:whoami", key=fresh, ip="192.0.2.77")
    assert text == "The API key may not be used from 192.0.2.77 (its rule `addresses')"
    assert served.request("POST", f"/soap?authkey={fresh}", b"", ip="192.0.2.77").status == 403


def test_a_key_with_a_command_list_calls_nothing_else(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--commands", "common:whoami,admin:get-*".replace("get-*", "list-plans"))
    assert served.call("common:whoami", key=fresh) == "admin"
    assert served.call("admin:list-plans", key=fresh) == ["basic", "pro"]
    text = served.fault("admin:add-site", "a.com", "alice", key=fresh)
    assert text == "The API key may not call admin:add-site (its rule `commands')"
    assert "not present" in served.fault("site:get-account-quota", key=fresh)


def test_the_billing_profile_does_the_life_cycle_and_no_settings(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--profile", "billing")
    assert served.call("admin:add-site", "a.com", "alice", key=fresh) is True
    session = served.call("admin:hijack", "a.com", key=fresh)
    assert served.call("site:get-account-quota", key=fresh, session=session)["qused"] >= 0
    assert "its rule `commands'" in served.fault("auth:create-api-key", key=fresh)
    assert "its rule `commands'" in served.fault("auth:get-api-keys", key=fresh)
    assert "command list cannot change" in served.fault("auth:change-password", "correct horse", key=fresh)
    assert served.call("auth:change-password", "correct horse", "alice", "a.com", key=fresh) is True


def test_a_session_of_a_limited_key_is_limited_too(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--profile", "billing")
    session = served.call("admin:hijack", "panel.example.test", key=fresh)
    assert served.call("common:whoami", key="", session=session) == "admin"
    assert "its rule `commands'" in served.fault("auth:get-api-keys", key="", session=session)


def test_the_read_only_profile_reads_and_shows_no_keys(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--profile", "read-only")
    assert served.call("admin:collect", key=fresh) == []
    assert "its rule `commands'" in served.fault("admin:add-site", "a.com", "alice", key=fresh)
    assert "its rule `commands'" in served.fault("admin:hijack", "a.com", key=fresh)
    assert "its rule `commands'" in served.fault("auth:get-api-keys", key=fresh)


def test_a_key_made_by_a_limited_key_is_limited_too(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings, "--commands", "auth:create-api-key")
    second = served.call("auth:create-api-key", key=fresh)
    assert "its rule `commands'" in served.fault("common:whoami", key=second)


def test_rules_are_changed_and_taken_away(settings: Settings, served: EmulatedPanel) -> None:
    fresh = made(settings)
    assert run(settings, fresh, "--address", "198.51.100.1", "--comment", "narrow").exit_code == 0
    assert "its rule `addresses'" in served.fault("common:whoami", key=fresh, ip=FAR)
    assert run(settings, fresh, "--address", "", "--expires", "never").exit_code == 0
    assert served.call("common:whoami", key=fresh, ip=FAR) == "admin"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--new", "--commands", "admin:explode"), "Unknown command or profile `admin:explode'"),
        (("--new", "--commands", "everything"), "is not a command"),
        (("--new", "--address", "here"), "neither an IP address nor a range"),
        (("--new", "--expires", "whenever"), "is not a time"),
        (("--new", "--user", "alice@nowhere.test"), "Unknown site `nowhere.test'"),
        (("ab" * 32, "--remove"), "Unknown API key"),
        (("--remove",), "Name the KEY"),
        (("--new", "--list"), "Give one of"),
    ],
)
def test_what_cannot_be_is_said(settings: Settings, words: tuple[str, ...], text: str) -> None:
    result = run(settings, *words)
    assert result.exit_code != 0
    assert text in result.output


def test_without_a_panel_nothing_is_made(tmp_path: Path) -> None:
    result = run(Settings(state_dir=tmp_path / "none"), "--list")
    assert result.exit_code == 1
    assert "There is no panel" in result.output
    assert not (tmp_path / "none").exists()
