"""`apnscpd wsdl`: the description as a file."""

from __future__ import annotations

import click

from apnscp.server.cli.loading import uncollected

ADDRESS = "http://localhost:2082/soap"


@click.command()
@click.option("--address", default=ADDRESS, metavar="URL", help="Endpoint to name in it.", show_default=True)
def wsdl(address: str) -> None:
    """Print the description (WSDL) of all methods."""
    click.echo(description(address).decode(), nl=False)


def description(address: str) -> bytes:
    """Return the WSDL of the registry for an endpoint."""
    from apnscp import modules
    from apnscp.core.registry import REGISTRY
    from apnscp.server.operations import operations
    from apnscp.wire.soap.description import write

    with uncollected():
        modules.load_all()
    return write(operations(REGISTRY), address)
