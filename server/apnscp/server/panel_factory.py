"""A panel as a process opens it: store, secret, plans, and the batch of what outlives rollbacks."""

from __future__ import annotations

from pathlib import Path

from apnscp.core.context import Panel
from apnscp.opcenter.store.engine import open_engine
from apnscp.server import endpoint, secret_file
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.settings import Settings


def store_url(settings: Settings) -> str:
    """Return the address of the store.

    It is the one given, else that of an ephemeral server which runs on the state directory, else a file there.
    """
    running = None if settings.db else endpoint.find(settings.state_dir)
    return running.db if running is not None and running.db else settings.database_url


def out_of_reach(settings: Settings) -> bool:
    """Tell whether the settings mean an ephemeral panel while none runs on the state directory."""
    return settings.ephemeral and store_url(settings) == settings.database_url


def plan_folders(settings: Settings) -> tuple[Path, ...]:
    """Return the user's folders of plans."""
    return (settings.plans_dir or settings.state_dir / "plans",)


def open_panel(settings: Settings) -> tuple[Panel, DeferredWriter]:
    """Open the panel that the settings name; the store must be there and migrated."""
    engine = open_engine(store_url(settings), pool_size=settings.threads + 2)
    batch = DeferredWriter(engine)
    panel = Panel(
        engine=engine,
        secret=secret_file.load(settings),
        plans=plan_folders(settings),
        state=settings.state_dir,
        aside=batch.add,
        aside_row=batch.add_row,
    )
    return panel, batch
