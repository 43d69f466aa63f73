"""Plans: named sets of values that accounts start from (docs/panel.md, section 7).

A plan inherits: what it leaves out comes from the default plan, what that leaves out from ``.skeleton``, and what a
``.skeleton`` of an earlier program leaves out from the table of services.
"""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Iterable, Sequence
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.plans import files
from apnscp.opcenter.services import rules
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values, copy_of, defaults, normalise_all

PACKAGE = Path(__file__).with_name("data")
SKELETON = ".skeleton"
BASIC = "basic"

_Stamp = tuple[tuple[str, int, int], ...]


class Difference(NamedTuple):
    """A parameter in which two plans differ."""

    service: str
    parameter: str
    first: StoredValue
    second: StoredValue


class Plans:
    """The plans in a user's folder and those of the package; a user's plan hides the package's of the same name."""

    def __init__(self, folders: Sequence[Path] = (), default: str = BASIC) -> None:
        """Look for plans in `folders`, then in the package.

        folders: the first is the user's, which new plans are written to; it need not exist
        default: the setting ``[opcenter] default_plan``
        """
        self._folders = [*(Path(folder) for folder in folders), PACKAGE]
        self._cache: dict[tuple[str, str], tuple[list[_Stamp], Values]] = {}
        self.default = default

    def under(self, default: str) -> Plans:
        """Return the same plans with another default plan; what was read is shared."""
        other = copy(self)
        other.default = default
        return other

    def names(self) -> list[str]:
        """Return the names of all plans, sorted, without ``.skeleton``."""
        found = {
            path.name for folder in self._folders if folder.is_dir() for path in folder.iterdir() if _is_plan(path)
        }
        return sorted(found)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a plan of this name."""
        return isinstance(name, str) and _is_name(name) and any((folder / name).is_dir() for folder in self._folders)

    def get(self, name: str) -> Values:
        """Return every service and parameter of a plan, merged with what it inherits; Refused if it is unknown.

        The result is the caller's own copy. Files are read again when one of them has changed.
        """
        chain = [self._folder(link) for link in self._chain(name)]
        stamps = [_stamp(folder) for folder in chain]
        cached = self._cache.get((name, self.default))
        if cached is None or cached[0] != stamps:
            cached = self._cache[name, self.default] = (
                stamps,
                _merge([defaults(), *(files.read(folder) for folder in reversed(chain))]),
            )
        return copy_of(cached[1])

    def own(self, name: str) -> Values:
        """Return only what the plan's own files say."""
        return files.read(self._folder(name))

    def _chain(self, name: str) -> list[str]:
        self._folder(name)
        between = [self.default] if SKELETON != name != self.default and self.default in self else []
        return [name, *between, *([SKELETON] if name != SKELETON else [])]

    def _folder(self, name: str) -> Path:
        if name == SKELETON or _is_name(name):
            for folder in self._folders:
                if (folder / name).is_dir():
                    return folder / name
        near = difflib.get_close_matches(name[:64], self.names(), n=1)
        hint = f"did you mean `{near[0]}'? " if near else ""
        raise Refused("Unknown plan `%s'; %splans are %s", _short(name), hint, ", ".join(self.names()))

    def create(self, name: str, base: str | None = None, values: Values | None = None) -> None:
        """Make a plan in the user's folder.

        base: a plan whose own values are copied; without one the plan inherits everything
        values: values that differ, by service and parameter, in any form that `normalise` takes
        Raises Refused for a bad or taken name and for bad values; nothing is written then.
        """
        _valid(name)
        if name in self:
            raise Refused("Plan `%s' exists; edit it, or remove it first", name)
        start = self.own(base) if base is not None else {}
        taken = _merge([start, normalise_all(values or {})[0]])
        self._write(name, taken)

    def edit(self, name: str, values: Values) -> None:
        """Change values of a plan; one of the package's is copied to the user's folder first."""
        own = self.own(name)
        changed = normalise_all(values)[0]
        touched = own if self._folder(name).parent == PACKAGE else {}
        self._write(name, _merge([touched, {service: own.get(service, {}) for service in changed}, changed]))

    def remove(self, name: str) -> None:
        """Remove a plan from the user's folder; Refused for the default plan and for one of the package's."""
        folder = self._folder(name)
        if folder.parent == PACKAGE:
            raise Refused("Plan `%s' is part of the package and cannot be removed", name)
        if name == SKELETON or (name == self.default and not (PACKAGE / name).is_dir()):
            raise Refused("Plan `%s' is what others inherit from; choose another default plan first", name)
        if folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)

    def diff(self, first: str, second: str) -> list[Difference]:
        """Return the parameters in which two plans, merged with what they inherit, differ."""
        one, other = self.get(first), self.get(second)
        return [
            Difference(service, name, one[service][name], other[service][name])
            for service, parameters in one.items()
            for name in parameters
            if one[service][name] != other[service][name]
        ]

    def verify(self, name: str) -> list[str]:
        """Return a sentence for each thing wrong with a plan or what it inherits; none for a sound one."""
        found = [problem for link in self._chain(name) for problem in files.problems(self._folder(link))]
        if self.default not in self:
            found.append(f"The default plan `{self.default}' does not exist; plans are {', '.join(self.names())}")
        return found

    def _writable(self) -> Path:
        if self._folders[0] == PACKAGE:
            raise Refused("There is no folder for plans of your own")
        return self._folders[0]

    def _write(self, name: str, values: Values) -> None:
        files.write(self._writable() / name, values)


def _is_name(name: str) -> bool:
    try:
        return rules.check("plan", name) == name
    except ValueError:
        return False


def _valid(name: str) -> str:
    if not _is_name(name):
        raise Refused(
            "`%s' is not a valid name for a plan: letters, digits, `_', `.' and `-', not starting with a dot",
            _short(name),
        )
    return name


def _is_plan(path: Path) -> bool:
    return _is_name(path.name) and path.is_dir()


def _merge(layers: Iterable[Values]) -> Values:
    """Lay later layers over earlier ones; services and parameters come in the order of the table."""
    held: Values = {}
    for layer in layers:
        for service, parameters in layer.items():
            held.setdefault(service, {}).update(parameters)
    return {
        service: {name: held[service][name] for name in parameters if name in held[service]}
        for service, parameters in defaults().items()
        if service in held
    }


def _stamp(folder: Path) -> _Stamp:
    with os.scandir(folder) as entries:
        found = [(entry.name, entry.stat()) for entry in entries if not entry.name.startswith(".")]
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in found))


def _short(name: str) -> str:
    return "".join(char if char.isprintable() else "?" for char in name[:80])


def plans_of(ctx: Context) -> Plans:
    """Return the panel's plans."""
    return _library(ctx.panel.plans).under(ctx.settings.text("opcenter.default_plan"))


@lru_cache(maxsize=64)
def _library(folders: tuple[Path, ...]) -> Plans:
    """Return the plans in some folders; it notices itself when a file changes, so it may be kept for ever."""
    return Plans(folders)
