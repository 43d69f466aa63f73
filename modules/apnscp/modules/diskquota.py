"""Module diskquota: storage limits that accounts share (docs/panel.md, section 20)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import QuotaProject
from apnscp.core.context import Context
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.usage import projects


@command(Role.ADMIN, "write")
def project_create(ctx: Context, name: str) -> bool:
    """Make a quota project without limits; accounts join it by diskquota,group.

    name: a letter and up to 31 letters, digits, `_' or `-', not taken
    """
    projects.create(ctx.db, name)
    return True


@command(Role.ADMIN, "write")
def project_set(ctx: Context, name: str, blocks: int, inodes: int) -> bool:
    """Limit a quota project.

    blocks: storage in KB; inodes: files; 0 is no limit
    """
    projects.set_limits(ctx.db, name, blocks, inodes)
    return True


@command(Role.ADMIN)
def project_get(ctx: Context, name: str) -> Annotated[dict[str, Any], QuotaProject]:
    """Return a quota project: name, blocks (KB), inodes, and sites, the accounts that share it."""
    limits = projects.require(ctx.db, name)
    sites = [site_name(site_id) for site_id in projects.members(ctx.db, name)]
    return {"name": name, **limits, "sites": sites}
