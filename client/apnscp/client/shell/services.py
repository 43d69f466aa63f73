"""The panel's table of services and parameters, for help texts and completion."""

from __future__ import annotations

import json
from typing import Any

from apnscp.client.connection.panel_connection import PanelConnection
from apnscp.client.errors import ConnectionFailed
from apnscp.client.shell.cache import cached

PATH = "/_emulator/services.json"
LIFETIME = 86400.0
COLUMNS = ("service", "parameter", "default", "type", "accepted", "meaning", "takes_default")


def table(panel: PanelConnection) -> list[dict[str, str]]:
    """Return one row per parameter, with the keys of `COLUMNS`; the panel is asked once a day.

    Raises ConnectionFailed when the panel does not have the table.
    """

    def ask() -> Any:
        try:
            return json.loads(panel.fetch(PATH))
        except ValueError as error:
            raise ConnectionFailed(f"{panel.address.base}{PATH} is not JSON") from error

    rows = cached("services", panel.address.base, LIFETIME, ask)
    if not isinstance(rows, list):
        raise ConnectionFailed(f"{panel.address.base}{PATH} is not a list of parameters")
    return [{name: _text(row.get(name)) for name in COLUMNS} for row in rows if isinstance(row, dict)]


def names(panel: PanelConnection) -> list[str]:
    """Return ``service,parameter`` of each row, sorted."""
    return sorted(f"{row['service']},{row['parameter']}" for row in table(panel))


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
