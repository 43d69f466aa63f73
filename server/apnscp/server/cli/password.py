"""``apnscpd password``: give the administrator, or a user of a site, another password (docs/security.md)."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import credentials
from apnscp.opcenter.sites import identifiers
from apnscp.opcenter.users import passwords, people
from apnscp.server.administrator import as_administrator
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import existing_panel
from apnscp.server.settings import Settings


@click.command("password")
@click.argument("user", required=False, metavar="[USER[@DOMAIN]]")
@click.option("--file", type=click.Path(path_type=Path), metavar="FILE", help="Read it from the first line of FILE.")
@click.option("--generate", is_flag=True, help="Make a password and print it.")
@pass_settings
@errors_as_lines
def password(settings: Settings, /, user: str | None, file: Path | None, generate: bool) -> None:
    """Set the password of the panel's administrator, or of USER.

    It is asked for on a terminal, and else read from the first line of standard input. Other sessions of the user end.
    """
    if file is not None and generate:
        raise click.UsageError("Give one of --file, --generate")
    with existing_panel(settings) as panel:
        chosen = passwords.generate() if generate else _read(file)
        with as_administrator(panel) as ctx:
            owner = _user(ctx, user or "")
            passwords.require_strong(chosen, owner.name, ctx.settings)
            credentials.replace_password(ctx, owner, passwords.crypt(chosen))
    click.echo(chosen if generate else f"The password of {user or owner.name} is set")


def _read(file: Path | None) -> str:
    """Return a password from a file, from the terminal without showing it, or from standard input."""
    if file is not None:
        text = file.read_text("utf-8")
    elif sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    else:
        text = sys.stdin.readline()
    return text.split("\n", 1)[0].rstrip("\r")


def _user(ctx: Context, given: str) -> people.User:
    name, _, domain = given.partition("@")
    if domain:
        site_id = identifiers.require_one(ctx, domain)
        return people.require(ctx.db, site_id, name)
    found = people.require(ctx.db, people.PANEL, name) if name else people.first_of_panel(ctx.db)
    if found is None:
        raise Refused("The panel has no administrator yet; start it once with `apnscpd serve'")
    return found
