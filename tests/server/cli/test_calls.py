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
        assert printed("--site", site, "--last", "1") == inactive
    assert printed("--site", "example.com").count("WHEN") == 2
    assert printed("--method", "admin:*-site").count("WHEN") == 2
    assert printed("--until", "2020-01-01") == ""
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
        "id": 2, "method": "admin:activate-site", "arguments": "nowhere.example", "user": "admin", "site": None,
        "ip": "127.0.0.1", "gate": "SOAP", "way": "API key 1 (given at start)", "abort_on": "error", "fault": text,
        "told": "fault", "done": False, "result": None, "messages": [f"error: {text}"], "changes": [],
    }  # fmt: skip
    assert (second["fault"], second["told"], second["done"], second["result"]) == (None, "answer", True, "(hidden)")
    last = json.loads(printed("--json", "--last", "1"))
    assert (last["way"], last["site"]) == ("session, opened by admin with API key 1 (given at start)", "site1")
    added = json.loads(printed("--json", "--method", "admin:add-site"))
    assert added["changes"][0] == {
        "of": "site1 (example.com)", "name": "site", "before": None, "after": "added on plan basic"
    }  # fmt: skip


def test_one_call_is_printed_in_full_with_its_forms(busy: EmulatedPanel) -> None:
    lines = printed("2").splitlines()
    assert lines[4:6] == [
        "outcome    Unknown site `nowhere.example'; a site id, domain, alias or invoice is expected", "told       fault"
    ]  # fmt: skip
    assert "cpcmd admin:activate-site nowhere.example" in lines
    assert '      <arg0 xsi:type="xsd:string">nowhere.example</arg0>' in lines
    whole = json.loads(printed("1", "--json"))
    assert whole["forms"]["cpcmd"] == ("""cpcmd admin:add-site example.com bob '[auth.tpasswd:"'"$APNSCP_SECRET"'"]'""")
    assert whole["request"].count("(hidden)") == 1
    assert (whole["request_size"] > 500, "s3cret" in str(whole)) == (True, False)


def test_a_call_that_is_not_there_is_said(busy: EmulatedPanel) -> None:
    done = CliRunner().invoke(main, ["calls", "99"])
    assert done.output == "apnscpd: There is no call 99; `apnscpd calls --json' tells the ids of those that are kept\n"
    assert CliRunner().invoke(main, ["calls", "--export", "json", "--follow"]).exit_code == 2


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
