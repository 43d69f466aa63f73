"""The providers of mail."""

from __future__ import annotations

from typing import Any


def test_the_providers_of_mail_are_those_that_an_account_may_name(two: Any) -> None:
    assert two.panel.call("mail:providers") == ["null", "builtin", "gmail", "mxroute"]
    for provider in ("builtin", "gmail", None):
        assert two.panel.call("admin:edit-site", "site1", {"mail.provider": provider}) is True
    assert "not present" in two.fault("mail:providers")
