"""What the source of a surrogate shows before anything is called: names that do not exist, in calls that would fail later."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from apnscp.core.errors import UnknownMethod
from apnscp.core.registry import Registry
from apnscp.surrogates.declared import declared
from apnscp.surrogates.errors import SurrogateError
from apnscp.surrogates.surrogate import Surrogate


def class_line(tree: ast.Module, name: str | None = None) -> int:
    """Return the line of a class, by default of the first; 1 where there is none."""
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and name in (None, node.name)]
    return min(lines, default=1)


def first_class(tree: ast.Module) -> str | None:
    """Return the name of the first class, None where there is none."""
    return next((node.name for node in tree.body if isinstance(node, ast.ClassDef)), None)


def check(path: Path, tree: ast.Module, surrogate: type[Surrogate], registry: Registry) -> None:
    """Raise SurrogateError for what can be told from the source of a surrogate.

    registry: all methods of the panel, those of the surrogates included
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == surrogate.__name__:
            _check_doubles(path, node)
            for function in _functions(node):
                _check_super(path, function, surrogate)
                _check_calls(path, function, registry)
                _check_administrator(path, function, surrogate)


def _functions(node: ast.ClassDef) -> list[ast.FunctionDef]:
    return [each for each in node.body if isinstance(each, ast.FunctionDef)]


def _check_doubles(path: Path, node: ast.ClassDef) -> None:
    seen: dict[str, int] = {}
    for function in _functions(node):
        first = seen.setdefault(function.name, function.lineno)
        if first != function.lineno and not function.decorator_list:
            raise SurrogateError(
                path, function.lineno, f"{function.name} stands in line {first} already; keep one of them"
            )


def _check_super(path: Path, function: ast.FunctionDef, surrogate: type[Surrogate]) -> None:
    beneath = [name for owner in surrogate.__mro__[1:] for name in vars(owner)]
    for node in ast.walk(function):
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Call):
            continue
        called = node.value.func
        if isinstance(called, ast.Name) and called.id == "super" and node.attr not in beneath:
            public = [name for name in beneath if not name.startswith("_")]
            hint = _similar(node.attr, public, "docs/coverage.md lists the methods of each module")
            module = surrogate.__module__.rpartition(".")[2]
            raise SurrogateError(
                path, node.lineno, f"the module {module} has no method {node.attr} beneath this one; {hint}"
            )


def _check_calls(path: Path, function: ast.FunctionDef, registry: Registry) -> None:
    for node, name in _named_calls(function):
        try:
            registry.find(name)
        except UnknownMethod:
            hint = _similar(name, [command.cli_name for command in registry], "`cpcmd -l' lists the methods")
            raise SurrogateError(path, node.lineno, f"unknown method `{name}'; {hint}") from None


def _named_calls(function: ast.FunctionDef) -> Iterator[tuple[ast.Call, str]]:
    """Go through ``self.call("module:method")``, and the same on the name of a block that acts as the administrator."""
    callers = {"self", *_administrators(function)}
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "call"
            and node.args
        ):
            owner, first = node.func.value, node.args[0]
            if isinstance(owner, ast.Name) and owner.id in callers and isinstance(first, ast.Constant):
                yield node, str(first.value)


def _administrators(function: ast.FunctionDef) -> list[str]:
    return [
        item.optional_vars.id
        for node in ast.walk(function)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.optional_vars, ast.Name) and _acts(item.context_expr)
    ]


def _acts(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "as_administrator"


def _check_administrator(path: Path, function: ast.FunctionDef, surrogate: type[Surrogate]) -> None:
    if function.name.startswith("_") or declared(vars(surrogate)[function.name]).roles is not None:
        return
    for node in ast.walk(function):
        if _acts(node):
            text = f"{function.name} acts as the administrator, so name who may call it with @command(Role.SITE)"
            raise SurrogateError(path, function.lineno, text)


def _similar(name: str, known: list[str], otherwise: str) -> str:
    near = get_close_matches(name, known, 1, 0.6)
    return f"did you mean {near[0]}?" if near else otherwise
