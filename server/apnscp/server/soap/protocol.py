"""Spyne's SOAP protocol in both versions, reading and writing through `apnscp.wire`."""

from __future__ import annotations

from typing import Any

from spyne import Fault
from spyne.protocol.soap import Soap11

from apnscp.core.coerce import ABSENT
from apnscp.core.errors import UnknownMethod
from apnscp.server.soap.compression import unpacked
from apnscp.server.soap.faults import as_fault
from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.version import Version


class RpcEncoded(Soap11):
    """rpc/encoded as PHP speaks it: `udc` of the Spyne context carries the call that the transport began."""

    mime_type = "text/xml; charset=utf-8"

    def create_in_document(self, ctx: Any, charset: str | None = None) -> None:
        """Authenticate, then parse the body; what is wrong becomes a Fault."""
        try:
            ctx.udc.authenticate()
            ctx.udc.body = unpacked(ctx.udc.body, ctx.udc.encoding, ctx.udc.body_limit)
            ctx.in_document = envelope.parse(ctx.udc.body, ctx.udc.content_type)
            ctx.udc.version = ctx.in_document.version
        except Exception as error:
            raise as_fault(ctx.udc, error) from error

    def decompose_incoming_envelope(self, ctx: Any, message: Any = None) -> None:
        """Take the first element of the body as the method, by its local name."""
        ctx.in_body_doc = ctx.in_document
        ctx.method_request_string = ctx.in_document.operation

    def get_call_handles(self, ctx: Any) -> list[Any]:
        """Find the method by its name in any case; an unknown one is the fault that PHP's server gives."""
        known = self.app.handles.get(ctx.method_request_string)
        if known is None:
            raise as_fault(ctx.udc, UnknownMethod(ctx.in_document.name))
        return known  # type: ignore[no-any-return]

    def deserialize(self, ctx: Any, message: Any) -> None:
        """Read the parts by name or by position into `ctx.in_object`; nothing in the header may have to be understood."""
        described = ctx.descriptor.udd
        try:
            ctx.in_object = ctx.in_document.parts(described["names"], described["types"], ABSENT)
            ctx.in_document.require_understood()
        except WireError as error:
            raise as_fault(ctx.udc, error) from error
        if ctx.udc.refuses_surplus:
            sent = sum(isinstance(child.tag, str) for child in ctx.in_document.element)
            ctx.udc.surplus = max(sent - len(described["names"]), 0)
        ctx.udc.read = ctx.in_document


def fault_bytes(fault: Fault, version: Version) -> bytes:
    """Write a Spyne fault as PHP's server would."""
    code = fault.faultcode.removeprefix("SOAP-ENV:")
    return envelope.fault(code, fault.faultstring, detail=fault.detail, version=version)
