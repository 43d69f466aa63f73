"""Properties: any PHP value survives, any bytes end in a request or in an error of the wire."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.kinds import Rows
from apnscp.wire.soap.values import write

TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\t\n\r&<>\"'"),
    max_size=20,
)
INTEGERS = st.integers(-(2**63), 2**63 - 1)
SCALARS = st.none() | st.booleans() | INTEGERS | st.floats() | TEXT
KEYS = TEXT | INTEGERS | st.integers(-3, 12) | st.integers(-3, 12).map(str)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)
RELAXED = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
PIECES = st.sampled_from(
    ["<", ">", "/", '"', "&#", "&lt;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!DOCTYPE", "xsi:type=", 'href="#a"']
)


@RELAXED
@given(VALUES)
def test_any_value_survives_answer_and_request(as_php: Callable[[Any], Any], value: Any) -> None:
    expected = as_php(value)
    assert as_php(envelope.read_response(envelope.response("test_echo", value)).value) == expected
    request = envelope.request("test_echo", [("v", value), ("w", None)])
    assert [as_php(part) for part in envelope.parse(request).parts(["v", "w"])] == [expected, ("NoneType", "None")]


@RELAXED
@given(VALUES)
def test_answer_in_one_piece_is_the_written_value(value: Any) -> None:
    assert f"<ns1:fResponse>{write('return', value)}</ns1:fResponse>".encode() in envelope.response("f", value)


@RELAXED
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_rows_survive_like_the_map_they_stand_for(as_php: Callable[[Any], Any], value: dict[Any, Any]) -> None:
    answer = envelope.response("test_echo", Rows(value.items()))
    assert as_php(envelope.read_response(answer).value) == as_php(value)


@RELAXED
@given(st.text(max_size=20))
def test_any_text_gives_a_readable_answer_and_fault(text: str) -> None:
    answer = envelope.response("test_echo", {text: text}, [("info", text)])
    assert len(envelope.read_response(answer).messages) == 1
    assert b"<faultstring>" in envelope.fault("Server", text, detail=text)


def _is_request_or_error(body: bytes, content_type: str | None) -> bool:
    try:
        request = envelope.parse(body, content_type)
        request.parts(["v", "w"])
    except WireError as error:
        return bool(error.text)
    return bool(request.name)


@RELAXED
@given(st.binary(max_size=200), st.none() | st.text(max_size=40))
def test_any_bytes_are_a_request_or_an_error_of_the_wire(body: bytes, content_type: str | None) -> None:
    assert _is_request_or_error(body, content_type)


@RELAXED
@given(st.data())
def test_damaged_requests_are_a_request_or_an_error_of_the_wire(data: st.DataObject) -> None:
    whole = envelope.request("test_echo", [("v", {"a": [1, "b"], 5: None}), ("w", 1.5)])
    at = data.draw(st.integers(0, len(whole)))
    more = data.draw(st.binary(max_size=4) | PIECES.map(str.encode))
    gone = data.draw(st.integers(0, 40))
    assert _is_request_or_error(whole[:at] + more + whole[at + gone :], "text/xml; charset=utf-8")
