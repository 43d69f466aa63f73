"""Values of -c."""

from __future__ import annotations

from typing import Any

import click
import pytest

from apnscp.client.shell.settings import read_settings


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5000", 5000),
        ("007", "007"),
        ("1e5", "1e5"),
        ("1.50", "1.50"),
        ("1.5", 1.5),
        ("true", True),
        ("None", None),
        ("null", None),
        ("", ""),
        ("a=b,c:d", "a=b,c:d"),
        ("['a.example','b.example']", ["a.example", "b.example"]),
        ("[a,b]", ["a", "b"]),
        ("[]", []),
        ('"null"', "null"),
        ("5GB\nline", "5GB\nline"),
    ],
)
def test_value_of_a_setting_is_read(text: str, value: Any) -> None:
    given = read_settings([f"diskquota,quota={text}"])
    assert given == {"diskquota.quota": value}
    assert type(given["diskquota.quota"]) is type(value)


def test_later_of_two_values_counts() -> None:
    assert read_settings(["a,b=1", "a.b=2", "a,c=3"]) == {"a.b": 2, "a.c": 3}


@pytest.mark.parametrize("text", ["", "quota=5", "diskquota,quota", "disk quota,x=1", ",x=1", "a,b,c=1"])
def test_what_is_no_setting_is_a_usage_error(text: str) -> None:
    with pytest.raises(click.UsageError, match="expected service,parameter=value"):
        read_settings([text])


def test_value_that_is_no_notation_points_at_its_column() -> None:
    with pytest.raises(click.UsageError, match=r"(?s)-c aliases,aliases: .*column 4.*\^"):
        read_settings(["aliases,aliases=[a,,b]"])
