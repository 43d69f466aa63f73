"""Calls of methods that are listed only: who may call them, what they are told, and that they are counted."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from apnscp.client.errors import Fault, NotEmulated
from apnscp.core.registry import REGISTRY
from apnscp.opcenter.access import keys
from apnscp.opcenter.users import people
from apnscp.server.cli.main import main
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap import envelope

TEXT = "php:pools is known to ApisCP, not emulated; docs/coverage.md lists what is"
SOAP_12 = b"""<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope"><env:Body>
<n:telemetry_metrics xmlns:n="urn:net.apnscp.api"/></env:Body></env:Envelope>"""


@pytest.fixture
def session(panel: EmulatedPanel) -> str:
    panel.call("admin:add-site", "example.com", "bob")
    return str(panel.call("admin:hijack", "example.com"))


def test_a_caller_that_may_call_it_reads_that_it_is_not_emulated(panel: EmulatedPanel, session: str) -> None:
    with pytest.raises(FaultReceived) as caught:
        panel.call("php:pools", session=session)
    assert (caught.value.code, caught.value.text) == ("Server.NotEmulated", TEXT)


def test_a_caller_that_may_not_call_it_reads_that_there_is_none(panel: EmulatedPanel, session: str) -> None:
    assert panel.fault("php:pools") == "Procedure 'php_pools' not present"
    assert panel.fault("argos:test", session=session) == "Procedure 'argos_test' not present"
    assert panel.fault("common:whoami", key="wrong").startswith("The API key is not valid")
    assert panel.fault("php:pools", key="wrong") == panel.fault("php:no-such", key="wrong")


def test_a_method_of_the_back_end_alone_does_not_exist(panel: EmulatedPanel, session: str) -> None:
    assert panel.fault("file:stat-backend", "x", session=session) == "Procedure 'file_stat_backend' not present"
    assert panel.fault("auth:verify-password", "x") == "Procedure 'auth_verify_password' not present"


def test_arguments_are_looked_at_first(panel: EmulatedPanel, session: str) -> None:
    assert panel.fault("drupal:isLocked", session=session) == "Missing parameter `docroot'"
    assert (
        panel.fault("telemetry:range", "x", "soon", None) == "Parameter `begin' must be a whole number; `soon' is not"
    )
    assert panel.fault("telemetry:range", "x", "-5", None).startswith("telemetry:range is known to ApisCP")
    body = envelope.request("argos_get_backends", [("arg0", "x")])
    reply = panel.request("POST", f"/soap?authkey={panel.key}", body, {"Surplus-Arguments": "refuse"})
    assert b"Too many arguments: argos:get-backends takes none, not 1" in reply.body


def test_in_soap_12_the_code_has_a_subcode(panel: EmulatedPanel) -> None:
    reply = panel.request("POST", f"/soap?authkey={panel.key}", SOAP_12)
    assert reply.status == 500
    assert (
        b'<env:Code><env:Value>env:Receiver</env:Value><env:Subcode><env:Value xmlns:ns1="urn:net.apnscp.api">'
        b"ns1:NotEmulated</env:Value></env:Subcode></env:Code>"
    ) in reply.body
    with pytest.raises(FaultReceived) as caught:
        envelope.read_response(reply.body)
    assert caught.value.code == "Server.NotEmulated"


def test_the_client_raises_a_class_of_its_own(panel: EmulatedPanel) -> None:
    with pytest.raises(NotEmulated, match="telemetry:metrics is known to ApisCP, not emulated") as caught:
        panel.client.telemetry.metrics()
    assert isinstance(caught.value, Fault)
    assert caught.value.code == "Server.NotEmulated"


def test_it_is_listed_for_those_who_may_call_it_and_described(panel: EmulatedPanel, session: str) -> None:
    assert panel.call("misc:list-commands", "telemetry:m*") == {"telemetry": ["metrics"]}
    assert "php" not in panel.call("misc:list-commands", "php:pools")
    assert panel.call("misc:list-commands", "php:pools", session=session) == {"php": ["pools"]}
    assert panel.call("misc:info", "php:pool-set-version", session=session) == {
        "doc": "PHP, its settings and its pools. Not emulated.",
        "parameters": [
            "Parameter #0 [ <required> string $version ]",
            "Parameter #1 [ <optional> ?string $pool = NULL ]",
        ],
        "min": 1,
        "max": 2,
        "return": "bool",
        "signature": "php_pool_set_version(string $version,[string $pool])",
    }


def test_a_key_that_may_only_read_does_not_reach_it(panel: EmulatedPanel) -> None:
    key, rules = "abc1", keys.Rules(commands="@read-only")
    with panel.inside() as ctx:
        owner = people.require(ctx.db, 0, "admin")
        keys.add(ctx.db, ctx.panel.secret, key, user_id=owner.id, comment="", now=ctx.clock.unix(), rules=rules)
    assert (
        panel.fault("telemetry:metrics", key=key) == "The API key may not call telemetry:metrics (its rule `commands')"
    )
    assert panel.call("misc:list-commands", "telemetry:*", key=key) == []


def test_a_rule_of_a_test_answers_in_its_place(panel: EmulatedPanel) -> None:
    panel.fail("telemetry:metrics", effect="null")
    assert panel.call("telemetry:metrics") is None
    assert panel.fault("telemetry:metrics").startswith("telemetry:metrics is known to ApisCP, not emulated")
    panel.fail("telemetry:metrics", effect="cut-after")
    assert panel.fault("telemetry:metrics").startswith("telemetry:metrics is known to ApisCP, not emulated")


def test_the_journal_has_an_outcome_of_its_own(panel: EmulatedPanel, session: str) -> None:
    panel.fault("php:pools", session=session)
    assert [(call.user, call.outcome, call.done) for call in panel.calls("php:pools")] == [
        ("bob", "not emulated", False)
    ]


@pytest.fixture
def missed(panel: EmulatedPanel, session: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmulatedPanel:
    monkeypatch.setenv("APNSCP_DB", f"sqlite:///{tmp_path / 'panel.db'}")
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    for method in ("php:pools", "tomcat:enabled", "php:pools", "git:list-ignored-files"):
        panel.fault(method, session=session)
    panel.fault("telemetry:metrics")
    panel.fault("telemetry:get")
    panel.flush()
    return panel


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["calls", *arguments])
    assert done.exit_code == 0, done.output
    return re.sub(r"[-\d]{10} [\d:]{8}", "WHEN", done.output)


def test_calls_shows_which_methods_are_missed_and_how_often(missed: EmulatedPanel) -> None:
    assert printed("--not-emulated").splitlines()[0] == "     2  php:pools                                WHEN"
    names = [line.split()[1] for line in printed("--not-emulated").splitlines()]
    assert names == ["php:pools", *sorted(names[1:])]
    assert {"git:list-ignored-files", "telemetry:metrics"} < set(names)
    assert "telemetry:get" not in names  # an argument was missing
    assert [line.split()[1] for line in printed("--not-emulated", "--last", "1").splitlines()] == ["php:pools"]
    assert "php:pools" not in printed("--not-emulated", "--user", "admin")
    assert printed("--not-emulated", "--method", "php:pools").count("\n") == 1
    rows = [json.loads(line) for line in printed("--not-emulated", "--json").splitlines()]
    assert (rows[0]["method"], rows[0]["calls"]) == ("php:pools", 2)


def test_calls_shows_such_a_call_among_the_others(missed: EmulatedPanel) -> None:
    assert "php:pools\n                    not emulated\n" in printed()
    assert json.loads(printed("--method", "php:pools", "--last", "1", "--json"))["fault"] == "not emulated"


def test_counting_does_not_follow(missed: EmulatedPanel) -> None:
    done = CliRunner().invoke(main, ["calls", "--not-emulated", "--follow"])
    assert done.exit_code == 2
    assert "Give --not-emulated, which counts, or --follow" in done.output


def test_every_known_method_is_an_operation_of_the_description(panel: EmulatedPanel) -> None:
    body = panel.request("GET", "/apnscp.wsdl").body
    assert re.findall(rb'<soap:operation soapAction="urn:net.apnscp.soap#(\w+)"', body) == [
        command.name.encode() for command in REGISTRY
    ]


def test_spyne_knows_a_listed_method_by_its_name_once_it_is_called() -> None:
    code = (
        "from apnscp import modules; modules.load_all()\n"
        "from apnscp.core.registry import REGISTRY\n"
        "from apnscp.server.soap.application import SoapApplication\n"
        "app = SoapApplication(REGISTRY)\n"
        "assert len(app.handles) == len(REGISTRY)\n"
        "assert app.handles.get('telemetry_metrics')[0].udd['command'].cli_name == 'telemetry:metrics'\n"
        "assert app.handles.get('telemetry_no_such') is None\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
