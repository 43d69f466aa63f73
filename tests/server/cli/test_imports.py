"""What the commands load: what a command does not need, it does not import, since imports are most of its start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module

import pytest

from apnscp.server.cli.main import COMMANDS, SENTENCES
from apnscp.server.settings import Settings

RUN = """
import atexit, json, sys
from apnscp.server.cli.main import main
atexit.register(lambda: print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr))
main(sys.argv[1:])
"""
NEVER = {"spyne", "zeep", "flask", "granian", "uvloop", "requests"}
"""What only the server, or a client, needs."""
STORE = {"sqlalchemy"}
RARELY = {"alembic", "dateparser", "regex", "rich", "yaml", "pytest"}
"""What is needed to carry an older store over, to read a time, to show a bar, to read a scope."""


def imported(settings: Settings, *words: str) -> set[str]:
    """Run a command on the panel of the settings and return the names of the packages that it imported."""
    environ = {**os.environ, **settings.to_env()}
    done = subprocess.run(
        [sys.executable, "-c", RUN, *words], capture_output=True, text=True, timeout=120, env=environ, check=True
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("words", [(), ("--version",), ("completion", "bash"), ("completion", "zsh")])
def test_what_needs_no_panel_imports_neither_the_server_nor_the_store(settings: Settings, words: tuple[str]) -> None:
    assert imported(settings, *(words or ("--help",))) & (NEVER | STORE | RARELY) == set()


@pytest.mark.parametrize(
    "words", [("calls",), ("key",), ("key", "--new"), ("outbox",), ("password", "--generate"), ("usage", "--help")]
)
def test_what_reads_the_store_imports_neither_the_server_nor_what_is_rarely_needed(
    settings: Settings, words: tuple[str]
) -> None:
    found = imported(settings, *words)
    assert found & (NEVER | RARELY) == set()
    assert found >= STORE


@pytest.mark.parametrize("words", [("cron",), ("plan", "--list"), ("scope", "cp.api"), ("wsdl",), ("stubs",)])
def test_no_command_imports_the_server(settings: Settings, words: tuple[str]) -> None:
    assert imported(settings, *words) & NEVER == set()


def test_the_help_says_of_each_command_what_the_command_says_of_itself() -> None:
    for name in COMMANDS:
        command = getattr(import_module(f"apnscp.server.cli.{name}"), name)
        assert SENTENCES[name] == command.get_short_help_str(200)


def test_completing_a_command_imports_none(settings: Settings) -> None:
    environ = {**os.environ, "_APNSCPD_COMPLETE": "bash_complete", "COMP_WORDS": "apnscpd o", "COMP_CWORD": "1"}
    code = "import sys; from apnscp.server.cli.main import main\ntry:\n    main(prog_name='apnscpd')\n"
    code += "finally:\n    print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=environ)
    assert done.stdout == "plain,outbox\n"
    assert not {"sqlalchemy", "apnscp.server.cli.outbox"} & set(done.stderr.split())


def test_a_server_is_made_ready_without_importing_the_methods_that_its_workers_serve(settings: Settings) -> None:
    code = (
        "import sys\nfrom apnscp.server.provisioning import prepare\nfrom apnscp.server.settings import Settings\n"
        "prepare(Settings.from_env())\nprint([name for name in sys.modules if name.startswith('apnscp.modules.')])"
    )
    environ = {**os.environ, **settings.to_env()}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, env=environ)
    assert done.stdout == "[]\n", done.stderr
