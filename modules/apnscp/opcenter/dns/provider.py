"""Who serves the zones of an account (docs/panel.md, sections 6 and 23)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import resolve
from apnscp.opcenter.sites import addresses

NONE = "null"
"""The name of no provider."""


def of_account(ctx: Context, metadata: Metadata, service: str = "dns") -> str | None:
    """Return the provider of an account's zones, or of its mail; None for the provider null."""
    found = resolve(service, "provider", metadata[service]["provider"], ctx.settings)
    return None if found in (None, NONE, "") else str(found)


def of_panel(ctx: Context) -> str:
    """Return the provider of accounts that name none ([dns] provider_default)."""
    return ctx.settings.text("dns.provider_default") or NONE


def served(ctx: Context, metadata: Metadata) -> bool:
    """Tell whether the zones of an account are published: dns is on and has a provider."""
    return metadata.enabled("dns") and of_account(ctx, metadata) is not None


def public_addresses(ctx: Context, metadata: Metadata) -> tuple[list[str], list[str]]:
    """Return the IPv4 and IPv6 addresses that zones name: dns,proxyaddr and proxy6addr, else those of the account."""
    return (
        _published(ctx, metadata, "proxyaddr", "dns.proxyaddr", "ipinfo"),
        _published(ctx, metadata, "proxy6addr", "dns.proxyaddr6", "ipinfo6"),
    )


def _published(ctx: Context, metadata: Metadata, parameter: str, setting: str, service: str) -> list[str]:
    chosen = resolve("dns", parameter, metadata["dns"][parameter], ctx.settings)
    listed = chosen if isinstance(chosen, list) else ctx.settings.text(setting).split()
    return [str(each) for each in listed] or addresses.of_account(metadata, service)


def name_servers(ctx: Context) -> list[str]:
    """Return the name servers of hosted zones: [dns] hosting_ns, else the server itself."""
    listed = ctx.settings["dns.hosting_ns"]
    found = listed if isinstance(listed, list) else str(listed or "").replace(",", " ").split()
    return [str(each).rstrip(".").lower() for each in found] or [ctx.settings.text("core.hostname").lower()]
