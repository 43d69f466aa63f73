"""Addresses and host names of an account and of the server (docs/panel.md, section 14)."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.opcenter.services.host_names import host_of
from apnscp.opcenter.services.metadata import Metadata

SHARED_ADDRESS = "192.0.2.10"
"""Address of accounts without one of their own: from the documentation range, so that it never means a real host."""


def of_account(metadata: Metadata, service: str = "ipinfo") -> list[str]:
    """Return the addresses of an account: the shared ones while it is name-based, else its own.

    service: ipinfo, or ipinfo6 for IPv6
    """
    if not metadata[service]["enabled"]:
        return []
    return list(metadata[service]["nbaddrs" if metadata[service]["namebased"] else "ipaddrs"] or ())


def of_server(ctx: Context) -> str:
    """Return the address that the server listens on: [dns] my_ip4, else the shared one."""
    return next(iter(_listed(ctx.settings["dns.my_ip4"])), SHARED_ADDRESS)


def of_server_v6(ctx: Context) -> list[str]:
    """Return the IPv6 addresses of the server: [dns] my_ip6."""
    return _listed(ctx.settings["dns.my_ip6"])


def host_name(metadata: Metadata, service: str, parameter: str) -> str:
    """Return the full host name behind a parameter such as mail,mailserver."""
    return host_of(str(metadata[service][parameter]), str(metadata["siteinfo"]["domain"]))


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else str(value or "").replace(",", " ").split()
