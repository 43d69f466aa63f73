"""``apnscpd cron``: do the jobs that are due by the panel's clock, once (docs/panel.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator

import click
from sqlalchemy.exc import SQLAlchemyError

from apnscp.core.context import Panel
from apnscp.core.errors import ApnscpError
from apnscp.core.reporter import Severity
from apnscp.opcenter.lifecycle import jobs
from apnscp.opcenter.store.transactions import writing
from apnscp.server.panel_factory import open_panel, out_of_reach
from apnscp.server.provisioning import administrator_context
from apnscp.server.settings import Settings, SetupError


@click.command("cron")
@click.option("--all", "all_of_them", is_flag=True, help="Do the jobs that are not due as well.")
@click.pass_context
def cron(context: click.Context, /, all_of_them: bool) -> None:
    """Do the panel's jobs that are due, such as deleting accounts suspended long enough, and say what was done."""
    settings = context.obj if isinstance(context.obj, Settings) else Settings.from_env()
    if out_of_reach(settings):
        raise click.UsageError("An ephemeral panel lives in its server alone, and none runs on this state directory")
    try:
        for line in _run(settings, all_of_them):
            click.echo(line)
    except (ApnscpError, SetupError, SQLAlchemyError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _run(settings: Settings, all_of_them: bool) -> list[str]:
    panel, batch = open_panel(settings)
    try:
        return list(run(panel, all_of_them=all_of_them))
    finally:
        batch.close()
        panel.engine.dispose()


def run(panel: Panel, *, all_of_them: bool = False) -> Iterator[str]:
    """Do the jobs that are due in one unit of work and return what was done, line by line."""
    with writing(panel.engine) as db:
        ctx = administrator_context(panel, db)
        done = list(jobs.run_due(ctx, all_of_them=all_of_them))
        failed = [message.text for message in ctx.reporter.messages if message.severity is Severity.ERROR]
        for work in ctx.after:
            work()
    for name, lines in done:
        yield from (f"{name}: {line}" for line in lines or ["nothing to do"])
    yield from (f"error: {text}" for text in failed)
    if not done:
        yield "No job is due"
