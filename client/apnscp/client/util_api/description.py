"""A panel's WSDL, parsed for zeep: its operations carry typed values."""

from __future__ import annotations

import hashlib
import io
import re
import threading
from typing import Any

from zeep import Settings
from zeep.exceptions import Error as ZeepError
from zeep.wsdl import Document

from apnscp.client.errors import ConnectionFailed
from apnscp.client.util_api.typed_body import make_typed

_LOCATION = re.compile(rb'<soap:address location="[^"]*"')
"""Differs by the address that a client used; calls are never sent there."""

_documents: dict[str, Document] = {}
_documents_lock = threading.Lock()


def parsed(url: str, content: bytes) -> Document:
    """Return what `parse` returns; a process parses equal descriptions once."""
    digest = hashlib.sha256(_LOCATION.sub(b"", content)).hexdigest()
    with _documents_lock:
        if digest not in _documents:
            _documents[digest] = parse(url, content)
        return _documents[digest]


def parse(url: str, content: bytes) -> Document:
    """Parse a WSDL, and make its operations carry typed values.

    url: where it comes from, for messages
    Raises ConnectionFailed when the content is not a WSDL, or not a panel's.
    """
    try:
        loader: Any = NoImports()
        document = Document(io.BytesIO(content), loader, settings=Settings(forbid_dtd=True))
    except (ZeepError, AttributeError, KeyError, ValueError) as error:
        raise ConnectionFailed(f"{url} is not the description of a panel: {error}") from error
    for operation in operations(document).values():
        make_typed(operation)
    return document


def operations(document: Document) -> dict[str, Any]:
    """Return the operations of the description's only binding by name.

    Raises ConnectionFailed when there is none.
    """
    if not document.bindings:
        raise ConnectionFailed("The description offers no operations")
    # zeep's bindings carry no annotations
    found: dict[str, Any] = next(iter(document.bindings.values())).all()  # type: ignore[no-untyped-call]
    return found


class NoImports:
    """Takes the place of the transport that zeep fetches imported documents with: a panel's WSDL imports none."""

    def load(self, url: str) -> bytes:
        """Raise ConnectionFailed, whatever the URL."""
        raise ConnectionFailed(f"The description of the panel refers to {url}, which is not fetched")
