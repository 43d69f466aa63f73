"""Keys, sessions, passwords and second factors reach neither log nor journal."""

from __future__ import annotations

import logging
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from apnscp.opcenter.access import totp
from apnscp.opcenter.store.tables import journal_table, sql_metadata
from apnscp.server.logs import Redacting
from apnscp.server.testing import EmulatedPanel

PASSWORD = "correct horse battery"
SEEN = ("outbox",)
"""Tables that may hold a password: the mail that brings a new one."""


def used(panel: EmulatedPanel) -> list[str]:
    """Call what deals in secrets, rightly and wrongly, and return the secrets."""
    panel.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": PASSWORD, "billing.invoice": "I-1"})
    session = panel.call("admin:hijack", "a.com")
    key = panel.call("auth:create-api-key", session=session)
    factor = panel.call("auth:totp-code", session=session)
    code = totp.code_at(factor, int(panel.clock.now()) // 30)
    panel.call("auth:totp-enable", factor, code, session=session)
    panel.call("auth:set-api-key-comment", key, "x", session=session)
    panel.fault("auth:change-password", PASSWORD, "nobody", "a.com")
    panel.call("auth:change-password", PASSWORD, "alice", "a.com")
    temporary = panel.call("auth:set-temp-password", "a.com", 60, "another good horse")
    panel.fault("common:whoami", key=key[:-1] + "z", ip="192.0.2.1")
    panel.fault("common:whoami", key="", session=session[:-1] + "-", ip="192.0.2.1")
    panel.request("POST", f"/soap?authkey={key}", b"<broken")
    panel.request("GET", f"/apps/dashboard?esprit_id={session}")
    panel.fault("auth:delete-api-key", "ab" * 32, session=panel.call("admin:hijack", "a.com"))
    panel.flush()
    return [PASSWORD, session, key, factor, temporary, panel.key]


def test_the_log_holds_no_secret(panel: EmulatedPanel, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = used(panel)
    assert "failed authentication from 192.0.2.1" in caplog.text
    assert [secret for secret in secrets if secret in caplog.text] == []


def test_the_store_holds_no_secret_in_clear(panel: EmulatedPanel) -> None:
    secrets = used(panel)
    with panel.inside() as ctx:
        for table in sql_metadata.sorted_tables:
            if table.name not in SEEN:
                text = str(ctx.db.execute(select(table)).all())
                assert [secret for secret in secrets if secret in text] == [], table.name
        assert len(ctx.db.execute(select(journal_table.c.id)).all()) > 8


@pytest.mark.parametrize(
    "line",
    [
        "GET /soap?authkey=0123456789abcdef0123456789abcdef&x=1",
        "Cookie: esprit_id=AbCdEfGhIjKlMnOpQrStUvWxYz012345",
        "a key " + "0123456789abcdef" * 4,
        "with dashes " + "-".join(["01234567"] * 8),
        "password=hunter22",
        "{'cpasswd': '$6$salt$hash'}",
    ],
)
def test_the_formatter_takes_secrets_out(line: str) -> None:
    record = logging.LogRecord("apnscp", logging.INFO, "x.py", 1, line, (), None)
    shown = Redacting("%(message)s").format(record)
    assert "[hidden]" in shown
    assert not any(part in shown for part in ("cdef", "AbCd", "01234567", "hunter", "$6$"))


def scanner() -> Any:
    spec = spec_from_file_location("scan_log", Path(__file__).with_name("scan_log.py"))
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_scanner_finds_a_secret_and_does_not_repeat_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "suite.log"
    log.write_text("all is well\nkey " + "0123456789abcdef" * 4 + "\n")
    assert scanner().main(str(log)) == 1
    assert capsys.readouterr().out == f"{log}:2: holds a secret\n"
    log.write_text("all is well\n")
    assert scanner().main(str(log)) == 0
