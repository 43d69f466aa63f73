"""Addresses of people: the panel administrator's, and what counts as an address."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.errors import Refused
from apnscp.opcenter.store import fact, set_fact
from apnscp.opcenter.validators import check


def valid_email(text: str) -> str:
    """Return an e-mail address as it is stored; raises Refused for anything else."""
    try:
        return str(check("email", text))
    except ValueError:
        raise Refused("`%s' is no e-mail address", text) from None


def panel_email(db: Connection) -> str | None:
    """Return the administrator's contact address, None while none is set."""
    return fact(db, "admin_email") or None


def set_panel_email(db: Connection, address: str) -> None:
    """Set the administrator's contact address."""
    set_fact(db, "admin_email", address)
