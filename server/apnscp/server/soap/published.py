"""How the description is published: whole or in part, compressed where a client takes it, and not again where it has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from apnscp.core.errors import Refused
from apnscp.core.registry import Command
from apnscp.wire.soap.addressed import Addressed

PARTS_KEPT = 32
"""Parts of a description, by the modules that they hold, that are kept ready."""
XML = "text/xml; charset=utf-8"
_TAG = re.compile(r'(?:W/)?"([^"]*)"|(\*)')

Answer = tuple[str, list[tuple[str, str]], bytes]
"""Status, headers and body."""


def modules_of(query: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return the modules that a query names, as in ``?modules=admin,auth``; none for all of them."""
    texts = [text for name, values in query.items() if name.lower() == "modules" for text in values]
    return frozenset(name.strip().lower() for text in texts for name in text.split(",") if name.strip())


def of_modules(commands: Iterable[Command], modules: frozenset[str]) -> list[Command]:
    """Return the methods of some modules, all of them when none is named.

    Raises Refused for a module without any method.
    """
    listed = list(commands)
    known = sorted({command.module for command in listed})
    for name in sorted(modules.difference(known)):
        raise Refused("Unknown module `%s'; there are %s", name[:64], ", ".join(known))
    return [command for command in listed if not modules or command.module in modules]


def answer(template: Addressed, address: str, environ: Mapping[str, Any]) -> Answer:
    """Return what a client gets that asks for a description.

    address: of the endpoint, as the client reaches it
    environ: the request (PEP 3333); Accept-Encoding and If-None-Match of it are looked at
    """
    tag = template.digest_at(address)
    headers = [("ETag", f'W/"{tag}"'), ("Cache-Control", "no-cache"), ("Vary", "Accept-Encoding, Host")]
    if has(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
        return "304 Not Modified", headers, b""
    headers.append(("Content-Type", XML))
    if takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", "")):
        body = template.compressed_at(address)
        headers.append(("Content-Encoding", "gzip"))
    else:
        body = template.at(address)
    return "200 OK", [*headers, ("Content-Length", str(len(body)))], body


def has(condition: str, tag: str) -> bool:
    """Tell whether an If-None-Match names an entity tag; weak ones are as good as strong ones there (RFC 9110, 13.1.2)."""
    return any(found[1] == tag or found[2] for found in _TAG.finditer(condition))


def takes_gzip(accepted: str) -> bool:
    """Tell whether an Accept-Encoding admits gzip; a weight of 0 rules it out (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for text in accepted.lower().split(","):
        name, _, parameters = text.partition(";")
        weights[name.strip()] = _weight(parameters)
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _weight(parameters: str) -> float:
    name, _, value = parameters.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
