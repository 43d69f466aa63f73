"""How files of surrogates are imported: each folder anew, as a package of its own, whatever else this process has loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import count
from pathlib import Path
from types import CodeType, ModuleType

_FOLDERS: dict[str, Path] = {}
"""Packages that stand for folders of surrogates."""
_NUMBERS = count(1)


class _Source(SourceFileLoader):
    """Reads the source each time, and leaves nothing compiled in the operator's folder."""

    def get_code(self, fullname: str) -> CodeType:
        return self.source_to_code(self.get_data(self.path), self.path)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:  # fmt: skip
        package, _, stem = fullname.rpartition(".")
        file = _FOLDERS[package] / f"{stem}.py" if package in _FOLDERS else None
        if file is None or not file.is_file():
            return None
        return spec_from_file_location(fullname, file, loader=_Source(fullname, str(file)))


_FINDER = _Finder()


def open_package(folder: Path) -> str:
    """Return the name of a new package that stands for a folder."""
    if _FINDER not in sys.meta_path:
        sys.meta_path.append(_FINDER)
    name = f"apnscp_surrogates_{next(_NUMBERS)}"
    package = ModuleType(name, f"The surrogates in {folder}.")
    package.__path__ = []
    _FOLDERS[name] = folder
    sys.modules[name] = package
    return name


def forget(name: str) -> None:
    """Let go of a package and of what was imported from it."""
    _FOLDERS.pop(name, None)
    for module in [each for each in sys.modules if each == name or each.startswith(f"{name}.")]:
        del sys.modules[module]
