"""`apnscpd stubs`: the methods of the registry as Python's type checkers and editors read them.

`UtilAPI` finds its methods in the description at run time; this tells editors their names, parameters and types, so
that ``client.admin.collect(`` completes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from keyword import iskeyword
from textwrap import indent
from typing import Any

import click

from apnscp.core.registry import NO_DEFAULT, Command, Parameter

HEAD = '''\
"""What type checkers know of a panel's methods. Made by `apnscpd stubs' from the registry: do not edit.

An array of keys that is empty arrives as an empty list, and a refused call without ``abort_on`` answers nothing; types
of answers end in Any for both reasons.
"""

# ruff: noqa
# fmt: off
from typing import Any

from typing_extensions import TypeAlias, deprecated

_List: TypeAlias = list[Any] | tuple[Any, ...]
_Map: TypeAlias = dict[Any, Any]

'''
TAKEN = {
    "bool": "bool", "int": "int", "float": "float", "str": "str", "list": "_List",
    "map": "_Map", "array": "_List | _Map",
}  # fmt: skip
"""Kind of a parameter -> what a caller may pass."""
GIVEN = {
    "bool": "bool", "int": "int | Any", "float": "float | Any", "str": "str | Any", "list": "list[Any]",
    "map": "dict[Any, Any] | Any", "array": "dict[Any, Any] | Any",
}  # fmt: skip
"""Kind of a return value -> what a caller gets."""


@click.command()
def stubs() -> None:
    """Print the type stubs of all methods, client/apnscp/client/util_api/methods.pyi."""
    from apnscp import modules
    from apnscp.core.registry import REGISTRY

    modules.load_all()
    click.echo(written(REGISTRY), nl=False)


def written(commands: Iterable[Command]) -> str:
    """Return the stub file of some methods: a class per module, and `Methods`, which has modules and methods."""
    by_module = {module: list(group) for module, group in groupby(_sorted(commands), key=lambda each: each.module)}
    classes = [_class(_class_name(module), _module(group)) for module, group in by_module.items()]
    return HEAD + "\n".join([*classes, _class("Methods", _methods(by_module))])


def signature(name: str, command: Command) -> str:
    """Return one method as a stub, with its documentation and its mark when it is deprecated.

    name: what the function is called there
    """
    mark = f'@deprecated("{command.cli_name} is deprecated")\n' if command.deprecated else ""
    head = f"{mark}def {name}({', '.join(['self', *_parameters(command.parameters)])}) -> {_given(command.returns)}:"
    return f"{head}\n{indent(_doc(command.doc), '    ')}" if command.doc else f"{head} ..."


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
        yield f"{'*' if parameter.variadic else ''}{name}: {_taken(parameter)}{_default(parameter.default)}"
        if positional and index == positional[-1]:
            yield "/"


def _taken(parameter: Parameter) -> str:
    kind = TAKEN.get(parameter.kind, "Any")
    return f"{kind} | None" if parameter.nullable and kind != "Any" else kind


def _given(returns: str) -> str:
    kind = GIVEN.get(returns.removeprefix("?"), "Any")
    return f"{kind} | None" if returns.startswith("?") else kind


def _default(value: Any) -> str:
    if value is NO_DEFAULT:
        return ""
    return f" = {value!r}" if value is None or isinstance(value, bool | int | float | str) else " = ..."


def _doc(text: str) -> str:
    quoted = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""{quoted}\n"""' if "\n" in quoted or quoted.endswith('"') else f'"""{quoted}"""'
