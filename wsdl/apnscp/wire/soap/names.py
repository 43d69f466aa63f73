"""Namespaces of the panel's SOAP API, and the two ways to spell an operation."""

from __future__ import annotations

from typing import Final

API: Final = "urn:net.apnscp.api"
MESSAGES: Final = "urn:net.apnscp.api:messages"
ACTION: Final = "urn:net.apnscp.soap"
ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING: Final = "http://schemas.xmlsoap.org/soap/encoding/"
SCHEMA: Final = "http://www.w3.org/2001/XMLSchema"
INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
APACHE: Final = "http://xml.apache.org/xml-soap"

_MODULE: Final = API + ":"


def operation(name: str, namespace: str) -> str:
    """Return the canonical name of an operation, such as `admin_edit_site`.

    name: local name of the body element, in any case, with dashes or underscores
    namespace: `urn:net.apnscp.api:admin` names the module of a bare method; others are ignored
    """
    method = name.replace("-", "_").lower()
    if namespace[: len(_MODULE)].lower() != _MODULE:
        return method
    module = namespace[len(_MODULE) :].strip("/").replace("-", "_").lower()
    return f"{module}_{method}" if module else method
