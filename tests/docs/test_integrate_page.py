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
    peer: str | None
    opening: str = ""


LANGUAGES = (
    Language("php", ".php", "php", "php", "<?php\n"),
    Language("python", ".py", "python -W error", None),
    Language("javascript", ".mjs", "node", "node"),
)


def section(block: Any) -> str:
    """Return the heading above a block."""
    headings: list[str] = re.findall(r"^## (.*)$", "\n".join(TEXT.splitlines()[: block.line]), re.MULTILINE)
    return headings[-1]


def programs(blocks: list[Any], language: Language) -> Iterator[tuple[Any, str]]:
    """Give each block of a language after those of CONNECT, and the text that the page shows next."""
    for index, block in enumerate(blocks):
        if block.language == language.name and section(block) != CONNECT:
            shown = next(later for later in blocks[index:] if later.language == "text")
            assert section(shown) == section(block), f"{PAGE}:{block.line}: the page does not show what this prints"
            yield block, shown.body


def connection(page: Any, language: Language) -> str:
    """Return the block with which the page connects in a language."""
    (found,) = (block.body for block in page.blocks if block.language == language.name and section(block) == CONNECT)
    return str(found)


def run(panel: Any, language: Language, program: str) -> subprocess.CompletedProcess[str]:
    """Run a program as the page says: with what `apnscpd env` prints in its environment."""
    script = panel.home / f"program{language.suffix}"
    script.write_text(language.opening + program, "utf-8")
    line = f'eval "$(apnscpd env)" && NODE_EXTRA_CA_CERTS="$APNSCP_CA" {language.command} {script}'
    done: subprocess.CompletedProcess[str] = panel.shell(line)
    return done


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_blocks_of_a_language_print_what_the_page_shows(
    language: Language, document: Any, served_fresh_demo: Any, need: Callable[[str], str]
) -> None:
    if language.peer is not None:
        need(language.peer)
    panel = served_fresh_demo
    (panel.home / "node_modules").symlink_to(NODE_MODULES)
    page = document(PAGE)
    connect = connection(page, language)
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


NODE_TABLE = """
const client = await soap.createClientAsync(`${url}/apnscp.wsdl`);
client.setEndpoint(`${url}/soap?authkey=${key}`);
const told = async (method, parts) => {
  try {
    await client[`${method}Async`](parts);
    return client.lastRequest.replace(/.*<soap:Body>|<[/]soap:Body>.*/gs, '');
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
console.log(await told('common_whoami', null));
console.log(await told('common_whoami', {}));
console.log(await told('admin_collect', null));
console.log(await told('admin_hijack', { site: 'site1', gate: null }));
await told('admin_hijack', { site: 'site1', user: undefined });
console.log(client.lastRequest.includes('<user></user>'));
const nil = { attributes: { 'xsi:nil': 'true' } };
console.log(await told('admin_delete_site', { site: nil, flags: { since: 'now', match: 'none' } }));
const aliases = async (list) => {
  await told('admin_edit_site', { site: 'site1', opts: { 'aliases.aliases': list } });
  return plain((await client.admin_get_meta_from_domainAsync({
    domain: 'test-domain.com', service: 'aliases', class: 'aliases',
  }))[0].return);
};
console.log(await aliases({ item: ['a.example', 'b.example'] }), await aliases(['c.example', 'd.example']));
console.log(await aliases([]), await aliases({ item: [] }));
"""
"""What the table on node-soap says, in its order."""


def test_what_the_page_says_of_node_soap_holds(
    document: Any, served_fresh_demo: Any, need: Callable[[str], str]
) -> None:
    node = LANGUAGES[2]
    need("node")
    (served_fresh_demo.home / "node_modules").symlink_to(NODE_MODULES)
    done = run(served_fresh_demo, node, connection(document(PAGE), node) + NODE_TABLE)
    assert done.stdout.splitlines() == [
        "<tns:common_whoami></tns:common_whoami>",
        "AssertionError: invalid message definition for rpc style binding",
        "<tns:admin_collect></tns:admin_collect>",
        "TypeError: Cannot convert undefined or null to object",
        "true",
        '<tns:admin_delete_site><site xsi:nil="true"></site>'
        "<flags><since>now</since><match>none</match></flags></tns:admin_delete_site>",
        "[ 'a.example', 'b.example' ] [ 'c.example', 'd.example' ]",
        "[ 'c.example', 'd.example' ] []",
    ], done.stderr


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
