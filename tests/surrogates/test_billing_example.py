"""examples/surrogates/billing.py: the account is always one year old, to whoever asks and by whatever way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from apnscp.server.app import COOKIE
from apnscp.server.testing import EmulatedPanel, make_panel

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "surrogates"
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
YEAR_AGO = int(datetime(2025, 3, 1, 12, tzinfo=UTC).timestamp())

pytestmark = pytest.mark.xdist_group("served-surrogates")


@pytest.fixture
def panel(apnscp_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    with contextmanager(make_panel)(apnscp_store, tmp_path, surrogates=EXAMPLES) as panel:
        panel.clock.freeze(NOW)
        panel.seed("example.com")
        yield panel


def test_the_account_was_made_a_year_ago(panel: EmulatedPanel) -> None:
    with panel.as_site("example.com") as client:
        assert client.billing.get_customer_since() == YEAR_AGO
        assert client.billing.is_billed() is False


def test_pages_ask_the_surrogate(panel: EmulatedPanel) -> None:
    from flask import Flask

    from apnscp.server.web.visitors import Gate

    session = panel.call("admin:hijack", "example.com", None, "UI")
    gate = Gate(panel.app.panel, panel.app.authenticator, panel.app.dispatcher)
    with Flask(__name__).test_request_context(headers={"Cookie": f"{COOKIE}={session}"}):
        visitor = gate.visitor()
        assert visitor.ask("billing:get-customer-since") == YEAR_AGO
        assert visitor.may("billing:get-customer-since") and not visitor.may("admin:get-domains")


def a_year_ago(text: str) -> bool:
    age = datetime.now(UTC) - datetime.fromtimestamp(int(text), UTC)
    return 364 <= age.days <= 366


def test_cpcmd_sees_it(served_surrogates: Any) -> None:
    done = served_surrogates.shell("cpcmd -d test-domain.com billing:get-customer-since")
    assert a_year_ago(done.stdout), done.stderr


def test_cpcmd_lists_and_completes_the_methods_of_surrogates(served_surrogates: Any) -> None:
    methods = ["activate-site", "add-site", "edit-site", "get-limits", "list-sites", "suspend-site"]
    done = served_surrogates.shell("cpcmd -d test-domain.com reseller")
    assert [line.strip() for line in done.stdout.splitlines()[1:]] == [f"reseller:{method}" for method in methods]
    line = "cpcmd -d test-domain.com reseller_"
    done = served_surrogates.shell("cpcmd", COMP_WORDS=line, COMP_CWORD="3", _CPCMD_COMPLETE="bash_complete")
    assert done.stdout.split() == [f"plain,reseller:{method}" for method in methods], done.stderr


def test_php_sees_it_through_the_description(served_surrogates: Any, need: Callable[[str], str]) -> None:
    program = r"""
    $open = fn($query) => new SoapClient(getenv("APNSCP_URL") . "/apnscp.wsdl", [
        "location" => getenv("APNSCP_URL") . "/soap" . $query, "cache_wsdl" => WSDL_CACHE_NONE,
    ]);
    $session = $open("?authkey=" . getenv("APNSCP_KEY"))->admin_hijack("test-domain.com");
    $site = $open("");
    $site->__setCookie("esprit_id", $session);
    echo $site->billing_get_customer_since(), "\n", json_encode($site->reseller_get_limits());
    """
    line = f"""eval "$(apnscpd env)"; {need("php")} -r '{program}'"""
    done = served_surrogates.shell(line)
    since, limits = done.stdout.splitlines()
    assert a_year_ago(since), done.stderr
    assert limits == '{"sites":4,"used":2,"plans":["starter","business"]}'


def test_a_key_can_be_limited_to_a_module_of_the_surrogates(served_surrogates: Any) -> None:
    made = served_surrogates.shell("apnscpd key --new --user test-admin@test-domain.com --commands 'reseller:*'")
    key = made.stdout.strip()
    done = served_surrogates.shell(f"cpcmd --key {key} reseller:get-limits && cpcmd --key {key} common:whoami")
    assert "used: 2" in done.stdout, made.stderr + done.stderr
    assert "may not call common:whoami" in done.stderr


def test_the_calls_of_surrogates_can_be_listed(served_surrogates: Any) -> None:
    served_surrogates.shell("cpcmd -d test-domain.com reseller:get-limits")
    done = served_surrogates.shell("apnscpd calls --method reseller:get-limits --last 1")
    assert "reseller:get-limits" in done.stdout and "test-admin@site1" in done.stdout, done.stderr
    assert served_surrogates.shell("apnscpd calls --method reseller:get-limit").returncode == 1


def test_a_server_with_a_broken_surrogate_does_not_start(served_surrogates: Any, tmp_path: Path) -> None:
    (tmp_path / "billing.py").write_text(
        "from apnscp.surrogates import Surrogate\n\nclass Billing(Surogate):\n    pass\n"
    )
    line = f"apnscpd serve --ephemeral --state-dir {tmp_path}/state --port 0 --tls-port 0 --surrogates {tmp_path}"
    done = served_surrogates.shell(line)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"apnscpd: {tmp_path}/billing.py:3: NameError: name 'Surogate' is not defined\n"
