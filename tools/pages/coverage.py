"""docs/coverage.md: every method of ApisCP, and whether it is emulated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apnscp import modules
from apnscp.core.data_files import rows_of
from apnscp.core.registry import Command
from tools.pages import signatures

HEAD = """\
# What is emulated

Made by `make docs`: do not edit.

ApisCP has {known} methods that can be called from outside, in {modules} modules. {emulated} are **emulated**: they act on the
state of the panel and answer from it. The other {listed} are **listed**: they are in the description (WSDL), in
`misc:list-commands`, `misc:info` and the completion of `cpcmd`, with their parameters and for the roles that may call them.
A call of a listed method by such a role, with arguments that the method takes, is a fault of its own kind, so that it is
never mistaken for a method that does not exist:

| where | what it is |
|---|---|
| SOAP | fault code `Server.NotEmulated`, "php:pools is known to ApisCP, not emulated; docs/coverage.md lists what is" |
| `UtilAPI` | `apnscp.client.errors.NotEmulated` |
| `cpcmd` | exit code 6 |
| `apnscpd calls --not-emulated` | how often each one was called |

Parameters are those of ApisCP's last public code, of 2019, and for methods marked "newer" those of its documentation and its
clients since then. A type behind `@` comes from comments: any value is taken. `...$args` alone stands for parameters that
no source shows.

| module | what it is about | emulated | listed |
|---|---|---|---|
"""
TABLE = """
| method | state | parameters | returns | roles | since |
|---|---|---|---|---|---|
"""


def page(commands: Iterable[Command]) -> str:
    """Return the page for all known methods."""
    by_module: dict[str, list[Command]] = {}
    for command in commands:
        by_module.setdefault(command.module, []).append(command)
    known = [command for group in by_module.values() for command in group]
    emulated = sum(command.emulated for command in known)
    head = HEAD.format(known=f"{len(known):,}", modules=len(by_module), emulated=emulated, listed=len(known) - emulated)
    return head + "".join([*map(_counts, by_module.values()), *map(_module, by_module.values())])


def about(module: str) -> str:
    """Return what a module is about; empty for one that is not ApisCP's."""
    return modules.subjects().get(module, "")


def _counts(group: list[Command]) -> str:
    emulated, name = sum(command.emulated for command in group), group[0].module
    return f"| [{name}](#{name}) | {about(name)} | {emulated} | {len(group) - emulated} |\n"


def _module(group: list[Command]) -> str:
    name = group[0].module
    return f"\n## {name}\n{TABLE}{''.join(_rows(group))}"


def _state(command: Command) -> str:
    if not command.emulated:
        return "listed"
    return f"[emulated](./modules/{command.module}.md#{command.cli_name.replace(':', '')})"


def _rows(group: list[Command]) -> Iterator[str]:
    table = {(row["module"], row["method"]): row for row in rows_of(modules.__name__, "methods.tsv")}
    for command in group:
        row = table.get((command.module, command.method), {})
        written = signatures.parameters(command.parameters) if command.emulated else row["parameters"]
        returns = command.returns.php or "mixed"
        since = " ".join(filter(None, [row.get("origin", "this project"), "deprecated" if command.deprecated else ""]))
        yield (
            f"| {command.cli_name} | {_state(command)} | {f'`{written}`' if written else ''} "
            f"| {returns} | {signatures.roles(command)} | {since} |\n"
        )
