"""``cpcmd``: call a panel's API from a shell (docs/cpcmd.md; docs/panel.md, section 10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from apnscp.client.errors import Fault, UnknownMethod
from apnscp.client.shell import exits, output, running
from apnscp.client.shell.completers import complete
from apnscp.client.shell.connection_options import connect, connection_options
from apnscp.client.shell.waiting import waiting

if TYPE_CHECKING:
    from apnscp.client.connection.panel_connection import PanelConnection

INPUTS = ("cli", "json", "serialize")
OUTPUTS = ("yaml", "json", "cli", "serialize", "var_dump", "print")
ALIASES = {"misc:l": "misc:list-commands", "misc:i": "misc:info"}
SETTINGS = {"ignore_unknown_options": False, "allow_interspersed_args": False, "max_content_width": 110}
THE_PANEL = "localhost"
"""What admin:hijack takes for the server itself, to act as one of its administrators."""
EPILOG = """\b
Arguments: text, 5, true, null, [a,b], [key:value,other:[nested,list]]; quote them for the shell.
Exit codes: 0 done, 1 error reported, 2 usage, 3 connection, 4 refused, 5 unknown command.

\b
  cpcmd admin:collect '[siteinfo.domain]' '[billing.invoice:INV-1]'
  cpcmd -d example.com -o json site:get-account-quota | jq .qused
  cpcmd admin                      list the commands of a module
  cpcmd admin:collect --help       explain one
  cpcmd configure                  make a profile
  cpcmd completion bash            print a completion script (bash, zsh, fish)
"""


@click.command(context_settings=SETTINGS, epilog=EPILOG)
@click.option(
    "-d", "site", metavar="SITE", help="Act as the administrator of a site.", shell_complete=complete("sites")
)
@click.option(
    "-u",
    "user",
    metavar="USER",
    help="Act as a user of the site; without -d as another administrator.",
)
@click.option("-i", "input_", type=click.Choice(INPUTS), default="cli", help="Format of the arguments [cli].")
@click.option("-o", "output", type=click.Choice(OUTPUTS), default="yaml", help="Format of the result [yaml].")
@click.option("-l", "list_", is_flag=True, help="List the commands, of a glob if one follows.")
@connection_options
@click.argument("command", required=False, shell_complete=complete("commands"))
@click.argument("args", nargs=-1, type=click.UNPROCESSED, shell_complete=complete("arguments"))
def cpcmd(command: str | None, args: tuple[str, ...], **params: Any) -> int:
    """Call MODULE:METHOD of a panel's API.

    Without -d as the panel's administrator. Results are YAML, or text where they are one value; messages go to stderr.
    """
    if params["list_"]:
        return _call("misc:list-commands", [command] if command else [], params)
    if not command:
        raise click.UsageError("Which command? `cpcmd --help' and `cpcmd -l' show what there is")
    if command in OWN:
        return OWN[command](args, params)
    if not re.search("[:_]", command) or args[:1] == ("--help",):
        return _explain(command, params)
    return _call(command, _read(args[1:] if args[:1] == ("--",) else args, params["input_"]), params)


def _configure(args: tuple[str, ...], params: dict[str, Any]) -> int:
    from apnscp.client.shell.configure import configure

    return int(configure.main(list(args), "cpcmd configure", standalone_mode=False, obj=params) or 0)


def _completion(args: tuple[str, ...], _: dict[str, Any]) -> int:
    from apnscp.client.shell.completion import script

    click.echo(script(args[0] if args else ""))
    return 0


OWN = {"configure": _configure, "completion": _completion}
"""Commands of cpcmd itself, not of the panel."""


def _read(args: tuple[str, ...], fmt: str) -> list[Any]:
    from apnscp.wire.cpcmd import formats

    return [formats.load(text, fmt) for text in args]


def _panel(params: dict[str, Any]) -> PanelConnection:
    panel = connect(params)
    site = params["site"] or (THE_PANEL if params["user"] else None)
    return panel.as_site(site, params["user"]) if site else panel


def _explain(command: str, params: dict[str, Any]) -> int:
    from apnscp.client.shell import catalogue

    explain = catalogue.command_help if re.search("[:_]", command) else catalogue.module_help
    click.echo(explain(_panel(params), ALIASES.get(command, command)))
    return 0


def _call(command: str, args: list[Any], params: dict[str, Any]) -> int:
    from apnscp.wire.cpcmd import formats

    panel = _panel(params)
    try:
        with waiting(panel, command):
            answer = panel.call(ALIASES.get(command, command), *args)
    except UnknownMethod:
        from apnscp.client.shell import catalogue

        raise catalogue.unknown(panel, command) from None
    except Fault:
        output.messages(panel.messages)
        raise
    output.messages(answer.messages)
    output.summary(answer.messages)
    output.value(formats.dump(answer.value, params["output"], inline=output.yaml_depth()))
    return exits.code_of_messages(answer.messages)


def main() -> None:
    """Run ``cpcmd``."""
    running.main(cpcmd, "cpcmd")
