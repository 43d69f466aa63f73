"""Module mail: which providers of mail there are (docs/panel.md, section 24)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.services.providers import providers_of


@command(Role.ADMIN)
def providers(ctx: Context) -> list[str]:
    """Return the providers that mail,provider may name, those of the panel's own table of services included."""
    return providers_of("mail")
