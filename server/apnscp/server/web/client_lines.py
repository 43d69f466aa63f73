"""A call as clients make it: a line for a shell, PHP, Python, and curl. Each can be pasted and works as it is.

The key stands in the lines where it is told; else they take it from the environment, as ``$APNSCP_KEY``.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from keyword import iskeyword
from typing import Any

from apnscp.core.registry import Command
from apnscp.server.web import literals
from apnscp.wire.cpcmd import notation
from apnscp.wire.soap import envelope

VARIABLE = "APNSCP_KEY"


@dataclass(frozen=True)
class Line:
    """The call in one language; `label` names it for people."""

    label: str
    text: str


@dataclass(frozen=True)
class Sender:
    """Where the calls go, and by which key.

    origin: scheme, host and port; key: None for that of the environment
    """

    origin: str
    key: str | None = None

    @property
    def in_shell(self) -> str:
        """Return the key as a word of a shell."""
        return f'"${VARIABLE}"' if self.key is None else shlex.quote(self.key)

    @property
    def in_php(self) -> str:
        """Return the key as PHP code."""
        return f"getenv('{VARIABLE}')" if self.key is None else literals.php(self.key)

    @property
    def in_python(self) -> str:
        """Return the key as Python code."""
        return f'os.environ["{VARIABLE}"]' if self.key is None else json.dumps(self.key)


def lines(sender: Sender, command: Command, values: Sequence[Any]) -> list[Line]:
    """Return a call in every language.

    values: the arguments in the order of the parameters, none left out in between
    """
    return [
        Line("cpcmd", cpcmd(sender, command, values)),
        Line("PHP", php(sender, command, values)),
        Line("Python", python(sender, command, values)),
        Line("curl", curl(sender, command, values)),
    ]


def cpcmd(sender: Sender, command: Command, values: Sequence[Any]) -> str:
    """Return a call as it is typed in a shell."""
    words = [shlex.quote(notation.write(value)) for value in values]
    return " ".join(["cpcmd --url", shlex.quote(sender.origin), "--key", sender.in_shell, command.cli_name, *words])


def php(sender: Sender, command: Command, values: Sequence[Any]) -> str:
    """Return a call as a file of PHP with its SoapClient."""
    return f"""\
<?php
$key = {sender.in_php};
$panel = new SoapClient({literals.php(sender.origin + "/apnscp.wsdl")}, [
    'location' => {literals.php(sender.origin + "/soap?authkey=")} . $key,
    'cache_wsdl' => WSDL_CACHE_NONE,
    'stream_context' => stream_context_create(['http' => ['header' => 'Abort-On: error']]),
]);
var_dump($panel->{command.name}({", ".join(map(literals.php, values))}));"""


def python(sender: Sender, command: Command, values: Sequence[Any]) -> str:
    """Return a call as a program in Python with `UtilAPI`."""
    way = command.name if iskeyword(command.method) else f"{command.module}.{command.method}"
    origin = json.dumps(sender.origin)
    return f"""\
{"import os" + chr(10) * 2 if sender.key is None else ""}from apnscp.client import UtilAPI

panel = UtilAPI.create_client({sender.in_python}, {origin}, abort_on="error")
print(panel.{way}({", ".join(map(literals.python, values))}))"""


def curl(sender: Sender, command: Command, values: Sequence[Any]) -> str:
    """Return a call as it is typed in a shell where nothing but curl is known."""
    body = shlex.quote(envelope.request(command.name, named(command, values)).decode().strip())
    endpoint = f"{sender.origin}/soap?authkey="
    address = shlex.quote(endpoint) + sender.in_shell if sender.key is None else shlex.quote(endpoint + sender.key)
    return (
        f"curl -sS {address} -H 'Content-Type: text/xml; charset=utf-8' -H 'Abort-On: error' \\\n  --data-binary {body}"
    )


def named(command: Command, values: Sequence[Any]) -> list[tuple[str, Any]]:
    """Return arguments with the names of their parts in the description; a variadic parameter counts its parts."""
    parameters = command.parameters
    names = [parameter.name for parameter in parameters if not parameter.variadic]
    rest = parameters[-1].name if parameters and parameters[-1].variadic else "argument"
    names += [f"{rest}{number}" for number in range(1, len(values) - len(names) + 1)]
    return list(zip(names, values, strict=False))
