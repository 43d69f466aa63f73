"""Names: what each kind takes and refuses."""

from __future__ import annotations

import pytest

from apnscp.opcenter.services import names


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("Example.COM", "example.com"),
        ("münchen.example", "xn--mnchen-3ya.example"),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
        ("例え.テスト", "xn--r8jz45g.xn--zckzah"),
        ("a.b.c.d.example", "a.b.c.d.example"),
        ("1.example", "1.example"),
        ("a" * 63 + ".example", "a" * 63 + ".example"),
    ],
)
def test_a_domain_is_kept_in_lower_case_and_punycode(text: str, stored: str) -> None:
    assert names.domain(text) == stored


@pytest.mark.parametrize(
    "text",
    [
        "",
        "localhost",
        "example.com.",
        ".example.com",
        "a..example",
        "-a.example",
        "a-.example",
        "a_b.example",
        "a b.example",
        " example.com",
        "example.com\n",
        "example.com\0",
        "192.0.2.1",
        "xn--a.example",
        "a" * 64 + ".example",
        ".".join(["a" * 49] * 6),
        "exam\u200bple.com",
        "*.example.com",
        "http://example.com",
        "example.com/..",
        "ü" * 100_000 + ".example",
    ],
)
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        names.domain(text)


@pytest.mark.parametrize("text", ["Some.One+tag@Example.com", "o'brien@example.com", " a@example.com "])
def test_an_address_keeps_its_local_part(text: str) -> None:
    assert names.email(text) == text.strip().replace("Example", "example")


@pytest.mark.parametrize(
    "text", ["", "a", "@example.com", "a@", "a@b", ".a@example.com", "a..b@example.com", "a b@example.com",
             "a@example.com\nBcc: x@example.com", "<a@example.com>", "x" * 65 + "@example.com"]
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        names.email(text)


@pytest.mark.parametrize("text", ["ab", "test-child-1", "a.b_c", "x" * 32, "UPPER"])
def test_a_user_name_is_kept_in_lower_case(text: str) -> None:
    assert names.user(text) == text.lower()


@pytest.mark.parametrize(
    "text", ["", "a", "1a", "-ab", "ab-", "a b", "ab\n", "NULL", "none", "x" * 33, "a/b", "ümlaut", "a;b"]
)
def test_what_is_no_user_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        names.user(text)


def test_an_administrator_cannot_have_the_name_of_a_system_user() -> None:
    with pytest.raises(ValueError):
        names.admin_user("Root")


@pytest.mark.parametrize("text", ["..", ".skeleton", "a/b", "../basic", "", "a\0", "x" * 64, "a\n", "a b"])
def test_the_name_of_a_plan_cannot_leave_its_folder(text: str) -> None:
    with pytest.raises(ValueError):
        names.plan(text)
