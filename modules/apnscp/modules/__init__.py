"""The API itself: one file per ApisCP module, one function per method, found by import."""

from importlib import import_module
from pkgutil import iter_modules


def load_all() -> None:
    """Import every module file, which registers its methods."""
    for entry in iter_modules(__path__):
        import_module(f"{__name__}.{entry.name}")
