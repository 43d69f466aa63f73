"""What the start prints is there to be pasted."""

from __future__ import annotations

from apnscp.server.banner import Provisioned, banner
from apnscp.server.installed_commands import typed
from apnscp.server.provisioning import fill_panel
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel


def lines(**given: object) -> dict[str, str]:
    settings = Settings(**given)  # type: ignore[arg-type]
    told = banner(settings, Provisioned(settings.admin_key or "ab" * 32, "word", 0))
    return dict(line.strip().split(None, 1) for line in told if line.startswith("  "))


def test_a_key_with_special_characters_is_quoted_where_it_is_pasted() -> None:
    told = lines(admin_key="a b&c=d'é")
    assert '"location" => "http://127.0.0.1:2082/soap?authkey=a%20b%26c%3Dd%27%C3%A9"' in told["PHP"]
    assert told["cpcmd"] == (
        f"APNSCP_URL=http://127.0.0.1:2082 APNSCP_KEY='a b&c=d'\"'\"'é' {typed('cpcmd')} common:whoami"
    )


def test_addresses_can_be_reached() -> None:
    assert lines(host="::1")["WSDL"] == "http://[::1]:2082/apnscp.wsdl"
    assert lines(host="::")["WSDL"] == "http://[::1]:2082/apnscp.wsdl"
    assert lines(host="0.0.0.0")["WSDL"] == "http://127.0.0.1:2082/apnscp.wsdl"


def test_another_admin_key_replaces_the_one_of_an_earlier_start(panel: EmulatedPanel) -> None:
    fill_panel(panel.app.panel, admin_key="second-key")
    assert panel.call("common:whoami", key="second-key") == "admin"
    assert "is not valid" in panel.fault("common:whoami", key=panel.key)
    fill_panel(panel.app.panel, admin_key="second-key")
    assert panel.call("common:whoami", key="SECOND KEY") == "admin"
