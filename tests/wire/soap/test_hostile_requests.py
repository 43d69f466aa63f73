"""Requests that try to take memory or time: refused at once, with a sentence."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope

Enveloped = Callable[[str], bytes]
SECONDS = 5.0

LEVELS = 20
BOMB = '<v href="#r0"/>' + "".join(
    f'<q id="r{level}">' + f'<b href="#r{level + 1}"/>' * 10 + "</q>" for level in range(LEVELS)
)
ATTACKS = {
    "deep": ("<a>" * 20_000 + "</a>" * 20_000, "^Bad Request$"),
    "deep values": ("<v>" * 150 + "</v>" * 150, "^Bad Request: values are nested more than 100 levels deep$"),
    "siblings": ("<v>" + "<a/>" * 250_000 + "</v>", "^Bad Request: the document has too many elements$"),
    "comments": ("<v>" + "<!---->" * 250_000 + "</v>", "^Bad Request: the document has too many elements$"),
    "attributes": (
        "<v " + " ".join(f'a{number}=">"' for number in range(100_000)) + "/>",
        "^Bad Request: an element has too many attributes$",
    ),
    "namespaces": (
        "<v " + " ".join(f"xmlns:a{number}='u'" for number in range(100_000)) + "/>",
        "^Bad Request: an element has too many attributes$",
    ),
    "cycle": ('<v href="#x"/><a id="x"><b href="#x"/></a>', "leads back to itself$"),
    "itself": ('<v id="x" href="#x"/>', "leads back to itself$"),
    "reference bomb": (f'{BOMB}<q id="r{LEVELS}">x</q>', "^Bad Request: the document has too many elements$"),
    "text bomb": (
        '<v><a href="#t"/>' + '<b href="#t"/>' * 5000 + '</v><q id="t">' + "x" * 1_000_000 + "</q>",
        "^Bad Request: the references copy too much text$",
    ),
    "chain of references": (
        '<v href="#x0"/>' + "".join(f'<q id="x{number}" href="#x{number + 1}"/>' for number in range(40_000)),
        "^Bad Request: values are nested more than 100 levels deep$",
    ),
    "long text": ("<v>" + "x" * 11_000_000 + "</v>", "^Bad Request$"),
}


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_attack_ends_soon_in_a_clear_fault(name: str, enveloped: Enveloped) -> None:
    body, sentence = ATTACKS[name]
    document = enveloped(f"<f>{body}</f>")
    started = time.perf_counter()
    with pytest.raises(WireError, match=sentence):
        envelope.parse(document).parts(["v"])
    assert time.perf_counter() - started < SECONDS


def test_types_under_many_namespaces_end_soon(enveloped: Enveloped) -> None:
    nested = "".join(f'<a xmlns:a{level}="u" xsi:type="SOAP-ENC:Array">' for level in range(90))
    document = enveloped(f"<f>{nested}{'<b xsi:type=' + chr(34) + 'a1:x' + chr(34) + '/>'}{'</a>' * 90}</f>")
    started = time.perf_counter()
    assert envelope.parse(document).parts(["a"]) != []
    many = enveloped(f"<f>{nested}" + '<b xsi:type="a1:x"/>' * 50_000 + f"{'</a>' * 90}</f>")
    with pytest.raises(WireError, match="too many elements"):
        envelope.parse(many).parts(["a"])
    assert time.perf_counter() - started < SECONDS


def test_large_honest_request_is_read(enveloped: Enveloped) -> None:
    items = '<item xsi:type="xsd:string">a="b" c="d" &amp; é</item>' * 20_000
    (value,) = envelope.parse(enveloped(f'<f><v xsi:type="SOAP-ENC:Array">{items}</v></f>')).parts(["v"])
    assert value == ['a="b" c="d" & é'] * 20_000


def test_text_full_of_quoted_markup_is_no_crowd_of_attributes(enveloped: Enveloped) -> None:
    text = '&lt;a href="x" class="y"&gt;' * 5000
    assert envelope.parse(enveloped(f"<f><v>{text}</v></f>")).parts(["v"]) == ['<a href="x" class="y">' * 5000]
