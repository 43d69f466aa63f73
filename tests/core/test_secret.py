from __future__ import annotations

import pytest

from apnscp.core.secret import Secret

SECRET = Secret(b"0123456789abcdef")


def test_a_sealed_text_is_given_back_under_the_same_secret_alone() -> None:
    sealed = SECRET.seal("a key")
    assert SECRET.unseal(sealed) == "a key"
    assert Secret(b"fedcba9876543210").unseal(sealed) is None


@pytest.mark.parametrize("damaged", ["", "a", "AAAA", "é", "not base64 at all"])
def test_a_damaged_text_is_none(damaged: str) -> None:
    assert SECRET.unseal(damaged) is None


def test_a_text_that_was_cut_off_is_none() -> None:
    sealed = SECRET.seal("a key")
    assert [SECRET.unseal(sealed[:length]) for length in range(len(sealed))] == [None] * len(sealed)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 16 bytes"):
        Secret(b"short")
