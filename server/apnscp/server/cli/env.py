"""``apnscpd env``: where the running server is, as variables for a shell."""

from __future__ import annotations

import click

from apnscp.server import endpoint
from apnscp.server.cli.decorators import pass_settings
from apnscp.server.settings import Settings, SetupError


@click.command()
@pass_settings
def env(settings: Settings) -> None:
    """Print shell lines that point cpcmd at the running server."""
    found = endpoint.find(settings.state_dir)
    if found is None:
        raise SetupError(f"no server runs on {settings.state_dir}; start one with `apnscpd serve'")
    click.echo("\n".join(found.exports()))
