"""Every method of these modules has an example, and the examples are true of the demo panel."""

from __future__ import annotations

import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from apnscp import modules
from apnscp.core.registry import REGISTRY
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.cpcmd import notation

FOLDER = Path(modules.__path__[0]) / "examples"
MODULES = ("dns", "letsencrypt", "ssl", "web")
DOMAIN = "test-domain.com"


def examples(module: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{module}.toml").read_text("utf-8"))


def user_of(panel: EmulatedPanel) -> str:
    """Open a session of a user of the account who is not its administrator."""
    with panel.inside() as ctx:
        site = find_one(ctx.db, DOMAIN)
        assert site is not None
        people.add(ctx.db, site, "uma", None, 0)
    return str(panel.call("admin:hijack", DOMAIN, "uma"))


@pytest.mark.parametrize("module", MODULES)
def test_every_method_has_its_example(module: str) -> None:
    modules.load_all()
    methods = {command.cli_name.partition(":")[2] for command in REGISTRY if command.module == module}
    assert set(examples(module)) == methods


@pytest.mark.parametrize(("module", "method"), [(module, method) for module in MODULES for method in examples(module)])
def test_an_example_is_true_of_the_demo_panel(demo_panel: EmulatedPanel, module: str, method: str) -> None:
    example = examples(module)[method]
    session = demo_panel.call("admin:hijack", DOMAIN)
    for line in example.get("before", []):
        words = shlex.split(line)[1:]
        own = session if words[0] == "-d" else None
        name, *arguments = words[2:] if own else words
        demo_panel.call(name, *(notation.parse(each) for each in arguments), session=own)
    if example.get("role") == "user":
        session = user_of(demo_panel)
    own = None if example.get("role") == "admin" else session
    answer = demo_panel.call(f"{module}:{method}", *example["args"], session=own)
    if "result" in example:
        assert answer == example["result"]
