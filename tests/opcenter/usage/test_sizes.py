"""Sizes are whole numbers of bytes, exact up to the largest limit."""

from __future__ import annotations

import pytest

from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.usage import figures


@pytest.mark.parametrize(
    ("amount", "units", "size"),
    [
        (0, "B", 0),
        (4000, "MB", 4_194_304_000),
        (0.5, "GB", 536_870_912),
        (50.5, "KB", 51_712),
        (0.3, "B", 0),
        (2**60 - 1, "B", 2**60 - 1),
        (2**60, "B", 2**60),
        (2**20, "TB", 2**60),
        (2**53 + 1, "B", 2**53 + 1),
        (2**60 + 1, "B", 2**60),
        (2**63 - 1, "TB", 2**60),
        (1e18, "TB", 2**60),
    ],
)
def test_an_amount_in_units_is_so_many_bytes(amount: float, units: str, size: int) -> None:
    found = figures.size(amount, units)
    assert (found, type(found)) == (size, int)


def test_no_amount_is_unlimited() -> None:
    assert figures.size(None, "MB") is None


def document(quota: float, units: str = "B") -> Metadata:
    return Metadata(
        {
            "diskquota": {"enabled": 1, "quota": quota, "units": units, "fquota": None},
            "bandwidth": {"enabled": 1, "threshold": quota, "units": units},
        }
    )


def test_a_quota_row_is_exact_with_and_without_a_boost() -> None:
    unused = {"storage": 0, "inodes": 0}
    assert figures.storage_row(unused, document(2**60 - 1))["qhard"] == 2**50 - 1
    assert figures.storage_row(unused, document(2**60 - 1), 2.0)["qhard"] == 2**51 - 1
    assert figures.storage_row(unused, document(3, "KB"), 1.5)["qhard"] == 4


def test_a_transfer_limit_is_exact() -> None:
    assert figures.transfer_limit(document(2**60 - 1)) == 2**60 - 1
