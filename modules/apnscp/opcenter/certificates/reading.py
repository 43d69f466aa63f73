"""Reading certificates, in the shape that PHP's openssl_x509_parse gives them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID, SignatureAlgorithmOID

from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import private_keys, subjects
from apnscp.opcenter.certificates.private_keys import PrivateKey

SIGNATURES = {
    SignatureAlgorithmOID.RSA_WITH_SHA1: ("RSA-SHA1", "sha1WithRSAEncryption", 65),
    SignatureAlgorithmOID.RSA_WITH_SHA256: ("RSA-SHA256", "sha256WithRSAEncryption", 668),
    SignatureAlgorithmOID.RSA_WITH_SHA384: ("RSA-SHA384", "sha384WithRSAEncryption", 669),
    SignatureAlgorithmOID.RSA_WITH_SHA512: ("RSA-SHA512", "sha512WithRSAEncryption", 670),
    SignatureAlgorithmOID.ECDSA_WITH_SHA256: ("ecdsa-with-SHA256", "ecdsa-with-SHA256", 794),
    SignatureAlgorithmOID.ECDSA_WITH_SHA384: ("ecdsa-with-SHA384", "ecdsa-with-SHA384", 795),
    SignatureAlgorithmOID.ECDSA_WITH_SHA512: ("ecdsa-with-SHA512", "ecdsa-with-SHA512", 796),
}
"""Short name, long name and number that OpenSSL gives a signature."""
USAGES = {
    ExtendedKeyUsageOID.SERVER_AUTH: "TLS Web Server Authentication",
    ExtendedKeyUsageOID.CLIENT_AUTH: "TLS Web Client Authentication",
}
KEY_USAGES = {
    "digital_signature": "Digital Signature",
    "content_commitment": "Non Repudiation",
    "key_encipherment": "Key Encipherment",
    "data_encipherment": "Data Encipherment",
    "key_agreement": "Key Agreement",
    "key_cert_sign": "Certificate Sign",
    "crl_sign": "CRL Sign",
}


def read(text: str) -> x509.Certificate:
    """Read a certificate in PEM, the first where there are several; raises Refused for anything else."""
    return read_all(text)[0]


def read_all(text: str) -> list[x509.Certificate]:
    """Read one or more certificates in PEM; raises Refused for anything else."""
    try:
        return x509.load_pem_x509_certificates(text.strip().encode())
    except ValueError:
        raise Refused("This is not a certificate in PEM; it begins with -----BEGIN CERTIFICATE-----") from None


def belongs(certificate: x509.Certificate, key: PrivateKey) -> bool:
    """Tell whether a certificate is of a private key."""
    return private_keys.public_pem(certificate.public_key()) == private_keys.public_pem(key.public_key())


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Tell whether a certificate was signed by the key of another, or of itself."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True


def hosts_of(certificate: x509.Certificate) -> list[str] | None:
    """Return the alternative names of a certificate, None for one without any."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return None
    return [_general(each) for each in found]


def described(certificate: x509.Certificate) -> dict[str, Any]:
    """Return a certificate as PHP shows it: subject, issuer, serial number, validity, signature, extensions."""
    serial = certificate.serial_number
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    kind = certificate.signature_algorithm_oid
    short, long, number = SIGNATURES.get(kind, (kind.dotted_string, kind.dotted_string, 0))
    return {
        "name": subjects.line_of(certificate.subject),
        "subject": subjects.fields_of(certificate.subject),
        "issuer": subjects.fields_of(certificate.issuer),
        "version": certificate.version.value,
        "serialNumber": str(serial),
        "serialNumberHex": f"{serial:X}".rjust(len(f"{serial:X}") + len(f"{serial:X}") % 2, "0"),
        "validFrom": _utc(begins),
        "validTo": _utc(ends),
        "validFrom_time_t": int(begins.timestamp()),
        "validTo_time_t": int(ends.timestamp()),
        "signatureTypeSN": short,
        "signatureTypeLN": long,
        "signatureTypeNID": number,
        "extensions": _extensions(certificate),
    }


def _utc(moment: datetime) -> str:
    return moment.strftime("%y%m%d%H%M%SZ" if moment.year < 2050 else "%Y%m%d%H%M%SZ")


def _extensions(certificate: x509.Certificate) -> dict[str, str]:
    found = {}
    for extension in certificate.extensions:
        written = _WRITTEN.get(extension.oid)
        if written is not None:
            found[written[0]] = written[1](extension.value)
    return found


def _general(name: x509.GeneralName) -> str:
    return str(name.value)


def _alternative(value: Any) -> str:
    words: dict[type, str] = {x509.DNSName: "DNS", x509.IPAddress: "IP Address", x509.RFC822Name: "email"}
    return ", ".join(f"{words.get(type(each), 'other')}:{_general(each)}" for each in value)


def _constraints(value: Any) -> str:
    length = "" if value.path_length is None else f", pathlen:{value.path_length}"
    return ("CA:TRUE" if value.ca else "CA:FALSE") + length


def _key_usage(value: Any) -> str:
    return ", ".join(words for name, words in KEY_USAGES.items() if getattr(value, name))


def _pairs(raw: bytes | None) -> str:
    return (raw or b"").hex(":").upper()


_WRITTEN: dict[x509.ObjectIdentifier, tuple[str, Callable[[Any], str]]] = {
    ExtensionOID.BASIC_CONSTRAINTS: ("basicConstraints", _constraints),
    ExtensionOID.KEY_USAGE: ("keyUsage", _key_usage),
    ExtensionOID.EXTENDED_KEY_USAGE: (
        "extendedKeyUsage",
        lambda value: ", ".join(USAGES.get(each, each.dotted_string) for each in value),
    ),
    ExtensionOID.SUBJECT_ALTERNATIVE_NAME: ("subjectAltName", _alternative),
    ExtensionOID.SUBJECT_KEY_IDENTIFIER: ("subjectKeyIdentifier", lambda value: _pairs(value.digest)),
    ExtensionOID.AUTHORITY_KEY_IDENTIFIER: ("authorityKeyIdentifier", lambda value: _pairs(value.key_identifier)),
}
"""Extensions that are shown, with PHP's name and how their value is written."""
