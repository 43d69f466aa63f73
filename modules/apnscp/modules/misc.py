"""Module misc: what can be called, and the versions (docs/panel.md, section 15)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from apnscp.core.context import Context
from apnscp.core.registry import REGISTRY, Command, Parameter, canonical, command
from apnscp.core.roles import Role


@command(Role.ALL, alias=("l",))
def list_commands(ctx: Context, filter: str = "") -> dict[str, Any]:
    """Return the methods that the caller may call: module to list of names.

    filter: a glob on module:method or module_method, such as "admin:*" or "*pass*"
    """
    listed: dict[str, Any] = {}
    for entry in _matching(ctx, filter):
        listed.setdefault(entry.module, []).append(entry.method)
    return listed


@command(Role.ALL, alias=("command_info", "i"))
def info(ctx: Context, filter: str = "") -> dict[str, Any]:
    """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

    filter: a glob as in misc:list-commands, or one command
    """
    described = {entry.cli_name: _described(entry) for entry in _matching(ctx, filter)}
    exact = [entry for entry in _matching(ctx, filter) if entry.name == canonical(filter)]
    return described[exact[0].cli_name] if exact else described


def _matching(ctx: Context, filter: str) -> list[Command]:
    pattern = canonical(filter)
    return [
        entry
        for entry in REGISTRY
        if entry.allows(ctx.caller.role) and (not pattern or fnmatchcase(entry.name, pattern))
    ]


def _described(entry: Command) -> dict[str, Any]:
    required = [parameter for parameter in entry.parameters if parameter.required]
    variadic = any(parameter.variadic for parameter in entry.parameters)
    return {
        "doc": entry.doc,
        "parameters": [_reflected(number, parameter) for number, parameter in enumerate(entry.parameters)],
        "min": len(required),
        "max": -1 if variadic else len(entry.parameters),
        "return": _php_type(entry.returns),
        "signature": f"{entry.name}({_signature(entry.parameters)})",
    }


def _reflected(number: int, parameter: Parameter) -> str:
    """Return a parameter as PHP's reflection prints it."""
    kind = "required" if parameter.required else "optional"
    default = "" if parameter.required or parameter.variadic else f" = {_literal(parameter.default)}"
    return f"Parameter #{number} [ <{kind}> {parameter.php()}{default} ]"


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list | dict):
        return "[]"
    return str(value).lower() if isinstance(value, bool) else f"'{value}'" if isinstance(value, str) else str(value)


def _signature(parameters: tuple[Parameter, ...]) -> str:
    """Return parameters as the panel prints signatures: ``string $site,[array $opts,[array $flags]]``."""
    text = ""
    for parameter in reversed(parameters):
        shown = parameter.php()
        inner = f"{shown},{text}" if text else shown
        text = inner if parameter.required else f"[{inner}]"
    return text


def _php_type(returns: str) -> str:
    names = {"str": "string", "list": "array", "map": "array"}
    bare = returns.removeprefix("?")
    return ("?" if returns.startswith("?") else "") + names.get(bare, bare)
