from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import pytest

from apnscp.core.php_types import Kind, Type, Untyped, type_of
from apnscp.wire.soap.kinds import Rows

TYPES: list[tuple[Any, Type]] = [
    (bool, Type(Kind.BOOL)),
    (int, Type(Kind.INT)),
    (float, Type(Kind.FLOAT)),
    (str, Type(Kind.STR)),
    (list[str], Type(Kind.LIST)),
    (dict[str, int], Type(Kind.MAP)),
    (Rows, Type(Kind.MAP)),
    (list[Any] | dict[str, Any], Type(Kind.ARRAY)),
    (Any, Type(Kind.MIXED, nullable=True)),
    (str | int, Type(Kind.MIXED)),
    (Mapping[str, Any], Type(Kind.MIXED)),
    (str | None, Type(Kind.STR, nullable=True)),
    (list[Any] | dict[str, Any] | None, Type(Kind.ARRAY, nullable=True)),
    (Annotated[str, Untyped], Type(Kind.STR, untyped=True)),
    (Annotated[int | None, Untyped], Type(Kind.INT, nullable=True, untyped=True)),
    (Annotated[int, Untyped] | None, Type(Kind.INT, nullable=True, untyped=True)),
    (Annotated[str, "a note"], Type(Kind.STR)),
]


@pytest.mark.parametrize(("hint", "expected"), TYPES)
def test_an_annotation_stands_for_one_type(hint: Any, expected: Type) -> None:
    assert type_of(hint) == expected


@pytest.mark.parametrize(
    ("declared", "php"),
    [
        (Type(Kind.STR), "string"),
        (Type(Kind.STR, nullable=True), "?string"),
        (Type(Kind.MAP), "array"),
        (Type(Kind.ARRAY, nullable=True), "?array"),
        (Type(Kind.MIXED, nullable=True), ""),
        (Type(Kind.INT, nullable=True, untyped=True), ""),
    ],
)
def test_php_names_a_type_unless_it_declares_none(declared: Type, php: str) -> None:
    assert declared.php == php


@pytest.mark.parametrize(
    ("declared", "empty"),
    [
        (Type(Kind.BOOL), False),
        (Type(Kind.LIST), []),
        (Type(Kind.MAP), []),
        (Type(Kind.ARRAY), []),
        (Type(Kind.STR), None),
        (Type(Kind.INT), None),
        (Type(Kind.MIXED), None),
        (Type(Kind.BOOL, nullable=True), None),
        (Type(Kind.MAP, nullable=True), None),
    ],
)
def test_a_refused_method_answers_what_is_empty_for_its_type(declared: Type, empty: Any) -> None:
    assert declared.empty is empty if empty is None or empty is False else declared.empty == empty


def test_each_empty_array_is_a_new_one() -> None:
    declared = Type(Kind.LIST)
    assert declared.empty is not declared.empty
