"""docs/cpcmd.md: its sessions run, its tables hold, and no flag of a command is missing in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from apnscp.client.shell import exits
from apnscp.client.shell.configure import configure
from apnscp.client.shell.connection_options import OPTIONS
from apnscp.client.shell.cpcmd import cpcmd
from apnscp.client.shell.domains import activate_domain, add_domain, delete_domain, edit_domain, suspend_domain
from apnscp.client.shell.site_helpers import get_config, get_site, get_site_id
from apnscp.wire.cpcmd import formats, notation

pytestmark = pytest.mark.xdist_group("served-cpcmd")

PAGE = "docs/cpcmd.md"
TEXT = (Path(__file__).parents[2] / PAGE).read_text("utf-8")
COMMANDS: dict[str, click.Command] = {
    "cpcmd": cpcmd,
    "cpcmd configure": configure,
    "AddDomain": add_domain,
    "EditDomain": edit_domain,
    "DeleteDomain": delete_domain,
    "SuspendDomain": suspend_domain,
    "ActivateDomain": activate_domain,
    "get_config": get_config,
    "get_site": get_site,
    "get_site_id": get_site_id,
}
ELSEWHERE = {
    "cpcmd configure --force": "tests/client/shell/test_cpcmd.py: configure keeps nothing that does not work",
}
"""Flags that no session of the page uses, and where else they are tried."""


def test_sessions_of_the_page_print_what_it_says(document: Any, served_demo: Any) -> None:
    document(PAGE).run(served_demo)


def test_every_session_of_the_page_is_run(document: Any) -> None:
    assert document(PAGE).not_run == {}


def rows(heading: str) -> Iterator[list[str]]:
    """Yield the cells of the table below a line that begins with `heading`, less code marks."""
    table = TEXT[TEXT.index(f"\n{heading}") + 1 :].split("\n\n")[0].splitlines()[2:]
    for line in table:
        yield [cell.strip().strip("`") for cell in line.strip("|").split(" | ")]


NOTATION = list(rows("| argument |"))


@pytest.mark.parametrize(("argument", "value"), NOTATION, ids=[argument for argument, _ in NOTATION])
def test_argument_has_the_value_that_the_page_says(argument: str, value: str) -> None:
    seen = notation.parse(argument)
    assert json.loads(json.dumps(seen)) == json.loads(value)
    assert type(seen) is type(json.loads(value))


def test_table_of_exit_codes_is_that_of_the_client() -> None:
    codes = {exits.DONE, *exits.KINDS.values(), exits.INTERRUPTED}
    assert [int(code) for code, _ in rows("| code |")] == sorted(codes)


def test_page_names_every_format() -> None:
    assert [name for name in formats.OUTPUTS if f"-o {name}" not in TEXT] == []
    assert [name for name in formats.INPUTS if f"-i {name}" not in TEXT] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_flag_of_a_command_is_used_in_a_session(document: Any, name: str) -> None:
    shared = {option(lambda: None).__click_params__[0].name for option in OPTIONS} | {"help", "help_"}  # type: ignore[attr-defined]
    lines = [line for line in document(PAGE).commands if re.search(rf"(?<![\w-]){name}(?![\w:])", line)]
    assert lines
    for option in COMMANDS[name].params:
        if isinstance(option, click.Option) and (name == "cpcmd" or option.name not in shared):
            used = re.compile("|".join(rf"(?<!\S){flag}\b" for flag in (*option.opts, *option.secondary_opts)))
            tried = any(used.search(line) for line in lines) or f"{name} {option.opts[-1]}" in ELSEWHERE
            assert tried, f"{name} {option.opts[0]} is in no session of {PAGE}"
