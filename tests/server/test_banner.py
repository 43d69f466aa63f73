"""What the start prints is there to be pasted."""

from __future__ import annotations

from pathlib import Path

from apnscp.server.banner import Provisioned, banner
from apnscp.server.installed_commands import typed
from apnscp.server.provisioning import fill_panel
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel

APNSCPD = typed("apnscpd")


def lines(terminal: bool = True, password: str | None = "word", **given: object) -> dict[str, str]:
    settings = Settings(**given)  # type: ignore[arg-type]
    told = banner(settings, Provisioned(settings.admin_key or "ab" * 32, password, 0), terminal=terminal)
    return dict(line.strip().split(None, 1) for line in told if line.startswith("  "))


def test_a_key_with_special_characters_is_quoted_where_it_is_pasted() -> None:
    told = lines(admin_key="a b&c=d'é")
    assert '"location" => "http://127.0.0.1:2082/soap?authkey=a%20b%26c%3Dd%27%C3%A9"' in told["PHP"]
    assert told["cpcmd"] == (
        f"APNSCP_URL=http://127.0.0.1:2082 APNSCP_KEY='a b&c=d'\"'\"'é' {typed('cpcmd')} common:whoami"
    )


def test_addresses_can_be_reached() -> None:
    assert lines(host="::1")["WSDL"] == "http://[::1]:2082/apnscp.wsdl"
    assert lines(host="::")["WSDL"] == "http://127.0.0.1:2082/apnscp.wsdl"
    assert lines(host="0.0.0.0")["WSDL"] == "http://127.0.0.1:2082/apnscp.wsdl"


def test_a_key_that_a_person_gave_is_shown_on_a_terminal_alone() -> None:
    assert "S3CRET" in str(lines(admin_key="S3CRET"))
    told = lines(terminal=False, admin_key="S3CRET")
    assert "S3CRET" not in str(told)
    assert told["key"] == f"as given at the start; `{APNSCPD} env' prints it   (administrator)"
    assert told["cpcmd"] == f'eval "$({APNSCPD} env)"; {typed("cpcmd")} common:whoami'
    assert "abab" in lines(terminal=False)["key"]


def test_a_password_that_is_not_known_any_more_can_be_set_again(tmp_path: Path) -> None:
    told = lines(password=None)
    assert told["page"].endswith(f"login admin, password as it was set; `{APNSCPD} password' sets another")
    elsewhere = lines(password=None, state_dir=tmp_path / "a b")
    assert f"`{APNSCPD} --state-dir '{tmp_path}/a b' password' sets another" in elsewhere["page"]


def test_who_serves_other_machines_is_told_that_they_can_be_overheard() -> None:
    assert not {"network", "caution", "CA"} & set(lines())
    told = lines(host="192.0.2.7")
    assert told["network"] == "http://192.0.2.7:2082   https://192.0.2.7:2083"
    assert told["caution"] == (
        "on port 2082 keys and passwords cross the network in clear; close it to other machines with"
        f" `{APNSCPD} scope cp.config frontend https_only true'"
    )
    assert told["CA"].endswith("/tls/ca.pem is what clients trust; --tls-name adds a name to the certificate")
    assert "caution" in lines(host="0.0.0.0")


def test_another_admin_key_replaces_the_one_of_an_earlier_start(panel: EmulatedPanel) -> None:
    fill_panel(panel.app.panel, admin_key="second-key")
    assert panel.call("common:whoami", key="second-key") == "admin"
    assert "is not valid" in panel.fault("common:whoami", key=panel.key)
    fill_panel(panel.app.panel, admin_key="second-key")
    assert panel.call("common:whoami", key="SECOND KEY") == "admin"
