"""Subjects of certificates: the fields that a request has, and how PHP shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from apnscp.core.coerce import shown
from apnscp.core.errors import Refused
from apnscp.opcenter.services import names

FIELDS = {
    "C": NameOID.COUNTRY_NAME,
    "ST": NameOID.STATE_OR_PROVINCE_NAME,
    "L": NameOID.LOCALITY_NAME,
    "O": NameOID.ORGANIZATION_NAME,
    "OU": NameOID.ORGANIZATIONAL_UNIT_NAME,
    "CN": NameOID.COMMON_NAME,
    "emailAddress": NameOID.EMAIL_ADDRESS,
}
"""Short names of the fields, in the order in which a request has them."""
LONGEST = 64
_SHORT = {oid: name for name, oid in FIELDS.items()}


def host(text: str, field: str = "host") -> str:
    """Return a host name as certificates hold it, ``*.`` in front allowed; raises Refused naming the field."""
    bare = text.strip().lower()
    try:
        return "*." + names.domain(bare[2:]) if bare.startswith("*.") else names.domain(bare)
    except ValueError:
        raise Refused("%s: %s is not a host name; write one such as www.example.com", field, shown(text)) from None


def name_of(values: Mapping[str, str]) -> x509.Name:
    """Return a subject with the fields that are not empty.

    values: by short name
    Raises Refused naming the field for a country of other than two letters, a bad e-mail address, and what is too long.
    """
    if values.get("C") and not (len(values["C"]) == 2 and values["C"].isascii() and values["C"].isalpha()):
        raise Refused("country: %s is not a code of two letters such as US", shown(values["C"]))
    if values.get("emailAddress"):
        _check_email(values["emailAddress"])
    given = {name: text.strip() for name, text in values.items() if text.strip()}
    for name, text in given.items():
        if len(text) > LONGEST and name not in ("CN", "emailAddress"):
            raise Refused("%s: %s is longer than %d characters", name, shown(text), LONGEST)
    given["C"] = given.get("C", "").upper()
    # a common name holds 64 characters at most; longer host names stand among the alternative names alone
    attributes = [x509.NameAttribute(FIELDS[name], given[name]) for name in FIELDS if given.get(name) and
                  (name != "CN" or len(given[name]) <= LONGEST)]  # fmt: skip
    return x509.Name(attributes)


def fields_of(name: x509.Name) -> dict[str, Any]:
    """Return a subject as PHP's openssl functions do: short name to text, or to a list where a field comes twice."""
    found: dict[str, Any] = {}
    for attribute in name:
        short = _SHORT.get(attribute.oid, attribute.oid.dotted_string)
        text = str(attribute.value)
        if short in found:
            before = found[short]
            found[short] = [*before, text] if isinstance(before, list) else [before, text]
        else:
            found[short] = text
    return found


def line_of(name: x509.Name) -> str:
    """Return a subject in one line: ``/C=US/CN=example.com``."""
    return "".join(f"/{_SHORT.get(each.oid, each.oid.dotted_string)}={each.value!s}" for each in name)


def alternative(hosts: Iterable[str]) -> x509.SubjectAlternativeName:
    """Return the extension that names the hosts of a certificate."""
    return x509.SubjectAlternativeName([x509.DNSName(each) for each in hosts])


def _check_email(text: str) -> None:
    try:
        names.email(text)
    except ValueError:
        raise Refused("email: %s is not an e-mail address", shown(text)) from None
