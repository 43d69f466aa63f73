"""The API itself: one file per ApisCP module, one function per method, found by import.

What ApisCP has beyond these functions stands in two tables: ``data/methods.tsv`` names every method that can be called, in the
notation of `core.listed`, and ``data/modules.tsv`` says what each module is about. A function wins over its row.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from apnscp.core.data_files import rows_of
from apnscp.core.listed import listed
from apnscp.core.registry import REGISTRY, Command


@cache
def load_all() -> None:
    """Import every module file, which registers its methods, and list the methods that have no function; once in a process."""
    for entry in iter_modules(__path__):
        import_module(f"{__name__}.{entry.name}")
    REGISTRY.know(catalogue())


@cache
def catalogue() -> tuple[Command, ...]:
    """Return every method of ApisCP's that can be called from outside, as the tables have it."""
    about = subjects()
    return tuple(listed(row, about[row["module"]]) for row in rows_of(__name__, "methods.tsv"))


@cache
def subjects() -> dict[str, str]:
    """Return what each module of ApisCP is about, by its name."""
    return {row["module"]: row["about"] for row in rows_of(__name__, "modules.tsv")}
