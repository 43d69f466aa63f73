"""Read ``-c service,parameter=value`` of the domain commands (docs/panel.md, section 8)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import click

from apnscp.wire.cpcmd import notation
from apnscp.wire.cpcmd.notation_reader import NotationError

_SETTING = re.compile(r"(?P<service>[a-z0-9_]+)[,.](?P<parameter>[a-z0-9_]+)=(?P<value>.*)", re.DOTALL)


def read_settings(texts: Iterable[str]) -> dict[str, Any]:
    """Return ``service.parameter`` -> value; of two values for one parameter, the later one counts.

    Raises click.UsageError for a text that cannot be read.
    """
    return dict(_setting(text) for text in texts)


def setting_value(text: str) -> Any:
    """Return the value of a setting.

    text: the argument notation. A number that the notation would write differently, such as 007, stays text: it may be
        a password, and the server knows the type of each parameter
    Raises NotationError for a text that the notation cannot read.
    """
    parsed = notation.parse(text)
    if isinstance(parsed, int | float) and not isinstance(parsed, bool) and notation.write(parsed) != text:
        return text
    return parsed


def _setting(text: str) -> tuple[str, Any]:
    match = _SETTING.fullmatch(text)
    if not match:
        raise click.UsageError(f"-c {text}: expected service,parameter=value")
    name = f"{match['service']}.{match['parameter']}"
    try:
        return name, setting_value(match["value"])
    except NotationError as error:
        raise click.UsageError(f"-c {match['service']},{match['parameter']}: {error}") from error
