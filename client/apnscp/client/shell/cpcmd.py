"""``cpcmd``: call a panel's API from a shell (docs/cpcmd.md; docs/panel.md, section 10)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import click

from apnscp.client.errors import ApisError, Fault, UnknownMethod
from apnscp.client.shell import exits, output, running
from apnscp.client.shell.completers import complete
from apnscp.client.shell.connection_options import HELP, connect, connection_options
from apnscp.client.shell.own_address import with_own_address
from apnscp.client.shell.waiting import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apnscp.client.connection.panel_connection import PanelConnection
    from apnscp.wire.errors import Message

INPUTS = ("cli", "json", "serialize")
OUTPUTS = ("yaml", "json", "cli", "serialize", "var_dump", "print")
ALIASES = {"misc:l": "misc:list-commands", "misc:i": "misc:info"}
PANEL = "localhost"
"""The site in which -u alone finds its user: the panel itself (docs/panel.md, section 11, hijack)."""
SETTINGS = {**HELP, "ignore_unknown_options": False, "allow_interspersed_args": False}
EPILOG = """\b
Arguments: text, 5, true, null, [a,b], [key:value,other:[nested,list]];
quote them for the shell.
Exit codes: 0 done, 1 error reported, 2 usage, 3 connection, 4 refused,
5 unknown command, 6 not emulated.

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
    "-u", "user", metavar="USER", help="With -d: act as a user of the site; without: as an administrator of the panel."
)
@click.option("-i", "input_", type=click.Choice(INPUTS), default="cli", help="Format of the arguments [cli].")
@click.option(
    "-o", "--output", "output", type=click.Choice(OUTPUTS), default="yaml", help="Format of the result [yaml]."
)
@click.option("-l", "list_", is_flag=True, help="List the commands, of a glob if one follows.")
@connection_options
@click.version_option(package_name="apnscp-emulator", message="%(prog)s %(version)s")
@click.argument("command", required=False, shell_complete=complete("commands"))
@click.argument("args", nargs=-1, type=click.UNPROCESSED, shell_complete=complete("arguments"))
def cpcmd(command: str | None, args: tuple[str, ...], **params: Any) -> int:
    """Call MODULE:METHOD of a panel's API.

    Without -d as the panel's administrator. Results are YAML, or text where they are one value; messages go to stderr.
    """
    if params["list_"]:
        _require_none(args, "-l takes one glob")
        return _call("misc:list-commands", [command] if command else [], params)
    if not command:
        raise click.UsageError("Which command? `cpcmd --help' and `cpcmd -l' show what there is")
    if command in OWN:
        return OWN[command](args, params)
    if args[:1] in (("--help",), ("-h",)):
        return _explain(command, params)
    if not re.search("[:_]", command):
        _require_none(args, f"`cpcmd {command}' lists a module; a command of it is `cpcmd {command}:{(*args, '')[0]}'")
        return _explain(command, params)
    return _call(command, _read(args[1:] if args[:1] == ("--",) else args, params["input_"]), params)


def _require_none(surplus: tuple[str, ...], hint: str) -> None:
    if surplus:
        raise click.UsageError(f"Unexpected argument `{surplus[0]}': {hint}")


def _configure(args: tuple[str, ...], params: dict[str, Any]) -> int:
    from apnscp.client.shell.configure import configure

    return int(configure.main(list(args), "cpcmd configure", standalone_mode=False, obj=params) or 0)


def _completion(args: tuple[str, ...], _: dict[str, Any]) -> int:
    from apnscp.client.shell.completion_script import completion

    return int(completion.main(list(args), "cpcmd completion", standalone_mode=False) or 0)


OWN = {"configure": _configure, "completion": _completion}
"""Commands of cpcmd itself, not of the panel."""


def _read(args: tuple[str, ...], fmt: str) -> list[Any]:
    from apnscp.wire.cpcmd import formats

    return [formats.load(text, fmt) for text in args]


def _panel(params: dict[str, Any]) -> PanelConnection:
    panel = connect(params)
    site, user = params["site"], params["user"]
    return panel.as_site(site or PANEL, user) if site or user else panel


def _explain(command: str, params: dict[str, Any]) -> int:
    from apnscp.client.shell import catalogue

    explain = catalogue.command_help if re.search("[:_]", command) else catalogue.module_help
    click.echo(explain(_panel(params), ALIASES.get(command, command)))
    return 0


def _call(command: str, args: list[Any], params: dict[str, Any]) -> int:
    from apnscp.wire.cpcmd import formats

    panel, method = _panel(params), ALIASES.get(command, command)
    try:
        with waiting(panel, command):
            answer = panel.call(method, *with_own_address(method, args, os.environ))
    except UnknownMethod:
        from apnscp.client.shell import catalogue

        return _refused(catalogue.unknown(panel, command), panel)
    except Fault as fault:
        if exits.exit_code(fault) in (exits.REPORTED, exits.NOT_EMULATED):
            return _refused(fault, panel)
        if exits.exit_code(fault) == exits.USAGE:
            _add_usage(fault, panel, method)
        raise
    _report(answer.messages)
    output.value(formats.dump(answer.value, params["output"], inline=output.yaml_depth()))
    return exits.code_of_messages(answer.messages)


def _report(messages: Sequence[Message]) -> None:
    output.messages(messages)
    output.summary(messages)


def _refused(fault: Fault, panel: PanelConnection) -> int:
    """Print a fault as the error that the panel reported last, and return its exit code."""
    from apnscp.wire.errors import Message

    _report([*(each for each in panel.messages if each.text != fault.text), Message("error", fault.text)])
    return exits.exit_code(fault)


def _add_usage(fault: Fault, panel: PanelConnection, method: str) -> None:
    """Add to the error how the method is called, where the panel tells."""
    from apnscp.client.shell import catalogue

    try:
        fault.add_note(catalogue.usage(panel, method))
    except ApisError:
        fault.add_note(f"`cpcmd {method} --help' explains it")


def main() -> None:
    """Run ``cpcmd``."""
    running.main(cpcmd, "cpcmd")
