"""Which store a command opens: ``--state-dir`` and ``--db``, before the name of the command or behind it."""

from __future__ import annotations

import os
from copy import copy
from pathlib import Path

import click

from apnscp.server.settings import variable

_GIVEN = "apnscpd.given"


surrogates_option = click.option(
    "--surrogates",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of surrogates whose methods count too.",
)
"""For commands that print something of the methods themselves."""


def _remember(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value is not None:
        context.meta.setdefault(_GIVEN, {})[variable(str(option.name))] = value


def options() -> list[click.Parameter]:
    """Return the two options; what they are given is found in `environ`."""
    return [
        _option("--state-dir", "DIR", "Directory of the panel's state."),
        _option("--db", "URL", "Database, if it is not in there."),
    ]


def _option(flag: str, metavar: str, text: str) -> click.Option:
    return click.Option([flag], metavar=metavar, help=text, expose_value=False, callback=_remember)


def environ() -> dict[str, str]:
    """Return the environment, with the variables that the options of the running command stand for."""
    context = click.get_current_context(silent=True)
    return {**os.environ, **(context.meta.get(_GIVEN, {}) if context else {})}


def added_to(command: click.Command) -> click.Command:
    """Return a copy of a command that takes the two options as well."""
    extended = copy(command)
    extended.params = [*command.params, *options()]
    return extended
