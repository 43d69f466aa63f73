from __future__ import annotations

from typing import Annotated, Any

import pytest

from apnscp.core.coerce import ABSENT, arguments
from apnscp.core.context import Context
from apnscp.core.errors import BadArgument
from apnscp.core.php_types import FreeText, Untyped
from apnscp.core.registry import describe
from apnscp.core.roles import Role


def scalars(ctx: Context, number: int, flag: bool = True, text: str = "t", ratio: float = 1.0) -> None: ...


def containers(
    ctx: Context, names: list[Any] = [], values: dict[str, Any] = {}, either: list[Any] | dict[str, Any] = []
) -> None: ...


def nullable(ctx: Context, site: str | None, gate: str | None = "UI", *more: Any) -> None: ...


def untyped(
    ctx: Context,
    domain: Annotated[str, Untyped],
    pretty: Annotated[bool, Untyped] = True,
    *more: Annotated[int, Untyped],
) -> None: ...


def untyped_nullable(
    ctx: Context, begin: Annotated[int | None, Untyped], name: Annotated[str | None, Untyped] = None
) -> None: ...


def free(
    ctx: Context, site: str | None, comment: Annotated[str | None, FreeText] = None, value: Any = None
) -> None: ...


def taken(function: Any, *given: Any) -> list[Any]:
    return arguments(describe(function, Role.ADMIN, "read"), given)


@pytest.mark.parametrize(
    ("sent", "expected"), [(5, 5), ("5", 5), (" -7 ", -7), (True, 1), (5.0, 5), ("5.0", 5), (2**40, 2**40)]
)
def test_int_takes_integral_text_and_booleans(sent: Any, expected: int) -> None:
    assert taken(scalars, sent)[0] == expected


@pytest.mark.parametrize(
    "sent", ["x", "", "5.5", 5.5, [], {"a": 1}, "9" * 20, float("inf"), float("nan"), "0x10", 2**63, -(2**63) - 1]
)
def test_int_refuses_what_is_no_whole_number(sent: Any) -> None:
    with pytest.raises(BadArgument, match="Parameter `number' must be a whole number; .+ is not"):
        taken(scalars, sent)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (1, True),
        (0, False),
        ("1", True),
        ("0", False),
        ("true", True),
        ("False", False),
        (True, True),
        (1.0, True),
        ("", False),
    ],
)
def test_bool_takes_the_four_words_as_text_or_number(sent: Any, expected: bool) -> None:
    assert taken(scalars, 1, sent)[1] is expected


@pytest.mark.parametrize("sent", ["maybe", 2, -1, [], "2"])
def test_bool_refuses_anything_else(sent: Any) -> None:
    with pytest.raises(BadArgument, match="Parameter `flag' must be true or false"):
        taken(scalars, 1, sent)


@pytest.mark.parametrize(
    ("sent", "expected"), [(5, "5"), (1.5, "1.5"), (3.0, "3"), (True, "1"), (False, ""), ("x", "x")]
)
def test_text_takes_numbers_and_booleans_as_php_casts_them(sent: Any, expected: str) -> None:
    assert taken(scalars, 1, True, sent)[2] == expected


def test_float_refuses_a_whole_number_beyond_every_float() -> None:
    assert taken(scalars, 1, True, "t", 2**70)[3] == 1180591620717411303424.0
    with pytest.raises(BadArgument, match="Parameter `ratio' must be a number; `1000+[.]{3}' is not"):
        taken(scalars, 1, True, "t", 10**400)


def test_text_refuses_an_array() -> None:
    with pytest.raises(BadArgument, match="Parameter `text' must be text; an array of 2 is not"):
        taken(scalars, 1, True, ["a", "b"])


@pytest.mark.parametrize(("sent", "expected"), [(1, 1.0), ("1.5", 1.5), ("1e3", 1000.0), (True, 1.0)])
def test_float_takes_numbers_in_text(sent: Any, expected: float) -> None:
    assert taken(scalars, 1, True, "", sent)[3] == expected


