"""The registry of methods: what `@command` makes of a function, and what is known of the methods that have none.

A module file is named after its ApisCP module and holds one function per method; importing the file registers them.
Types come only from the annotations (docs/wire.md, "WSDL"). A method without a function is listed: described like any
other, and refused when it is called (`core.listed`).
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from apnscp.core.errors import UnknownMethod
from apnscp.core.php_types import Type, shape_of, type_of
from apnscp.core.roles import Role

Mode = Literal["read", "write", "long"]
F = TypeVar("F", bound=Callable[..., Any])

NO_DEFAULT = inspect.Parameter.empty


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method.

    type: where it is nullable, an explicit nil is None and not the default
    variadic: takes all further positional arguments
    """

    name: str
    type: Type
    default: Any = NO_DEFAULT
    variadic: bool = False

    @property
    def required(self) -> bool:
        """Tell whether a call without this parameter is a fault."""
        return self.default is NO_DEFAULT and not self.variadic

    def php(self) -> str:
        """Return type and name as PHP's reflection prints them."""
        dots = "..." if self.variadic else ""
        return f"{self.type.php} {dots}${self.name}".strip()


@dataclass(frozen=True, slots=True)
class Command:
    """One method of the API.

    emulated: False for one that is listed only; `function` is never called then
    shape: what the annotation of the answer says in full, such as ``dict[int, str]``, for type checkers
    prepare: work to be done before a writing transaction begins, called with the same arguments in one that reads; what
        it returns is `Context.prepared` then
    """

    module: str
    method: str
    function: Callable[..., Any]
    roles: Role
    mode: Mode
    parameters: tuple[Parameter, ...]
    returns: Type
    doc: str
    deprecated: bool = False
    prepare: Callable[..., Any] | None = None
    shape: Any = Any
    emulated: bool = True

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

        A method with SERVER_EXEC is only for the back end; one with EXTAUTH requires that bit of the caller as well
        (docs/panel.md, section 3).
        """
        if self.roles & Role.SERVER_EXEC or not self.roles & role & Role.ALL:
            return False
        return bool(role & Role.EXTAUTH) if self.roles & Role.EXTAUTH else True


class Registry:
    """All known methods, emulated or listed; `find` accepts either spelling in any case."""

    def __init__(self, beneath: Registry | None = None) -> None:
        """Start with the methods of `beneath`, which is never changed by what is put here; empty without one."""
        self._commands: dict[str, Command] = {} if beneath is None else dict(beneath._commands)

    def add(self, command: Command) -> None:
        """Add a method, in place of a listed one of its name.

        Raises ValueError when there is an emulated one of this name already.
        """
        key = canonical(command.name)
        if key in self._commands and self._commands[key].emulated:
            raise ValueError(f"{command.name} is registered twice")
        self._commands[key] = command

    def put(self, command: Command) -> None:
        """Add a method, in place of any other of its name: for a registry that lies over another."""
        self._commands[canonical(command.name)] = command

    def know(self, listed: Iterable[Command]) -> None:
        """Add listed methods, but for those that are known already."""
        for command in listed:
            self._commands.setdefault(canonical(command.name), command)

    def emulated(self) -> list[Command]:
        """Return the methods that do something, sorted by name."""
        return [command for command in self if command.emulated]

    def find(self, name: str) -> Command:
        """Return the method called `name`: ``admin_add_site``, ``admin:add-site`` or a mixture, in any case.

        Raises UnknownMethod when there is none.
        """
        found = self._commands.get(name) or self._commands.get(canonical(name))
        if found is None:
            raise UnknownMethod(name)
        return found

    def __iter__(self) -> Iterator[Command]:
        """Iterate over all methods, sorted by name."""
        return iter(sorted(self._commands.values(), key=lambda command: command.name))

    def __len__(self) -> int:
        """Return how many methods there are."""
        return len(self._commands)


REGISTRY = Registry()
"""The methods of every panel. One with methods of its own has a registry over this one (`core.context.Panel`)."""


def canonical(name: str) -> str:
    """Return `name` as it is written on the wire: lower case, underscores, no colon."""
    return name.strip().lower().replace(":", "_").replace("-", "_")


def command(
    roles: Role, mode: Mode = "read", *, prepare: Callable[..., Any] | None = None, deprecated: bool = False,
    alias: tuple[str, ...] = (),
) -> Callable[[F], F]:  # fmt: skip
    """Make a function of a module file a method of the API.

    roles: who may call it
    mode: `read` runs in the event loop, `write` in one writing transaction, `long` in the thread pool over many sites
    prepare: for `write`: slow work that must not hold the write lock, called before with the same arguments; whatever it
        found may have changed when the write begins
    deprecated: each call reports a deprecation
    alias: further names of the same module (``misc:i`` for ``misc:info``)
    """

    def register(function: F) -> F:
        described = replace(describe(function, roles, mode, deprecated), prepare=prepare)
        REGISTRY.add(described)
        for other in alias:
            REGISTRY.add(replace(described, method=other))
        return function

    return register


def also(module: str, *methods: Callable[..., Any]) -> None:
    """Register methods under a second module as well (``config:get`` for ``scope:get``)."""
    by_function = {entry.function: entry for entry in reversed(REGISTRY.emulated())}
    for method in methods:
        REGISTRY.add(replace(by_function[method], module=module, method=method.__name__.rstrip("_")))


def describe(function: Callable[..., Any], roles: Role, mode: Mode, deprecated: bool = False) -> Command:
    """Return the description of a method, taken from its module, name, annotations and docstring."""
    hints = typing.get_type_hints(function, include_extras=True)
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
        returns=type_of(hints.get("return", Any)),
        doc=inspect.getdoc(function) or "",
        deprecated=deprecated,
        shape=shape_of(hints.get("return", Any)),
    )


def _parameter(parameter: inspect.Parameter, hint: Any) -> Parameter:
    variadic = parameter.kind is inspect.Parameter.VAR_POSITIONAL
    return Parameter(parameter.name.rstrip("_"), type_of(hint), parameter.default, variadic)
