"""What a worker knows of the panel between two changes of its settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from apnscp.core.clock import Clock
from apnscp.core.panel_settings import PanelSettings


class Restrictions(Protocol):
    """What keeps users out although their password or key is right."""

    def denies(self, user_id: int, service: str = "cp") -> bool:
        """Tell whether a service is denied to a user."""

    def admits(self, user_id: int, address: str, gate: str) -> bool:
        """Tell whether a user may come from an address through a gate."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The panel at one generation, read together and never changed.

    A call takes one when its caller is identified and keeps it to its end, so that no two parts of a call disagree about
    a setting; another generation is another snapshot.

    next_temporary_end: Unix time at which the next temporary password ends, None while there is none
    """

    generation: int
    settings: PanelSettings
    clock: Clock
    restrictions: Restrictions
    next_temporary_end: int | None = None
