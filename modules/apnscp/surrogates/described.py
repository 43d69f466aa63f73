"""From a class to commands: what its methods say themselves, and what they inherit from those that they override."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from apnscp.core.data_files import rows_of
from apnscp.core.php_types import shape_of, type_of
from apnscp.core.registry import NO_DEFAULT, REGISTRY, Command, Parameter, canonical
from apnscp.core.roles import Role
from apnscp.surrogates.declared import declared
from apnscp.surrogates.errors import SurrogateError
from apnscp.surrogates.surrogate import TOOLS, Surrogate, attribute, entered, module_class

_DEFAULTS = (str, int, float, bool, type(None), list, dict)
_BACK_END_ONLY = frozenset(
    canonical(f"{row['module']}_{row['method']}") for row in rows_of(__package__, "back_end_only.tsv")
)
"""Methods that ApisCP keeps for its back end and that no caller may have (docs/panel.md, section 3)."""


class Method(NamedTuple):
    """A public method of a surrogate: its name in Python, and its function."""

    name: str
    function: Callable[..., Any]

    def wrong(self, text: str) -> SurrogateError:
        """Return the error that names this method's place."""
        code = inspect.unwrap(self.function).__code__
        return SurrogateError(code.co_filename, code.co_firstlineno, text)


def commands(module: str, surrogate: type[Surrogate]) -> Iterator[Command]:
    """Go through the methods that a surrogate gives its module, further names of them included.

    Raises SurrogateError for a method that cannot be one.
    """
    known = {attribute(command.method): command for command in REGISTRY if command.module == module}
    found = _methods(surrogate, module)
    for method in found.values():
        parent = known.get(method.name)
        made = _command(surrogate, module, method, parent)
        yield made
        yield from (replace(made, method=other) for other in _aliases(parent, known.values()) if other not in found)


def _methods(surrogate: type[Surrogate], module: str) -> dict[str, Method]:
    """Return the public methods by their names on the wire, those of classes that it inherits included."""
    found: dict[str, Method] = {}
    beneath = set(module_class(module).__mro__)
    for owner in surrogate.__mro__:
        for name, value in vars(owner).items() if owner not in beneath else ():
            if name.startswith("_"):
                continue
            if isinstance(value, staticmethod | classmethod):
                raise Method(name, value.__func__).wrong(f"{name} must be a plain method, which takes self")
            if inspect.isfunction(value):
                _keep(found, Method(name, value), module)
    return found


def _keep(found: dict[str, Method], method: Method, module: str) -> None:
    wire = method.name.rstrip("_")
    label = f"{module}:{wire.replace('_', '-')}"
    if method.name in TOOLS:
        raise method.wrong(f"`{method.name}' is a tool of every surrogate; name the method otherwise")
    if method.name != method.name.lower():
        raise method.wrong(f"`{method.name}' must be written in lower case, since callers may write any")
    if canonical(f"{module}_{wire}") in _BACK_END_ONLY:
        raise method.wrong(
            f"{label} is for the back end of ApisCP alone, and nobody may call it; name the method otherwise"
        )
    if inspect.iscoroutinefunction(inspect.unwrap(method.function)):
        raise method.wrong(f"{method.name} must be a plain method; calls run in threads, where nothing is awaited")
    taken = found.setdefault(wire, method)
    if taken.name != method.name:
        raise method.wrong(f"`{method.name}' and `{taken.name}' are both {label}; keep one of them")


def _command(surrogate: type[Surrogate], module: str, method: Method, parent: Command | None) -> Command:
    said = declared(method.function)
    mode = said.mode or (parent.mode if parent else "read")
    hints = _hints(method)
    made = Command(
        module=module,
        method=method.name.rstrip("_"),
        function=method.function,
        roles=_roles(method, said.roles, parent),
        # a method that reads may ask a billing system, for which the event loop must not wait
        mode="write" if mode == "write" else "long",
        parameters=_parameters(method, hints, parent),
        returns=type_of(hints["return"]) if "return" in hints else parent.returns if parent else type_of(Any),
        doc=_documentation(method.function, parent),
        deprecated=parent.deprecated if said.deprecated is None and parent else bool(said.deprecated),
        shape=shape_of(hints["return"]) if "return" in hints else parent.shape if parent else Any,
    )
    return replace(made, function=entered(surrogate, method.name, made, is_own=said.roles is not None))


