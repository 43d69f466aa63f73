"""Calls over the literal face, and the schema that its description holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from apnscp import modules
from apnscp.core.registry import REGISTRY
from apnscp.server.soap.literal import method_of
from apnscp.server.testing import EmulatedPanel, Reply
from apnscp.wire.soap.literal.schema import VALUES, Method
from apnscp.wire.soap.literal.writing import write

modules.load_all()
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "{http://www.w3.org/2001/XMLSchema}"


def enveloped(inner: str, header: str = "") -> bytes:
    return f'<e:Envelope xmlns:e="{ENVELOPE}">{header}<e:Body>{inner}</e:Body></e:Envelope>'.encode()


def body_of(method: Method, content: str) -> bytes:
    """Write a request whose fields are written already; their prefix is `m`."""
    spaces = f'xmlns:m="{method.namespace}" xmlns="{VALUES}" xmlns:xsi="{INSTANCE}"'
    return enveloped(f"<m:{method.element} {spaces}>{content}</m:{method.element}>")


def request(command: str, *arguments: Any) -> bytes:
    """Write a request as a strict stack does; a missing argument is left out, those beyond belong to the last field."""
    method = method_of(REGISTRY.find(command))
    fields = [*method.fields, *(method.fields[-1] for _ in arguments)]
    return body_of(method, "".join(write(field, each, "m") for field, each in zip(fields, arguments, strict=False)))


def send(panel: EmulatedPanel, body: bytes, headers: Mapping[str, str] | None = None, **options: Any) -> Reply:
    return panel.request("POST", f"/soap/literal?authkey={panel.key}", body, headers, **options)


def element(reply: Reply) -> etree._Element:
    """Return the one element in the Body of an answer."""
    (inner,) = etree.fromstring(reply.body).iterfind(f"{{{ENVELOPE}}}Body/*")
    return inner


def fault(reply: Reply) -> tuple[int, str, str]:
    """Return status, code and text of a fault."""
    inner = element(reply)
    assert inner.tag == f"{{{ENVELOPE}}}Fault", reply.body
    return reply.status, str(inner.findtext("faultcode")), str(inner.findtext("faultstring"))


def schema_of(description: bytes, folder: Path) -> etree.XMLSchema:
    """Put the schemas of a description together as lxml wants them: each in a file, imported by its place."""
    lines = []
    for number, schema in enumerate(etree.fromstring(description).iter(f"{SCHEMA}schema")):
        for imported in schema.iterfind(f"{SCHEMA}import"):
            imported.set("schemaLocation", "part0.xsd")
        (folder / f"part{number}.xsd").write_bytes(etree.tostring(schema))
        lines.append(f'<x:import namespace="{schema.get("targetNamespace")}" schemaLocation="part{number}.xsd"/>')
    whole = folder / "whole.xsd"
    whole.write_text(f'<x:schema xmlns:x="{SCHEMA[1:-1]}">{"".join(lines)}</x:schema>')
    return etree.XMLSchema(etree.parse(str(whole)))
