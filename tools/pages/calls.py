"""Calls as pages show them: for `cpcmd`, PHP and Python."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterable
from keyword import iskeyword
from typing import Any

from apnscp.core.roles import Role
from apnscp.wire.cpcmd import notation
from tools.pages.examples import Call, Nested

FLAGS = {Role.ADMIN: "", Role.SITE: "-d example.com ", Role.USER: "-d example.com -u ann "}
"""Who calls -> what `cpcmd` is told."""
CLIENTS = {Role.ADMIN: "panel", Role.SITE: "site", Role.USER: "user"}
"""Who calls -> the variable that holds the client in PHP and Python."""


def shell(call: Call) -> str:
    """Return a call as it is typed in a shell."""
    words = [
        f'"$({shell(value.call)})"' if isinstance(value, Nested) else shlex.quote(notation.write(value))
        for value in call.args
    ]
    return " ".join([f"cpcmd {FLAGS[call.role]}{call.command.cli_name}", *words])


def php(call: Call) -> str:
    """Return a call by PHP's SoapClient."""
    return f"${CLIENTS[call.role]}->{call.command.name}({', '.join(_php(value) for value in call.args)})"


def python(call: Call) -> str:
    """Return a call by `UtilAPI`."""
    command = call.command
    way = command.name if iskeyword(command.method) else f"{command.module}.{command.method}"
    return f"{CLIENTS[call.role]}.{way}({', '.join(_python(value) for value in call.args)})"


def _php(value: Any) -> str:
    if isinstance(value, Nested):
        return php(value.call)
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return _written(value, _php, "[{}]", "=>")


def _python(value: Any) -> str:
    if isinstance(value, Nested):
        return python(value.call)
    if value is None or isinstance(value, bool):
        return repr(value)
    return _written(value, _python, "{{{}}}", ":")


def _written(value: Any, each: Callable[[Any], str], braces: str, arrow: str) -> str:
    if isinstance(value, dict):
        space = " " if arrow == "=>" else ""
        return braces.format(_commas(f"{each(key)}{space}{arrow} {each(item)}" for key, item in value.items()))
    if isinstance(value, list):
        return f"[{_commas(map(each, value))}]"
    return json.dumps(value, ensure_ascii=False)


def _commas(texts: Iterable[str]) -> str:
    return ", ".join(texts)
