"""Settings: from flags and variables, and back."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from apnscp.server.cli.main import main
from apnscp.server.cli.serve import settings_from
from apnscp.server.settings import Settings, SetupError, default_state_dir, flag_of


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for entry in fields(Settings):
        monkeypatch.delenv(f"APNSCP_{entry.name.upper()}", raising=False)


def test_defaults() -> None:
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.tls_port) == ("127.0.0.1", 2082, 2083)
    assert (settings.tls, settings.demo, settings.ephemeral, settings.workers) == (True, False, False, 2)


def test_variables_are_read_by_the_kind_of_their_field() -> None:
    settings = Settings.from_env(
        {
            "APNSCP_PORT": "8080",
            "APNSCP_TLS": "no",
            "APNSCP_DEMO": "1",
            "APNSCP_BODY_TIMEOUT": "2.5",
            "APNSCP_PLANS_DIR": "/etc/plans",
            "APNSCP_TRUSTED_FORWARD": "10.0.0.1, 192.168.0.0/16",
            "APNSCP_ADMIN_KEY": "",
        }
    )
    assert (settings.port, settings.tls, settings.demo, settings.body_timeout) == (8080, False, True, 2.5)
    assert settings.plans_dir == Path("/etc/plans")
    assert settings.trusted_forward == ("10.0.0.1/32", "192.168.0.0/16")
    assert settings.admin_key is None


def test_settings_survive_the_way_through_the_environment() -> None:
    settings = Settings(port=1, tls=False, demo=True, admin_key="k y", trusted_forward=("::1/128", "10.0.0.0/8"))
    assert Settings.from_env(settings.to_env()) == settings


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "--port (APNSCP_PORT) takes a whole number, not `http'"),
        ("PORT", "-1", "--port (APNSCP_PORT) takes a whole number, not `-1'"),
        ("PORT", "65536", "--port takes 0 to 65535"),
        ("TLS_PORT", "2082", "--port and --tls-port must differ"),
        ("TLS", "maybe", "--tls (APNSCP_TLS) takes true or false, not `maybe'"),
        ("TLS_CERT", "/a.pem", "--tls-cert and --tls-key go together"),
        ("WORKERS", "0", "--workers takes 1 to 64"),
        ("ADMIN_KEY", " - -", "--admin-key needs more than dashes and spaces, which do not count"),
        ("DB", "mysql://h/d", "--db takes sqlite:///FILE or postgresql://HOST/NAME"),
        ("DB", "panel.sqlite3", "--db takes sqlite:///FILE or postgresql://HOST/NAME"),
        ("DB", "sqlite:///", "--db takes sqlite:///FILE; --ephemeral keeps a store only while the server runs"),
        (
            "TLS_NAMES",
            "panel.example.com,not a name",
            "--tls-name (APNSCP_TLS_NAMES) takes host names or addresses, not `panel.example.com,not a name'",
        ),
        ("BODY_TIMEOUT", "0", "--body-timeout (APNSCP_BODY_TIMEOUT) takes a number of seconds, not `0'"),
        ("BODY_TIMEOUT", "nan", "--body-timeout (APNSCP_BODY_TIMEOUT) takes a number of seconds, not `nan'"),
        ("LOG_LEVEL", "loud", "--log-level (APNSCP_LOG_LEVEL) takes one of debug, info, warning, error, not `loud'"),
        (
            "TRUSTED_FORWARD",
            "x",
            "--trusted-forward (APNSCP_TRUSTED_FORWARD) takes addresses or networks with commas between them, not `x'",
        ),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: str, sentence: str) -> None:
    with pytest.raises(SetupError) as caught:
        Settings.from_env({f"APNSCP_{name}": value})
    assert str(caught.value) == sentence


def test_names_of_the_certificate_are_written_as_certificates_have_them() -> None:
    told = settings_from({"tls_names": ("Panel.Example.COM.", "*.münchen.example", "[2001:DB8::1]", "192.0.2.7")})
    assert told.tls_names == ("panel.example.com", "*.xn--mnchen-3ya.example", "2001:db8::1", "192.0.2.7")
    assert Settings.from_env(told.to_env()) == told
    with pytest.raises(SetupError, match="--tls-name puts names into the self-signed certificate"):
        Settings(tls_names=("a.example",), tls_cert=Path("/a.pem"), tls_key=Path("/a.key"))


def test_flags_win_over_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APNSCP_PORT", "1000")
    monkeypatch.setenv("APNSCP_TLS", "true")
    monkeypatch.setenv("APNSCP_WORKERS", "5")
    settings = settings_from({"port": "2000", "tls": False, "workers": None})
    assert (settings.port, settings.tls, settings.workers) == (2000, False, 5)


def test_state_goes_to_the_users_state_directory() -> None:
    assert default_state_dir({"XDG_STATE_HOME": "/x"}) == Path("/x/apnscp")
    assert default_state_dir({"XDG_STATE_HOME": "relative"}) == Path.home() / ".local/state/apnscp"


def test_the_database_is_a_file_in_a_directory_of_its_own_unless_told_otherwise() -> None:
    assert Settings(state_dir=Path("/x")).database_url == "sqlite:////x/db/panel.sqlite3"
    assert Settings(db="postgresql://h/d").database_url == "postgresql://h/d"


def test_secrets_are_not_shown() -> None:
    assert "hidden-word" not in repr(Settings(admin_key="hidden-word", secret="hidden-word"))


def test_every_setting_has_a_flag_and_says_its_variable() -> None:
    text = " ".join(CliRunner().invoke(main, ["serve", "--help"]).output.split())
    for entry in fields(Settings):
        assert (f" {flag_of(entry)} " in text) == entry.metadata["flag"]
        assert (f"[APNSCP_{entry.name.upper()}" in text) == entry.metadata["flag"]


def test_a_wrong_flag_is_one_line_and_exit_1() -> None:
    result = CliRunner().invoke(main, ["serve", "--port", "x"])
    assert result.exit_code == 1
    assert result.stderr == "apnscpd: --port (APNSCP_PORT) takes a whole number, not `x'\n"
