"""Read requests and write answers of the literal face; its faults are those of `apnscp.wire.soap.envelope`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.wire.errors import VERSION_MISMATCH, WireError
from apnscp.wire.soap import names
from apnscp.wire.soap.budget import Budget
from apnscp.wire.soap.document import parse_document
from apnscp.wire.soap.envelope import messages_header
from apnscp.wire.soap.kinds import Value
from apnscp.wire.soap.literal.reading import read
from apnscp.wire.soap.literal.schema import VALUES, Field, Method, plain_name
from apnscp.wire.soap.literal.writing import write
from apnscp.wire.soap.reading import local_name
from apnscp.wire.soap.request import Request
from apnscp.wire.soap.structure import structure
from apnscp.wire.soap.version import SOAP_11

_PREFIX = "m"


class LiteralRequest(Request):
    """A request whose parts are read by the schema."""

    __slots__ = ()

    def fields(self, wanted: Sequence[Field], absent: object = None) -> list[Any]:
        """Read the fields of a method.

        wanted: in order; they are found by local name in any order, dashes as good as underscores, in any case. Others
            are ignored.
        absent: what to return for a field that was not sent
        Returns a value for each field, and for a repeated one as many as were sent. A strict scalar is its text.
        Raises WireError when a value does not follow the schema.
        """
        sent: dict[str, list[Any]] = {}
        for child in self.element:
            sent.setdefault(plain_name(local_name(child)), []).append(child)
        given: list[Any] = []
        for field in wanted:
            found = sent.get(plain_name(field.name), ())
            read_ones = [read(child, field.kind, self._budget) for child in (found if field.repeated else found[:1])]
            given.extend(read_ones if found or field.repeated else [absent])
        return given

    def unknown(self, wanted: Sequence[Field]) -> int:
        """Return how many elements were sent that are no fields of the method, or stand again."""
        left = {plain_name(field.name): field.repeated for field in wanted}
        surplus = 0
        for child in self.element:
            name = plain_name(local_name(child))
            surplus += name not in left
            if not left.get(name, True):
                del left[name]
        return surplus


def parse(body: bytes, content_type: str | None = None) -> LiteralRequest:
    """Read a request; arguments as for `parse` in `apnscp.wire.soap.envelope`.

    Raises WireError when it is not a request in SOAP 1.1.
    """
    root, flat = parse_document(body, content_type)
    found = structure(root)
    if found.version is not SOAP_11:
        raise WireError("Wrong Version: this address speaks SOAP 1.1; /soap speaks 1.2 as well", VERSION_MISMATCH)
    element = next(iter(found.body), None)
    if element is None:
        raise WireError('looks like we got "Body" without function call')
    return LiteralRequest(found, element, Budget(flat=flat))


def result(method: Method, value: Value) -> str:
    """Write the result of a method without its envelope, for `wrapped`; a lazy one is read to its end here."""
    return write(method.result, value, _PREFIX)


def wrapped(method: Method, written: str, messages: Sequence[tuple[str, str]] = ()) -> bytes:
    """Put a result that `result` wrote into its envelope, with the messages reported until then.

    messages: (severity, text) pairs for the messages header block, which clients may ignore
    """
    tag = f"{_PREFIX}:{method.answer}"
    spaces = f'xmlns:{_PREFIX}="{method.namespace}" xmlns="{VALUES}" xmlns:xsi="{names.INSTANCE}"'
    header = messages_header(messages, SOAP_11)
    return f"{SOAP_11.fault_start}{header}{SOAP_11.body}<{tag} {spaces}>{written}</{tag}>{SOAP_11.end}".encode()
