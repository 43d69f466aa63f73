"""`apnscpd wsdl`: the description as a file."""

from __future__ import annotations

from pathlib import Path

import click

from apnscp.server.cli.decorators import errors_as_lines
from apnscp.server.cli.loading import uncollected
from apnscp.server.cli.store_options import surrogates_option

ADDRESS = "http://localhost:2082/soap"


@click.command()
@click.option("--address", default=ADDRESS, metavar="URL", help="Endpoint to name in it.", show_default=True)
@surrogates_option
@errors_as_lines
def wsdl(address: str, surrogates: Path | None) -> None:
    """Print the description (WSDL) of all methods."""
    click.echo(description(address, surrogates).decode(), nl=False)


def description(address: str, surrogates: Path | None = None) -> bytes:
    """Return the WSDL of the registry for an endpoint; `surrogates` is a folder of further methods."""
    from apnscp.server.operations import operations
    from apnscp.server.panel_factory import methods_in
    from apnscp.wire.soap.description import write

    with uncollected():
        registry = methods_in(surrogates)
    return write(operations(registry), address)
