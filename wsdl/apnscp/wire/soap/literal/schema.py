"""What the literal face consists of: methods, their fields, and the kinds of values in its schema."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.names import API
from apnscp.wire.soap.text import checked_name

VALUES: Final = "urn:net.apnscp.values"
"""Namespace of the types of values."""

DEPTH_LIMIT: Final = 80
"""Levels of nesting that are read or written. A level takes three elements, and libxml2 reads 256 of them, one in the other."""

STRING: Final = "string"
LONG: Final = "long"
DOUBLE: Final = "double"
BOOLEAN: Final = "boolean"
LIST: Final = "list"
MAP: Final = "map"
VALUE: Final = "value"

TYPES: Final = {
    STRING: "xsd:string",
    LONG: "xsd:long",
    DOUBLE: "xsd:double",
    BOOLEAN: "xsd:boolean",
    LIST: "v:ValueList",
    MAP: "v:ValueMap",
    VALUE: "v:Value",
}
"""Types in the schema, by kind; PHP's integers have 64 bits."""

RESULT: Final = "result"
"""Name of the one element of an answer."""

_JAVA: Final = """
abstract assert boolean break byte case catch char class const continue default do double else enum extends false final
finally float for goto if implements import instanceof int interface long native new null package private protected public
return short static strictfp super switch synchronized this throw throws transient true try void volatile while
"""
RESERVED: Final = frozenset(_JAVA.split())
"""Words of Java: wsimport refuses a description in which an operation or a parameter is named so."""


def plain_name(name: str) -> str:
    """Return the name that an element has to the panel, in lower case; dashes are as good as underscores."""
    return name.replace("-", "_").rstrip("_").lower()


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a result: its name and its kind, a key of `TYPES`.

    optional: whether a request may leave it out
    nillable: whether `xsi:nil` is a value of it
    repeated: whether it may stand any number of times, none included
    """

    name: str
    kind: str
    optional: bool = False
    nillable: bool = False
    repeated: bool = False

    def __post_init__(self) -> None:
        """Check the kind.

        Raises WireError when the schema has no such kind.
        """
        if self.kind not in TYPES:
            raise WireError(f"`{self.kind}' is not a kind of value; one of {', '.join(sorted(TYPES))} is", SERVER)

    @property
    def element(self) -> str:
        """Return the name of its element; a word of Java gets an underscore, as in `class_`.

        Raises WireError when it is not an XML name.
        """
        return checked_name(f"{self.name}_" if self.name in RESERVED else self.name)


@dataclass(frozen=True, slots=True)
class Method:
    """A method: its module, its name as the panel has it, its documentation, its fields in order, and its result."""

    module: str
    name: str
    documentation: str = ""
    fields: Sequence[Field] = ()
    result: Field = Field(RESULT, VALUE, nillable=True)

    @property
    def namespace(self) -> str:
        """Return the namespace of its elements, such as `urn:net.apnscp.api:admin`."""
        return f"{API}:{self.module}"

    @property
    def element(self) -> str:
        """Return the name of its request, such as `edit-site`; a word of Java comes with its module, as in `dns-import`."""
        name = f"{self.module}-{self.name}" if self.name in RESERVED else self.name
        return checked_name(name.replace("_", "-"))

    @property
    def answer(self) -> str:
        """Return the name of its answer, such as `edit-site-response`."""
        return f"{self.element}-response"
