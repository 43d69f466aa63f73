"""``apnscpd ready``: whether a server answers, for scripts that wait for it."""

from __future__ import annotations

import sys

import click

from apnscp.server import endpoint
from apnscp.server.cli.decorators import pass_settings
from apnscp.server.http import health
from apnscp.server.settings import Settings


@click.command()
@click.option(
    "--wait", "seconds", type=click.FloatRange(min=0), default=0.0, metavar="SECONDS", help="keep asking so long"
)
@click.option("--url", help="server to ask; left out, the one that runs on this state directory or these ports")
@pass_settings
def ready(settings: Settings, seconds: float, url: str | None) -> None:
    """Exit with 0 when the server answers, else with 1."""
    silent = health.wait(lambda: [url] if url else _local_urls(settings), seconds)
    if silent:
        click.echo(f"{silent[0]} does not answer", err=True)
        sys.exit(1)


def _local_urls(settings: Settings) -> list[str]:
    found = endpoint.find(settings.state_dir)
    return found.urls if found else [f"http://{endpoint.reachable(settings.host)}:{settings.port}"]
