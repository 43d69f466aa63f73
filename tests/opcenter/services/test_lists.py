"""Lists in every notation that clients use."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.services import lists


@pytest.mark.parametrize(
    ("sent", "members"),
    [
        ("['a','b']", ["a", "b"]),
        ('["a", "b"]', ["a", "b"]),
        ("[a,b]", ["a", "b"]),
        ("a,b", ["a", "b"]),
        ("a , b ,", ["a", "b"]),
        ("['a,b']", ["a,b"]),
        (r"['it\'s']", ["it's"]),
        ("a", ["a"]),
        ("[]", []),
        ("", []),
        (None, []),
        (5, [5]),
        (["a"], ["a"]),
        ({0: "a", 1: "b"}, ["a", "b"]),
        ({"0": "a"}, ["a"]),
        ({}, []),
    ],
)
def test_a_list_is_read_in_every_notation(sent: Any, members: list[Any]) -> None:
    assert lists.members(sent) == members


@pytest.mark.parametrize("sent", ["[a", "a,,b", ",", "['a'b']", "['a", {"name": "a"}])
def test_what_is_no_list_is_refused(sent: Any) -> None:
    with pytest.raises(ValueError):
        lists.members(sent)


def test_a_list_of_100_000_members_is_split_at_once() -> None:
    assert len(lists.split(",".join(["a"] * 100_000))) == 100_000


def test_arrays_nested_past_16_levels_are_refused() -> None:
    nested: list[Any] = []
    for _ in range(50):
        nested = [nested]
    with pytest.raises(ValueError):
        lists.plain(nested)
