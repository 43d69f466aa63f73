"""Spyne types for the parts of our operations: the four strict scalars and "any PHP value"."""

from __future__ import annotations

from typing import Any

from spyne import Boolean, Double, Integer, Unicode
from spyne.const.xml import NS_XSD
from spyne.model import SimpleModel

from apnscp.core.registry import Parameter


class AnyValue(SimpleModel):
    """Any PHP value: what is declared as xsd:anyType."""

    __type_name__ = "anyType"
    __namespace__ = NS_XSD


XSD = {"str": "string", "int": "int", "bool": "boolean", "float": "double"}
"""Kinds that are strictly one scalar; all others, and nullable containers, are anyType (docs/wire.md, "WSDL")."""

MODELS: dict[str, Any] = {"string": Unicode, "int": Integer, "boolean": Boolean, "double": Double, "anyType": AnyValue}


def xsd_type(kind: str) -> str:
    """Return the XML Schema type that a part of this kind is declared with."""
    return XSD.get(kind.removeprefix("?"), "anyType")


def part_type(parameter: Parameter) -> str:
    """Return the XML Schema type of a parameter's part."""
    return "anyType" if parameter.variadic else xsd_type(parameter.kind)
