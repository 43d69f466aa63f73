"""Module ssl: private keys, requests and certificates (docs/panel.md, section 27)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import InstalledCertificate, KeyInfo
from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Secret, Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.certificates import installed, issuing, private_keys, reading, signing_requests
from apnscp.opcenter.certificates.installed import CERTIFICATE, CHAIN, KEY
from apnscp.opcenter.sites import addresses, records

_BOTH = Role.ADMIN | Role.SITE
Text = Annotated[str, Untyped]
PrivateText = Annotated[str, Untyped, Secret]


@command(Role.SITE, "write")
def install(ctx: Context, key: PrivateText, cert: Text, chain: Annotated[str | None, Untyped] = None) -> bool:
    """Install a certificate in place of the present one; the account needs ssl,enabled.

    key: its private key, without a passphrase; cert: the certificate; chain: those above it, the nearest first; all in PEM
    """
    installed.require_switched_on(ctx)
    installed.check(key, cert, chain)
    certificate = reading.read(cert)
    if not certificate.not_valid_before_utc <= ctx.clock.datetime() <= certificate.not_valid_after_utc:
        ctx.warn("The certificate is valid from %s to %s and so not now", *_days(certificate))
    installed.put(ctx, key, cert, chain)
    ctx.info("%s: the web server takes the certificate up with its next reload", records.own(ctx).label)
    return True


@command(Role.SITE, "write")
def delete(ctx: Context, key: Text, crt: Text, chain: Annotated[str | None, Untyped] = None) -> bool:
    """Remove the installed certificate.

    key, crt, chain: the names of its files as ssl:get-certificates tells them; chain may be left out
    """
    row = installed.require(ctx)
    expected = {KEY: key, CERTIFICATE: crt} | ({CHAIN: chain} if chain and row.chain else {})
    wrong = next((given for name, given in expected.items() if given not in (name, name.partition(".")[0])), None)
    if wrong is not None or (chain and not row.chain):
        raise Refused("Unknown file %s; ssl:get-certificates names those of the account", shown(wrong or chain))
    installed.remove(ctx)
    return True


@command(Role.SITE)
def cert_exists(ctx: Context) -> bool:
    """Tell whether a certificate is installed."""
    return installed.find(ctx) is not None


@command(_BOTH)
def key_exists(ctx: Context, key: Text = KEY) -> bool:
    """Tell whether there is a private key in a file; that of the panel for the administrator."""
    return key in (KEY, KEY.partition(".")[0]) and installed.find(ctx) is not None


@command(Role.SITE)
def get_certificates(ctx: Context) -> list[InstalledCertificate]:
    """Return the installed certificates, of which an account has one at most: crt, key, chain, host.

    crt, key, chain: names of files; chain is null without one; host: the address that serves it
    """
    row = installed.find(ctx)
    if row is None:
        return []
    host = next(iter(addresses.of_account(records.own(ctx).metadata)), addresses.of_server(ctx))
    return [{"crt": CERTIFICATE, "key": KEY, "chain": CHAIN if row.chain else None, "host": host}]


@command(_BOTH)
def get_certificate(ctx: Context, name: Text = CERTIFICATE) -> str:
    """Return an installed certificate in PEM; that of the panel for the administrator.

    name: server.crt, or bundle.crt for the chain
    """
    return installed.file(ctx, name, ".crt")


@command(_BOTH)
def get_private_key(ctx: Context, name: Text = KEY) -> Annotated[str, Secret]:
    """Return the private key of the installed certificate in PEM; that of the panel for the administrator."""
    return installed.file(ctx, name, ".key")


@command(_BOTH)
def get_csr(ctx: Context, name: Text) -> str:
    """Return the request of a certificate that letsencrypt:request got, in PEM.

    name: server.csr
    """
    return installed.file(ctx, name, ".csr")


@command(_BOTH)
def get_public_key(ctx: Context, name: Text) -> KeyInfo:
    """Return the public key of the installed certificate: bits, key (in PEM), type (0 RSA, 3 elliptic curve).

    name: server.key
    """
    return private_keys.described(private_keys.read(installed.file(ctx, name, ".key")).public_key())


@command(Role.SITE)
def enabled(ctx: Context) -> bool:
    """Tell whether ssl is on for the account."""
    return records.own(ctx).metadata.enabled("ssl")


@command(Role.ALL)
def permitted(ctx: Context) -> bool:
    """Tell whether accounts of this panel may have certificates; they may."""
    return True


@command(Role.ALL, "long")
def generate_privatekey(ctx: Context, bits: Annotated[int, Untyped] = 2048) -> Annotated[str, Secret]:
    """Return a new RSA key in PEM.

    bits: 1024 to 8192
    """
    return private_keys.make_rsa(bits)


@command(Role.ALL)
def generate_csr(
    ctx: Context, privkey: PrivateText, host: Text, country: Text = "", state: Text = "", locality: Text = "",
    org: Text = "", orgunit: Text = "", email: Text = "", san: Annotated[list[Any], Untyped] = [],
) -> str:  # fmt: skip
    """Return a request for a certificate in PEM.

    privkey: in PEM; host: the common name; country: two letters; san: further hosts
    """
    fields = {"C": country, "ST": state, "L": locality, "O": org, "OU": orgunit, "emailAddress": email}
    return signing_requests.make(private_keys.read(privkey), host, fields, [str(each) for each in san])


@command(Role.ALL)
def sign_certificate(
    ctx: Context, csr: Text, privkey: PrivateText, days: Annotated[int, Untyped] = 365,
    serial: Annotated[float | None, Untyped] = None,
) -> str:  # fmt: skip
    """Sign a request with its own key and return the self-signed certificate in PEM.

    days: how long it is valid; serial: its serial number, a random one when left out
    """
    number = None if serial is None else int(serial)
    return issuing.self_signed(csr, private_keys.read(privkey), days, number, ctx.clock.datetime())


@command(Role.ALL)
def request_info(ctx: Context, csr: str) -> dict[str, Any]:
    """Return the fields of a request by their short names (CN, C, ST ...), and its hosts as subjectAltName."""
    return signing_requests.described(csr)


@command(Role.ALL)
def privkey_info(ctx: Context, privkey: PrivateText) -> KeyInfo:
    """Return size, public key and kind of a private key: bits, key (in PEM), type (0 RSA, 3 elliptic curve)."""
    return private_keys.described(private_keys.read(privkey).public_key())


@command(Role.ALL)
def parse_certificate(ctx: Context, crt: Text) -> dict[str, Any]:
    """Return a certificate as PHP's openssl_x509_parse does: subject, issuer, serial number, validity, extensions."""
    return reading.described(reading.read(crt))


