"""What the description of a panel cannot say of its answers, as `apnscpd stubs --answers` writes it for clients.

To the wire every map, and every answer that may be null, is "any value", and a map without keys is an empty array.
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Iterable, Iterator
from keyword import iskeyword
from textwrap import indent
from typing import Any, NotRequired, Union, get_args, get_origin

from apnscp.core.php_types import Kind
from apnscp.core.registry import Command
from apnscp.wire.soap.kinds import Rows

HEAD = '''\
"""What the description of a panel cannot say of its answers. Made by `apnscpd stubs --answers' from the registry.

MAPS: methods that answer a map, which arrives as an empty list when it has no keys
NULLABLE: methods for which null is an answer, and no reason to call again
The classes are the maps with known keys, for annotations: ``from apnscp.client.util_api.answers import CollectRow``.
"""

# ruff: noqa
# fmt: off
from typing import Any, NotRequired, TypedDict

'''


def written(commands: Iterable[Command]) -> str:
    """Return the file for some methods: the tables, and the maps with known keys."""
    known = list(commands)
    maps = [each.name for each in known if each.returns.kind is Kind.MAP]
    nullable = [each.name for each in known if each.returns.nullable and _is_told(each)]
    classes = [_typed_map(kind) for kind in typed_maps(known).values()]
    return HEAD + "\n".join([_table("MAPS", maps), _table("NULLABLE", nullable), *classes])


def _is_told(command: Command) -> bool:
    """Tell whether the type of an answer is known: of a listed method that may answer anything nobody can say it."""
    return command.emulated or command.returns.kind is not Kind.MIXED


def typed_maps(commands: Iterable[Command]) -> dict[str, Any]:
    """Return the maps with known keys that some methods answer, by name; each stands behind those that it names."""
    ordered = sorted(commands, key=lambda command: command.name)
    return {kind.__name__: kind for command in ordered for kind in _inside(command.shape)}


def named(shape: Any) -> str:
    """Return an annotation as a stub writes it, such as ``dict[str, CollectRow]``."""
    origin, inner = get_origin(shape), get_args(shape)
    if origin in (Union, types.UnionType):
        return " | ".join(named(option) for option in inner)
    if origin is NotRequired:
        return f"NotRequired[{named(inner[0])}]"
    if origin is not None:
        return f"{origin.__name__}[{', '.join(named(each) for each in inner)}]"
    if shape is dict or shape is Rows:
        return "dict[Any, Any]"
    if shape is list:
        return "list[Any]"
    return {Any: "Any", type(None): "None"}.get(shape) or str(shape.__name__)


def _inside(shape: Any) -> Iterator[Any]:
    """Go through the maps with known keys that an annotation names, the inner ones first."""
    for inner in get_args(shape):
        yield from _inside(inner)
    if typing.is_typeddict(shape):
        for inner in _keys(shape).values():
            yield from _inside(inner)
        yield shape


def _keys(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


def _table(name: str, methods: Iterable[str]) -> str:
    lines = "".join(f'    "{method}",\n' for method in sorted(methods))
    return f"{name} = frozenset({{\n{lines}}})\n"


def _typed_map(kind: Any) -> str:
    keys = {name: _in_total(kind, name, named(each)) for name, each in _keys(kind).items()}
    doc = inspect.cleandoc(kind.__doc__ or "")
    doc = f"{doc}\n" if "\n" in doc else doc
    if any(iskeyword(name) for name in keys):
        body = ", ".join(f'"{name}": {each}' for name, each in keys.items())
        return f'{kind.__name__} = TypedDict("{kind.__name__}", {{{body}}})\n"""{doc}"""\n'
    lines = "".join(f"{name}: {each}\n" for name, each in keys.items())
    return f"class {kind.__name__}(TypedDict):\n" + indent(f'"""{doc}"""\n\n{lines}', "    ")


def _in_total(kind: Any, name: str, written: str) -> str:
    missing = name in kind.__optional_keys__ and not written.startswith("NotRequired[")
    return f"NotRequired[{written}]" if missing else written
