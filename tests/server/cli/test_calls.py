from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import update

from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import writing
from apnscp.server.cli.main import main
from apnscp.server.testing import EmulatedPanel


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["calls", *arguments])
    assert done.exit_code == 0, done.output
    return re.sub(r"(?m)^[-\d]{10} [\d:]{8} +[\d.]+ ms", "WHEN", done.output)


@pytest.fixture
def busy(panel: EmulatedPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmulatedPanel:
    monkeypatch.setenv("APNSCP_DB", f"sqlite:///{tmp_path / 'panel.db'}")
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": "s3cret-Word"})
    panel.fault("admin:activate-site", "nowhere.example")
    panel.call("auth:is-inactive", session=panel.call("admin:hijack", "example.com"))
    panel.flush()
    return panel


def test_calls_are_printed_as_cpcmd_takes_them_with_secrets_masked(busy: EmulatedPanel) -> None:
    assert printed().splitlines() == [
        "WHEN  admin            admin:add-site example.com bob '[auth.tpasswd:(hidden)]'",
        "WHEN  admin            admin:activate-site nowhere.example",
        "                    refused: Unknown site `nowhere.example'; a site id, domain, alias or invoice is expected",
        "WHEN  admin            admin:hijack example.com",
        "WHEN  bob@site1        auth:is-inactive",
    ]


def test_a_call_whose_work_was_done_before_the_connection_was_cut_is_not_called_refused(busy: EmulatedPanel) -> None:
    busy.fail("admin:activate-site", effect="cut-after")
    with pytest.raises(ConnectionError):
        busy.call("admin:activate-site", "example.com")
    busy.flush()
    assert printed("--last", "1").splitlines() == [
        "WHEN  admin            admin:activate-site example.com",
        "                    done, then a rule cut the connection",
    ]


def test_calls_can_be_picked(busy: EmulatedPanel) -> None:
    hijack, inactive = "WHEN  admin            admin:hijack example.com\n", "WHEN  bob@site1        auth:is-inactive\n"
    for spelling in ("admin:hijack", "admin_hijack", "Admin:Hijack"):
        assert printed("--method", spelling) == hijack
    assert printed("--faults").startswith("WHEN  admin            admin:activate-site nowhere.example\n")
    assert printed("--failed") == printed("--faults")
    assert printed("--last", "1") == inactive
    assert printed("--last", "0") == ""
    for site in ("example.com", "site1"):
        assert printed("--site", site) == inactive
    assert printed("--user", "bob@example.com") == printed("--user", "bob") == inactive
    assert printed("--user", "admin", "--last", "1") == hijack
    assert printed("--site", "site7") == ""
    assert printed("--since", "10 minutes").count("WHEN") == printed("--since", "2h").count("WHEN") == 4
    busy.clock.advance(3600)
    assert printed("--since", "10 minutes ago") == ""


def test_calls_are_printed_in_the_order_in_which_they_began(busy: EmulatedPanel) -> None:
    with writing(busy.app.panel.engine) as db:
        moments = {"admin_hijack": 3.0, "admin_add_site": 5.0, "admin_activate_site": 4.0, "auth_is_inactive": 6.0}
        for name, moment in moments.items():
            db.execute(update(journal_table).where(journal_table.c.command == name).values(ts=moment))
    methods = [json.loads(line)["method"] for line in printed("--json").splitlines()]
    assert methods == ["admin:hijack", "admin:activate-site", "admin:add-site", "auth:is-inactive"]


def test_calls_are_printed_for_programs(busy: EmulatedPanel) -> None:
    first, second = (json.loads(line) for line in printed("--json", "--last", "3").splitlines()[:2])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", first.pop("time"))
    assert first.pop("ms") > 0
    text = "Unknown site `nowhere.example'; a site id, domain, alias or invoice is expected"
    assert first == {
        "method": "admin:activate-site", "arguments": "nowhere.example", "user": "admin", "site": None,
        "ip": "127.0.0.1", "fault": text, "messages": [f"error: {text}"],
    }  # fmt: skip
    assert second["fault"] is None


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--method", "admin:colect"], "Unknown method `admin:colect'; did you mean admin:collect?"),
        (["--method", "zzz"], "Unknown method `zzz'; `cpcmd misc:list-commands' lists them"),
        (["--site", "nowhere.example"], "Unknown site `nowhere.example'; a site id, domain or alias is expected"),
        (["--since", "whenever"], '`whenever\' is not a time; write "30 days" or a date such as 2030-12-31'),
    ],
)
def test_what_cannot_be_picked_is_said(busy: EmulatedPanel, words: list[str], line: str) -> None:
    done = CliRunner().invoke(main, ["calls", *words])
    assert (done.exit_code, done.output) == (1, f"apnscpd: {line}\n")
