"""The versions that the panel says it has: one table for all that answer one (docs/panel.md, sections 14 and 15)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from apnscp.opcenter.services import booleans


class Version(NamedTuple):
    """A version in three numbers."""

    major: int
    minor: int
    patch: int

    @property
    def packed(self) -> int:
        """Return major * 10000 + minor * 100 + patch: 101118 is 10.11.18."""
        return self.major * 10000 + self.minor * 100 + self.patch

    def __str__(self) -> str:
        """Return the numbers with dots."""
        return ".".join(map(str, self))


VERSIONS = {
    "panel": Version(3, 2, 48),
    "mysql": Version(10, 11, 18),
    "pgsql": Version(15, 18, 0),
    "php": Version(8, 2, 30),
}
PLATFORM = "9.0"
"""Generation of the platform that the panel runs on, as misc:platform-version answers it."""


def panel_fields(*, debug: bool) -> dict[str, Any]:
    """Return what misc:cp-version answers.

    debug: whether the panel runs in debug mode
    """
    version = VERSIONS["panel"]
    return {
        "version": str(version),
        "ver_maj": version.major,
        "ver_min": version.minor,
        "ver_patch": version.patch,
        "ver_pre": "",
        "dirty": False,
        "debug": debug,
    }


def debugging(settings: Mapping[str, Any]) -> bool:
    """Tell whether [core] debug is on; its published default names a variable of the environment and counts as off."""
    return booleans.WORDS.get(str(settings["core.debug"]).lower(), False)
