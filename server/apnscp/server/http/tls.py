"""The server's certificate: made on first start, kept, and renewed when it expires or no longer fits the host."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from apnscp.core import atomic_files
from apnscp.core.clock import wall
from apnscp.server.machine_addresses import EVERY_ADDRESS, addresses_behind
from apnscp.server.settings import SetupError

LIFE = timedelta(days=397)
"""Longest life of a server certificate that all common TLS clients take."""
CA_LIFE = timedelta(days=3650)
RENEW_BEFORE = timedelta(days=30)


class Pair(NamedTuple):
    """What a listener needs: certificate chain and key; `ca` is what clients may trust, None for a given pair."""

    cert: Path
    key: Path
    ca: Path | None


class _Signed(NamedTuple):
    cert: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def given(cert: Path, key: Path) -> Pair:
    """Check a pair that the operator named.

    Raises SetupError when the files cannot be read or do not belong together.
    """
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password=_no_password)
    except (OSError, ssl.SSLError, ValueError) as error:
        raise SetupError(f"cannot serve TLS with {cert} and {key}: {error}") from None
    return Pair(cert, key, None)


def _no_password() -> str:
    raise ValueError("the key is encrypted; store it without a passphrase")


def self_signed(directory: Path, host: str, now: datetime | None = None, *, names: Iterable[str] = ()) -> Pair:
    """Return the certificate kept in `directory`, after making what is missing and renewing what is old or does not fit.

    directory: made with mode 0700; holds ca.pem, ca.key, server.pem (with the CA behind it) and server.key
    host: what the server listens on; stands in the certificate beside the names of this machine
    now: the time by which certificates are judged
    names: further host names and addresses; a certificate that lacks one is renewed, under the same CA
    """
    moment = now or datetime.fromtimestamp(wall(), UTC)
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    pair = Pair(directory / "server.pem", directory / "server.key", directory / "ca.pem")
    wanted = names_of(host) | set(names)
    authority = _kept(directory / "ca.pem", directory / "ca.key", moment)
    if authority is None:
        authority = _keep(directory / "ca.pem", directory / "ca.key", _make_authority(moment))
    leaf = _kept(pair.cert, pair.key, moment)
    if leaf is None or not _fits(leaf.cert, authority.cert, wanted):
        _keep(pair.cert, pair.key, _make_leaf(authority, wanted, moment), chain=[authority.cert])
    return pair


def names_of(host: str) -> frozenset[str]:
    """Return the names and addresses that a certificate for this machine and `host` holds.

    One for every address holds those that this machine has now.
    """
    own = {"localhost", "127.0.0.1", "::1", _ascii(socket.gethostname()), _ascii(host.strip("[]"))}
    return frozenset(own - EVERY_ADDRESS) | set(addresses_behind(host))


def _ascii(name: str) -> str:
    return name.lower() if name.isascii() and len(name) < 254 else ""


def _general(names: Iterable[str]) -> list[x509.GeneralName]:
    return [_general_name(name) for name in sorted(names)]


def _general_name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _kept(cert: Path, key: Path, moment: datetime) -> _Signed | None:
    """Return the pair in the files, or None when it is missing, damaged or about to expire."""
    try:
        found = x509.load_pem_x509_certificate(cert.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    except (FileNotFoundError, ValueError, TypeError):
        return None
    if not isinstance(private, ec.EllipticCurvePrivateKey) or private.public_key() != found.public_key():
        return None
    fresh = found.not_valid_before_utc <= moment < found.not_valid_after_utc - RENEW_BEFORE
    return _Signed(found, private) if fresh else None


def _fits(leaf: x509.Certificate, authority: x509.Certificate, names: frozenset[str]) -> bool:
    try:
        leaf.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    held = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return set(held) >= set(_general(names))


def _make_authority(moment: datetime) -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"apnscp emulator on {socket.gethostname()}"[:64])
    uses = _key_usage(sign_certificates=True)
    built = _builder(name, name, key, moment, CA_LIFE)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return _Signed(built.add_extension(uses, critical=True).sign(key, hashes.SHA256()), key)


def _make_leaf(authority: _Signed, names: frozenset[str], moment: datetime) -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    built = _builder(_name("localhost"), authority.cert.subject, key, moment, LIFE)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    for extension, critical in (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (_key_usage(sign_certificates=False), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.SubjectAlternativeName(_general(names)), False),
        (issuer, False),
    ):
        built = built.add_extension(extension, critical=critical)
    return _Signed(built.sign(authority.key, hashes.SHA256()), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, moment: datetime, life: timedelta
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment - timedelta(hours=1))
        .not_valid_after(moment + life - timedelta(hours=1))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _key_usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _keep(cert: Path, key: Path, signed: _Signed, chain: Iterable[x509.Certificate] = ()) -> _Signed:
    private = signed.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = b"".join(each.public_bytes(serialization.Encoding.PEM) for each in (signed.cert, *chain))
    atomic_files.write(key, private)
    atomic_files.write(cert, public, 0o644)
    return signed