def _documentation(function: Callable[..., Any], parent: Command | None) -> str:
    return inspect.getdoc(function) or (parent.doc if parent and parent.emulated else "")


def _roles(method: Method, roles: Role | None, parent: Command | None) -> Role:
    if roles is not None:
        return roles
    if parent is None:
        raise method.wrong(
            f"{method.name} is new and says not who may call it: write @command(Role.SITE) above it, or begin its name with _"
        )
    return parent.roles


def _hints(method: Method) -> Mapping[str, Any]:
    try:
        return typing.get_type_hints(inspect.unwrap(method.function), include_extras=True)
    except Exception as error:  # annotations are the operator's own code, which may raise anything
        raise method.wrong(f"a type of {method.name} cannot be read: {error}") from error


def _parameters(method: Method, hints: Mapping[str, Any], parent: Command | None) -> tuple[Parameter, ...]:
    given = list(inspect.signature(method.function).parameters.values())
    if not given or given[0].kind not in (given[0].POSITIONAL_ONLY, given[0].POSITIONAL_OR_KEYWORD):
        raise method.wrong(f"{method.name} takes no self")
    own = given[1:]
    if parent and own and own[0].kind is own[0].VAR_POSITIONAL and own[0].name not in hints:
        return parent.parameters
    inherited = {parameter.name: parameter for parameter in parent.parameters} if parent else {}
    made = tuple(_parameter(method, each, hints, inherited) for each in own)
    _require_order(method, made)
    if parent:
        _require_fit(method, made, parent)
    return made


def _parameter(
    method: Method, given: inspect.Parameter, hints: Mapping[str, Any], inherited: Mapping[str, Parameter]
) -> Parameter:
    if given.kind in (given.KEYWORD_ONLY, given.VAR_KEYWORD):
        raise method.wrong(
            f"{method.name}: `{given.name}' has no place; callers give arguments in order, so write it without *"
        )
    name = given.name.rstrip("_")
    former = inherited.get(name)
    if given.name not in hints and former is None:
        raise method.wrong(f"{method.name}: `{given.name}' has no type; write `{given.name}: str', or what it is")
    default = given.default
    if default is NO_DEFAULT:
        default = former.default if former else NO_DEFAULT
    elif not isinstance(default, _DEFAULTS):
        raise method.wrong(
            f"{method.name}: `{given.name}' has a default that PHP has not; write None, and make it in the method"
        )
    kind = type_of(hints[given.name]) if given.name in hints else typing.cast(Parameter, former).type
    return Parameter(name, kind, default, variadic=given.kind is given.VAR_POSITIONAL)


def _require_order(method: Method, made: tuple[Parameter, ...]) -> None:
    """Raise SurrogateError for a required parameter behind an optional one, which an inherited default can bring about."""
    optional = ""
    for parameter in made:
        if not parameter.required:
            optional = optional or parameter.name
        elif optional:
            raise method.wrong(
                f"{method.name}: `{parameter.name}' needs a default, since `{optional}' before it has one"
            )


def _require_fit(method: Method, made: tuple[Parameter, ...], parent: Command) -> None:
    """Raise SurrogateError unless every call of the overridden method is one of this as well."""
    if any(parameter.variadic for parameter in made):
        return
    if len(made) < len(parent.parameters):
        wanted = ", ".join(["self", *(parameter.name for parameter in parent.parameters)])
        raise method.wrong(f"{method.name} takes fewer arguments than {parent.cli_name}; write {method.name}({wanted})")
    for surplus in made[len(parent.parameters) :]:
        if surplus.required:
            raise method.wrong(
                f"{method.name}: `{surplus.name}' needs a default, since {parent.cli_name} is called without it"
            )


def _aliases(parent: Command | None, known: typing.Iterable[Command]) -> list[str]:
    """Return the further names of an overridden method in its module."""
    if parent is None or not parent.emulated:
        return []
    return [other.method for other in known if other.function is parent.function and other is not parent]
