"""The panel's table of services and parameters, for help texts and completion."""

from __future__ import annotations

import json
from typing import Any

from apnscp.client.connection.transport import PanelConnection
from apnscp.client.errors import ConnectionFailed
from apnscp.client.shell.cache import cached

PATH = "/_emulator/services.json"
LIFE = 86400.0
COLUMNS = ("service", "parameter", "default", "type", "accepted", "meaning")


def table(panel: PanelConnection) -> list[dict[str, str]]:
    """Return a row per parameter: service, parameter, default, type, accepted, meaning; kept for a day.

    Raises ConnectionFailed where the panel does not give it.
    """

    def ask() -> Any:
        try:
            return json.loads(panel.fetch(PATH))
        except ValueError as error:
            raise ConnectionFailed(f"{panel.target.url}{PATH} is not JSON") from error

    rows = cached("services", panel.target.url, LIFE, ask)
    if not isinstance(rows, list):
        raise ConnectionFailed(f"{panel.target.url}{PATH} is not a list of parameters")
    return [{name: _text(row.get(name)) for name in COLUMNS} for row in rows if isinstance(row, dict)]


def names(panel: PanelConnection) -> list[str]:
    """Return ``service,parameter`` of each row, sorted."""
    return sorted(f"{row['service']},{row['parameter']}" for row in table(panel))


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value)
