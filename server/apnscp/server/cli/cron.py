"""``apnscpd cron``: do the jobs that are due by the panel's clock, once (docs/panel.md, section 9)."""

from __future__ import annotations

from collections.abc import Iterator

import click

from apnscp.core.context import Panel
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
    """Do the panel's jobs that are due, and say what was done.

    One of them deletes accounts that have been suspended long enough, another renews certificates that end soon.
    """
    with existing_panel(settings) as panel:
        for line in run(panel, all_of_them=all_of_them):
            click.echo(line)


def run(panel: Panel, *, all_of_them: bool = False) -> Iterator[str]:
    """Do the jobs that are due, each in a unit of work of its own, and return what was done, line by line."""
    done = list(jobs.run_due(lambda: as_administrator(panel), all_of_them=all_of_them))
    for job in done:
        yield from (f"{job.name}: {line}" for line in job.lines or ([] if job.errors else ["nothing to do"]))
        yield from (f"error: {text}" for text in job.errors)
    if not done:
        yield "No job is due"
