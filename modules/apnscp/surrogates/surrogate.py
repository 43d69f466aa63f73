"""`Surrogate`, the base class: what `super()` and `self` offer to a method that an operator wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from apnscp import modules
from apnscp.core.context import Context
from apnscp.core.registry import REGISTRY, Command
from apnscp.surrogates import calls
from apnscp.surrogates.administrator import Administrator

TOOLS = frozenset({"call", "as_administrator", "ctx"})
"""Names on `self` that are no methods of a module."""


class _OverItsModule(type):
    """Puts the module of the same name as the file beneath a surrogate, where `super()` finds its methods."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> _OverItsModule:  # fmt: skip
        module = namespace["__module__"].rpartition(".")[2]
        if any(isinstance(base, cls) for base in bases) and not module.startswith("_"):
            parent = module_class(module)
            if not any(isinstance(base, type) and issubclass(base, parent) for base in bases):
                bases = (*(base for base in bases if base is not Surrogate), parent)
        return super().__new__(cls, name, bases, namespace, **options)


if TYPE_CHECKING:  # only at run time is it known which methods super() has
    _Beneath = Any
else:
    _Beneath = object


class Surrogate(_Beneath, metaclass=_OverItsModule):  # type: ignore[misc]
    """A module in Python: it extends the module of its file's name, or makes a new one (docs/surrogates.md).

    ctx: the call in progress: its caller, clock, settings and messages
    """

    ctx: Context
    _entry: Command
    _is_own: bool

    def __init__(self, ctx: Context) -> None:
        """Serve one call."""
        self.ctx = ctx

    def call(self, method: str, *arguments: Any, **named: Any) -> Any:
        """Call any method as the same caller, in the same transaction, and return its answer.

        method: in either spelling; arguments by place or by name
        Raises what the method raises, UnknownMethod for an unknown one, Refused for one that the caller may not call.
        """
        command = self.ctx.panel.registry.find(method)
        calls.require_allowed(self.ctx, command, self._entry.cli_name)
        return calls.run(self.ctx, command, arguments, named, self._entry)

    @contextmanager
    def as_administrator(self) -> Iterator[Administrator]:
        """Act as the administrator of the panel for the length of a `with` block, in the same transaction.

        Raises RuntimeError in a call of a method that does not name its roles itself.
        """
        if not self._is_own:
            raise RuntimeError(
                f"{self._entry.cli_name} acts as the administrator and must name its roles with @command"
            )
        administrator = Administrator(self.ctx, self._entry)
        try:
            yield administrator
        finally:
            administrator.end()
            self.ctx.own_site = None


def entered(surrogate: type[Surrogate], name: str, command: Command, *, is_own: bool) -> Callable[..., Any]:
    """Return the function of a command that a method of a surrogate carries out.

    name: of the method in Python; is_own: whether it names its roles itself
    """

    def function(ctx: Context, *values: Any) -> Any:
        one = surrogate(ctx)
        one._entry, one._is_own = command, is_own
        return getattr(one, name)(*values)

    return function


def attribute(method: str) -> str:
    """Return the name of a method in Python, where some words are taken: ``import_``."""
    return f"{method}_" if iskeyword(method) else method


@cache
def module_class(module: str) -> type[Surrogate]:
    """Return the class that stands for a module of the panel; `Surrogate` itself for one that the panel does not have."""
    modules.load_all()
    methods = {attribute(command.method): _beneath(command) for command in REGISTRY if command.module == module}
    if not methods:
        return Surrogate
    namespace = {"__module__": "apnscp.surrogates._modules", "__doc__": f"The module {module} of the panel.", **methods}
    return _OverItsModule(f"{module.title()}Module", (Surrogate,), namespace)  # type: ignore[return-value]


def _beneath(command: Command) -> Callable[..., Any]:
    def method(self: Surrogate, *arguments: Any, **named: Any) -> Any:
        return calls.run(self.ctx, command, arguments, named, self._entry)

    return method
