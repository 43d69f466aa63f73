"""A folder of surrogates as a registry over that of every panel."""

from __future__ import annotations

import ast
import re
import traceback
import weakref
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from apnscp import modules
from apnscp.core.registry import REGISTRY, Registry
from apnscp.surrogates import described, imported, source
from apnscp.surrogates.errors import SurrogateError
from apnscp.surrogates.surrogate import Surrogate

_NAME = re.compile(r"[a-z][a-z0-9]*\Z")


def load(folder: Path) -> Registry:
    """Read the surrogates in a folder and return the methods of a panel that has them.

    The registry of every panel stays as it is, and what another folder brought. Files whose names begin with an underscore
    are no modules: the others may import them, as in ``from ._prices import PRICES``.
    Raises SurrogateError, one line, for a folder or file that cannot be used.
    """
    modules.load_all()
    files = _files(folder)
    registry = Registry(REGISTRY)
    package = imported.open_package(folder)
    try:
        loaded = [(path, *_surrogate(folder, package, path)) for path in files]
        for path, _, surrogate in loaded:
            for command in described.commands(path.stem, surrogate):
                registry.put(command)
        for path, tree, surrogate in loaded:
            source.check(path, tree, surrogate, registry)
    except BaseException:
        imported.forget(package)
        raise
    weakref.finalize(registry, imported.forget, package)
    return registry


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise SurrogateError(folder, 0, "is not a folder; name one that holds surrogates, such as billing.py")
    files = sorted(path for path in folder.glob("*.py") if not path.name.startswith(("_", ".")))
    if not files:
        raise SurrogateError(
            folder, 0, "holds no surrogates; put a file there that is named after its module, such as billing.py"
        )
    for path in files:
        if not _NAME.match(path.stem):
            raise SurrogateError(
                path, 0, "a module's name has lower-case letters and digits; name the file so, or begin it with _"
            )
    return files


def _surrogate(folder: Path, package: str, path: Path) -> tuple[ast.Module, type[Surrogate]]:
    try:
        tree = ast.parse(path.read_bytes(), str(path))
        loaded = import_module(f"{package}.{path.stem}")
    except SyntaxError as error:
        raise SurrogateError(error.filename or path, error.lineno or 0, f"{error.msg}") from error
    except (Exception, SystemExit) as error:
        place, line = _place(folder, path, error)
        raise SurrogateError(place, line, _said(error)) from error
    return tree, _only_class(path, tree, list(_surrogates(vars(loaded), loaded.__name__)))


def _surrogates(names: dict[str, object], module: str) -> Iterator[type[Surrogate]]:
    for value in names.values():
        if isinstance(value, type) and issubclass(value, Surrogate) and value.__module__ == module:
            yield value


def _only_class(path: Path, tree: ast.Module, found: list[type[Surrogate]]) -> type[Surrogate]:
    outermost = [one for one in found if not any(other is not one and issubclass(other, one) for other in found)]
    if not outermost:
        wrong = source.first_class(tree)
        name = wrong or path.stem.title()
        text = f"{name} does not inherit Surrogate" if wrong else "there is no class"
        raise SurrogateError(path, source.class_line(tree), f"{text}; write `class {name}(Surrogate):'")
    if len(outermost) > 1:
        second = sorted(source.class_line(tree, one.__name__) for one in outermost)[1]
        raise SurrogateError(path, second, "a file holds one surrogate, and this is a second; a file for each module")
    return outermost[0]


def _place(folder: Path, path: Path, error: BaseException) -> tuple[Path, int]:
    """Return where in the folder an error came from."""
    inside = [each for each in traceback.extract_tb(error.__traceback__) if Path(each.filename).parent == folder]
    return (Path(inside[-1].filename), inside[-1].lineno or 0) if inside else (path, 0)


def _said(error: BaseException) -> str:
    text = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
