"""The certificate that is installed for an account, or for the panel itself (docs/panel.md, section 27)."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import private_keys, reading
from apnscp.opcenter.certificates.tables import certificate_table
from apnscp.opcenter.sites import records

KEY, CERTIFICATE, CHAIN, REQUEST = "server.key", "server.crt", "bundle.crt", "server.csr"
"""Names of the files in which the panel keeps them."""


def find(ctx: Context) -> Any:
    """Return the row of the certificate of the caller's account, or of the panel for the administrator; None for none."""
    return ctx.db.execute(select(certificate_table).where(_of(ctx.caller.site_id))).first()


def require(ctx: Context) -> Any:
    """Return the row of the caller's certificate; raises Refused when none is installed."""
    found = find(ctx)
    if found is None:
        raise Refused("No certificate is installed; ssl:install or letsencrypt:request installs one")
    return found


def file(ctx: Context, name: str, kind: str) -> str:
    """Return what a file of the caller's certificate holds, in PEM.

    name: with or without its ending; kind: the ending that belongs to the method, such as ``.crt``
    Raises Refused for a file that is not there, and for a key sealed under another secret.
    """
    full = name if name.endswith(kind) else name + kind
    row = find(ctx)
    held = {} if row is None else {
        KEY: row.sealed_key, CERTIFICATE: row.certificate, CHAIN: row.chain, REQUEST: row.request,
    }  # fmt: skip
    text = held.get(full)
    if text is None:
        there = ", ".join(each for each, value in held.items() if value) or "no file, since no certificate is installed"
        raise Refused("Unknown file %s; there is %s", shown(full), there)
    opened = ctx.panel.secret.unseal(text) if full == KEY else str(text)
    if opened is None:
        raise Refused("The private key was sealed with another secret of the panel; install the certificate anew")
    return opened


def check(key_text: str, certificate_text: str, chain_text: str | None) -> None:
    """Raise Refused unless key and certificate belong together and each certificate of the chain issued the one before."""
    certificate = reading.read(certificate_text)
    if not reading.belongs(certificate, private_keys.read(key_text)):
        raise Refused("The certificate is not of this private key; ssl:verify-x509-key compares them")
    below = certificate
    for above in reading.read_all(chain_text) if chain_text else ():
        if not reading.issued_by(below, above):
            raise Refused("The chain is not valid: `%s' was not issued by `%s'", _name(below), _name(above))
        below = above


def put(
    ctx: Context,
    key: str,
    certificate: str,
    chain: str | None,
    *,
    request: str | None = None,
    issued_here: bool = False,
) -> None:
    """Install a certificate for the caller's account, or the panel itself, in place of the one before; all in PEM."""
    found = reading.read(certificate)
    remove(ctx)
    values = {
        "site_id": ctx.caller.site_id or None, "sealed_key": ctx.panel.secret.seal(key.strip() + "\n"),
        "certificate": certificate.strip() + "\n", "chain": chain.strip() + "\n" if chain else None,
        "request": request, "hosts": reading.hosts_of(found) or [], "issued_here": int(issued_here),
        "expires": int(found.not_valid_after_utc.timestamp()),
    }  # fmt: skip
    ctx.db.execute(insert(certificate_table).values(**values))


def remove(ctx: Context) -> None:
    """Remove the caller's certificate with its key, where there is one."""
    ctx.db.execute(delete(certificate_table).where(_of(ctx.caller.site_id)))


def require_switched_on(ctx: Context) -> None:
    """Raise Refused while ssl is off for the caller's account."""
    if ctx.caller.site_id and not records.own(ctx).metadata.enabled("ssl"):
        raise Refused("%s has ssl switched off; EditDomain -c ssl,enabled=1 switches it on", records.own(ctx).label)


def hosts(row: Any) -> list[str]:
    """Return the hosts of a row."""
    return list(json.loads(row.hosts) if isinstance(row.hosts, str) else row.hosts)


def _of(site_id: int) -> ColumnElement[bool]:
    column = certificate_table.c.site_id
    return column == site_id if site_id else column.is_(None)


def _name(certificate: Any) -> str:
    return str(certificate.subject.rfc4514_string())[:128]
