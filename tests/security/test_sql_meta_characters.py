"""SQL's own characters in every text parameter of every method, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import inspect

from apnscp.core.registry import Command
from apnscp.core.roles import Role
from apnscp.opcenter.store.tables import sql_metadata

Walk = Callable[[str], Iterator[tuple[Command, list[Any]]]]
Send = Callable[..., bytes]
UNEXPECTED = b"Something went wrong inside the panel"
TEXTS = (
    "x'; DROP TABLE site; --",
    '" OR "1"="1',
    "' OR 1=1 --",
    "%_\\",
    "1); SELECT pg_sleep(9); --",
    ":name %(name)s %s {0} ${x}",
    "$.siteinfo.domain') --",
)


@pytest.mark.parametrize("text", TEXTS)
def test_no_method_takes_text_for_sql(each_neighbours: Any, walk: Walk, send: Send, text: str) -> None:
    panel = each_neighbours.panel
    before = each_neighbours.snapshot()
    broken = []
    for command, given in walk(text):
        if command.allows(Role.ADMIN) and UNEXPECTED in send(panel, command, given, None):
            broken.append((command.cli_name, given))
        if command.allows(Role.SITE) and UNEXPECTED in send(panel, command, given, each_neighbours.session()):
            broken.append((f"{command.cli_name} as a site", given))
    assert broken == []
    with panel.inside() as ctx:
        assert set(sql_metadata.tables) <= set(inspect(ctx.db).get_table_names())
    assert len(each_neighbours.snapshot().splitlines()) == len(before.splitlines())


def test_a_percent_sign_is_no_wildcard(each_neighbours: Any) -> None:
    panel = each_neighbours.panel
    assert panel.call("admin:collect", [], {"siteinfo.domain": "%"}) == []
    assert panel.call("admin:collect", [], {"siteinfo.domain": "_.com"}) == []
    assert panel.call("admin:get-site-id-from-domain", "b.com") == 2
