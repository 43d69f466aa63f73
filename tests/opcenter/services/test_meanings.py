"""The explanations of parameters, which `AddDomain --help` shows: for users, without notes on where a fact comes from."""

from __future__ import annotations

import re

from apnscp.opcenter.services.catalogue import SERVICES

NOTE = re.compile(
    r"\b(?:docs?|documentation|template|WHMCS|Blesta|Clientexec|20[0-2][0-9]|treat as|once write)\b", re.IGNORECASE
)


def test_explanations_hold_no_notes() -> None:
    meanings = [parameter.meaning for service in SERVICES.values() for parameter in service.parameters.values()]
    assert [meaning for meaning in meanings if NOTE.search(meaning)] == []
