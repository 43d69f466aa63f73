"""Spyne's services are made one by one, when a method is first called: a large registry does not slow the start."""

from __future__ import annotations

from dataclasses import replace

from apnscp import modules
from apnscp.core.registry import REGISTRY, Command
from apnscp.server.soap.application import SoapApplication
from apnscp.server.soap.services import Handles
from tests.growth import steps

modules.load_all()


def methods(count: int) -> list[Command]:
    return [replace(REGISTRY.find("common_whoami"), method=f"whoami_{number}") for number in range(count)]


def test_the_application_starts_with_a_thousand_methods_as_with_ten() -> None:
    few, many = methods(10), methods(1_000)
    SoapApplication(few)
    assert steps(lambda: SoapApplication(many)) < steps(lambda: SoapApplication(few)) + 10 * len(many)


def test_a_handle_has_what_a_call_needs_and_is_made_once() -> None:
    handles = Handles(REGISTRY)
    found = handles.get("admin_add_site")
    assert found is not None
    assert found[0].udd["names"][:2] == ("domain", "admin")
    assert found[0].udd["command"] is REGISTRY.find("admin_add_site")
    assert handles.get("admin_add_site") is found


def test_an_unknown_method_has_no_handle() -> None:
    handles = Handles([REGISTRY.find("common_whoami")])
    assert handles.get("no_such_method") is None
    assert "no_such_method" not in handles
    assert len(handles) == 1
