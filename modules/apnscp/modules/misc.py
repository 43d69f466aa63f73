"""Module misc: what can be called, and the versions (docs/panel.md, section 15)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import Command, Parameter, canonical, command
from apnscp.core.roles import Role
from apnscp.opcenter.access.privileges import may_call
from apnscp.opcenter.settings.versions import PLATFORM, debugging, panel_fields

LONGEST_FILTER = 100


@command(Role.ALL)
def cp_version(ctx: Context, field: Annotated[str, Untyped] = "") -> Any:
    """Return the version of the panel: version, ver_maj, ver_min, ver_patch and more, or one of these.

    field: the one to return; empty for the map
    """
    fields = panel_fields(debug=debugging(ctx.settings))
    if field and field not in fields:
        raise Refused("Unknown field `%s'; there are %s", field[:64], ", ".join(fields))
    return fields[field] if field else dict(fields)


@command(Role.ADMIN)
def flush_cp_version(ctx: Context) -> bool:
    """Forget the version that misc:cp-version keeps in memory."""
    # it is worked out anew at each call: there is nothing to forget
    return True


@command(Role.ALL)
def platform_version(ctx: Context) -> str:
    """Return the generation of the platform, such as "9.0"."""
    return PLATFORM


@command(Role.ALL, alias=("l",))
def list_commands(ctx: Context, filter: str = "") -> dict[str, list[str]]:
    """Return the methods that the caller may call: module to list of names.

    filter: a glob on module:method or module_method, such as "admin:*" or "*pass*"
    """
    listed: dict[str, list[str]] = {}
    for entry in _matching(ctx, filter):
        listed.setdefault(entry.module, []).append(entry.method)
    return listed


@command(Role.ALL, alias=("command_info", "i"))
def info(ctx: Context, filter: str = "") -> dict[str, Any]:
    """Describe methods: doc, parameters, min, max, return, signature; keyed by command unless the filter names one.

    filter: a glob as in misc:list-commands, or one command
    """
    found = _matching(ctx, filter)
    exact = [entry for entry in found if entry.name == canonical(filter)]
    return _described(exact[0]) if exact else {entry.cli_name: _described(entry) for entry in found}


def _matching(ctx: Context, filter: str) -> list[Command]:
    if len(filter) > LONGEST_FILTER:
        raise Refused("A filter has at most %d characters", LONGEST_FILTER)
    pattern = canonical(filter)
    return [
        entry
        for entry in ctx.panel.registry
        if (not pattern or fnmatchcase(entry.name, pattern)) and may_call(entry, ctx.caller, ctx.settings)
    ]


def _described(entry: Command) -> dict[str, Any]:
    required = [parameter for parameter in entry.parameters if parameter.required]
    variadic = any(parameter.variadic for parameter in entry.parameters)
    return {
        "doc": entry.doc,
        "parameters": [_reflected(number, parameter) for number, parameter in enumerate(entry.parameters)],
        "min": len(required),
        "max": -1 if variadic else len(entry.parameters),
        "return": entry.returns.php or "mixed",
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
    """Return parameters as the panel prints signatures: ``string $site,[array $opts,[array $flags]]``.

    That a parameter may be null is not part of it.
    """
    text = ""
    for parameter in reversed(parameters):
        shown = parameter.php().removeprefix("?")
        inner = f"{shown},{text}" if text else shown
        text = inner if parameter.required else f"[{inner}]"
    return text
