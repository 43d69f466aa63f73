"""The examples of methods: one table per module, ``modules/apnscp/modules/examples/MODULE.toml``, one section per method.

args: the arguments, as JSON has them; ``$null`` is null, and ``$(auth:create-api-key)`` is what that call answers
role: who calls: ``admin``, ``site`` or ``user``; the least that may when left out
before: calls that make it work, as `cpcmd` takes them; the account's administrator does them where that one may
result: what is answered, where that is always the same; error: how the refusal begins, of a call that is refused

They are called on a panel with one account, example.com: invoice INV-1, plan basic, administrator bob (bob@example.org), user
ann, who may use every service. Its zones are served by the provider builtin.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apnscp import modules
from apnscp.core.registry import REGISTRY, Command
from apnscp.core.roles import Role
from apnscp.wire.cpcmd import notation

FOLDER = Path(str(modules.__file__)).with_name("examples")
KEYS = frozenset({"args", "role", "before", "result", "error"})
ROLES = {"user": Role.USER, "site": Role.SITE, "admin": Role.ADMIN}
"""The least first."""
_NESTED = re.compile(r"\$\((.+)\)")


@dataclass(frozen=True)
class Nested:
    """An argument that is the answer of another call."""

    call: Call


@dataclass(frozen=True)
class Call:
    """A call: the method, who calls it, and its arguments, some of which may be `Nested`."""

    command: Command
    role: Role
    args: tuple[Any, ...]


@dataclass(frozen=True)
class Example:
    """The example of one method.

    constant: whether the answer is always `result`; error: how the refusal begins, None where there is none
    """

    call: Call
    before: tuple[Call, ...]
    constant: bool
    result: Any
    error: str | None


def examples(module: str) -> dict[str, Example]:
    """Return the examples of a module by the names of its methods; none for a module without a table.

    Raises ValueError, which names the table and the method, for a section that is not one.
    """
    path = FOLDER / f"{module}.toml"
    if not path.exists():
        return {}
    return {
        method: _example(f"{module}.toml, {method}", module, method, section) for method, section in _sections(path)
    }


def _sections(path: Path) -> Any:
    return tomllib.loads(path.read_text("utf-8")).items()


def _example(where: str, module: str, method: str, section: Mapping[str, Any]) -> Example:
    unknown = sorted(section.keys() - KEYS)
    if unknown or not isinstance(section.get("args"), list):
        problem = f"unknown key `{unknown[0]}'" if unknown else "`args' is not a list"
        raise ValueError(f"{where}: {problem}; {', '.join(sorted(KEYS))} are known, and args is needed")
    command = REGISTRY.find(f"{module}_{method}")
    role = _role(where, command, section.get("role"))
    return Example(
        call=Call(command, role, tuple(_argument(value, role) for value in section["args"])),
        before=tuple(_typed(line, Role.SITE) for line in section.get("before", ())),
        constant="result" in section,
        result=section.get("result"),
        error=section.get("error"),
    )


def _role(where: str, command: Command, name: str | None) -> Role:
    if name is None:
        return next(role for role in ROLES.values() if command.allows(role))
    if name not in ROLES or not command.allows(ROLES[name]):
        raise ValueError(f"{where}: `{name}' may not call it")
    return ROLES[name]


def _argument(value: Any, role: Role) -> Any:
    if value == "$null":
        return None
    found = _NESTED.fullmatch(value) if isinstance(value, str) else None
    return Nested(_typed(found[1], role)) if found else value


def _typed(line: str, role: Role) -> Call:
    """Return a call as it is typed behind `cpcmd`, by `role`, or by the administrator of the panel where that one may not."""
    method, *words = shlex.split(line)
    command = REGISTRY.find(method)
    caller = role if command.allows(role) else Role.ADMIN
    return Call(command, caller, tuple(notation.parse(word) for word in words))
