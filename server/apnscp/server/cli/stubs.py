"""`apnscpd stubs`: the methods of the registry as Python's type checkers and editors read them.

`UtilAPI` finds its methods in the description at run time; this tells editors their names, parameters and types, so
that ``client.admin.collect(`` completes. What the description cannot say of the answers, `answer_tables` writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from keyword import iskeyword
from pathlib import Path
from textwrap import indent
from typing import Any

import click

from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import NO_DEFAULT, Command, Parameter
from apnscp.server import answer_tables
from apnscp.server.cli.decorators import errors_as_lines
from apnscp.server.cli.loading import uncollected
from apnscp.server.cli.store_options import surrogates_option

HEAD = '''\
"""What type checkers know of a panel's methods. Made by `apnscpd stubs' from the registry: do not edit.

A refused call without ``abort_on`` answers nothing, which is why answers other than true and false, lists and maps end
in Any.
"""

# ruff: noqa
# fmt: off
from typing import Any

from typing_extensions import TypeAlias, deprecated

{imports}

_List: TypeAlias = list[Any] | tuple[Any, ...]
_Map: TypeAlias = dict[Any, Any]

'''
TAKEN = {
    Kind.BOOL: "bool", Kind.INT: "int", Kind.FLOAT: "float", Kind.STR: "str", Kind.LIST: "_List",
    Kind.MAP: "_Map", Kind.ARRAY: "_List | _Map", Kind.MIXED: "Any",
}  # fmt: skip
"""Kind of a parameter -> what a caller may pass."""
CERTAIN = {Kind.BOOL, Kind.LIST, Kind.MAP}
"""Kinds that a refused call answers as well: false, an empty list, an empty map."""


@click.command()
@click.option("--answers", is_flag=True, help="Print what the description cannot say of answers, answers.py, instead.")
@surrogates_option
@errors_as_lines
def stubs(answers: bool, surrogates: Path | None) -> None:
    """Print the type stubs of all methods."""
    from apnscp.server.panel_factory import methods_in

    with uncollected():
        registry = methods_in(surrogates)
    click.echo(answer_tables.written(registry) if answers else written(registry), nl=False)


def written(commands: Iterable[Command]) -> str:
    """Return the stub file of some methods: a class per module, and `Methods`, which has modules and methods."""
    listed = _sorted(commands)
    by_module = {module: list(group) for module, group in groupby(listed, key=lambda each: each.module)}
    classes = [_class(_class_name(module), _module(group)) for module, group in by_module.items()]
    names = "".join(f"    {name},\n" for name in sorted(answer_tables.typed_maps(listed)))
    imports = f"from apnscp.client.util_api.answers import (\n{names})" if names else ""
    return HEAD.replace("{imports}\n", f"{imports}\n") + "\n".join([*classes, _class("Methods", _methods(by_module))])


def signature(name: str, command: Command) -> str:
    """Return one method as a stub, with its documentation and its mark when it is deprecated.

    One that is listed has no documentation there: on a panel of ApisCP itself it does what ApisCP says.

    name: what the function is called there
    """
    mark = f'@deprecated("{command.cli_name} is deprecated")\n' if command.deprecated else ""
    head = f"{mark}def {name}({', '.join(['self', *_parameters(command.parameters)])}) -> {_answer(command)}:"
    return f"{head}\n{indent(_doc(command.doc), '    ')}" if command.doc and command.emulated else f"{head} ..."


def _answer(command: Command) -> str:
    returns = command.returns
    if returns.kind in (Kind.MIXED, Kind.ARRAY):
        return "Any"
    told = answer_tables.named(command.shape)
    if returns.kind in CERTAIN:
        return told
    return _or_none(f"{told.removesuffix(' | None')} | Any", returns)


def _sorted(commands: Iterable[Command]) -> list[Command]:
    return sorted(commands, key=lambda command: (command.module, command.method))


def _class(name: str, members: Iterable[str]) -> str:
    return f"class {name}:\n" + "".join(indent(member, "    ") + "\n" for member in members)


def _class_name(module: str) -> str:
    return "_" + "".join(word.capitalize() for word in module.split("_"))


def _module(commands: list[Command]) -> Iterator[str]:
    callable_by_dot = [command for command in commands if not iskeyword(command.method)]
    yield from (signature(command.method, command) for command in callable_by_dot)
    if not callable_by_dot:
        yield "..."


def _methods(by_module: dict[str, list[Command]]) -> Iterator[str]:
    for module in by_module:
        if not iskeyword(module):
            yield f"@property\ndef {module}(self) -> {_class_name(module)}: ..."
    for commands in by_module.values():
        yield from (signature(command.name, command) for command in commands)


def _parameters(parameters: Iterable[Parameter]) -> Iterator[str]:
    """Go through parameters as Python writes them; behind one whose name Python keeps for itself all are positional."""
    listed = list(parameters)
    positional = [index for index, parameter in enumerate(listed) if iskeyword(parameter.name)]
    for index, parameter in enumerate(listed):
        name = f"{parameter.name}_" if iskeyword(parameter.name) else parameter.name
        taken = _or_none(TAKEN[parameter.type.kind], parameter.type)
        yield f"{'*' if parameter.variadic else ''}{name}: {taken}{_default(parameter.default)}"
        if positional and index == positional[-1]:
            yield "/"


def _or_none(written: str, declared: Type) -> str:
    return f"{written} | None" if declared.nullable and declared.kind is not Kind.MIXED else written


def _default(value: Any) -> str:
    if value is NO_DEFAULT:
        return ""
    return f" = {value!r}" if value is None or isinstance(value, bool | int | float | str) else " = ..."


def _doc(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{quoted}\n"""' if "\n" in quoted or quoted.endswith('"') else f'"""{quoted}"""'
