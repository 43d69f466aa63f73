"""docs/integrate.md: its blocks run, in each language from top to bottom, and print what the page shows."""

from __future__ import annotations

import re
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "docs/integrate.md"
TEXT = (ROOT / PAGE).read_text("utf-8")
NODE_MODULES = ROOT / "tests" / "interop" / "node" / "node_modules"
CONNECT = "Connect"
"""The section whose blocks stand before every other block of their language."""
NOT_RUN = {
    'make serve ARGS="--host 0.0.0.0 --tls-name panel.lan --tls-name host.docker.internal"': (
        "serves until stopped, and opens ports to the network"
    )
}
OPERATIONS = {
    "Test the connection", "Create", "Suspend", "Unsuspend", "Change the package", "Change limits",
    "Change the password", "Update the usage", "Single sign-on", "List accounts", "When a call is refused",
    "Terminate", "TLS",
}  # fmt: skip


@dataclass(frozen=True)
class Language:
    """A language of the page: how its blocks become a program, how that is run, and what shows that it can be."""

    name: str
    suffix: str
    command: str
    peer: str
    opening: str = ""


LANGUAGES = (
    Language("php", ".php", "php", "php -r 'exit((int) !extension_loaded(\"soap\"));'", "<?php\n"),
    Language("python", ".py", "python -W error", "python3 -V"),
    Language("javascript", ".mjs", "node", f"node -e 'require(\"{NODE_MODULES}/soap\")'"),
)


def section(block: Any) -> str:
    """Return the heading above a block."""
    return re.findall(r"^## (.*)$", "\n".join(TEXT.splitlines()[: block.line]), re.MULTILINE)[-1]


def programs(blocks: list[Any], language: Language) -> Iterator[tuple[Any, str]]:
    """Give each block of a language after those of CONNECT, and the text that the page shows next."""
    for index, block in enumerate(blocks):
        if block.language == language.name and section(block) != CONNECT:
            shown = next(later for later in blocks[index:] if later.language == "text")
            assert section(shown) == section(block), f"{PAGE}:{block.line}: the page does not show what this prints"
            yield block, shown.body


def run(panel: Any, language: Language, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program as the page says: with what `apnscpd env` prints in its environment."""
    script = panel.home / f"program{language.suffix}"
    script.write_text(language.opening + program, "utf-8")
    line = f'eval "$(apnscpd env)" && NODE_EXTRA_CA_CERTS="$APNSCP_CA" {language.command} {script}'
    done: subprocess.CompletedProcess[str] = panel.shell(line)
    return done


def present(line: str) -> str:
    """Name the program when its peer is there, else something that no path holds."""
    works = subprocess.run(["bash", "-c", line], capture_output=True, check=False).returncode == 0
    return line.split()[0] if works else f"what `{line}' asks for"


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_blocks_of_a_language_print_what_the_page_shows(
    language: Language, document: Any, served_fresh_demo: Any, need: Callable[[str], str]
) -> None:
    need(present(language.peer))
    panel = served_fresh_demo
    (panel.home / "node_modules").symlink_to(NODE_MODULES)
    page = document(PAGE)
    (connect,) = (block.body for block in page.blocks if block.language == language.name and section(block) == CONNECT)
    shown = {block.line: text for block, text in programs(page.blocks, language)}
    for block in page.blocks:
        if block in page.sessions:
            page.run_session(block, panel)
        elif block.line in shown:
            done = run(panel, language, connect + block.body)
            wild = ".*".join(map(re.escape, shown[block.line].split("...")))
            told = f"{PAGE}:{block.line}\n--- shown\n{shown[block.line]}\n--- printed\n{done.stdout}{done.stderr}"
            assert re.fullmatch(wild, done.stdout) and not done.stderr and done.returncode == 0, told
            if "/apps/dashboard" in done.stdout:
                assert status(done.stdout.strip()) == 200


def status(url: str) -> int:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return int(answer.status)


def test_each_operation_is_shown_in_each_language(document: Any) -> None:
    for language in LANGUAGES:
        shown = {section(block) for block, _ in programs(document(PAGE).blocks, language)}
        assert shown == OPERATIONS, language.name


def test_the_table_in_front_links_to_sections_that_are_there() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall("^## (.*)$", TEXT, re.M)
    }
    assert [link for link in re.findall(r"\]\(#([\w-]+)\)", TEXT) if link not in anchors] == []


def test_sessions_that_do_not_run_are_these_alone(document: Any) -> None:
    assert document(PAGE).not_run == NOT_RUN
