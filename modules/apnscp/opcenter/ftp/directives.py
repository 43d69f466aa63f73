"""Directives of vsftpd that can hold for a single user, and what their values may be (vsftpd.conf(5))."""

from __future__ import annotations

import re
from typing import Any

from apnscp.core.errors import Refused
from apnscp.opcenter.services import paths
from apnscp.opcenter.services.rules import check

SWITCHES = frozenset(
    (
        "allow_writeable_chroot", "ascii_download_enable", "ascii_upload_enable", "async_abor_enable", "chmod_enable",
        "chroot_local_user", "delete_failed_uploads", "dirlist_enable", "dirmessage_enable", "download_enable",
        "force_dot_files", "hide_ids", "lock_upload_files", "log_ftp_protocol", "ls_recurse_enable", "mdtm_write",
        "passwd_chroot_enable", "pasv_enable", "pasv_promiscuous", "port_enable", "port_promiscuous", "tilde_user_enable",
        "use_localtime", "use_sendfile", "virtual_use_local_privs", "write_enable",
    )
)  # fmt: skip
NUMBERS = frozenset(
    (
        "data_connection_timeout", "file_open_mode", "idle_session_timeout", "local_max_rate", "local_umask",
        "pasv_max_port", "pasv_min_port", "trans_chunk_size",
    )
)  # fmt: skip
DIRECTORIES = frozenset(("local_root",))
TEXTS = frozenset(("cmds_allowed", "cmds_denied", "deny_file", "hide_file", "message_file"))
KNOWN = sorted(SWITCHES | NUMBERS | DIRECTORIES | TEXTS)

_NUMBER = re.compile(r"\d{1,12}", re.ASCII)


def named(text: str) -> str:
    """Return a directive in lower case; raises Refused for one that cannot hold for a single user."""
    name = text.strip().lower()
    if name not in KNOWN:
        raise Refused("Unknown directive `%s'; those of a user are %s", text[:64], ", ".join(KNOWN))
    return name


def value_of(name: str, value: Any) -> str:
    """Return a value as the configuration holds it: YES or NO, digits, a directory, or one line of text.

    Raises Refused for a value that the directive does not take.
    """
    try:
        return _value(name, value)
    except ValueError:
        raise Refused("%s: `%s' is not %s", name, str(value)[:64], _words(name)) from None


def _value(name: str, value: Any) -> str:
    if name in SWITCHES:
        return "YES" if check("switch", value) else "NO"
    text = str(check("line 255", value))
    if name in NUMBERS and not _NUMBER.fullmatch(text):
        raise ValueError("not a number")
    return paths.directory(text) if name in DIRECTORIES else text


def _words(name: str) -> str:
    if name in SWITCHES:
        return "YES or NO"
    if name in NUMBERS:
        return "a whole number"
    return paths.ROOT_WORDS if name in DIRECTORIES else "one line of text"
