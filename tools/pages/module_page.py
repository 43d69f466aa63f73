"""docs/modules/MODULE.md: the emulated methods of a module, each with an example."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Set

from apnscp.core.registry import Command
from tools.pages import calls, coverage, signatures
from tools.pages.examples import Example, examples

HEAD = """\
# {module}

Made by `make docs`: do not edit.

{about}. {emulated} of {known} methods are emulated; [coverage.md](../coverage.md#{module}) lists all.

The examples are called on a panel with one account, `example.com`: invoice `INV-1`, plan `basic`, administrator `bob`, user
`ann`; its zones are served by the provider `builtin`. In PHP `$panel` is a client of the panel's administrator, `$site` one
of the account's and `$user` one of `ann`; in Python they are `panel`, `site` and `user`. [integrate.md](../integrate.md)
shows how to connect them.
"""
_PARAMETER = re.compile(r"([a-z_][\w.]*(?:, [a-z_]\w*)*): ")
_NEXT = re.compile(r"; (?=([a-z_]\w*)(?:, [a-z_]\w*)*: )")
"""Where another parameter may begin on the same line, by its first name."""


def page(commands: Iterable[Command]) -> str:
    """Return the page of one module; `commands` are all that are known of it.

    Raises ValueError for an emulated method without an example.
    """
    known = list(commands)
    emulated, module = [command for command in known if command.emulated], known[0].module
    shown = examples(module)
    for command in emulated:
        if command.method not in shown:
            raise ValueError(f"{command.cli_name} has no example; {module}.toml in the folder examples needs one")
    head = HEAD.format(
        module=module, about=coverage.about(module) or "A module of this panel's own", emulated=len(emulated), known=len(known)
    )  # fmt: skip
    return head + "".join(_method(command, shown[command.method]) for command in emulated)


def _method(command: Command, example: Example) -> str:
    returns = f": {command.returns.php}" if command.returns.php else ""
    facts = [f"Roles: {signatures.roles(command)}.", "Deprecated." if command.deprecated else ""]
    return "\n".join(
        [
            f"\n## {command.cli_name}\n",
            f"`{command.name}({signatures.parameters(command.parameters)}){returns}`\n",
            *_documentation(command.doc, {parameter.name for parameter in command.parameters}),
            " ".join(filter(None, facts)) + "\n",
            *_example(example),
        ]
    )


def _documentation(doc: str, names: Set[str]) -> Iterator[str]:
    """Go through a docstring: sentences, then the parameters, which have these names, as a list."""
    lines, items = list[str](), list[str]()
    doc = _NEXT.sub(lambda found: "\n" if found[1] in names else found[0], doc)
    for line in doc.splitlines():
        if _PARAMETER.match(line):
            items.append(_PARAMETER.sub(r"- `\1`: ", line, count=1))
        elif items and line.startswith(" "):
            items[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    text = "\n".join(lines).strip()
    if text:
        yield f"{text}\n"
    if items:
        yield "\n".join(items) + "\n"


def _example(example: Example) -> Iterator[str]:
    yield from ("```sh", *(calls.shell(call) for call in (*example.before, example.call)), "```\n")
    yield f"```php\n{calls.php(example.call)};\n```\n"
    yield f"```python\n{calls.python(example.call)}\n```\n"
    if example.constant:
        yield f"It answers `{json.dumps(example.result, ensure_ascii=False)}`.\n"
    if example.error is not None:
        yield f"It is refused: {example.error}.\n"
