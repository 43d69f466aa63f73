"""The list of services and parameters at the end of ``AddDomain --help`` and ``EditDomain --help``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from apnscp.client.shell.connection_options import connect

WIDTH = 80
MEANING = 32
"""Column in which the explanation of a parameter begins."""
HEADING = "Services and parameters, with their defaults; one with * also takes DEFAULT:"


def services(params: Mapping[str, Any]) -> str:
    """Return every parameter with its default and what it takes, as the panel tells, in lines of 80 columns.

    params: the command's own, which name the panel; where it does not answer, the text says why
    """
    from apnscp.client.errors import ApisError
    from apnscp.client.shell import services as table

    try:
        rows = table.table(connect(params))
    except ApisError as error:
        return textwrap.fill(f"Services and parameters are listed where a panel answers. {error}", WIDTH)
    by_service = groupby(rows, key=lambda row: row["service"])
    return "\n".join([HEADING, *(line for name, group in by_service for line in _service(name, list(group)))])


def _service(name: str, rows: list[dict[str, str]]) -> Iterator[str]:
    yield ""
    yield name
    for row in rows:
        yield from _parameter(row)


def _parameter(row: Mapping[str, str]) -> list[str]:
    """Return the lines of one parameter: its explanation beside it, or below where the name is too long."""
    star = "*" if row["takes_default"] == "true" else ""
    setting = f"  {row['service']},{row['parameter']}={row['default'] or 'None'}{star}"
    takes = "; ".join(filter(None, (row["type"], row["accepted"], row["meaning"])))
    indent = " " * MEANING
    lines = textwrap.wrap(takes, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    if len(setting) > MEANING - 2 or not lines:
        return [setting, *lines]
    return [f"{setting:<{MEANING}}{lines[0][MEANING:]}", *lines[1:]]
