"""Which panel a command line speaks to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apnscp.client.connection.address import Address
from apnscp.client.shell.config import resolve
from apnscp.client.shell.profiles import read_profiles, toml, write_profiles
from apnscp.client.shell.sources import ConfigError, Source


def _profiles(home: Path) -> None:
    write_profiles(
        {
            "staging": Source("https://staging.example:2083", "staging-key", "/ca.pem", None, 20),
            "main": Source("https://main.example:2083", "main-key", None, True),
        },
        "main",
    )
    assert (home / ".config/cpcmd/config.toml").stat().st_mode & 0o777 == 0o600


def _endpoint(path: Path, **note: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"url": "http://127.0.0.1:2082", "key": "local-key", **note}))


def test_nothing_set_and_no_server_is_an_error_that_says_what_to_do(home: Path) -> None:
    with pytest.raises(ConfigError, match="No panel is known; start one with `make serve'"):
        resolve(Source(), None, {"HOME": str(home)})


def test_nothing_set_finds_the_local_server(home: Path) -> None:
    _endpoint(home / ".local/state/apnscp/endpoint.json")
    assert resolve(Source(), None, {"HOME": str(home)}) == Address("http://127.0.0.1:2082", "local-key")


@pytest.mark.parametrize("variable", ["APNSCP_STATE_DIR", "XDG_STATE_HOME"])
def test_local_server_is_found_in_its_state_directory(home: Path, variable: str) -> None:
    state = home / "state" / ("" if variable == "APNSCP_STATE_DIR" else "apnscp")
    _endpoint(state / "endpoint.json")
    assert resolve(Source(), None, {"HOME": "/nowhere", variable: str(home / "state")}).key == "local-key"


def test_local_servers_certificate_is_trusted_at_its_tls_address(home: Path) -> None:
    _endpoint(home / ".local/state/apnscp/endpoint.json", tls_url="https://127.0.0.1:2083", ca="/ca.pem", pid=5)
    address = resolve(Source("https://127.0.0.1:2083"), None, {"HOME": str(home)})
    assert address == Address("https://127.0.0.1:2083", "local-key", cacert="/ca.pem")


def test_default_profile_comes_before_the_local_server(home: Path) -> None:
    _profiles(home)
    _endpoint(home / ".local/state/apnscp/endpoint.json")
    address = resolve(Source(), None, {"HOME": str(home)})
    assert address == Address("https://main.example:2083", "main-key", verify=False)


def test_environment_comes_before_the_default_profile(home: Path) -> None:
    _profiles(home)
    environ = {"HOME": str(home), "APNSCP_URL": "http://env.example", "APNSCP_KEY": "env-key", "APNSCP_CA": "/e.pem"}
    assert resolve(Source(), None, environ) == Address("http://env.example:2082", "env-key", cacert="/e.pem")


def test_named_profile_comes_before_the_environment(home: Path) -> None:
    _profiles(home)
    environ = {"HOME": str(home), "APNSCP_URL": "http://env.example", "APNSCP_KEY": "env-key"}
    address = Address("https://staging.example:2083", "staging-key", cacert="/ca.pem", timeout=20)
    assert resolve(Source(), "staging", environ) == address
    assert resolve(Source(), None, {**environ, "APNSCP_PROFILE": "staging"}) == address


def test_flags_come_first_and_complete_a_profile(home: Path) -> None:
    _profiles(home)
    environ = {"HOME": str(home)}
    assert resolve(Source(key="mine", timeout=3), "staging", environ) == Address(
        "https://staging.example:2083", "mine", cacert="/ca.pem", timeout=3
    )
    assert resolve(Source(insecure=True), "staging", environ).verify is False
    assert resolve(Source("http://flag.example", "mine"), "staging", environ).base == "http://flag.example:2082"


def test_key_of_one_panel_is_never_used_for_another(home: Path) -> None:
    _profiles(home)
    _endpoint(home / ".local/state/apnscp/endpoint.json")
    environ = {"HOME": str(home), "APNSCP_URL": "http://env.example", "APNSCP_KEY": "env-key"}
    with pytest.raises(ConfigError, match=r"No API key is known for http://evil\.example:2082"):
        resolve(Source("http://evil.example"), "staging", environ)
    with pytest.raises(ConfigError, match=r"No API key is known for http://env\.example:2082"):
        resolve(Source(), None, {"HOME": str(home), "APNSCP_URL": "http://env.example"})


def test_key_set_alone_goes_to_whatever_panel_is_named(home: Path) -> None:
    _endpoint(home / ".local/state/apnscp/endpoint.json")
    environ = {"HOME": str(home), "APNSCP_KEY": "env-key"}
    assert resolve(Source("http://flag.example"), None, environ).key == "env-key"
    assert resolve(Source(), None, environ) == Address("http://127.0.0.1:2082", "env-key")


def test_unknown_profile_names_the_known_ones(home: Path) -> None:
    with pytest.raises(ConfigError, match="Unknown profile `live'; there are none yet"):
        resolve(Source(), "live", {"HOME": str(home)})
    _profiles(home)
    with pytest.raises(ConfigError, match="Unknown profile `live'; known are main, staging"):
        resolve(Source(), "live", {"HOME": str(home)})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[profiles", r"config\.toml cannot be read"),
        ("profiles = 5", "`profiles' must be a table"),
        ("[profiles]\nx = 5", "profile `x' must be a table"),
        ("[profiles.x]\nurl = 5", "profile `x': `url' must be str"),
        ('[profiles.x]\ninsecure = "yes"', "profile `x': `insecure' must be bool"),
    ],
)
def test_broken_profiles_are_named(home: Path, text: str, words: str) -> None:
    path = home / ".config/cpcmd/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ConfigError, match=words):
        resolve(Source(), "x", {"HOME": str(home)})


@pytest.mark.parametrize("text", ["{", "[]", '{"url": 5}'])
def test_broken_note_of_a_local_server_is_named(home: Path, text: str) -> None:
    path = home / ".local/state/apnscp/endpoint.json"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"endpoint\.json"):
        resolve(Source(), None, {"HOME": str(home)})


def test_address_that_is_none_is_a_usage_error(home: Path) -> None:
    with pytest.raises(ConfigError, match="neither a host name nor an http or https URL"):
        resolve(Source("ftp://panel.example", "key"), None, {"HOME": str(home)})


def test_written_profiles_read_back(home: Path) -> None:
    known = {
        'odd "name" é \U0001f600': Source("http://a:1", 'k\\"\x7f\x01\U0001f600', "/c", True, 1.5),
        "b": Source("http://b:2"),
    }
    write_profiles(known, "b")
    assert read_profiles({"HOME": str(home)}) == (known, "b")
    assert toml({"b": Source("http://b:2")}, None) == '[profiles.b]\nurl = "http://b:2"\n'
