"""Messages that send the reader to a method name one that is emulated."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from apnscp import modules
from apnscp.core.registry import REGISTRY
from tools.pages import ROOT

MESSAGES = {"Refused", "info", "warn"}
NAMED = re.compile(r"\b([a-z]+):([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\b")
SOURCES = sorted(path for root in ("modules", "server") for path in Path(ROOT, root).rglob("*.py"))


def messages(path: Path) -> Iterator[str]:
    """Go through the texts of the messages in a file."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MESSAGES:
            yield from (each.value for each in node.args if isinstance(each, ast.Constant) and type(each.value) is str)


def test_every_method_that_a_message_names_is_emulated() -> None:
    modules.load_all()
    emulated = {command.cli_name for command in REGISTRY.emulated()}
    known = {command.module for command in REGISTRY}
    named = {
        (path.name, found[0])
        for path in SOURCES
        for text in messages(path)
        for found in NAMED.finditer(text)
        if found[1] in known
    }
    assert {where for where in named if where[1] not in emulated} == set()


def test_messages_that_name_methods_are_found() -> None:
    texts = [text for path in SOURCES for text in messages(path)]
    assert sum(bool(NAMED.search(text)) for text in texts) > 30
