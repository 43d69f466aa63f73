"""``apnscpd scope``: read and set the server's switches in its store, also while the API is switched off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from apnscp.core.context import Panel
from apnscp.core.errors import ApnscpError
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.store.transactions import writing
from apnscp.server.panel_factory import open_panel, out_of_reach, store_url
from apnscp.server.provisioning import administrator_context
from apnscp.server.settings import Settings, SetupError
from apnscp.wire.cpcmd import formats, notation
from apnscp.wire.errors import WireError

CONFIG = "cp.config"


@click.command("scope", context_settings={"ignore_unknown_options": True})
@click.argument("name")
@click.argument("values", nargs=-1)
@click.pass_context
def scope(context: click.Context, /, name: str, values: tuple[str, ...]) -> None:
    """Print a scope, or set it when VALUES follow.

    Values are written as for cpcmd. cp.config takes section, key and value, and prints a section or a key without one.
    Running servers obey at their next call, so that `apnscpd scope cp.api true' lets callers in again.
    """
    settings = context.obj if isinstance(context.obj, Settings) else Settings.from_env()
    if out_of_reach(settings):
        raise click.UsageError("An ephemeral panel lives in its server alone; scope finds nothing of it")
    try:
        _require_store(settings)
        given = [notation.parse(value) for value in values]
        panel, batch = open_panel(settings)
        try:
            for line in _run(panel, name, given):
                click.echo(line)
        finally:
            batch.close()
            panel.engine.dispose()
    except (ApnscpError, WireError, SetupError, SQLAlchemyError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _run(panel: Panel, name: str, given: list[Any]) -> list[str]:
    """Read or set a scope in one unit of work and return what is to be printed."""
    with writing(panel.engine) as db:
        ctx = administrator_context(panel, db)
        if given and (len(given) > 2 or switches.require(ctx, name).name != CONFIG):
            switches.set_value(ctx, name, *given)
            shown = []
        else:
            shown = [_text(switches.value(ctx, name, *given))]
        for work in ctx.after:
            work()
    return [*(message.text for message in ctx.reporter.messages), *shown]


def _text(value: Any) -> str:
    """Return a value for people: true, false and null are words here, not 1 and nothing."""
    written = formats.dump(value, "json" if value is None or isinstance(value, bool) else "yaml")
    return written.rstrip("\n")


def _require_store(settings: Settings) -> None:
    """Raise SetupError where there is no store: opening one would make it."""
    url = make_url(store_url(settings))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise SetupError(f"There is no panel in {settings.state_dir}; start one with `apnscpd serve'")
