"""Spyne services made from the registry: one per module, one operation per method.

A thousand operations would cost each process 0.2 s and 20 MiB, so that listed methods are none to Spyne until they are called:
`borrowed` makes theirs of another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
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


def borrowed(descriptor: Any, command: Command) -> Any:
    """Return Spyne's description of one method as that of another: of the methods themselves only `udd` tells."""
    own = copy(descriptor)
    own.udd = _described(command)
    return own


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
    described = _described(command)
    return rpc(
        *(MODELS[kind] for kind in described["types"]),
        _args=described["names"],
        _returns=MODELS[return_type(command.returns)],
        _out_variable_name="return",
        _internal_key_suffix=f":{command.name}",
        _udd=described,
    )(_function)


def _described(command: Command) -> dict[str, Any]:
    """Return what the protocol wants to know of a method: the method, and names and types of the parts of a request."""
    names = tuple(name for name, _ in parts(command))
    types = tuple(part_type(parameter) for _, parameter in parts(command))
    return {"command": command, "names": names, "types": types}


def _function() -> None:
    """Stand for the function that Spyne wants to know; `SoapApplication.call_wrapper` carries out the calls."""
