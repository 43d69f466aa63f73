"""What a caller may call: by role, by [auth] admin_api, by the command list of its key (docs/panel.md, section 3)."""

from __future__ import annotations

from apnscp.core.context import Caller
from apnscp.core.panel_settings import PanelSettings
from apnscp.core.registry import Command
from apnscp.opcenter.access.key_rules import permits

LIFE_CYCLE = frozenset(
    f"admin_{method}"
    for method in ("add_site", "edit_site", "delete_site", "activate_site", "deactivate_site", "hijack")
)
"""What `[auth] admin_api=false` takes away, with the modules scope and config."""


def needs_admin_api(command: Command) -> bool:
    """Tell whether a method goes with [auth] admin_api."""
    return command.name in LIFE_CYCLE or command.module in ("scope", "config")


def may_call(command: Command, caller: Caller, settings: PanelSettings) -> bool:
    """Tell whether a caller may call a method."""
    offered = command.allows(caller.role) and (settings.flag("auth.admin_api") or not needs_admin_api(command))
    return offered and (caller.commands is None or permits(caller.commands, command))
