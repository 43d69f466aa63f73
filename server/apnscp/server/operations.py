"""The operations of the description, made from the registry: one per method. Nothing here needs Spyne."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import Command, Parameter
from apnscp.wire.soap.description import Operation, Part

VARIADIC_PARTS = 8
"""How many parts a variadic parameter is declared with; PHP drops arguments beyond the declared parts."""
ANY = "anyType"
XSD = {Kind.STR: "string", Kind.INT: "int", Kind.BOOL: "boolean", Kind.FLOAT: "double"}
"""Kinds that are strictly one scalar; all others are anyType (docs/wire.md, "WSDL")."""


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


def part_type(parameter: Parameter) -> str:
    """Return the XML Schema type that the part of a parameter is declared with."""
    return ANY if parameter.variadic or parameter.type.untyped else XSD.get(parameter.type.kind, ANY)


def return_type(returns: Type) -> str:
    """Return the XML Schema type that an answer is declared with; one that may be null is anyType."""
    return ANY if returns.nullable else XSD.get(returns.kind, ANY)


def _operation(command: Command) -> Operation:
    return Operation(
        name=command.name,
        documentation=command.doc,
        parts=[Part(name, part_type(parameter), not parameter.required) for name, parameter in parts(command)],
        returns=return_type(command.returns),
    )
