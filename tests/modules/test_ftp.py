"""FTP of single users."""

from __future__ import annotations

from typing import Any

import pytest


def test_a_user_is_denied_and_permitted(each_two: Any) -> None:
    two = each_two
    assert two("ftp:user-enabled", "ann") is True
    assert two("ftp:deny-user", "ann") is True
    assert two("ftp:user-enabled", "ann") is False
    assert two("site:user-service-enabled", "ann", "ftp") is False
    assert two("ftp:deny-user", "ann") is True
    assert two("ftp:permit-user", "ann") is True
    assert two("ftp:user-enabled", "ann") is True


def test_nobody_has_ftp_while_the_account_has_not(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"ftp.enabled": 0})
    assert two("ftp:user-enabled", "ann") is False
    assert two.fault("ftp:permit-user", "ann") == ("ftp is off for this account (ftp,enabled), so no user can have it")
    two.panel.call("admin:edit-site", "site1", {"ftp.enabled": 1})
    assert two("ftp:user-enabled", "ann") is True


def test_the_administrator_always_has_it(two: Any) -> None:
    assert two.fault("ftp:deny-user", "alice") == "`alice' administers the account and always has ftp"
    assert two("ftp:user-enabled", "alice") is True


@pytest.mark.parametrize(
    "command", ["permit-user", "deny-user", "user-enabled", "jail-user", "unjail-user", "user-jailed"]
)
def test_users_of_other_accounts_are_unknown(two: Any, command: str) -> None:
    assert two.fault(f"ftp:{command}", "bob") == "Unknown user `bob'"
    assert "not present" in two.fault(f"ftp:{command}", "ann", session=two.ann)


def test_a_user_is_kept_in_a_directory(each_two: Any) -> None:
    two = each_two
    assert two("ftp:user-jailed", "ann") is False
    assert two("ftp:jail-user", "ann") is True
    assert (two("ftp:user-jailed", "ann"), two("ftp:get-option", "ann", "local_root")) == (True, None)
    assert two("ftp:jail-user", "ann", "/var/www/html/") is True
    assert two("ftp:get-option", "ann", "local_root") == "/var/www/html"
    assert two.fault("ftp:jail-user", "ann", "/etc").startswith(
        "local_root: `/etc' is not an absolute path below /home"
    )
    assert two("ftp:unjail-user", "ann") is True
    assert (two("ftp:user-jailed", "ann"), two("ftp:has-configuration", "ann")) == (False, False)


def test_the_directory_moves_with_the_home(two: Any) -> None:
    two("ftp:jail-user", "ann", "/home/ann/files")
    two("user:rename-user", "ann", "anna")
    assert two("ftp:get-option", "anna", "local_root") == "/home/anna/files"
    assert two("ftp:user-jailed", "anna") is True


@pytest.mark.parametrize(
    ("directive", "value", "kept"),
    [
        ("write_enable", False, "NO"),
        ("WRITE_ENABLE", "yes", "YES"),
        ("local_max_rate", 50000, "50000"),
        ("local_umask", "022", "022"),
        ("deny_file", "{*.mp3,*.mov}", "{*.mp3,*.mov}"),
    ],
)
def test_a_directive_is_set_and_taken_back(each_two: Any, directive: str, value: Any, kept: str) -> None:
    two = each_two
    assert two("ftp:has-configuration", "ann") is False
    assert two("ftp:set-option", "ann", directive, value) is True
    assert two("ftp:get-option", "ann", directive) == kept
    assert two("ftp:has-configuration", "ann") is True
    assert two("ftp:set-option", "ann", directive) is True
    assert two("ftp:get-option", "ann", directive) is None
    assert two("ftp:has-configuration", "ann") is False


@pytest.mark.parametrize(
    ("directive", "value", "told"),
    [
        ("listen_port", 2121, "Unknown directive `listen_port'; those of a user are allow_writeable_chroot, "),
        ("write_enable", "maybe", "write_enable: `maybe' is not YES or NO"),
        ("local_max_rate", "fast", "local_max_rate: `fast' is not a whole number"),
        ("hide_file", "a\nlisten=YES", "hide_file: `a\nlisten=YES' is not one line of text"),
    ],
)
def test_what_vsftpd_would_not_take_is_refused(two: Any, directive: str, value: Any, told: str) -> None:
    assert two.fault("ftp:set-option", "ann", directive, value).startswith(told)
    assert two("ftp:has-configuration", "ann") is False
