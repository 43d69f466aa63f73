"""Requests that try to take memory or time: refused at once, with a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope
from tests.growth import LINEAR, growth

Enveloped = Callable[[str], bytes]
LEVELS = 20


def bomb(levels: int) -> str:
    """Write references of which each leads to ten others, so many levels deep."""
    steps = (f'<q id="r{level}">' + f'<b href="#r{level + 1}"/>' * 10 + "</q>" for level in range(levels))
    return '<v href="#r0"/>' + "".join(steps) + f'<q id="r{levels}">x</q>'


ATTACKS: dict[str, tuple[Callable[[int], str], str]] = {
    "deep": (lambda n: "<a>" * 20_000 * n + "</a>" * 20_000 * n, "^Bad Request$"),
    "deep values": (
        lambda n: "<v>" * 120 * n + "</v>" * 120 * n,
        "^Bad Request: values are nested more than 100 levels deep$",
    ),
    "siblings": (lambda n: "<v>" + "<a/>" * 250_000 * n + "</v>", "^Bad Request: the document has too many elements$"),
    "comments": (
        lambda n: "<v>" + "<!---->" * 250_000 * n + "</v>",
        "^Bad Request: the document has too many elements$",
    ),
    "attributes": (
        lambda n: "<v " + " ".join(f'a{number}=">"' for number in range(100_000 * n)) + "/>",
        "^Bad Request: an element has too many attributes$",
    ),
    "namespaces": (
        lambda n: "<v " + " ".join(f"xmlns:a{number}='u'" for number in range(100_000 * n)) + "/>",
        "^Bad Request: an element has too many attributes$",
    ),
    "cycle": (lambda n: '<v href="#x"/><a id="x"><b href="#x"/></a>' + "<w/>" * n, "leads back to itself$"),
    "itself": (lambda n: '<v id="x" href="#x"/>' + "<w/>" * n, "leads back to itself$"),
    "reference bomb": (lambda n: bomb(LEVELS * n), "^Bad Request: the document has too many elements$"),
    "text bomb": (
        lambda n: '<v><a href="#t"/>' + '<b href="#t"/>' * 5000 * n + '</v><q id="t">' + "x" * 1_000_000 + "</q>",
        "^Bad Request: the references copy too much text$",
    ),
    "chain of references": (
        lambda n: (
            '<v href="#x0"/>' + "".join(f'<q id="x{number}" href="#x{number + 1}"/>' for number in range(40_000 * n))
        ),
        "^Bad Request: values are nested more than 100 levels deep$",
    ),
    "long text": (lambda n: "<v>" + "x" * 11_000_000 * n + "</v>", "^Bad Request$"),
}


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_attack_ends_in_a_clear_fault_after_time_that_grows_with_its_size(name: str, enveloped: Enveloped) -> None:
    body, sentence = ATTACKS[name]

    def refuse(document: bytes) -> None:
        with pytest.raises(WireError, match=sentence):
            envelope.parse(document).parts(["v"])

    assert growth(refuse, enveloped(f"<f>{body(1)}</f>"), enveloped(f"<f>{body(2)}</f>")) < LINEAR


def test_types_under_many_namespaces_take_time_that_grows_with_their_number(enveloped: Enveloped) -> None:
    nested = "".join(f'<a xmlns:a{level}="u" xsi:type="SOAP-ENC:Array">' for level in range(90))

    def document(count: int) -> bytes:
        return enveloped(f"<f>{nested}" + '<b xsi:type="a1:x"/>' * count + f"{'</a>' * 90}</f>")

    def refuse(many: bytes) -> None:
        with pytest.raises(WireError, match="too many elements"):
            envelope.parse(many).parts(["a"])

    assert envelope.parse(document(1)).parts(["a"]) != []
    assert growth(refuse, document(50_000), document(100_000)) < LINEAR


def test_large_honest_request_is_read(enveloped: Enveloped) -> None:
    items = '<item xsi:type="xsd:string">a="b" c="d" &amp; é</item>' * 20_000
    (value,) = envelope.parse(enveloped(f'<f><v xsi:type="SOAP-ENC:Array">{items}</v></f>')).parts(["v"])
    assert value == ['a="b" c="d" & é'] * 20_000


def test_text_full_of_quoted_markup_is_no_crowd_of_attributes(enveloped: Enveloped) -> None:
    text = '&lt;a href="x" class="y"&gt;' * 5000
    assert envelope.parse(enveloped(f"<f><v>{text}</v></f>")).parts(["v"]) == ['<a href="x" class="y">' * 5000]