def test_an_array_is_a_list_or_a_map_as_the_method_likes_it() -> None:
    assert taken(containers, {"x": "a"}, ["b"], {"k": 1}) == [["a"], {0: "b"}, {"k": 1}]


def test_an_empty_element_is_an_empty_array() -> None:
    assert taken(containers, "", "", "") == [[], {}, []]


def test_a_container_refuses_a_scalar_and_names_it() -> None:
    with pytest.raises(BadArgument, match="Parameter `names' must be a list; `text' is not"):
        taken(containers, "text")


def test_nil_to_a_nullable_parameter_is_null() -> None:
    assert taken(nullable, None, None) == [None, None]


def test_nil_to_an_optional_parameter_is_its_default() -> None:
    assert taken(scalars, 1, None, None, None) == [1, True, "t", 1.0]


def test_an_absent_part_is_always_the_default() -> None:
    assert taken(nullable, None, ABSENT) == [None, "UI"]


@pytest.mark.parametrize("sent", [None, ABSENT])
def test_nil_and_nothing_to_a_required_parameter_name_it(sent: Any) -> None:
    with pytest.raises(BadArgument) as caught:
        taken(scalars, sent)
    assert caught.value.text == "Missing parameter `number'"


def test_a_required_nullable_parameter_must_be_sent() -> None:
    with pytest.raises(BadArgument, match="Missing parameter `site'"):
        taken(nullable)


def test_an_untyped_parameter_is_coerced_to_what_the_method_asks_for() -> None:
    assert taken(untyped, 5, "0", "7", 8.0) == ["5", False, 7, 8]
    with pytest.raises(BadArgument, match="Parameter `domain' must be text; an array of 1 is not"):
        taken(untyped, ["a"])


@pytest.mark.parametrize("sent", [("a", True, None, 1), (None,)])
def test_null_to_an_untyped_parameter_is_refused(sent: Any) -> None:
    with pytest.raises(BadArgument, match="Parameter `(domain|more)' must not be null"):
        taken(untyped, *sent)


def test_an_untyped_parameter_that_was_left_out_is_missing() -> None:
    with pytest.raises(BadArgument, match="Missing parameter `domain'"):
        taken(untyped)


def test_nil_to_an_optional_untyped_parameter_is_its_default() -> None:
    assert taken(untyped, "a.com", None) == ["a.com", True]


def test_nil_to_an_untyped_parameter_that_may_be_null_is_null() -> None:
    assert taken(untyped_nullable, None, None) == [None, None]


def test_empty_text_to_an_optional_text_or_number_is_as_good_as_nil() -> None:
    assert taken(nullable, "", "") == ["", None]
    assert taken(scalars, 1, "", "", "") == [1, False, "t", 1.0]
    assert taken(untyped_nullable, 5, "") == [5, None]


def test_empty_text_stays_where_it_is_required_or_free_or_one_of_any_values() -> None:
    assert taken(free, "", "", "") == ["", "", ""]


def test_empty_text_to_a_required_number_without_a_type_is_null() -> None:
    assert taken(untyped_nullable, "") == [None, None]
    assert taken(untyped, "", "") == ["", False]


def test_a_variadic_parameter_takes_the_rest_without_what_php_pads() -> None:
    assert taken(nullable, "a", "b", 1, None, "c", None, None) == ["a", "b", 1, None, "c"]
    assert taken(nullable, "a", "b", 1, None, "c", ABSENT, ABSENT) == ["a", "b", 1, None, "c"]


def test_null_at_the_end_of_fewer_arguments_than_are_described_is_a_value() -> None:
    assert taken(nullable, "a", "b", 1, None, "c", None, ABSENT) == ["a", "b", 1, None, "c", None]


def test_a_default_array_is_not_shared_between_calls() -> None:
    first = taken(containers)
    first[0].append("x")
    assert taken(containers)[0] == []


def test_an_error_shows_a_long_value_shortened_and_in_one_line() -> None:
    with pytest.raises(BadArgument) as caught:
        taken(scalars, "x\n" * 100)
    assert len(caught.value.text) < 140
    assert "\n" not in caught.value.text
