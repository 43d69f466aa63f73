"""Signing certificates: with their own key, or with that of an authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import reading, signing_requests, subjects
from apnscp.opcenter.certificates.private_keys import PrivateKey, public_pem

DAYS = range(1, 36501)
LARGEST_SERIAL = 2**159


@dataclass(frozen=True)
class Issuer:
    """Who signs: a certificate and its key."""

    certificate: x509.Certificate
    key: PrivateKey


def self_signed(request_text: str, key: PrivateKey, days: int, serial: int | None, now: datetime) -> str:
    """Sign a request with its own key and return the certificate in PEM.

    days: how long it is valid from `now`; serial: None for a random one
    Raises Refused where the key is not that of the request, and for days or a serial out of range.
    """
    request = signing_requests.read(request_text)
    if public_pem(request.public_key()) != public_pem(key.public_key()):
        raise Refused("The private key is not that of the request; sign it with the key that ssl:generate-csr got")
    if days not in DAYS:
        raise Refused("days: %d is not from %d to %d", days, DAYS[0], DAYS[-1])
    if serial is not None and not 0 < serial < LARGEST_SERIAL:
        raise Refused("serial: %d is not a positive number of at most 20 bytes", serial)
    builder = _begun(request.subject, signing_requests.hosts_of(request), request.public_key(), now, days)
    builder = builder.issuer_name(request.subject).serial_number(serial or x509.random_serial_number())
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return pem(builder.sign(key, hashes.SHA256()))


def issued(issuer: Issuer, key: PrivateKey, hosts: list[str], now: datetime, days: int) -> str:
    """Return a certificate in PEM for hosts, signed by an authority; valid for `days` from `now`."""
    subject = subjects.name_of({"CN": hosts[0]})
    builder = _begun(subject, hosts, key.public_key(), now, days).issuer_name(issuer.certificate.subject)
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return pem(builder.add_extension(identifier, critical=False).sign(issuer.key, hashes.SHA256()))


def authority(key: PrivateKey, name: str, begins: datetime, ends: datetime) -> x509.Certificate:
    """Return the certificate of a new authority."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_key_usage(authority=True), critical=True)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return builder.add_extension(identifier, critical=False).sign(key, hashes.SHA256())


def pem(certificate: x509.Certificate) -> str:
    """Return a certificate in PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def relation(one: x509.Certificate, other: x509.Certificate) -> int:
    """Return 1 where `other` issued `one`, -1 where it is the other way round, 0 where neither did."""
    if reading.issued_by(one, other):
        return 1
    return -1 if reading.issued_by(other, one) else 0


def _begun(
    subject: x509.Name, hosts: list[str], key: CertificatePublicKeyTypes, now: datetime, days: int
) -> x509.CertificateBuilder:
    begins = now.replace(microsecond=0)
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key)
    builder = builder.not_valid_before(begins).not_valid_after(begins + timedelta(days=days))
    builder = builder.add_extension(_key_usage(authority=False), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    return builder.add_extension(subjects.alternative(hosts), critical=not list(subject)) if hosts else builder


def _key_usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=not authority, data_encipherment=False,
        key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False, decipher_only=False,
    )  # fmt: skip
