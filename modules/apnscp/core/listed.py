"""Methods that are known and not emulated: what a row of the table of methods says.

A row names module, method, parameters, what is returned, roles, origin (``2019`` for the vendor's last public code, ``newer``
for what documentation and clients show since) and whether the method is deprecated. Parameters are written as PHP does,
with values of JSON: ``string $hostname, ?string $path = null, array $opts = [], ...$args``. A type behind ``@`` is what the
vendor's comments say where the code declares none: any value is taken there, as by PHP.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from apnscp.core.errors import NotEmulated
from apnscp.core.php_types import Kind, Type
from apnscp.core.registry import NO_DEFAULT, Command, Parameter
from apnscp.core.roles import Role

_PARAMETER = re.compile(
    r"""(?P<type>@?\??[a-z]+\ )?(?P<dots>\.\.\.)?\$(?P<name>\w+)(?:\ =\ (?P<default>"(?:[^"\\]|\\.)*"|[^,]+))?(?:,\ |\Z)""",
    re.VERBOSE,
)
_KINDS = {
    "string": Kind.STR, "int": Kind.INT, "float": Kind.FLOAT, "bool": Kind.BOOL, "array": Kind.ARRAY, "mixed": Kind.MIXED,
}  # fmt: skip
ANYTHING = Type(Kind.MIXED, nullable=True)


def listed(row: Mapping[str, str], about: str) -> Command:
    """Return the method that a row describes.

    about: what its module is for, which stands in for documentation
    Raises ValueError for a row that is not in the notation.
    """
    return Command(
        module=row["module"],
        method=row["method"],
        function=_refuse,
        roles=roles_of(row["roles"]),
        # nobody can say whether it would change anything, so that a key that may only read does not reach it
        mode="write",
        parameters=tuple(parameters_of(row["parameters"])),
        returns=type_named(row["returns"]),
        doc=f"{about}. Not emulated.",
        deprecated=row["deprecated"] == "yes",
        emulated=False,
    )


def _refuse(*_: Any) -> None:
    raise NotEmulated("This method")


def parameters_of(text: str) -> Iterator[Parameter]:
    """Go through the parameters of a row.

    Raises ValueError for a text that is not in the notation.
    """
    place = 0
    while place < len(text):
        found = _PARAMETER.match(text, place)
        if found is None:
            raise ValueError(f"No parameter can be read at `{text[place:]}'")
        default = NO_DEFAULT if found["default"] is None else json.loads(found["default"])
        kind = type_named((found["type"] or "").strip())
        yield Parameter(found["name"], kind, default, variadic=found["dots"] is not None)
        place = found.end()


def type_named(name: str) -> Type:
    """Return the type that a row names; an empty name, and one behind ``@``, is any value.

    Raises ValueError for an unknown name.
    """
    if not name or name.startswith("@"):
        return ANYTHING
    kind = _KINDS.get(name.removeprefix("?"))
    if kind is None:
        raise ValueError(f"Unknown type `{name}'; there are {', '.join(_KINDS)}")
    return ANYTHING if kind is Kind.MIXED else Type(kind, nullable=name.startswith("?"))


def roles_of(text: str) -> Role:
    """Return the roles that a row names, such as ``admin,site``.

    Raises ValueError for an unknown one.
    """
    found = Role.NONE
    for name in text.split(","):
        if name not in ("admin", "site", "user"):
            raise ValueError(f"Unknown role `{name}'; there are admin, site and user")
        found |= Role[name.upper()]
    return found
