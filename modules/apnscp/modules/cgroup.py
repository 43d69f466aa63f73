"""Module cgroup: the control group of an account, its limits and its use (docs/panel.md, section 30)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import ControllerUsage
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.services.values import resolved
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.usage import figures

MEGABYTE = 1024**2
FIGURES: dict[str, tuple[str, str, int]] = {
    "cpu": ("cpu", "cpu", 1),
    "cpuacct": ("cpu", "cpu", 1),
    "memory": ("memory", "memory", MEGABYTE),
    "pids": ("procs", "proclimit", 1),
}
"""Controller to counter, limiting parameter of the service cgroup, and factor from its unit to the counter's."""


@command(Role.ALL)
def enabled(ctx: Context) -> bool:
    """Tell whether the account is put into a control group; the administrator's question is about the server."""
    return ctx.is_admin or bool(records.own(ctx).metadata.enabled("cgroup"))


@command(Role.ALL)
def get_cgroup(ctx: Context) -> str | None:
    """Return the name of the account's control group, null for the administrator and without one."""
    return site_name(ctx.caller.site_id) if ctx.caller.site_id and enabled(ctx) else None


@command(Role.ALL)
def get_controllers(ctx: Context) -> list[str]:
    """Return the controllers of the server, as [cgroup] controllers names them."""
    return [name.strip() for name in ctx.settings.text("cgroup.controllers").split(",") if name.strip()]


@command(Role.ALL)
def get_limits(ctx: Context) -> dict[str, Any]:
    """Return the limits of the account: the service cgroup without version and enabled; empty when there are none."""
    if ctx.is_admin or not enabled(ctx):
        return {}
    limits = resolved(records.own(ctx).metadata, ctx.settings)["cgroup"]
    return {name: value for name, value in limits.items() if name not in ("version", "enabled")}


@command(Role.ALL, "long")
def get_usage(ctx: Context, controller: Annotated[str, Untyped]) -> ControllerUsage:
    """Return what the account uses of a controller: used, limit (null is none), free; empty without a control group.

    controller: cpu or cpuacct (seconds of the last 24 hours), memory (bytes) or pids (processes)
    The administrator gets the sum of all accounts that have a control group, without a limit.
    """
    if controller not in FIGURES:
        raise Refused("No figures for controller `%s'; there are some for %s", controller[:64], ", ".join(FIGURES))
    counter, parameter, factor = FIGURES[controller]
    if ctx.is_admin:
        return {"used": figures.total(ctx.db, counter, "cgroup"), "limit": None, "free": None}
    metadata = records.own(ctx).metadata
    if not metadata.enabled("cgroup"):
        return {}
    used = figures.figures(ctx.db, ctx.caller.site_id, metadata)[counter]
    share: Any = metadata["cgroup"][parameter]
    limit = None if share is None else int(share) * factor
    return {"used": used, "limit": limit, "free": None if limit is None else max(limit - used, 0)}
