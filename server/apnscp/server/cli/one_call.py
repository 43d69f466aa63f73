"""One call in full, as `apnscpd calls ID` prints it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from apnscp.server.calls.forms import forms
from apnscp.server.calls.kept_call import KeptCall
from apnscp.server.calls.layout import laid_out


def lines(call: KeptCall) -> Iterator[str]:
    """Return what is known of a call, its envelopes and its four forms, line by line."""
    row = call.row
    yield f"call       {call.id}"
    yield f"time       {call.moment:%Y-%m-%d %H:%M:%S.%f} UTC, {row.ms:.1f} ms"
    yield f"caller     {call.caller} from {row.ip}, by {call.way}, gate {row.gate or 'not known'}"
    yield f"method     {call.method}"
    yield f"outcome    {row.outcome}"
    yield f"told       {call.told or 'not known'}"
    whole, value = call.answered
    if whole:
        yield f"result     {_json(value)}"
    yield from (f"message    {severity}: {text}" for severity, text in call.messages)
    yield from (
        f"changed    {each.subject}: {each.name}: {_json(each.before)} -> {_json(each.after)}" for each in call.changes
    )
    yield from _envelope("request", call.request, row.request_size)
    yield from _envelope("response", call.response, row.response_size)
    for form in forms(call):
        yield from ("", f"# {form.label}", form.text.rstrip("\n"))


def _envelope(name: str, text: str | None, size: int | None) -> Iterator[str]:
    if text is not None:
        kept = "" if size is None or size <= len(text.encode()) else ", of which the beginning is kept"
        yield from ("", f"# {name}, {size} bytes{kept}", laid_out(text))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
