"""Methods as pages show them: parameters in the notation of the table of methods, and roles in words."""

from __future__ import annotations

import json
from collections.abc import Iterable

from apnscp.core.registry import Command, Parameter
from apnscp.core.roles import Role

ROLES = {Role.ADMIN: "administrator", Role.SITE: "site", Role.USER: "user"}
"""Who may call -> its name on the pages."""


def parameters(listed: Iterable[Parameter]) -> str:
    """Return parameters such as ``string $site, array $opts = []``."""
    return ", ".join(f"{parameter.php()}{_default(parameter)}" for parameter in listed)


def _default(parameter: Parameter) -> str:
    if parameter.required or parameter.variadic:
        return ""
    return (
        f" = {json.dumps(parameter.default) if parameter.default or not isinstance(parameter.default, dict) else '[]'}"
    )


def roles(command: Command) -> str:
    """Return who may call a method, such as ``site, user``."""
    return ", ".join(name for role, name in ROLES.items() if command.allows(role))
