"""Transfer of the account: by cycle, by day and by service."""

from __future__ import annotations

from typing import Any

from apnscp.opcenter.usage.transfer import Span
from apnscp.server.web import chart
from apnscp.server.web.apps.app import App, Request

CYCLES, DAYS = 12, 31


def _facts(request: Request) -> dict[str, Any]:
    visitor = request.visitor
    cycles = visitor.call("bandwidth:get-all-composite-bandwidth-data").value[-CYCLES:]
    services = visitor.call("bandwidth:get-by-date", cycles[-1]["begin"]).value if cycles else []
    days = visitor.call("bandwidth:get-all-composite-bandwidth-data", "day").value if cycles else []
    spans = [Span(each["begin"], each["end"], each["in_bytes"], each["out_bytes"]) for each in cycles]
    drawn = chart.of_cycles(spans)
    return {
        "cycles": [{"begin": each.begin, "end": each.end, "in": each.received, "out": each.sent} for each in spans],
        "chart": drawn._asdict() if drawn else None,
        "services": services,
        "days": [day for day in days if day["begin"] >= cycles[-1]["begin"]][-DAYS:],
        "usage": visitor.call("site:get-bandwidth-usage").value,
    }


APP = App("bandwidthbd", "Transfer", "transfer by cycle, day and service", "bandwidth:get-cycle-periods", _facts)
