"""What a call knows of the panel belongs to one moment, whatever other threads change meanwhile."""

from __future__ import annotations

import threading
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from apnscp.opcenter.access import snapshots
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.store.transactions import View, reading, writing
from apnscp.server.authentication import Credentials
from apnscp.server.testing import EmulatedPanel

ROUNDS = 60
PAIR = ("core.hostname", "rampart.prefix")


def test_threads_that_read_never_see_half_a_change_nor_go_back(each_panel: EmulatedPanel) -> None:
    app, engine = each_panel.app, each_panel.app.panel.engine
    done, wrong, written = threading.Event(), [], [0]

    def read() -> None:
        last = 0
        while not done.is_set():
            least = written[0]
            with View(engine) as view:
                seen = app.authenticator.identify(Credentials(each_panel.key, None, "127.0.0.1"), view).snapshot
            values = {seen.settings.text(name) for name in PAIR}
            number = int(values.pop().rpartition("-")[2]) if len(values) == 1 else -1
            if number < max(last, least):
                wrong.append((seen.generation, number, last, least))
            last = max(last, number)

    def change(number: int) -> None:
        with writing(engine) as db:
            for name in PAIR:
                put(db, name, f"host-{number}")

    change(0)
    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, ROUNDS + 1):
        change(number)
        written[0] = number
    done.set()
    for reader in readers:
        reader.join(30)
    assert wrong == []


def test_an_older_view_does_not_replace_what_is_known_of_a_newer_one(panel: EmulatedPanel) -> None:
    held = panel.app.panel
    with reading(held.engine) as old:
        before = snapshots.current(held, old)
        panel.call("scope:set", "cp.config", "rampart", "prefix", "new-")
        with reading(held.engine) as db:
            assert snapshots.current(held, db).settings.text("rampart.prefix") == "new-"
        # the old transaction still sees what it saw, and says so
        assert snapshots.current(held, old).generation == before.generation
    with reading(held.engine) as db:
        assert snapshots.current(held, db).settings.text("rampart.prefix") == "new-"


def test_a_snapshot_cannot_be_changed(panel: EmulatedPanel) -> None:
    with reading(panel.app.panel.engine) as db:
        seen = snapshots.current(panel.app.panel, db)
    name: Any = "generation"
    with pytest.raises(FrozenInstanceError):
        setattr(seen, name, 5)
    settings: Any = seen.settings
    with pytest.raises(TypeError):
        settings["core.debug"] = True


def test_a_setting_that_does_not_exist_is_an_error_of_the_reader(panel: EmulatedPanel) -> None:
    with reading(panel.app.panel.engine) as db, pytest.raises(KeyError):
        snapshots.current(panel.app.panel, db).settings.flag("core.no_such_key")
