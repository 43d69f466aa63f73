"""Namespaces of the panel's SOAP API, and the spellings of a method's name."""

from __future__ import annotations

from typing import Final

API: Final = "urn:net.apnscp.api"
MESSAGES: Final = "urn:net.apnscp.api:messages"
ACTION: Final = "urn:net.apnscp.soap"
ENVELOPE: Final = "http://schemas.xmlsoap.org/soap/envelope/"
ENCODING: Final = "http://schemas.xmlsoap.org/soap/encoding/"
ENVELOPE_12: Final = "http://www.w3.org/2003/05/soap-envelope"
ENCODING_12: Final = "http://www.w3.org/2003/05/soap-encoding"
RPC: Final = "http://www.w3.org/2003/05/soap-rpc"
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


def canonical(method: str) -> str:
    """Give the canonical name of a method that a person wrote, `admin_edit_site' for `admin:edit-site'.

    method: letters in any case, colons and dashes as good as underscores
    """
    return method.strip().lower().replace(":", "_").replace("-", "_")


def cli_name(method: str) -> str:
    """Give a method's name on a command line, `admin:edit-site' for `admin_edit_site'.

    method: in any spelling
    """
    module, _, name = canonical(method).partition("_")
    return f"{module}:{name.replace('_', '-')}"
