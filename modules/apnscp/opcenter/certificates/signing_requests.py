"""Certificate signing requests: making and reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization

from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import subjects
from apnscp.opcenter.certificates.private_keys import PrivateKey


def make(key: PrivateKey, host: str, fields: Mapping[str, str], further: Sequence[str]) -> str:
    """Return a request in PEM for a host and further ones; raises Refused naming the field that cannot be.

    fields: C, ST, L, O, OU and emailAddress; empty ones are left out
    """
    first = subjects.host(host)
    hosts = list(dict.fromkeys([first, *(subjects.host(each, "san") for each in further)]))
    builder = x509.CertificateSigningRequestBuilder().subject_name(subjects.name_of({**fields, "CN": first}))
    signed = builder.add_extension(subjects.alternative(hosts), critical=False).sign(key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.PEM).decode()


def read(text: str) -> x509.CertificateSigningRequest:
    """Read a request in PEM; raises Refused for anything else, and for one whose signature is wrong."""
    try:
        found = x509.load_pem_x509_csr(text.strip().encode())
    except ValueError:
        raise Refused("This is not a request in PEM; it begins with -----BEGIN CERTIFICATE REQUEST-----") from None
    if not found.is_signature_valid:
        raise Refused("The signature of the request is not that of its key; make it anew with ssl:generate-csr")
    return found


def described(text: str) -> dict[str, Any]:
    """Return the fields of a request, and `subjectAltName` with the hosts in it."""
    request = read(text)
    return {**subjects.fields_of(request.subject), "subjectAltName": hosts_of(request)}


def hosts_of(request: x509.CertificateSigningRequest) -> list[str]:
    """Return the hosts that a request names."""
    try:
        found = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return [str(each.value) for each in request.subject.get_attributes_for_oid(subjects.FIELDS["CN"])]
    return found.get_values_for_type(x509.DNSName)
