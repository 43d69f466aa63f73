"""``apnscpd cron``: do the jobs that are due by the panel's clock, once (docs/panel.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from apnscp.core.context import Panel
from apnscp.core.reporter import Severity
from apnscp.opcenter.lifecycle import jobs
from apnscp.server.administrator import as_administrator
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import existing_panel
from apnscp.server.settings import Settings


@click.command("cron")
@click.option("--all", "all_of_them", is_flag=True, help="Do the jobs that are not due as well.")
@pass_settings
@errors_as_lines
def cron(settings: Settings, /, all_of_them: bool) -> None:
    """Do the panel's jobs that are due, such as deleting accounts suspended long enough, and say what was done."""
    with existing_panel(settings) as panel:
        for line in run(panel, all_of_them=all_of_them):
            click.echo(line)


def run(panel: Panel, *, all_of_them: bool = False) -> Iterator[str]:
    """Do the jobs that are due in one unit of work and return what was done, line by line."""
    with as_administrator(panel) as ctx:
        done = list(jobs.run_due(ctx, all_of_them=all_of_them))
        failed = [message.text for message in ctx.reporter.messages if message.severity is Severity.ERROR]
    for name, lines in done:
        yield from (f"{name}: {line}" for line in lines or ["nothing to do"])
    yield from (f"error: {text}" for text in failed)
    if not done:
        yield "No job is due"
