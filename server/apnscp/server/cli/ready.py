"""``apnscpd ready``: whether a server answers, for scripts that wait for it."""

from __future__ import annotations

import click

from apnscp.server import endpoint
from apnscp.server.cli.decorators import pass_settings
from apnscp.server.http import health
from apnscp.server.settings import Settings, SetupError


@click.command()
@click.option(
    "--wait", "seconds", type=click.FloatRange(min=0), default=0.0, metavar="SECONDS", help="Keep asking so long."
)
@click.option("--url", metavar="URL", help="Server to ask; left out, the one on this machine's state directory.")
@pass_settings
def ready(settings: Settings, seconds: float, url: str | None) -> None:
    """Exit with 0 when the server is ready, else with 1.

    Ready means that every worker process serves, and that the other commands and cpcmd find the server.
    """
    silent = health.wait(lambda: [url] if url else _local_urls(settings), seconds)
    if silent:
        raise SetupError(f"{silent[0]} does not answer" if silent[0] else _none(settings))


def _local_urls(settings: Settings) -> list[str]:
    """Return the addresses in the note of the running server, an empty one while there is none."""
    found = endpoint.find(settings.state_dir)
    return found.urls if found else [""]


def _none(settings: Settings) -> str:
    return f"no server runs on {settings.state_dir}; start one with `apnscpd serve', or name another with --url"
