"""Calls as a file: a test for pytest, a shell script, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from apnscp.server.calls.form_values import VARIABLE, is_hidden
from apnscp.server.calls.forms import cpcmd_line
from apnscp.server.calls.kept_call import KeptCall
from apnscp.server.calls.pytest_export import pytest_file

EXPORTS = ("pytest", "shell", "json")
FILES = {
    "pytest": ("test_calls.py", "text/x-python"),
    "shell": ("calls.sh", "text/x-shellscript"),
    "json": ("calls.json", "application/json"),
}
"""Name and media type of each export."""
FORMAT = 1
"""Number of the form of the JSON, which a later one counts up."""


def written(export: str, db: Connection, calls: Sequence[KeptCall]) -> str:
    """Return the text of a file.

    export: one of `EXPORTS`; calls: in the order in which they are to stand, oldest first
    """
    if export == "pytest":
        return pytest_file(db, calls)
    return script_of(calls) if export == "shell" else json_of(calls)


def json_of(calls: Sequence[KeptCall]) -> str:
    """Return everything that is known of calls, their envelopes included."""
    return (
        json.dumps({"format": FORMAT, "calls": [call.all_facts() for call in calls]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def script_of(calls: Sequence[KeptCall]) -> str:
    """Return the calls as lines of `cpcmd`; one that cannot be made again is a comment."""
    lines = [
        "#!/usr/bin/env bash",
        f"# {len(calls)} calls from the journal of a panel, to be made again, of another one as well.",
        "# APNSCP_URL and APNSCP_KEY say of which; apnscpd env prints those of the server on this machine.",
        "set -u",
    ]
    if any(is_hidden(call.arguments) for call in calls):
        lines.append(f': "${{{VARIABLE}:?is what stands where the journal hid a secret: export it first}}"')
    for call in calls:
        told = " ".join(str(call.row.outcome).split())
        lines += ["", f"# {call.moment:%Y-%m-%d %H:%M:%S} UTC, {call.caller}: {told}"]
        if call.is_cut:
            lines.append(f"# {call.method}: the journal does not hold all of its arguments")
        else:
            lines.append(cpcmd_line(call))
    return "\n".join(lines) + "\n"
