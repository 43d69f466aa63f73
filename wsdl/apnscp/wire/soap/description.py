"""Write the WSDL: one service, port and binding, rpc/encoded (docs/wire.md, "WSDL")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap import names
from apnscp.wire.soap.addressed import Addressed
from apnscp.wire.soap.text import checked_name, escape

TYPES: Final = frozenset({"string", "int", "boolean", "double", "anyType"})
"""Types that every known SOAP stack sends and reads well; each other type breaks one of them."""


def _check(name: str, kind: str) -> None:
    checked_name(name)
    if kind not in TYPES:
        raise WireError(f"`{kind}' cannot be the type of `{name}'; one of {', '.join(sorted(TYPES))} can", SERVER)


@dataclass(frozen=True, slots=True)
class Part:
    """A parameter: its name, its type (one of `TYPES`), and whether a call may leave it out."""

    name: str
    type: str
    optional: bool = False

    def __post_init__(self) -> None:
        """Check name and type.

        Raises WireError when WSDL or a client cannot carry one of them.
        """
        _check(self.name, self.type)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its canonical name, documentation, parts in order, and the type of its result."""

    name: str
    documentation: str = ""
    parts: Sequence[Part] = ()
    returns: str = "anyType"

    def __post_init__(self) -> None:
        """Check name and type.

        Raises WireError when WSDL or a client cannot carry one of them.
        """
        _check(self.name, self.returns)


class Template(Addressed):
    """A description without its address, so that each client gets it with the address that it used.

    operations: in the order of the description
    name: name of the service; port, binding and port type are named after it
    """

    __slots__ = ()

    def __init__(self, operations: Iterable[Operation], name: str = "apnscp") -> None:
        """Write everything but the address."""
        listed = tuple(operations)
        name = checked_name(name)
        before = "".join(
            (
                _START.format(name=name),
                _SCHEMAS,
                *map(_messages, listed),
                f'<portType name="{name}PortType">\n',
                *map(_port_operation, listed),
                f'</portType>\n<binding name="{name}Binding" type="tns:{name}PortType">\n{_TRANSPORT}',
                *map(_bound_operation, listed),
                f'</binding>\n<service name="{name}">\n<port name="{name}Port" binding="tns:{name}Binding">\n',
                '<soap:address location="',
            )
        )
        super().__init__(before, lambda address: f'{address}"/>\n</port>\n</service>\n</definitions>\n')


def write(operations: Iterable[Operation], address: str, name: str = "apnscp") -> bytes:
    """Return the description of some operations at an address; arguments as for `Template`."""
    return Template(operations, name).at(address)


_START: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<definitions name="{{name}}" targetNamespace="{names.API}" xmlns="http://schemas.xmlsoap.org/wsdl/" '
    f'xmlns:tns="{names.API}" xmlns:xsd="{names.SCHEMA}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" '
    f'xmlns:apache="{names.APACHE}" xmlns:soapenc="{names.ENCODING}">\n'
)
_SCHEMAS: Final = f"""<types>
<xsd:schema targetNamespace="{names.APACHE}" elementFormDefault="unqualified">
<xsd:complexType name="mapItem"><xsd:sequence>
<xsd:element name="key" type="xsd:anyType" nillable="true"/>
<xsd:element name="value" type="xsd:anyType" nillable="true"/>
</xsd:sequence></xsd:complexType>
<xsd:complexType name="Map"><xsd:sequence>
<xsd:element name="item" type="apache:mapItem" minOccurs="0" maxOccurs="unbounded"/>
</xsd:sequence></xsd:complexType>
</xsd:schema>
<xsd:schema targetNamespace="{names.ENCODING}">
<xsd:attribute name="arrayType" type="xsd:string"/>
<xsd:complexType name="Array"><xsd:sequence>
<xsd:element name="item" type="xsd:anyType" nillable="true" minOccurs="0" maxOccurs="unbounded"/>
</xsd:sequence><xsd:anyAttribute namespace="##any" processContents="lax"/></xsd:complexType>
</xsd:schema>
</types>
"""
_TRANSPORT: Final = '<soap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>\n'
_BODY: Final = f'<soap:body use="encoded" namespace="{names.API}" encodingStyle="{names.ENCODING}"/>'


def _messages(operation: Operation) -> str:
    parts = "".join(f'<part name="{part.name}" type="xsd:{part.type}"/>' for part in operation.parts)
    return (
        f'<message name="{operation.name}Request">{parts}</message>\n'
        f'<message name="{operation.name}Response"><part name="return" type="xsd:{operation.returns}"/></message>\n'
    )


def _port_operation(operation: Operation) -> str:
    name, text = operation.name, escape(operation.documentation)
    documentation = f"<documentation>{text}</documentation>" if text else ""
    return (
        f'<operation name="{name}">{documentation}<input message="tns:{name}Request"/>'
        f'<output message="tns:{name}Response"/></operation>\n'
    )


def _bound_operation(operation: Operation) -> str:
    return (
        f'<operation name="{operation.name}"><soap:operation soapAction="{names.ACTION}#{operation.name}" style="rpc"/>'
        f"<input>{_BODY}</input><output>{_BODY}</output></operation>\n"
    )
