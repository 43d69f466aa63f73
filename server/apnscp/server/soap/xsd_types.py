"""Spyne types for the parts of our operations: the four strict scalars and "any PHP value"."""

from __future__ import annotations

from typing import Any

from spyne import Boolean, Double, Integer, Unicode
from spyne.const.xml import NS_XSD
from spyne.model import SimpleModel

from apnscp.server.operations import ANY


class AnyValue(SimpleModel):
    """Any PHP value: what is declared as xsd:anyType."""

    __type_name__ = "anyType"
    __namespace__ = NS_XSD


MODELS: dict[str, Any] = {"string": Unicode, "int": Integer, "boolean": Boolean, "double": Double, ANY: AnyValue}
