"""[soap] enabled and [frontend] https_only: ways in that an operator closes, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from apnscp.opcenter.settings.config import put
from apnscp.server.app import App
from apnscp.server.cli.scope import scope
from apnscp.server.panel_factory import open_panel
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel
from tests.pages import send

FAR = "192.0.2.9"
OFF = "The API is switched off ([soap] enabled); `apnscpd scope cp.api true' on the server switches it on"
PLAIN = "Plain HTTP is refused from 192.0.2.9 ([frontend] https_only); use https and the TLS port"
PAGES = (
    "/",
    "/login",
    "/apps/dashboard",
    "/_static/panel.css",
    "/apnscp.wsdl",
    "/soap?wsdl",
    "/_emulator/services.json",
)


@pytest.fixture
def https_only(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("scope:set", "cp.config", "frontend", "https_only", True)
    return panel


def over_tls(panel: EmulatedPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = panel.app.wsgi

    def secured(environ: dict[str, Any], start_response: Any) -> Any:
        return answer({**environ, "wsgi.url_scheme": "https"}, start_response)

    monkeypatch.setattr(panel.app, "wsgi", secured)


def test_a_switched_off_api_answers_nobody_and_counts_no_failure(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    session = panel.call("admin:hijack", "a.com", None, "UI")
    assert panel.call("scope:set", "cp.api", False) is True
    assert panel.fault("common:whoami") == OFF
    assert panel.fault("common:whoami", session=session) == OFF
    assert panel.fault("common:whoami", key="wrong") == OFF
    assert panel.request("POST", "/soap").status == 403
    assert panel.request("GET", f"/apps/dashboard?esprit_id={session}").status == 200


def test_https_only_refuses_plain_http_from_elsewhere_on_every_path(https_only: EmulatedPanel) -> None:
    assert https_only.fault("common:whoami", ip=FAR) == PLAIN
    assert {path: https_only.request("GET", path, ip=FAR).status for path in PAGES} == dict.fromkeys(PAGES, 403)
    assert PLAIN.encode() in https_only.request("GET", "/login", ip=FAR).body
    assert https_only.request("POST", "/login", ip=FAR).status == 403
    assert https_only.request("GET", "/healthz", ip=FAR).status == 200


@pytest.mark.parametrize("near", ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])
def test_https_only_lets_this_machine_use_plain_http(https_only: EmulatedPanel, near: str) -> None:
    assert https_only.call("common:whoami", ip=near) == "admin"
    assert https_only.request("GET", "/login", ip=near).status == 200


def test_https_only_lets_everybody_use_tls(https_only: EmulatedPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    over_tls(https_only, monkeypatch)
    assert https_only.call("common:whoami", ip=FAR) == "admin"
    assert https_only.request("GET", "/login", ip=FAR).status == 200


def test_https_only_believes_a_listed_proxy_and_no_header_of_others(https_only: EmulatedPanel) -> None:
    forged = https_only.request("POST", "/soap", headers={"X-Forwarded-For": "127.0.0.1"}, ip=FAR)
    assert forged.status == 403
    https_only.call("scope:set", "cp.config", "core", "http_trusted_forward", FAR)
    assert https_only.call("common:whoami", ip=FAR) == "admin"


def test_a_sign_in_sees_what_another_worker_has_just_set(settings: Settings, served: EmulatedPanel) -> None:
    served.request("GET", "/login")
    other = EmulatedPanel(App(*open_panel(settings)), "panel-test-key")
    other.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": "correct-Horse-7"})
    form = {"user": "alice", "domain": "a.com", "password": "correct-Horse-7"}
    assert send(served, "/login", form).status == 303
    other.call("admin:deactivate-site", "a.com")
    other.call("scope:set", "cp.config", "auth", "suspended_login", False)
    assert send(served, "/login", form).status == 401
    other.close()


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(scope, words, obj=settings)


def test_the_console_switches_the_api_on_again(settings: Settings, served: EmulatedPanel) -> None:
    with served.inside() as ctx:
        put(ctx.db, "soap.enabled", False)
    assert served.fault("common:whoami") == OFF
    assert run(settings, "cp.api").output == "false\n"
    assert run(settings, "cp.api", "true").exit_code == 0
    assert served.call("common:whoami") == "admin"


def test_the_console_reads_and_sets_keys_of_config_ini(settings: Settings, served: EmulatedPanel) -> None:
    assert run(settings, "cp.config", "anvil", "limit").output == "20\n"
    assert run(settings, "cp.config", "anvil", "limit", "7").output == ""
    assert run(settings, "cp.config", "anvil").output.splitlines()[0] == "limit: 7"
    assert served.call("scope:get", "cp.config", "anvil", "limit") == 7


def test_the_console_says_why_it_refuses(settings: Settings, tmp_path: Path) -> None:
    assert (
        run(settings, "cp.ap").output
        == "Error: Unknown scope `cp.ap'; did you mean `cp.api'? scope:list names them all\n"
    )
    assert "maybe" in run(settings, "cp.api", "maybe").output
    assert "column 1" in run(settings, "cp.workers", "[max:1").output
    nowhere = Settings(state_dir=tmp_path / "none")
    assert run(nowhere, "cp.api").exit_code == 1
    assert not (tmp_path / "none").exists()
