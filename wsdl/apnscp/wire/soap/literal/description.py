"""Write the WSDL of the literal face: a schema, a port type, a binding and a port for each module (docs/strict-stacks.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from apnscp.wire.soap import names
from apnscp.wire.soap.addressed import Addressed
from apnscp.wire.soap.literal.schema import TYPES, VALUES, Field, Method
from apnscp.wire.soap.text import checked_name, escape


class LiteralTemplate(Addressed):
    """The description without its address; all ports have the same one.

    methods: sorted by module
    """

    __slots__ = ()

    def __init__(self, methods: Iterable[Method]) -> None:
        """Write everything but the service."""
        modules = [(module, list(group)) for module, group in groupby(methods, lambda method: method.module)]
        before = "".join(
            (
                _START % "".join(f' xmlns:{_prefix(module)}="{names.API}:{module}"' for module, _ in modules),
                f"<types>\n{_VALUES}",
                *(_schema(module, group) for module, group in modules),
                "</types>\n",
                *(_messages(method) for _, group in modules for method in group),
                *(_port_type(module, group) for module, group in modules),
                *(_binding(module, group) for module, group in modules),
            )
        )
        ports = [module for module, _ in modules]
        super().__init__(before, lambda address: _service(ports, address))


def _prefix(module: str) -> str:
    """Return the prefix of a module's namespace; `m.` keeps it apart from the others."""
    return f"m.{checked_name(module)}"


_START: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    f'<definitions name="apnscp" targetNamespace="{names.API}" xmlns="http://schemas.xmlsoap.org/wsdl/" '
    f'xmlns:tns="{names.API}" xmlns:xsd="{names.SCHEMA}" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" '
    f'xmlns:v="{VALUES}"%s>\n'
)
_VALUES: Final = f"""<xsd:schema targetNamespace="{VALUES}" elementFormDefault="qualified">
<xsd:complexType name="Null"><xsd:sequence/></xsd:complexType>
<xsd:complexType name="Value"><xsd:choice>
<xsd:element name="string" type="xsd:string"/>
<xsd:element name="int" type="xsd:long"/>
<xsd:element name="double" type="xsd:double"/>
<xsd:element name="boolean" type="xsd:boolean"/>
<xsd:element name="null" type="v:Null"/>
<xsd:element name="list" type="v:ValueList"/>
<xsd:element name="map" type="v:ValueMap"/>
</xsd:choice></xsd:complexType>
<xsd:complexType name="ValueList"><xsd:sequence>
<xsd:element name="item" type="v:Value" nillable="true" minOccurs="0" maxOccurs="unbounded"/>
</xsd:sequence></xsd:complexType>
<xsd:complexType name="ValueMap"><xsd:sequence>
<xsd:element name="entry" type="v:ValueEntry" minOccurs="0" maxOccurs="unbounded"/>
</xsd:sequence></xsd:complexType>
<xsd:complexType name="ValueEntry"><xsd:sequence>
<xsd:element name="key" type="xsd:string"/>
<xsd:element name="value" type="v:Value" nillable="true"/>
</xsd:sequence></xsd:complexType>
</xsd:schema>
"""


def _schema(module: str, methods: Sequence[Method]) -> str:
    elements = "".join(
        _wrapper(method.element, method.fields) + _wrapper(method.answer, [method.result]) for method in methods
    )
    return (
        f'<xsd:schema targetNamespace="{names.API}:{module}" elementFormDefault="qualified">\n'
        f'<xsd:import namespace="{VALUES}"/>\n{elements}</xsd:schema>\n'
    )


def _wrapper(name: str, fields: Sequence[Field]) -> str:
    content = "".join(map(_element, fields))
    sequence = f"<xsd:sequence>{content}</xsd:sequence>" if content else "<xsd:sequence/>"
    return f'<xsd:element name="{name}"><xsd:complexType>{sequence}</xsd:complexType></xsd:element>\n'


def _element(field: Field) -> str:
    occurs = ' minOccurs="0" maxOccurs="unbounded"' if field.repeated else ' minOccurs="0"' if field.optional else ""
    nillable = ' nillable="true"' if field.nillable else ""
    return f'<xsd:element name="{field.element}" type="{TYPES[field.kind]}"{occurs}{nillable}/>'


def _messages(method: Method) -> str:
    return "".join(
        f'<message name="{method.module}.{name}"><part name="parameters" element="{_prefix(method.module)}:{name}"/></message>\n'
        for name in (method.element, method.answer)
    )


def _port_type(module: str, methods: Iterable[Method]) -> str:
    return "".join((f'<portType name="{module}">\n', *map(_port_operation, methods), "</portType>\n"))


def _port_operation(method: Method) -> str:
    text = escape(method.documentation)
    documentation = f"<documentation>{text}</documentation>" if text else ""
    message = f"tns:{method.module}."
    return (
        f'<operation name="{method.element}">{documentation}<input message="{message}{method.element}"/>'
        f'<output message="{message}{method.answer}"/></operation>\n'
    )


def _binding(module: str, methods: Iterable[Method]) -> str:
    return "".join(
        (
            f'<binding name="{module}" type="tns:{module}">\n',
            '<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>\n',
            *map(_bound_operation, methods),
            "</binding>\n",
        )
    )


def _bound_operation(method: Method) -> str:
    body = '<soap:body use="literal"/>'
    action = f"{names.ACTION}#{method.module}_{method.name}"
    return (
        f'<operation name="{method.element}"><soap:operation soapAction="{action}" style="document"/>'
        f"<input>{body}</input><output>{body}</output></operation>\n"
    )


def _service(ports: Iterable[str], address: str) -> str:
    return "".join(('<service name="apnscp">\n', *_ports(ports, address), "</service>\n</definitions>\n"))


def _ports(ports: Iterable[str], address: str) -> Iterator[str]:
    for name in ports:
        yield f'<port name="{name}" binding="tns:{name}"><soap:address location="{address}"/></port>\n'
