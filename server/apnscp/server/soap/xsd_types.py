"""Spyne types for the parts of our operations: the four strict scalars and "any PHP value"."""

from __future__ import annotations

from typing import Any

from spyne import Boolean, Double, Integer, Unicode
from spyne.const.xml import NS_XSD
from spyne.model import SimpleModel

from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import Parameter


class AnyValue(SimpleModel):
    """Any PHP value: what is declared as xsd:anyType."""

    __type_name__ = "anyType"
    __namespace__ = NS_XSD


ANY = "anyType"
XSD = {Kind.STR: "string", Kind.INT: "int", Kind.BOOL: "boolean", Kind.FLOAT: "double"}
"""Kinds that are strictly one scalar; all others are anyType (docs/wire.md, "WSDL")."""

MODELS: dict[str, Any] = {"string": Unicode, "int": Integer, "boolean": Boolean, "double": Double, ANY: AnyValue}


def part_type(parameter: Parameter) -> str:
    """Return the XML Schema type that the part of a parameter is declared with."""
    return ANY if parameter.variadic or parameter.type.untyped else XSD.get(parameter.type.kind, ANY)


def return_type(returns: Type) -> str:
    """Return the XML Schema type that an answer is declared with; one that may be null is anyType."""
    return ANY if returns.nullable else XSD.get(returns.kind, ANY)
