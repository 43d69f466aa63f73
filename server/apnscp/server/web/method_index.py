"""The index of methods: what is known of each, written for people once per process, and how it is searched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from apnscp import modules
from apnscp.core.registry import Command, Parameter, Registry
from apnscp.core.roles import Role

ROLES = {Role.ADMIN: "administrator", Role.SITE: "site", Role.USER: "user"}
"""Who may call, and what it is called on the pages."""
PANELS = 4
"""Panels with methods of their own whose index is kept ready."""
_ITEM = re.compile(r"[a-z_][\w.]*(?:, [a-z_]\w*)*: ")


@dataclass(frozen=True)
class Method:
    """A method as pages show it.

    about: what it does, in paragraphs; parameters: its parameters in order; text: what a search looks through
    """

    command: Command
    name: str
    path: str
    signature: str
    roles: str
    about: tuple[str, ...]
    parameters: tuple[Described, ...]
    text: str

    @property
    def summary(self) -> str:
        """Return the first sentence about it."""
        return self.about[0].partition(". ")[0].rstrip(".") + "." if self.about else ""


@dataclass(frozen=True)
class Described:
    """A parameter as pages show it; `default` is empty where it must be given."""

    name: str
    type: str
    default: str
    about: str


@dataclass(frozen=True)
class Module:
    """A module with its methods in the order of their names."""

    name: str
    about: str
    methods: tuple[Method, ...]

    @property
    def emulated(self) -> int:
        """Return how many of its methods are emulated."""
        return sum(method.command.emulated for method in self.methods)


def all_modules(registry: Registry) -> dict[str, Module]:
    """Return every module of a panel by its name."""
    return _index(registry, len(registry))


def method(registry: Registry, name: str) -> Method:
    """Return a method of a panel by its name on the wire or on the command line.

    Raises UnknownMethod when there is none.
    """
    command = registry.find(name)
    return next(each for each in all_modules(registry)[command.module].methods if each.command.name == command.name)


def search(words: str, among: Sequence[Method]) -> list[Method]:
    """Return the methods in which every word occurs; those that have the words in their name come first."""
    wanted = words.lower().replace("_", "-").split()
    found = [each for each in among if all(word in each.text for word in wanted)]
    return sorted(found, key=lambda each: not all(word in each.name for word in wanted))


@lru_cache(PANELS)
def _index(registry: Registry, _: int) -> dict[str, Module]:
    """Describe all methods; made anew when there are more of them than before."""
    about, by_module = modules.subjects(), dict[str, list[Method]]()
    for command in registry:
        by_module.setdefault(command.module, []).append(_method(command))
    return {
        name: Module(name, about.get(name, "A module of this panel's own"), tuple(methods))
        for name, methods in by_module.items()
    }


def _method(command: Command) -> Method:
    names = [parameter.name for parameter in command.parameters]
    about, items = documented(command.doc, names)
    signature = f"{command.name}({', '.join(map(_declared, command.parameters))})"
    returns = f": {command.returns.php}" if command.returns.php else ""
    return Method(
        command=command, name=command.cli_name,
        path=f"/modules/{command.module}/{command.method.replace('_', '-')}",
        signature=signature + returns,
        roles=", ".join(name for role, name in ROLES.items() if command.allows(role)),
        about=tuple(about),
        parameters=tuple(_described(each, items.get(each.name, "")) for each in command.parameters),
        text=f"{command.cli_name} {command.doc} {' '.join(names)}".lower().replace("_", "-"),
    )  # fmt: skip


def documented(doc: str, names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Return the paragraphs of a docstring, and what it says of each parameter."""
    paragraphs, items = list[str](), dict[str, str]()
    for block in doc.split("\n\n"):
        text = list[str]()
        for line in _joined(block):
            of_line = dict(_items(line, names))
            items |= of_line
            text += [] if of_line else [line]
        paragraphs += [" ".join(text)] if text else []
    return paragraphs, items


def _joined(block: str) -> Iterator[str]:
    """Go through the lines of a paragraph; one that begins with a space goes on from that before."""
    lines = list[str]()
    for line in block.splitlines():
        if line.startswith(" ") and lines:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip())
    yield from lines


def _items(line: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Go through what a line says of parameters: ``key: in PEM; user, domain: as above``."""
    if not names or not _ITEM.match(line):
        return
    known = "|".join(map(re.escape, names))
    for part in re.split(rf"; (?=(?:{known})(?:, \w+)*: )", line):
        mentioned, _, text = part.partition(": ")
        for name in mentioned.split(", "):
            if name in names:
                yield name, text


def _described(parameter: Parameter, about: str) -> Described:
    return Described(parameter.name, parameter.type.php or "any value", _default(parameter), about)


def _declared(parameter: Parameter) -> str:
    default = _default(parameter)
    return f"{parameter.php()} = {default}" if default else parameter.php()


def _default(parameter: Parameter) -> str:
    if parameter.required or parameter.variadic:
        return ""
    return "[]" if parameter.default in ({}, []) else json.dumps(parameter.default, ensure_ascii=False)
