"""The examples of methods that the package holds (`modules/examples`), as pages show them."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from keyword import iskeyword
from typing import Any

from apnscp import modules
from apnscp.core.errors import UnknownMethod
from apnscp.core.registry import REGISTRY, Command, canonical
from apnscp.core.roles import Role
from apnscp.server.web import literals
from apnscp.server.web.client_lines import Line
from apnscp.wire.cpcmd import notation

ROLES = {"user": Role.USER, "site": Role.SITE, "admin": Role.ADMIN}
"""The least first."""
FLAGS = {"user": "-d example.com -u ann ", "site": "-d example.com ", "admin": ""}
"""Who calls, and what `cpcmd` is told."""
CLIENTS = {"user": "user", "site": "site", "admin": "panel"}
"""Who calls, and the variable that holds the client in PHP and Python."""
_NESTED = re.compile(r"\$\((?:cpcmd )?(.+)\)")


@dataclass(frozen=True)
class Example:
    """An example of a method.

    lines: the call for cpcmd (with what has to be done before), PHP and Python
    values: its arguments, None where they depend on other calls; role: who calls
    answer: what it answers in JSON, None where that differs; refusal: how it is refused, None where it is not
    """

    role: str
    lines: tuple[Line, ...]
    values: tuple[Any, ...] | None
    answer: str | None
    refusal: str | None


@dataclass(frozen=True)
class _Nested:
    """An argument that is the answer of another call."""

    command: Command
    values: tuple[Any, ...]


@cache
def of_module(module: str) -> dict[str, Example]:
    """Return the examples of a module by the names of its methods on the wire."""
    table = files(modules.__name__).joinpath("examples", f"{module}.toml")
    if not table.is_file():
        return {}
    sections = {canonical(f"{module}_{name}"): each for name, each in tomllib.loads(table.read_text("utf-8")).items()}
    return {command.name: _example(command, sections[command.name]) for command in REGISTRY if command.name in sections}


def of_method(command: Command) -> Example | None:
    """Return the example of a method, None where there is none."""
    return of_module(command.module).get(command.name)


def _example(command: Command, section: dict[str, Any]) -> Example:
    role = section.get("role") or next((name for name, role in ROLES.items() if command.allows(role)), "admin")
    values = tuple(_argument(value) for value in section.get("args", []))
    nested = any(isinstance(value, _Nested) for value in values)
    before = [_before(line) for line in section.get("before", [])]
    shell = "\n".join([*before, f"cpcmd {FLAGS[role]}{_shell(command, values)}"])
    php = f"${CLIENTS[role]}->{_php(command, values, role)};"
    return Example(
        role=role,
        lines=(Line("cpcmd", shell), Line("PHP", php), Line("Python", f"{CLIENTS[role]}.{_python(command, values, role)}")),
        values=None if nested else values,
        answer=json.dumps(section["result"], ensure_ascii=False) if "result" in section else None,
        refusal=section.get("error"),
    )  # fmt: skip


def _argument(value: Any) -> Any:
    if value == "$null":
        return None
    found = _NESTED.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return value
    method, *words = shlex.split(found[1])
    return _Nested(REGISTRY.find(method), tuple(map(notation.parse, words)))


def _before(line: str) -> str:
    """Return a line with what has to be done before, as one types it: by the account where that may do it."""
    if line.startswith("cpcmd "):
        return line
    method = line.split(maxsplit=1)[0]
    try:
        own = REGISTRY.find(method).allows(Role.SITE)
    except UnknownMethod:
        own = False
    return f"cpcmd {FLAGS['site'] if own else ''}{line}"


def _shell(command: Command, values: tuple[Any, ...]) -> str:
    return " ".join([command.cli_name, *map(_shell_word, values)])


def _shell_word(value: Any) -> str:
    if isinstance(value, _Nested):
        return f'"$(cpcmd {_shell(value.command, value.values)})"'
    return shlex.quote(notation.write(value))


def _php(command: Command, values: tuple[Any, ...], role: str) -> str:
    inner = [
        f"${CLIENTS[role]}->{_php(value.command, value.values, role)}"
        if isinstance(value, _Nested)
        else literals.php(value)
        for value in values
    ]
    return f"{command.name}({', '.join(inner)})"


def _python(command: Command, values: tuple[Any, ...], role: str) -> str:
    inner = [
        f"{CLIENTS[role]}.{_python(value.command, value.values, role)}"
        if isinstance(value, _Nested)
        else literals.python(value)
        for value in values
    ]
    way = command.name if iskeyword(command.method) else f"{command.module}.{command.method}"
    return f"{way}({', '.join(inner)})"
