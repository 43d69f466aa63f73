"""Reading a snapshot: all that a worker keeps of the panel until the next generation."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Panel
from apnscp.core.snapshot import Snapshot
from apnscp.opcenter.access import restrictions, temporary_passwords
from apnscp.opcenter.settings import config, panel_clock
from apnscp.opcenter.store.facts import fact

TRIES = 5
"""How often a snapshot is read anew when settings change meanwhile."""


def current(panel: Panel, db: Connection, generation: int | None = None) -> Snapshot:
    """Return the panel as `db` sees it, from memory while its generation has not changed.

    generation: what the store says, where the caller has just read it
    """
    seen = generation_of(db) if generation is None else generation
    kept = panel.snapshot
    if kept is not None and kept.generation == seen:
        return kept
    panel.snapshot = fresh = load(db)
    return fresh


def load(db: Connection) -> Snapshot:
    """Read a snapshot from the store; all of it belongs to one generation."""
    for _ in range(TRIES):
        generation = generation_of(db)
        found = Snapshot(
            generation=generation,
            settings=config.load(db),
            clock=panel_clock.load(db),
            restrictions=restrictions.load(db),
            next_temporary_end=temporary_passwords.earliest_end(db),
        )
        if generation_of(db) == generation:
            break
    return found


def generation_of(db: Connection) -> int:
    """Return the generation of the store, 0 for a store that is still empty."""
    return int(fact(db, "generation", "0"))
