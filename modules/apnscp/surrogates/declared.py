"""`@command` as surrogates use it: it marks a method of a class with its roles and its mode, and registers nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args

from apnscp.core.roles import Role

Mode = Literal["read", "write"]
F = TypeVar("F", bound=Callable[..., Any])
_MARK = "__apnscp_command__"


@dataclass(frozen=True)
class Declared:
    """What a method says of itself; None is what it leaves to the method that it overrides."""

    roles: Role | None = None
    mode: Mode | None = None
    deprecated: bool | None = None


def command(
    roles: Role | None = None, mode: Mode | None = None, *, deprecated: bool | None = None
) -> Callable[[F], F]:  # fmt: skip
    """Say who may call a method of a surrogate, and how it runs.

    roles: such as ``Role.SITE`` or ``Role.ADMIN | Role.SITE``; a method that overrides another has that one's when left out
    mode: `write` for one writing transaction, else `read`; that of the overridden method when left out
    deprecated: each call reports a deprecation
    Raises TypeError for roles or a mode that cannot be.
    """
    if callable(roles):
        raise TypeError("write @command(Role.SITE), with its roles in parentheses")
    if roles is not None and (not isinstance(roles, Role) or not roles & Role.ALL or roles & ~Role.ALL):
        raise TypeError("roles are Role.ADMIN, Role.SITE and Role.USER, with | between them, or Role.ALL")
    if mode is not None and mode not in get_args(Mode):
        raise TypeError(f'mode is "read" or "write", not {mode!r}')

    def mark(function: F) -> F:
        setattr(function, _MARK, Declared(roles, mode, deprecated))
        return function

    return mark


def declared(function: Callable[..., Any]) -> Declared:
    """Return what a method says of itself."""
    found: Declared = getattr(function, _MARK, Declared())
    return found
