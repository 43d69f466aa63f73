"""Spyne services made from the registry: one per module, one operation per method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from spyne import Service, rpc

from apnscp.core.registry import Command, Parameter
from apnscp.server.soap.xsd_types import MODELS, part_type, return_type
from apnscp.wire.soap.description import Operation, Part

VARIADIC_PARTS = 8
"""How many parts a variadic parameter is declared with; PHP drops arguments beyond the declared parts."""


def services(commands: Iterable[Command]) -> list[type[Service]]:
    """Return one Spyne service class per module."""
    by_module = groupby(sorted(commands, key=lambda command: command.name), key=lambda command: command.module)
    merged: dict[str, dict[str, Any]] = {}
    for module, group in by_module:
        merged.setdefault(module, {}).update({command.name: _method(command) for command in group})
    return [type(module, (Service,), methods) for module, methods in merged.items()]


def operations(commands: Iterable[Command]) -> list[Operation]:
    """Return the operations of the description, in the order of their names."""
    return [_operation(command) for command in commands]


def parts(command: Command) -> Iterator[tuple[str, Parameter]]:
    """Go through the parts of a command's request: name on the wire, and the parameter it belongs to."""
    for parameter in command.parameters:
        if parameter.variadic:
            yield from ((f"{parameter.name}{number}", parameter) for number in range(1, VARIADIC_PARTS + 1))
        else:
            yield parameter.name, parameter


def _operation(command: Command) -> Operation:
    return Operation(
        name=command.name,
        documentation=command.doc,
        parts=[Part(name, part_type(parameter), not parameter.required) for name, parameter in parts(command)],
        returns=return_type(command.returns),
    )


def _method(command: Command) -> Any:
    names = tuple(name for name, _ in parts(command))
    types = tuple(part_type(parameter) for _, parameter in parts(command))
    return rpc(
        *(MODELS[kind] for kind in types),
        _args=names,
        _returns=MODELS[return_type(command.returns)],
        _out_variable_name="return",
        _internal_key_suffix=f":{command.name}",
        _udd={"command": command, "names": names, "types": types},
    )(_function)


def _function() -> None:
    """Stand for the function that Spyne wants to know; `SoapApplication.call_wrapper` carries out the calls."""
