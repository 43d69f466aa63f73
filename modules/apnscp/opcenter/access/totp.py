"""The second factor: time-based one-time passwords of RFC 6238, six digits over 30 seconds with SHA-1.

The secret is kept sealed and is never shown again; each code is taken once, and clocks may differ by one step.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct

from sqlalchemy import Connection, or_, select, update

from apnscp.core.errors import Refused
from apnscp.core.secret import Secret
from apnscp.opcenter.users.tables import user_table

STEP = 30
DIGITS = 6
LEAST_BITS = 128
DRIFT = (0, -1, 1)
"""Steps by which the clock of a device may differ."""


def new_secret(bits: int) -> str:
    """Return a random secret in Base32, at least 128 bits long."""
    return base64.b32encode(secrets.token_bytes((max(bits, LEAST_BITS) + 7) // 8)).decode().rstrip("=")


def code_at(secret: str, step: int) -> str:
    """Return the code of a step, the number of 30 seconds since 1970 (RFC 4226, section 5.3)."""
    digest = hmac.digest(_raw(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching_step(secret: str, code: str, now: int) -> int | None:
    """Return the step whose code this is, None when it is none of the present ones."""
    given = "".join(code.split())
    if len(given) != DIGITS or not (given.isascii() and given.isdigit()):
        return None
    steps = [now // STEP + drift for drift in DRIFT]
    found = [step for step in steps if step >= 0 and hmac.compare_digest(code_at(secret, step), given)]
    return found[0] if found else None


def is_enabled(db: Connection, user_id: int) -> bool:
    """Tell whether a user has a second factor."""
    return _sealed(db, user_id) is not None


def enable(db: Connection, panel: Secret, user_id: int, secret: str, step: int) -> None:
    """Keep a secret for a user; `step`, whose code proved it, is spent."""
    _write(db, user_id, panel.seal(secret), step)


def disable(db: Connection, user_id: int) -> None:
    """Delete a user's secret."""
    _write(db, user_id, None, None)


def spend(db: Connection, panel: Secret, user_id: int, code: str, now: int) -> bool:
    """Tell whether a code is right and was not taken before, and take it.

    db: a writing transaction
    """
    sealed = _sealed(db, user_id)
    secret = panel.unseal(sealed) if sealed else None
    step = matching_step(secret, code, now) if secret else None
    if step is None:
        return False
    unspent = or_(user_table.c.totp_step.is_(None), user_table.c.totp_step < step)
    spent = update(user_table).where(user_table.c.id == user_id, unspent).values(totp_step=step)
    return db.execute(spent).rowcount == 1


def require_secret(secret: str) -> str:
    """Return a secret in its usual form; raises Refused for one that is no Base32 or shorter than 128 bits."""
    text = secret.replace(" ", "").replace("-", "").rstrip("=").upper()
    try:
        raw = _raw(text)
    except (binascii.Error, ValueError):
        raise Refused("The secret is no Base32 text; auth:totp-code makes one") from None
    if len(raw) * 8 < LEAST_BITS:
        raise Refused("The secret has %d bits, fewer than %d; auth:totp-code makes one", len(raw) * 8, LEAST_BITS)
    return text


def _raw(secret: str) -> bytes:
    return base64.b32decode(secret + "=" * (-len(secret) % 8))


def _sealed(db: Connection, user_id: int) -> str | None:
    found: str | None = db.execute(select(user_table.c.totp).where(user_table.c.id == user_id)).scalar()
    return found


def _write(db: Connection, user_id: int, sealed: str | None, step: int | None) -> None:
    db.execute(update(user_table).where(user_table.c.id == user_id).values(totp=sealed, totp_step=step))
