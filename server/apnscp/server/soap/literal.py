"""The literal face: the same calls in document/literal, for strict SOAP stacks (docs/strict-stacks.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from apnscp.core.coerce import ABSENT
from apnscp.core.errors import UnknownMethod
from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import Command, Parameter, Registry
from apnscp.server.faults import SERVER_ERROR
from apnscp.server.soap.compression import unpacked
from apnscp.server.soap.faults import as_fault
from apnscp.server.soap.protocol import fault_bytes
from apnscp.server.soap.published import PARTS_KEPT, of_modules
from apnscp.server.soap.transport import SoapCall, messages
from apnscp.wire.soap.literal import envelope, schema
from apnscp.wire.soap.literal.description import LiteralTemplate
from apnscp.wire.soap.literal.schema import Field, Method
from apnscp.wire.soap.names import operation

KINDS = {
    Kind.STR: schema.STRING, Kind.INT: schema.LONG, Kind.FLOAT: schema.DOUBLE, Kind.BOOL: schema.BOOLEAN,
    Kind.LIST: schema.LIST, Kind.MAP: schema.MAP, Kind.ARRAY: schema.VALUE, Kind.MIXED: schema.VALUE,
}  # fmt: skip
"""Kinds of the schema. What PHP declares without a type and the panel coerces has the type to which it is coerced."""


class LiteralServer:
    """Answers requests in document/literal; who calls and what a call does is decided where /soap decides it."""

    def __init__(self, registry: Registry) -> None:
        """Offer the methods of a registry."""
        self._registry = registry
        self._renamed = dict(_renamed(registry))
        self._methods: dict[str, Method] = {}
        self.described = lru_cache(PARTS_KEPT)(self._described)

    def _described(self, modules: frozenset[str]) -> LiteralTemplate:
        """Return the description of some modules, of all when none is named.

        Raises Refused for a module without any method.
        """
        commands = sorted(of_modules(self._registry, modules), key=lambda command: (command.module, command.method))
        return LiteralTemplate(map(method_of, commands))

    def answer(self, call: SoapCall) -> bytes:
        """Carry out a request and return the answer's bytes; `call.status` holds the HTTP status.

        A fault of any kind is HTTP 500 (WS-I Basic Profile 1.1, R1126): gSOAP and JAX-WS show no text of a fault with status 401.
        """
        try:
            return self._answer(call)
        except Exception as error:  # noqa: BLE001 -- as_fault logs what nobody expects
            fault = as_fault(call, error)
            call.status = SERVER_ERROR
            return fault_bytes(fault, call.answered_in())

    def _answer(self, call: SoapCall) -> bytes:
        call.authenticate()
        request = envelope.parse(unpacked(call.body, call.encoding, call.body_limit), call.content_type)
        call.version = request.version
        try:
            command = self._registry.find(self._renamed.get(request.operation, request.operation))
        except UnknownMethod:
            raise UnknownMethod(request.name) from None
        method = self._method(command)
        given = request.fields(method.fields, ABSENT)
        request.require_understood()
        if call.refuses_surplus:
            call.surplus = request.unknown(method.fields)
        outcome = call.outcome(command, given, lambda value: envelope.result(method, value))
        return envelope.wrapped(method, outcome.value, messages(outcome))

    def _method(self, command: Command) -> Method:
        method = self._methods.get(command.name)
        if method is None:
            method = self._methods[command.name] = method_of(command)
        return method


def _renamed(commands: Iterable[Command]) -> Iterator[tuple[str, str]]:
    """Go through the methods that have another name here: what a request calls them, and what they are called."""
    for command in commands:
        if command.method in schema.RESERVED:
            method = method_of(command)
            yield operation(method.element, method.namespace), command.name


def method_of(command: Command) -> Method:
    """Return what the literal face says of a method."""
    return Method(
        command.module, command.method, command.doc, tuple(map(_field, command.parameters)), _result(command.returns)
    )


def _field(parameter: Parameter) -> Field:
    """Return the field of a parameter. An optional one is left out rather than nil: a Value says null by itself."""
    if parameter.variadic:
        return Field(parameter.name, schema.VALUE, optional=True, repeated=True)
    kind = KINDS[parameter.type.kind]
    return Field(
        parameter.name, kind, optional=not parameter.required, nillable=parameter.required and parameter.type.nullable
    )


def _result(returns: Type) -> Field:
    """Return the field of an answer; only a truth that may not be null is never nil, for a refused method has nothing to say."""
    kind = KINDS[returns.kind]
    return Field(schema.RESULT, kind, nillable=returns.nullable or kind != schema.BOOLEAN)
