"""Values as source code: of PHP, of Python and of shells. A value that the journal hid becomes a variable."""

from __future__ import annotations

import math
import shlex
from typing import Any

from apnscp.server.masking import MASK
from apnscp.wire.cpcmd import notation

VARIABLE = "APNSCP_SECRET"
"""Variable of the environment from which the forms take what the journal hid."""
_PHP = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", '"': '\\"', "$": "\\$"}
_SHELL = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "'": "\\'"}


def is_hidden(value: Any) -> bool:
    """Tell whether something in a value was hidden."""
    if isinstance(value, dict):
        return any(map(is_hidden, value.values()))
    return any(map(is_hidden, value)) if isinstance(value, list | tuple) else bool(value == MASK)


def php(value: Any) -> str:
    """Return a value in PHP; what was hidden is ``$secret``."""
    if isinstance(value, dict):
        return f"[{', '.join(f'{php(key)} => {php(entry)}' for key, entry in value.items())}]"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(php, value))}]"
    if isinstance(value, str):
        return "$secret" if value == MASK else _php_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return "NAN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    return (
        {None: "null", True: "true", False: "false"}[value]
        if value is None or value is True or value is False
        else repr(value)
    )


def _php_text(text: str) -> str:
    if text.isprintable():
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return '"' + "".join(_PHP.get(each, each if each.isprintable() else f"\\u{{{ord(each):x}}}") for each in text) + '"'


def python(value: Any) -> str:
    """Return a value in Python; what was hidden is ``secret``."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{python(key)}: {python(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(python, value))}]"
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if isinstance(value, str):
        return "secret" if value == MASK else python_text(value)
    return repr(value)


def python_text(text: str) -> str:
    """Return a text in Python, between double quotes where that needs no more escapes than single ones."""
    written = repr(text)
    return f'"{written[1:-1]}"' if written[0] == "'" and '"' not in text and "\\'" not in written else written


def shell(value: Any) -> str:
    """Return a value as an argument of `cpcmd` in a shell; what was hidden comes from the environment."""
    pieces = notation.write(value).split(MASK)
    told = [
        f"{chr(34) if at else ''}{piece}{chr(34) if at < len(pieces) - 1 else ''}" for at, piece in enumerate(pieces)
    ]
    return f'"${VARIABLE}"'.join(map(shell_text, told))


def shell_text(text: str) -> str:
    """Quote a text for a shell; one with line breaks or characters that cannot be seen in the way of bash and zsh."""
    if text.isprintable():
        return shlex.quote(text)
    return "$'" + "".join(_SHELL.get(each, each if each.isprintable() else _escaped(each)) for each in text) + "'"


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"