@command(Role.ALL)
def get_alternative_names(ctx: Context, certificate: Text) -> list[str] | None:
    """Return the hosts that a certificate names beside its subject, null for none."""
    return reading.hosts_of(reading.read(certificate))


@command(Role.ALL)
def is_self_signed(ctx: Context, crt: Text) -> bool:
    """Tell whether a certificate was signed with its own key."""
    found = reading.read(crt)
    return reading.issued_by(found, found)


@command(Role.ALL)
def valid(ctx: Context, cert: Text, pkey: PrivateText) -> bool:
    """Tell whether a certificate and a private key can be read and belong together."""
    try:
        return reading.belongs(reading.read(cert), private_keys.read(pkey))
    except Refused as error:
        ctx.info("%s", error.text)
        return False


@command(Role.ALL)
def verify_x509_key(ctx: Context, crt: Text, privkey: PrivateText) -> bool:
    """Tell whether a certificate is of a private key."""
    return reading.belongs(reading.read(crt), private_keys.read(privkey))


@command(Role.ALL)
def verify_key(ctx: Context, key: PrivateText) -> bool:
    """Tell whether a text is a private key in PEM without a passphrase."""
    try:
        private_keys.read(key)
    except Refused as error:
        ctx.info("%s", error.text)
        return False
    return True


@command(Role.ALL)
def verify_certificate_chain(ctx: Context, cert1: Text, cert2: Text) -> int:
    """Return 1 where the second certificate issued the first, -1 the other way round, 0 where neither did."""
    return issuing.relation(reading.read(cert1), reading.read(cert2))


def _days(certificate: Any) -> tuple[str, str]:
    ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return ends[0].date().isoformat(), ends[1].date().isoformat()
