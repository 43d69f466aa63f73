"""How calls go out: `UtilAPI` for Python, ``cpcmd`` and the domain commands for a shell.

`connection` reaches a panel. On it stand `util_api`, which uses zeep, and `shell`, which does not; they do not know each
other. All of them raise the classes of `errors`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apnscp.client.util_api.api import UtilAPI

__all__ = ["UtilAPI"]


def __getattr__(name: str) -> object:
    """Import zeep only for those who use `UtilAPI`: the command lines must answer at once."""
    if name != "UtilAPI":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from apnscp.client.util_api.api import UtilAPI

    return UtilAPI
