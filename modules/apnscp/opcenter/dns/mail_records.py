"""Records of a zone for the mail of its account (docs/panel.md, section 24)."""

from __future__ import annotations

from collections.abc import Iterator

from apnscp.core.context import Context
from apnscp.opcenter.dns import provider, rdata
from apnscp.opcenter.services.host_names import host_of
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import resolve

SPF = "v=spf1 a mx ?all"
WEBMAIL = ("horde", "roundcube")
GMAIL = ("1 aspmx", "5 alt1.aspmx", "5 alt2.aspmx", "10 alt3.aspmx", "10 alt4.aspmx")
"""Preference and name of Google's mail servers, below l.google.com."""

Told = tuple[str, str, str]
"""Name relative to the zone, type and parameter of a record."""


def of_zone(ctx: Context, metadata: Metadata, zone: str) -> Iterator[Told]:
    """Give the records of a zone that the mail of its account needs; none while mail is off or has no provider."""
    chosen = provider.of_account(ctx, metadata, "mail") if metadata.enabled("mail") else None
    if chosen is None:
        return
    if chosen == "gmail":
        yield from _gmail()
    elif chosen == "mxroute":
        yield from _mxroute(str(resolve("mail", "key", metadata["mail"]["key"], ctx.settings)))
    else:
        yield from _builtin(ctx, metadata, zone)
    yield from _policies(ctx, chosen)


def _builtin(ctx: Context, metadata: Metadata, zone: str) -> Iterator[Told]:
    server = host_of(str(metadata["mail"]["mailserver"]), zone)
    preference = int(metadata["mail"]["preference"] or 10)
    for each in (preference, preference + 10):
        yield "", "MX", f"{each} {server}."
    sender = host_of(str(metadata["mail"]["smtpserver"]), zone)
    below = [host.removesuffix("." + zone) for host in (server, sender) if host.endswith("." + zone)]
    for name in dict.fromkeys([*below, *WEBMAIL]):
        for rr, found in zip(("A", "AAAA"), provider.public_addresses(ctx, metadata), strict=True):
            for address in found:
                yield name, rr, address


def _gmail() -> Iterator[Told]:
    for each in GMAIL:
        yield "", "MX", f"{each}.l.google.com."


def _mxroute(server: str) -> Iterator[Told]:
    host = server.lower().rstrip(".").removesuffix(".mxrouting.net")
    yield "", "MX", f"10 {host}.mxrouting.net."
    yield "", "MX", f"20 {host}-relay.mxrouting.net."


def _policies(ctx: Context, chosen: str) -> Iterator[Told]:
    """Give the texts that say who may send: [mail] default_spf and default_dmarc, with the panel's own SPF text."""
    own = {"gmail": "v=spf1 include:_spf.google.com ~all", "mxroute": "v=spf1 include:mxroute.com -all"}
    yield "", "TXT", rdata.canonical("TXT", ctx.settings.text("mail.default_spf") or own.get(chosen, SPF), "")
    if dmarc := ctx.settings.text("mail.default_dmarc"):
        yield "_dmarc", "TXT", rdata.canonical("TXT", dmarc, "")
