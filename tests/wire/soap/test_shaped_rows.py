from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apnscp.wire.soap.kinds import Rows, Shape, Shaped
from apnscp.wire.soap.values import write

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.text(max_size=8)
    | st.lists(st.text(max_size=4), max_size=3)
)
NAMES = st.text(st.characters(codec="ascii", categories=["L"]), min_size=1, max_size=5)
KEYS = st.recursive(
    st.just(None),
    lambda inner: st.dictionaries(NAMES, inner, min_size=1, max_size=4),
    max_leaves=8,
).filter(lambda keys: isinstance(keys, dict))


def numbered(keys: dict[str, Any], count: list[int]) -> dict[str, Any]:
    """Give each leaf the next place."""
    placed: dict[str, Any] = {}
    for name, inner in keys.items():
        if inner is None:
            placed[name] = count[0]
            count[0] += 1
        else:
            placed[name] = numbered(inner, count)
    return placed


@given(keys=KEYS, data=st.data())
def test_a_shaped_map_is_written_as_the_same_map(keys: dict[str, Any], data: st.DataObject) -> None:
    count = [0]
    shape = Shape(numbered(keys, count))
    leaves = [data.draw(LEAVES) for _ in range(count[0])]
    row = Shaped(shape, leaves)
    assert write("return", Rows([("site1", row)])) == write("return", Rows([("site1", row.plain())]))
    assert write("return", row) == write("return", row.plain())
