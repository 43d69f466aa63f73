"""The panel's own authority, which stands where the panel asks Let's Encrypt: it issues without a network."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.opcenter.certificates import issuing, private_keys, reading
from apnscp.opcenter.certificates.issuing import Issuer
from apnscp.opcenter.certificates.tables import authority_table
from apnscp.opcenter.store.statements import upsert

NAME = "apnscp-emulator, not Let's Encrypt"
DAYS = 90
"""How long a certificate is valid that the authority issues."""
BEFORE, LIFE = timedelta(days=365), timedelta(days=20 * 365)


def of_panel(ctx: Context) -> Issuer:
    """Return the authority; it is made when it is missing, cannot be opened, or does not cover the next certificate."""
    row = ctx.db.execute(select(authority_table)).first()
    text = ctx.panel.secret.unseal(row.sealed_key) if row else None
    if row is not None and text is not None:
        found = Issuer(reading.read(row.certificate), private_keys.read(text))
        now = ctx.clock.datetime()
        covers = found.certificate.not_valid_before_utc <= now <= found.certificate.not_valid_after_utc - 2 * BEFORE
        if covers:
            return found
    return _made(ctx)


def _made(ctx: Context) -> Issuer:
    key, now = private_keys.make_ec(), ctx.clock.datetime().replace(microsecond=0)
    made = Issuer(issuing.authority(key, NAME, now - BEFORE, now + LIFE), key)
    values = {"sealed_key": ctx.panel.secret.seal(private_keys.pem(key)), "certificate": issuing.pem(made.certificate)}
    upsert(ctx.db, authority_table, {"id": 1, **values})
    return made
