"""``apnscpd scope``: read and set the server's switches in its store, also while the API is switched off."""

from __future__ import annotations

from typing import Any

import click

from apnscp.core.context import Panel
from apnscp.opcenter.scopes import switches
from apnscp.server.administrator import as_administrator
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import existing_panel
from apnscp.server.settings import Settings
from apnscp.wire.cpcmd import formats, notation

CONFIG = "cp.config"


@click.command("scope", context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("values", nargs=-1)
@pass_settings
@errors_as_lines
def scope(settings: Settings, /, name: str, values: tuple[str, ...]) -> None:
    """Print a scope, or set it when VALUES follow.

    Values are written as for cpcmd. cp.config takes section, key and value, and prints a section or a key without one.
    Running servers obey at their next call, so that `apnscpd scope cp.api true' lets callers in again.
    """
    given = [notation.parse(value) for value in values]
    with existing_panel(settings) as panel:
        for line in _run(panel, name, given):
            click.echo(line)


def _run(panel: Panel, name: str, given: list[Any]) -> list[str]:
    """Read or set a scope in one unit of work and return what is to be printed."""
    with as_administrator(panel) as ctx:
        if given and (len(given) > 2 or switches.require(ctx, name).name != CONFIG):
            switches.set_value(ctx, name, *given)
            shown = []
        else:
            shown = [_text(switches.value(ctx, name, *given))]
    return [*(message.text for message in ctx.reporter.messages), *shown]


def _text(value: Any) -> str:
    """Return a value for people: true, false and null are words here, not 1 and nothing."""
    written = formats.dump(value, "json" if value is None or isinstance(value, bool) else "yaml")
    return written.rstrip("\n")
