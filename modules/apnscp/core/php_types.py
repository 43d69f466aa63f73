"""Types of parameters and answers: how an annotation says them, and what PHP calls them."""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, replace
from enum import Enum
from typing import Annotated, Any, Union


class Kind(Enum):
    """What a value is; a PHP array is a list, a map, or either.

    php: PHP's name of the type, empty where it has none
    wanted: what a caller is asked for, in the words of an error message
    """

    BOOL = ("bool", "true or false")
    INT = ("int", "a whole number")
    FLOAT = ("float", "a number")
    STR = ("string", "text")
    LIST = ("array", "a list")
    MAP = ("array", "a map")
    ARRAY = ("array", "a list or a map")
    MIXED = ("", "any value")

    def __init__(self, php: str, wanted: str) -> None:
        """Name the kind for PHP and for people."""
        self.php = php
        self.wanted = wanted

    __hash__ = object.__hash__  # Enum's own is written in Python, too slow for a look-up with each argument of a call


class Untyped:
    """Mark a parameter that PHP declares without a type, as in ``domain: Annotated[str, Untyped]``.

    The description and `misc:info` show it without one; the value is coerced to the annotated type all the same.
    """


class FreeText:
    """Mark an optional text whose emptiness says something, as in ``comment: Annotated[str, FreeText] = ""``.

    To any other optional parameter the empty text is nothing given (docs/wire.md, "WSDL").
    """


class Secret:
    """Mark a parameter or an answer that must never be shown or kept in clear, as in ``password: Annotated[str, Secret]``."""


@dataclass(frozen=True, slots=True)
class Type:
    """Type of a parameter or an answer.

    nullable: null is a value, too
    untyped: PHP declares no type, so a caller may send anything that can be coerced
    secret: the value is masked in the journal
    free_text: the empty text is a value of its own where the parameter is optional
    """

    kind: Kind
    nullable: bool = False
    untyped: bool = False
    secret: bool = False
    free_text: bool = False

    @property
    def php(self) -> str:
        """Return the type as PHP declares it, such as ``?string``; empty where it declares none."""
        if self.untyped or not self.kind.php:
            return ""
        return f"?{self.kind.php}" if self.nullable else self.kind.php

    @property
    def empty(self) -> bool | list[Any] | None:
        """Return what a refused method of this type answers: false, an empty array, or null."""
        if self.nullable:
            return None
        if self.kind is Kind.BOOL:
            return False
        return [] if self.kind in ARRAYS else None


ARRAYS = frozenset({Kind.LIST, Kind.MAP, Kind.ARRAY})
KINDS = {bool: Kind.BOOL, int: Kind.INT, float: Kind.FLOAT, str: Kind.STR, list: Kind.LIST, dict: Kind.MAP}
"""Annotation to kind. A class of its own may name its kind in an attribute KIND; all others are MIXED."""


def type_of(hint: Any) -> Type:
    """Return the type that an annotation stands for.

    hint: as `typing.get_type_hints` returns it with extras; a union of kinds is MIXED, unless all of them are arrays.
        What an ``Annotated`` adds beside the marks above tells type checkers more (`shape_of`) and changes nothing here.
    """
    origin = typing.get_origin(hint)
    if hint is Any:
        return Type(Kind.MIXED, nullable=True)
    if origin is Annotated:
        marks = hint.__metadata__
        return replace(
            type_of(hint.__origin__), untyped=Untyped in marks, secret=Secret in marks, free_text=FreeText in marks
        )
    if origin in (Union, types.UnionType):
        options = typing.get_args(hint)
        found = [type_of(option) for option in options if option is not type(None)]
        return Type(
            _common({option.kind for option in found}),
            nullable=type(None) in options,
            untyped=any(option.untyped for option in found),
            secret=any(option.secret for option in found),
            free_text=any(option.free_text for option in found),
        )
    if hasattr(hint, "KIND"):
        return Type(Kind[hint.KIND])
    if typing.is_typeddict(hint):
        return Type(Kind.MAP)
    return Type(KINDS.get(origin or hint, Kind.MIXED))


def shape_of(hint: Any) -> Any:
    """Return what an annotation tells type checkers: ``dict[str, Row]`` of ``Annotated[Rows, dict[str, Row]]``."""
    if typing.get_origin(hint) is not Annotated:
        return hint
    told = [each for each in hint.__metadata__ if each not in (Untyped, Secret)]
    return told[0] if told else hint.__origin__


def _common(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        return kinds.pop()
    return Kind.ARRAY if kinds <= ARRAYS else Kind.MIXED
