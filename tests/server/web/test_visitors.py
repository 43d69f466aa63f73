"""What pages make of the answers of methods."""

from __future__ import annotations

from apnscp.server.web.visitors import plain
from apnscp.wire.soap.kinds import Rows, Shape, Shaped


def test_answers_that_are_written_while_they_are_read_become_maps() -> None:
    shape = Shape({"siteinfo": {"email": 0}, "active": 1})
    rows = Rows(iter([("site1", Shaped(shape, ("a@b.c", True))), ("site2", [1, 2])]))
    assert plain(rows) == {"site1": {"siteinfo": {"email": "a@b.c"}, "active": True}, "site2": [1, 2]}
