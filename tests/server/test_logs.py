"""What must not stand in a log."""

from __future__ import annotations

import pytest

from apnscp.server.logs import redact

KEY = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("GET /soap?authkey=abc123&x=1", "GET /soap?authkey=[hidden]&x=1"),
        ("Auth-Key: abc123", "Auth-Key: [hidden]"),
        ("{'HTTP_AUTH_KEY': 'abc 1'}", "{'HTTP_AUTH_KEY': '[hidden]'}"),
        ("Cookie: esprit_id=s1; other=2", "Cookie: [hidden]"),
        ("cpasswd=$6$salt$hash", "cpasswd=[hidden]"),
        (f"refused {KEY}", "refused [hidden]"),
        (f"refused {'-'.join(KEY[place : place + 8] for place in range(0, 64, 8)).upper()}", "refused [hidden]"),
        ("request 0df7291c9ec7 failed", "request 0df7291c9ec7 failed"),
        ("sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709", "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    ],
)
def test_keys_sessions_and_passwords_are_hidden(text: str, shown: str) -> None:
    assert redact(text) == shown


def test_hiding_takes_no_longer_for_text_made_to_take_long() -> None:
    hostile = "0 " * 200_000
    assert len(redact(hostile + "g")) <= len(hostile) + 1
