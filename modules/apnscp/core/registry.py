"""The registry of methods: what `@command` makes of a function.

A module file is named after its ApisCP module and holds one function per method; importing it is all the
registration there is. Types come from the annotations and nowhere else (docs/wire.md, "WSDL").
"""

from __future__ import annotations

import inspect
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, Union

from apnscp.core.errors import UnknownMethod
from apnscp.core.roles import Role

Mode = Literal["read", "write", "long"]
F = TypeVar("F", bound=Callable[..., Any])

KINDS: dict[type, str] = {bool: "bool", int: "int", float: "float", str: "str", list: "list", dict: "map"}
"""Annotation to kind; a class with a KIND of its own is that, a union of several, or anything else, is `mixed`."""

PHP_TYPES = {"bool": "bool", "int": "int", "float": "float", "str": "string", "list": "array", "map": "array"}
NO_DEFAULT = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method.

    kind: bool, int, float, str, list, map, array (list or map) or mixed
    nullable: an explicit nil is None and not the default
    variadic: takes all further positional arguments
    """

    name: str
    kind: str
    nullable: bool
    default: Any = NO_DEFAULT
    variadic: bool = False

    @property
    def required(self) -> bool:
        """Tell whether a call without this parameter is a fault."""
        return self.default is NO_DEFAULT and not self.variadic

    def php(self) -> str:
        """Return the parameter as PHP's reflection would print its type and name."""
        kind = PHP_TYPES.get(self.kind, "array" if self.kind == "array" else "")
        nullable = "?" if self.nullable and kind else ""
        dots = "..." if self.variadic else ""
        return f"{nullable}{kind} {dots}${self.name}".strip()


@dataclass(frozen=True, slots=True)
class Command:
    """One method of the API."""

    module: str
    method: str
    function: Callable[..., Any]
    roles: Role
    mode: Mode
    parameters: tuple[Parameter, ...]
    returns: str
    doc: str
    deprecated: bool = False

    @property
    def name(self) -> str:
        """Return the name on the wire, such as ``admin_add_site``."""
        return f"{self.module}_{self.method}"

    @property
    def cli_name(self) -> str:
        """Return the name on the command line, such as ``admin:add-site``."""
        return f"{self.module}:{self.method.replace('_', '-')}"

    def allows(self, role: Role) -> bool:
        """Tell whether a caller of `role` may call this method from outside.

        A method that names SERVER_EXEC is for the back end alone; one that names EXTAUTH asks for that bit as well
        (docs/panel.md, section 3).
        """
        if self.roles & Role.SERVER_EXEC or not self.roles & role & Role.ALL:
            return False
        return bool(role & Role.EXTAUTH) if self.roles & Role.EXTAUTH else True


class Registry:
    """All methods, found by either spelling in any case."""

    def __init__(self) -> None:
        """Start empty."""
        self._commands: dict[str, Command] = {}

    def add(self, command: Command) -> None:
        """Add a method; a second one of the same name is a programming error."""
        if command.name in self._commands:
            raise ValueError(f"{command.name} is registered twice")
        self._commands[command.name] = command

    def find(self, name: str) -> Command:
        """Return the method called `name`: ``admin_add_site``, ``admin:add-site`` or a mixture, in any case.

        Raises UnknownMethod.
        """
        found = self._commands.get(name) or self._commands.get(canonical(name))
        if found is None:
            raise UnknownMethod(name)
        return found

    def __iter__(self) -> Iterator[Command]:
        """Go through the methods by name."""
        return iter(sorted(self._commands.values(), key=lambda command: command.name))

    def __len__(self) -> int:
        """Return how many methods there are."""
        return len(self._commands)


REGISTRY = Registry()


def canonical(name: str) -> str:
    """Return `name` as it stands on the wire: lower case, underscores, no colon."""
    return name.strip().lower().replace(":", "_").replace("-", "_")


def command(
    roles: Role, mode: Mode = "read", *, deprecated: bool = False, alias: tuple[str, ...] = ()
) -> Callable[[F], F]:
    """Make a function of a module file a method of the API.

    roles: who may call it
    mode: `read` runs in the event loop, `write` in one writing transaction, `long` in the thread pool over many sites
    deprecated: calls report a deprecation
    alias: further names of the same module (``misc:i`` for ``misc:info``)
    """

    def register(function: F) -> F:
        described = describe(function, roles, mode, deprecated)
        REGISTRY.add(described)
        for other in alias:
            REGISTRY.add(_renamed(described, described.module, other))
        return function

    return register


def also(module: str, *methods: Callable[..., Any]) -> None:
    """Offer methods that are registered already under a second module (``config:get`` for ``scope:get``)."""
    by_function = {entry.function: entry for entry in reversed(list(REGISTRY))}
    for method in methods:
        REGISTRY.add(_renamed(by_function[method], module, method.__name__.rstrip("_")))


def describe(function: Callable[..., Any], roles: Role, mode: Mode, deprecated: bool = False) -> Command:
    """Read a method's description off its module, name, annotations and docstring."""
    hints = typing.get_type_hints(function)
    signature = inspect.signature(function)
    parameters = tuple(
        _parameter(parameter, hints[parameter.name]) for parameter in list(signature.parameters.values())[1:]
    )
    return Command(
        module=function.__module__.rpartition(".")[2].rstrip("_"),
        method=function.__name__.rstrip("_"),
        function=function,
        roles=roles,
        mode=mode,
        parameters=parameters,
        returns=_return_kind(hints.get("return")),
        doc=inspect.getdoc(function) or "",
        deprecated=deprecated,
    )


def _renamed(entry: Command, module: str, method: str) -> Command:
    return Command(
        module, method, entry.function, entry.roles, entry.mode, entry.parameters, entry.returns, entry.doc,
        entry.deprecated,
    )  # fmt: skip


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter:
    kind, nullable = _kind(hint)
    variadic = parameter.kind is inspect.Parameter.VAR_POSITIONAL
    return Parameter(parameter.name.rstrip("_"), kind, nullable, parameter.default, variadic)


def _kind(hint: Any) -> tuple[str, bool]:
    """Return the kind of an annotation and whether it admits None."""
    if hint is Any:
        return "mixed", True
    if typing.get_origin(hint) in (Union, types.UnionType):
        options = [_kind(option)[0] for option in typing.get_args(hint) if option is not type(None)]
        nullable = type(None) in typing.get_args(hint)
        return _merge(options), nullable
    own: str | None = getattr(hint, "KIND", None)
    return own or KINDS.get(typing.get_origin(hint) or hint, "mixed"), False


def _merge(kinds: list[str]) -> str:
    if len(set(kinds)) == 1:
        return kinds[0]
    return "array" if set(kinds) <= {"list", "map", "array"} else "mixed"


def _return_kind(hint: Any) -> str:
    kind, nullable = _kind(hint)
    return f"?{kind}" if nullable and kind != "mixed" else kind
