"""``apnscpd completion``: completion of ``apnscpd`` for bash, zsh and fish."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

SHELLS = ("bash", "zsh", "fish")
_VARIABLE = "_APNSCPD_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print a script that completes apnscpd in SHELL.

    For bash: eval "$(apnscpd completion bash)", in ~/.bashrc to keep it.
    """
    from apnscp.server.cli.main import main

    found = get_completion_class(shell)
    if found is None:
        raise click.ClickException(f"this version of Click does not complete in {shell}")
    # the base class's, for that of bash runs bash to look at its version
    script = ShellComplete.source(found(main, {}, "apnscpd", _VARIABLE))
    click.echo(script)
