"""docs/coverage.md: it is what the registry gives, and what it says of each method is true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from apnscp import modules
from apnscp.client.errors import NotEmulated, UnknownMethod
from apnscp.core.php_types import Kind
from apnscp.core.registry import REGISTRY, Parameter
from apnscp.core.roles import Role
from apnscp.server.testing import EmulatedPanel
from tools.pages import ROOT, pages

PAGE = Path(ROOT, "docs", "coverage.md")
VALUES: dict[Kind, Any] = {
    Kind.BOOL: True,
    Kind.INT: 1,
    Kind.FLOAT: 1.5,
    Kind.STR: "x",
    Kind.ARRAY: ["x"],
    Kind.MIXED: "x",
}


def stated() -> dict[str, str]:
    """Return what the page says of each method: emulated or listed."""
    return dict(re.findall(r"^\| ([a-z]+:[\w-]+) \| \[?(emulated|listed)\b", PAGE.read_text("utf-8"), re.MULTILINE))


def test_the_page_is_the_one_that_the_registry_gives() -> None:
    assert PAGE.read_text("utf-8") == pages()[PAGE], "run `make docs'"


def test_the_page_names_every_method_once_and_counts_them() -> None:
    modules.load_all()
    told = stated()
    assert sorted(told) == sorted(command.cli_name for command in REGISTRY)
    counts = re.findall(r"^\| \[(\w+)\]\(#\w+\) \| [^|]* \| (\d+) \| (\d+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert {module: (int(emulated), int(listed)) for module, emulated, listed in counts} == {
        module: tuple(
            sum(state == wanted and name.startswith(f"{module}:") for name, state in told.items())
            for wanted in ("emulated", "listed")
        )
        for module in {command.module for command in REGISTRY}
    }


def sample(parameter: Parameter) -> Any:
    return VALUES[parameter.type.kind]


def test_every_listed_method_says_so_to_each_role_that_may_call_it(
    panel: EmulatedPanel,
) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    listed = [name for name, state in stated().items() if state == "listed"]
    assert len(listed) == len(REGISTRY) - len(REGISTRY.emulated())
    with panel.as_site("example.com") as site:
        for command in map(REGISTRY.find, listed):
            for role, client in ((Role.ADMIN, panel.client), (Role.SITE, site)):
                with pytest.raises(NotEmulated if command.allows(role) else UnknownMethod) as caught:
                    client.call(command.name, *map(sample, command.parameters))
                if command.allows(role):
                    assert caught.value.text.startswith(f"{command.cli_name} is known to ApisCP, not emulated")
