"""Proofs that a host is the caller's: challenges, how they are solved, and by which mechanism (docs/panel.md, section 27)."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from apnscp.core.answers import AcmeChallenge
from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import authority, private_keys
from apnscp.opcenter.certificates.tables import challenge_table, mechanism_table
from apnscp.opcenter.store.statements import upsert

KINDS = ("http-01", "dns-01", "tls-alpn-01")
MECHANISMS = ("dns", "http")


def of_hosts(ctx: Context, hosts: list[str]) -> dict[str, list[AcmeChallenge]]:
    """Return the challenges of hosts, after making those that are missing; a wildcard has dns-01 alone."""
    thumbprint = _thumbprint(ctx)
    found: dict[str, list[AcmeChallenge]] = {}
    for host in hosts:
        rows = ctx.db.execute(select(challenge_table).where(_at(ctx, host)).order_by(challenge_table.c.id)).all()
        if not rows:
            _make(ctx, host)
            rows = ctx.db.execute(select(challenge_table).where(_at(ctx, host)).order_by(challenge_table.c.id)).all()
        found[host] = [_told(ctx, row, thumbprint) for row in rows]
    return found


def solve(ctx: Context, pairs: Mapping[str, str]) -> None:
    """Solve the challenge of each host by a mechanism, dns or http; raises Refused for one that the host does not have."""
    of_hosts(ctx, list(pairs))
    for host, text in pairs.items():
        kind = f"{mechanism_named(text)}-01"
        solved = update(challenge_table).where(_at(ctx, host), challenge_table.c.kind == kind).values(solved=1)
        if ctx.db.execute(solved).rowcount == 0:
            offered = "dns" if host.startswith("*.") else "what [letsencrypt] disabled_challenges leaves"
            raise Refused("`%s' has no challenge %s; use %s", host, kind, offered)
        ctx.info("%s: %s solved", host, kind)


def solved(ctx: Context, host: str) -> bool:
    """Tell whether a challenge of a host was solved."""
    row = select(challenge_table.c.id).where(_at(ctx, host), challenge_table.c.solved == 1)
    return ctx.db.execute(row).first() is not None


def forget(ctx: Context, hosts: list[str]) -> None:
    """Forget the challenges of hosts, whose certificate was issued."""
    for host in hosts:
        ctx.db.execute(delete(challenge_table).where(_at(ctx, host)))


def mechanism_named(text: str) -> str:
    """Return a mechanism in its usual form; raises Refused for one that there is not."""
    name = text.strip().lower().removesuffix("-01")
    if name not in MECHANISMS:
        raise Refused("Unknown mechanism %s; there are %s", shown(text), " and ".join(MECHANISMS))
    return name


def set_mechanism(ctx: Context, host: str, mechanism: str | None) -> None:
    """Let a host be proved by one mechanism, or by whichever suits (None)."""
    if mechanism is None:
        row = (mechanism_table.c.site_id == ctx.caller.site_id) & (mechanism_table.c.host == host)
        ctx.db.execute(delete(mechanism_table).where(row))
        return
    name = mechanism_named(mechanism)
    if name == "http" and host.startswith("*."):
        raise Refused("`%s' can be proved by dns alone, as every wildcard", host)
    upsert(ctx.db, mechanism_table, {"site_id": ctx.caller.site_id, "host": host, "mechanism": name})


def mechanism_of(ctx: Context, host: str) -> str | None:
    """Return the mechanism by which a host is to be proved, None for whichever suits; a wildcard has dns alone."""
    if host.startswith("*."):
        return "dns"
    row = (mechanism_table.c.site_id == ctx.caller.site_id) & (mechanism_table.c.host == host)
    return ctx.db.execute(select(mechanism_table.c.mechanism).where(row)).scalar()


def _make(ctx: Context, host: str) -> None:
    disabled = {name.removesuffix("-01") for name in ctx.settings.text("letsencrypt.disabled_challenges").split(",")}
    offered = [kind for kind in KINDS if kind.removesuffix("-01") not in {each.strip() for each in disabled}]
    chosen = [kind for kind in offered if kind == "dns-01" or not host.startswith("*.")]
    if not chosen:
        raise Refused("`%s' has no challenge: [letsencrypt] disabled_challenges leaves none", host)
    site = ctx.caller.site_id or None
    rows = [
        {"site_id": site, "host": host, "kind": kind, "token": secrets.token_urlsafe(32), "solved": 0}
        for kind in chosen
    ]
    ctx.db.execute(insert(challenge_table), rows)


def _told(ctx: Context, row: Any, thumbprint: str) -> AcmeChallenge:
    payload = f"{row.token}.{thumbprint}"
    if row.kind != "http-01":
        payload = _encoded(hashlib.sha256(payload.encode()).digest())
    return {
        "domain": row.host,
        "status": "valid" if row.solved else "pending",
        "type": row.kind,
        "url": f"https://{ctx.settings.text('core.hostname')}/acme/challenge/{row.id}",
        "token": row.token,
        "payload": payload,
    }


def _thumbprint(ctx: Context) -> str:
    key = authority.of_panel(ctx).key.public_key()
    return _encoded(hashlib.sha256(private_keys.public_pem(key).encode()).digest())


def _encoded(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _at(ctx: Context, host: str) -> ColumnElement[bool]:
    site = challenge_table.c.site_id
    own = site == ctx.caller.site_id if ctx.caller.site_id else site.is_(None)
    return own & (challenge_table.c.host == host)
