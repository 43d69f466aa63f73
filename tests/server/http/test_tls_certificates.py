"""The certificate the server makes for itself."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509

from apnscp.server.http import tls
from apnscp.server.settings import SetupError

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def names(path: Path) -> x509.SubjectAlternativeName:
    return certificate(path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value


def test_the_first_start_makes_a_ca_and_a_certificate_signed_by_it(tmp_path: Path) -> None:
    pair = tls.self_signed(tmp_path / "tls", "127.0.0.1", NOW)
    assert pair.ca is not None
    certificate(pair.cert).verify_directly_issued_by(certificate(pair.ca))
    assert pair.cert.read_bytes().endswith(pair.ca.read_bytes())
    assert tls.given(pair.cert, pair.key).cert == pair.cert


def test_keys_are_readable_for_their_owner_alone(tmp_path: Path) -> None:
    tls.self_signed(tmp_path / "tls", "127.0.0.1", NOW)
    assert stat.S_IMODE((tmp_path / "tls").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "tls" / "server.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "tls" / "ca.key").stat().st_mode) == 0o600
    assert not list((tmp_path / "tls").glob(".*"))


def test_it_is_used_again_by_later_starts(tmp_path: Path) -> None:
    first = tls.self_signed(tmp_path, "127.0.0.1", NOW).cert.read_bytes()
    assert tls.self_signed(tmp_path, "127.0.0.1", NOW + timedelta(days=365)).cert.read_bytes() == first


def test_it_is_renewed_under_the_same_ca_before_it_runs_out(tmp_path: Path) -> None:
    pair = tls.self_signed(tmp_path, "127.0.0.1", NOW)
    first, authority = pair.cert.read_bytes(), (tmp_path / "ca.pem").read_bytes()
    tls.self_signed(tmp_path, "127.0.0.1", NOW + timedelta(days=368))
    assert pair.cert.read_bytes() != first
    assert (tmp_path / "ca.pem").read_bytes() == authority
    assert certificate(pair.cert).not_valid_after_utc > NOW + timedelta(days=700)


def test_it_is_made_anew_when_the_host_changes(tmp_path: Path) -> None:
    pair = tls.self_signed(tmp_path, "127.0.0.1", NOW)
    first = pair.cert.read_bytes()
    tls.self_signed(tmp_path, "panel.example.test", NOW)
    assert pair.cert.read_bytes() != first
    assert "panel.example.test" in names(pair.cert).get_values_for_type(x509.DNSName)


def test_it_is_made_anew_under_the_same_ca_when_it_lacks_a_name(tmp_path: Path) -> None:
    pair = tls.self_signed(tmp_path, "127.0.0.1", NOW)
    authority = (tmp_path / "ca.pem").read_bytes()
    tls.self_signed(tmp_path, "127.0.0.1", NOW, names=["panel.example.test", "*.example.test", "192.0.2.7"])
    assert {"panel.example.test", "*.example.test"} <= set(names(pair.cert).get_values_for_type(x509.DNSName))
    assert ip_address("192.0.2.7") in names(pair.cert).get_values_for_type(x509.IPAddress)
    assert (tmp_path / "ca.pem").read_bytes() == authority
    wide = pair.cert.read_bytes()
    tls.self_signed(tmp_path, "127.0.0.1", NOW, names=["192.0.2.7"])
    assert pair.cert.read_bytes() == wide


def test_it_names_localhost_and_both_loopback_addresses(tmp_path: Path) -> None:
    held = names(tls.self_signed(tmp_path, "0.0.0.0", NOW).cert)
    assert "localhost" in held.get_values_for_type(x509.DNSName)
    addresses = held.get_values_for_type(x509.IPAddress)
    assert {ip_address("127.0.0.1"), ip_address("::1")} <= set(addresses)
    assert ip_address("0.0.0.0") not in addresses


def test_everything_is_made_anew_when_the_ca_runs_out(tmp_path: Path) -> None:
    pair = tls.self_signed(tmp_path, "127.0.0.1", NOW)
    assert pair.ca is not None
    authority = pair.ca.read_bytes()
    tls.self_signed(tmp_path, "127.0.0.1", NOW + timedelta(days=3640))
    assert pair.ca.read_bytes() != authority
    certificate(pair.cert).verify_directly_issued_by(certificate(pair.ca))


@pytest.mark.parametrize("name", ["ca.pem", "ca.key", "server.pem", "server.key"])
def test_a_damaged_file_is_replaced(tmp_path: Path, name: str) -> None:
    pair = tls.self_signed(tmp_path, "127.0.0.1", NOW)
    (tmp_path / name).write_text("damaged")
    tls.self_signed(tmp_path, "127.0.0.1", NOW)
    assert pair.ca is not None
    certificate(pair.cert).verify_directly_issued_by(certificate(pair.ca))
    assert tls.given(pair.cert, pair.key)


def test_a_given_pair_that_does_not_belong_together_is_refused(tmp_path: Path) -> None:
    one = tls.self_signed(tmp_path / "one", "127.0.0.1", NOW)
    other = tls.self_signed(tmp_path / "other", "127.0.0.1", NOW)
    with pytest.raises(SetupError, match="cannot serve TLS with"):
        tls.given(one.cert, other.key)
