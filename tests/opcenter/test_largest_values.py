"""The largest numbers that parameters take: every figure can still be read, and none leaves 64 bits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived

LARGEST = 2**63 - 1
NUMBERS = [
    parameter.address
    for service in SERVICES.values()
    for parameter in service.parameters.values()
    if parameter.rule.split()[0] in ("int", "number")
]
READINGS = (
    "site:get-account-quota", "site:get-bandwidth-usage", "site:get-bandwidth-rollover", "common:get-disk-quota",
    "cgroup:get-usage", "cgroup:get-limits", "billing:get-customer-since", "bandwidth:get-cycle-periods",
)  # fmt: skip


def numbers(value: Any) -> Iterator[int]:
    if isinstance(value, dict | list):
        for member in value.values() if isinstance(value, dict) else value:
            yield from numbers(member)
    elif isinstance(value, int | float):
        yield int(value)


def largest(panel: EmulatedPanel, address: str) -> int:
    """Set a parameter to the largest number that it takes and return it."""
    service, _, name = address.partition(",")
    bound = SERVICES[service].parameters[name].rule.partition("..")[2]
    value = int(bound) if bound else LARGEST
    assert panel.call("admin:edit-site", "site1", {address: value}) is True
    return value


@pytest.mark.parametrize("address", NUMBERS)
@pytest.mark.parametrize("units", ["B", "TB"])
def test_figures_can_be_read_whatever_number_was_set(panel: EmulatedPanel, address: str, units: str) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"diskquota.units": units, "bandwidth.units": units})
    largest(panel, address)
    session = panel.call("admin:hijack", "site1")
    told = [panel.call("admin:get-usage", field) for field in ("storage", "bandwidth", "cgroup")]
    told += [
        panel.call(name, *(["memory"] if name.endswith("get-usage") else []), session=session) for name in READINGS
    ]
    assert max(abs(number) for number in numbers(told)) <= LARGEST


def test_a_time_that_no_calendar_holds_is_refused(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    with pytest.raises(FaultReceived, match="billing,ctime: `9223372036854775807' is not a whole number from 0 to"):
        panel.call("admin:edit-site", "site1", {"billing.ctime": LARGEST})
