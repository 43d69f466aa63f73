"""The commands of a panel, by its misc:list-commands and misc:info (docs/panel.md, section 15)."""

from __future__ import annotations

import difflib
import re
from typing import Any

from apnscp.client.connection.panel_connection import PanelConnection, operation
from apnscp.client.errors import UnknownMethod
from apnscp.wire.soap.names import canonical, cli_name

SAMPLES = {
    "admin:collect": "'[siteinfo.domain,diskquota.quota]' '[billing.invoice:INV-1]'",
    "admin:add-site": "example.com example '[siteinfo.email:me@example.com]'",
    "admin:edit-site": "example.com '[diskquota.quota:5000]'",
    "admin:delete-site": "null '[since:\"30 days ago\"]'",
    "admin:deactivate-site": "example.com '[reason:\"Invoice overdue\"]'",
    "rampart:unban": "192.0.2.1",
    "scope:set": "opcenter.account-cleanup '30 days'",
}
"""Arguments of examples, where placeholders would say little."""

_PARAMETER = re.compile(r"(?P<kind>[a-z]+)?(?: or NULL)?\s*(?:\.\.\.)?\$(?P<name>\w+)")
_PLACEHOLDERS = {"array": "'[]'", "int": "1", "integer": "1", "float": "1.5", "bool": "true", "boolean": "true"}


def commands(panel: PanelConnection, pattern: str = "") -> list[str]:
    """Return the commands that the caller may use, as ``module:method``, sorted.

    pattern: a glob on these names; empty for all
    Raises what `PanelConnection.call` raises.
    """
    found = panel.call("misc:list-commands", pattern).value
    if not isinstance(found, dict):
        return []
    return sorted(
        cli_name(name if name.startswith(f"{module}_") else f"{module}_{name}")
        for module, names in found.items()
        for name in (names.values() if isinstance(names, dict) else names)
    )


def module_help(panel: PanelConnection, module: str) -> str:
    """Return a text that lists a module's commands.

    Raises UnknownMethod, with similar names, for a module that has none.
    """
    names = [name for name in commands(panel, f"{module}:*") if name.startswith(f"{module.lower()}:")]
    if not names:
        raise unknown(panel, module)
    return "\n".join([f"Commands of {module}; `cpcmd COMMAND --help' tells more:", *(f"  {name}" for name in names)])


def unknown(panel: PanelConnection, typed: str) -> UnknownMethod:
    """Return the error for a command that does not exist, with similar names.

    typed: a command or a module, as typed
    """
    names, wanted = commands(panel), cli_name(typed)
    if not re.search("[:_]", typed):
        names, wanted = sorted({name.partition(":")[0] for name in names}), typed.lower()
    similar = difflib.get_close_matches(wanted, names, n=3, cutoff=0.75)
    in_site = panel.address.session is not None
    listing = "`cpcmd -d SITE -l' lists what a site may call" if in_site else "`cpcmd -l' lists the commands"
    hint = f"did you mean {' or '.join(similar)}?" if similar else listing
    return UnknownMethod(f"{canonical(typed)}: command does not exist; {hint}")


def command_help(panel: PanelConnection, method: str) -> str:
    """Return signature, description, parameters and an example of one command.

    Raises UnknownMethod, with similar names, for a command that does not exist.
    """
    name = cli_name(operation(method))
    block = description(panel, name)
    if not block:
        raise unknown(panel, method)
    parameters = _parameters(block)
    sections = _signature(name, block)
    if block.get("doc"):
        sections.append("\n".join(f"  {line}".rstrip() for line in str(block["doc"]).splitlines()))
    if parameters:
        sections.append("\n".join(["Parameters:", *(f"  {text}" for text in parameters)]))
    sections.append(f"Example:\n  cpcmd {name} {SAMPLES.get(name) or _sample(parameters)}".rstrip())
    return "\n\n".join(sections)


def usage(panel: PanelConnection, method: str) -> str:
    """Return how a command is called, in two lines: as it is typed, and as the panel prints its signature.

    Raises UnknownMethod for a command that does not exist, and what `PanelConnection.call` raises.
    """
    name = cli_name(operation(method))
    block = description(panel, name)
    if not block:
        raise unknown(panel, method)
    return "\n".join(_signature(name, block))


def description(panel: PanelConnection, name: str) -> dict[str, Any]:
    """Return what misc:info says of one command; empty when there is no such command."""
    found = panel.call("misc:info", name).value
    if not isinstance(found, dict):
        return {}
    if "signature" in found:
        return found
    blocks = [block for key, block in found.items() if canonical(str(key)) == canonical(name)]
    return blocks[0] if blocks else {}


def parameter_names(block: dict[str, Any]) -> list[str]:
    """Return the names of a command's parameters in order."""
    matches = (_PARAMETER.search(str(text)) for text in block.get("parameters") or ())
    return [match["name"] for match in matches if match]


def _signature(name: str, block: dict[str, Any]) -> list[str]:
    return [f"Usage: cpcmd {name}{_usage(_parameters(block))}", f"  {block.get('signature') or canonical(name)}"]


def _parameters(block: dict[str, Any]) -> list[str]:
    return [str(text) for text in block.get("parameters") or ()]


def _usage(parameters: list[str]) -> str:
    optional = [_is_optional(text) for text in parameters]
    words = [match["name"] for match in map(_PARAMETER.search, parameters) if match]
    if len(words) != len(parameters):
        return " [ARGUMENTS]"
    usage = "".join(f" [{word}" if left_out else f" {word}" for word, left_out in zip(words, optional, strict=True))
    return usage + "]" * sum(optional)


def _sample(parameters: list[str]) -> str:
    required = [text for text in parameters if not _is_optional(text)]
    matches = filter(None, map(_PARAMETER.search, required or parameters[:1]))
    return " ".join(_PLACEHOLDERS.get(match["kind"] or "", match["name"].upper()) for match in matches)


def _is_optional(text: str) -> bool:
    return "<optional>" in text or "=" in text
