"""What commands a panel has, as it says itself (docs/panel.md, section 15: misc:list-commands and misc:info)."""

from __future__ import annotations

import difflib
import re
from typing import Any

from apnscp.client.connection.transport import PanelConnection, canonical
from apnscp.client.errors import UnknownMethod

SAMPLES = {
    "admin:collect": "'[siteinfo.domain,diskquota.quota]' '[billing.invoice:INV-1]'",
    "admin:add-site": "example.com example '[siteinfo.email:me@example.com]'",
    "admin:edit-site": "example.com '[diskquota.quota:5000]'",
    "admin:delete-site": "null '[since:\"30 days ago\"]'",
    "admin:deactivate-site": "example.com '[reason:\"Invoice overdue\"]'",
    "rampart:unban": "192.0.2.1",
    "scope:set": "opcenter.account-cleanup '30 days'",
}
"""Arguments of examples that say more than placeholders would."""

_PARAMETER = re.compile(r"(?P<kind>[a-z]+)?(?: or NULL)?\s*(?:\.\.\.)?\$(?P<name>\w+)")
_PLACEHOLDERS = {"array": "'[]'", "int": "1", "integer": "1", "float": "1.5", "bool": "true", "boolean": "true"}


def cli_name(method: str) -> str:
    """Return the name of a method as people write it, ``admin:edit-site`` for ``admin_edit_site``."""
    module, _, name = canonical(method).partition("_")
    return f"{module}:{name.replace('_', '-')}"


def commands(panel: PanelConnection, pattern: str = "") -> list[str]:
    """Return the commands that the caller may use, sorted, as people write them.

    pattern: a glob on ``module:method``; all when empty
    Raises what `Panel.call` raises.
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
    """Return the list of a module's commands for people.

    Raises UnknownMethod for a module without any; it names near ones.
    """
    names = [name for name in commands(panel, f"{module}:*") if name.startswith(f"{module.lower()}:")]
    if not names:
        raise unknown(panel, module)
    return "\n".join([f"Commands of {module}; `cpcmd COMMAND --help' tells more:", *(f"  {name}" for name in names)])


def unknown(panel: PanelConnection, typed: str) -> UnknownMethod:
    """Return the error for a command that is not there, with near names.

    typed: a command or a module, as typed
    """
    names = commands(panel)
    if not re.search("[:_]", typed):
        names = sorted({name.partition(":")[0] for name in names})
    wanted = typed.lower().replace("_", ":", 1) if ":" not in typed else typed.lower()
    near = difflib.get_close_matches(wanted.replace("_", "-"), names, n=3, cutoff=0.75)
    listing = "`cpcmd -d SITE -l' lists what a site may call" if panel.session else "`cpcmd -l' lists the commands"
    ways = f"did you mean {' or '.join(near)}?" if near else listing
    return UnknownMethod(f"Unknown command `{typed}'; {ways}")


def command_help(panel: PanelConnection, method: str) -> str:
    """Return signature, description, parameters and an example of one command.

    Raises UnknownMethod.
    """
    name = cli_name(method)
    block = description(panel, name)
    if not block:
        raise unknown(panel, method)
    parameters = [str(text) for text in block.get("parameters") or ()]
    sections = [f"Usage: cpcmd {name}{_usage(parameters)}", f"  {block.get('signature') or canonical(name)}"]
    if block.get("doc"):
        sections.append("\n".join(f"  {line}".rstrip() for line in str(block["doc"]).splitlines()))
    if parameters:
        sections.append("\n".join(["Parameters:", *(f"  {text}" for text in parameters)]))
    sections.append(f"Example:\n  cpcmd {name} {SAMPLES.get(name) or _sample(parameters)}".rstrip())
    return "\n\n".join(sections)


def description(panel: PanelConnection, name: str) -> dict[str, Any]:
    """Return what misc:info says of one command; empty where there is no such command."""
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


def _usage(parameters: list[str]) -> str:
    optional = [_is_optional(text) for text in parameters]
    words = [match["name"] for match in map(_PARAMETER.search, parameters) if match]
    if len(words) != len(parameters):
        return " [ARGUMENTS]"
    usage = "".join(f" [{word}" if may else f" {word}" for word, may in zip(words, optional, strict=True))
    return usage + "]" * sum(optional)


def _sample(parameters: list[str]) -> str:
    required = [text for text in parameters if not _is_optional(text)]
    matches = filter(None, map(_PARAMETER.search, required or parameters[:1]))
    return " ".join(_PLACEHOLDERS.get(match["kind"] or "", match["name"].upper()) for match in matches)


def _is_optional(text: str) -> bool:
    return "<optional>" in text or "=" in text
