"""The same call in four forms: a line of `cpcmd`, PHP, Python, and `curl` with the envelope.

Each takes the panel and the key from the environment, as `apnscpd env` prints them: ``APNSCP_URL`` and ``APNSCP_KEY``, the key
of the administrator. What an account or another administrator called begins with `admin:hijack`, as billing modules do it.
"""

from __future__ import annotations

from collections.abc import Sequence
from keyword import iskeyword
from typing import Any, NamedTuple

from apnscp.core.registry import REGISTRY, Command
from apnscp.server.calls.form_values import VARIABLE, is_hidden, php, python, python_text, shell, shell_text
from apnscp.server.calls.kept_call import KeptCall
from apnscp.server.calls.layout import laid_out
from apnscp.server.calls.part_names import part_names
from apnscp.server.masking import MASK
from apnscp.wire.soap import envelope

PANEL = "localhost"
"""The site in which `admin:hijack` finds the administrators of the panel."""
_CONTENT = "-H 'Content-Type: text/xml; charset=utf-8'"


class Form(NamedTuple):
    """A call in one form; `name` is for programs, `label` for people."""

    name: str
    label: str
    text: str


class Actor(NamedTuple):
    """Whom to enter before the call: a site by its domain or `PANEL`, and a user; None for the administrator of the site."""

    site: str
    user: str | None


def forms(call: KeptCall) -> list[Form]:
    """Return the forms of a call; none where its arguments were cut or its method is gone: it could not be made again."""
    if call.is_cut or call.command is None:
        return []
    return [
        Form("cpcmd", "cpcmd", cpcmd_line(call)),
        Form("php", "PHP (Util_API)", php_code(call)),
        Form("python", "Python (UtilAPI)", python_code(call)),
        Form("curl", "curl", curl_line(call)),
    ]


def actor(call: KeptCall) -> Actor | None:
    """Return whom to enter; None where the administrator whose key it is called by himself."""
    if call.site is not None:
        return Actor(call.site, None if call.is_of_site_admin else str(call.row.user))
    return None if call.row.user == call.names.admin else Actor(PANEL, str(call.row.user))


def cpcmd_line(call: KeptCall) -> str:
    """Return the call as it is typed in a shell."""
    enters = actor(call)
    flags: list[str] = []
    if enters is not None and enters.site != PANEL:
        flags += ["-d", shell_text(enters.site)]
    if enters is not None and enters.user is not None:
        flags += ["-u", shell_text(enters.user)]
    return " ".join(["cpcmd", *flags, call.method, *map(shell, call.arguments)])


def php_code(call: KeptCall) -> str:
    """Return the call by the vendor's `Util_API` where that is loaded, else by PHP's SoapClient, of which it is one."""
    enters = actor(call)
    headers = [f"Abort-On: {call.row.abort_on}"] if call.row.abort_on else []
    context = f"['http' => ['header' => {php(headers[0])}]]" if headers else "[]"
    lines = [
        "<?php",
        "$url = getenv('APNSCP_URL');",
        "$key = getenv('APNSCP_KEY');",
        *([f"$secret = getenv('{VARIABLE}');"] if is_hidden(call.arguments) else []),
        f"$options = ['cache_wsdl' => WSDL_CACHE_NONE, 'stream_context' => stream_context_create({context})];",
        "$panel = class_exists('Util_API')",
        "    ? Util_API::create_client($key, parse_url($url, PHP_URL_HOST), parse_url($url, PHP_URL_PORT), $options)",
        '    : new SoapClient("$url/apnscp.wsdl", [\'location\' => "$url/soap?authkey=" . rawurlencode($key)] + $options);',
    ]
    if enters is not None:
        lines.append(f"$session = $panel->admin_hijack({', '.join(map(php, filter(None, enters)))});")
        lines.append('$panel = new SoapClient("$url/apnscp.wsdl", [\'location\' => "$url/soap"] + $options);')
        lines.append("$panel->__setCookie('esprit_id', $session);")
    lines.append(f"var_dump($panel->{call.row.command}({', '.join(map(php, call.arguments))}));")
    return "\n".join(lines) + "\n"


def python_code(call: KeptCall) -> str:
    """Return the call by `UtilAPI`, the client for Python."""
    enters = actor(call)
    told = f", abort_on={python_text(call.row.abort_on)}" if call.row.abort_on else ""
    lines = ["import os", "", "from apnscp.client import UtilAPI", ""]
    if is_hidden(call.arguments):
        lines.append(f'secret = os.environ["{VARIABLE}"]')
    lines.append(f'with UtilAPI.create_client(os.environ["APNSCP_KEY"], os.environ["APNSCP_URL"]{told}) as panel:')
    if enters is None:
        lines.append(f"    print({python_call(call, 'panel')})")
    else:
        lines.append(f"    with panel.as_site({', '.join(map(python, filter(None, enters)))}) as account:")
        lines.append(f"        print({python_call(call, 'account')})")
    return "\n".join(lines) + "\n"


def python_call(call: KeptCall, client: str, arguments: Sequence[Any] | None = None) -> str:
    """Return the expression that makes the call with a `UtilAPI`.

    client: name of its variable; arguments: others than those of the call
    """
    module, _, method = str(call.row.command).partition("_")
    way = f"{module}.{method}" if method and not iskeyword(method) and not iskeyword(module) else str(call.row.command)
    return f"{client}.{way}({', '.join(map(python, call.arguments if arguments is None else arguments))})"


def curl_line(call: KeptCall) -> str:
    """Return the call as a line of `curl` with its envelope."""
    enters = actor(call)
    abort_on = f" -H {shell_text(f'Abort-On: {call.row.abort_on}')}" if call.row.abort_on else ""
    lines = []
    who = '-H "Auth-Key: $APNSCP_KEY"'
    if enters is not None:
        hijack = _one_line(_written(REGISTRY.find("admin_hijack"), tuple(filter(None, enters))))
        lines.append(f'session=$(curl -sS "$APNSCP_URL/soap" {who} {_CONTENT} --data-binary {shell_text(hijack)} |')
        lines.append("  sed -n 's/.*<return[^>]*>\\([^<]*\\)<.*/\\1/p')")
        who = '-H "Cookie: esprit_id=$session"'
    text = laid_out(_written(REGISTRY.find(call.row.command), call.arguments))
    mark = _unused_mark(text)
    hidden = is_hidden(call.arguments)
    lines.append(
        f'curl -sS "$APNSCP_URL/soap" {who} {_CONTENT}{abort_on} --data-binary @- <<{mark if hidden else repr(mark)}'
    )
    lines += [_for_open_document(text) if hidden else text, mark]
    return "\n".join(lines) + "\n"


def _written(command: Command, arguments: Sequence[Any]) -> str:
    names = part_names(command, len(arguments))
    return envelope.request(command.name, list(zip(names, arguments, strict=False))).decode()


def _one_line(text: str) -> str:
    return text.replace("\n", "")


def _for_open_document(text: str) -> str:
    """Return a text for a here-document in which the shell fills in variables."""
    for special in ("\\", "$", "`"):
        text = text.replace(special, f"\\{special}")
    return text.replace(MASK, f"${VARIABLE}")


def _unused_mark(text: str) -> str:
    """Return a word that is no line of a text, to end a here-document."""
    lines, mark = set(text.splitlines()), "XML"
    while mark in lines:
        mark += "X"
    return mark
