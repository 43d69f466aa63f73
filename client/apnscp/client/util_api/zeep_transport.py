"""HTTP for zeep: one panel, its credentials in headers, no cookies kept, nothing logged.

zeep's own transport writes whole messages, passwords included, to the debug log, and a cookie that the panel set would
decide over the key in later calls.
"""

from __future__ import annotations

import hashlib
import io
import re
import threading
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from zeep import Settings
from zeep.exceptions import Error as ZeepError
from zeep.transports import Transport
from zeep.wsdl import Document

from apnscp.client.errors import ConnectionFailed
from apnscp.client.util_api.typed_body import make_typed

ADDRESS = re.compile(rb'<soap:address location="[^"]*"')
"""Differs by the address that a client used; calls go to the endpoint and never there."""

_documents: dict[str, Document] = {}
_documents_lock = threading.Lock()


class PanelTransport(Transport):
    """Speaks to one panel."""

    def __init__(self, headers: Mapping[str, str], timeout: float, verify: bool | str) -> None:
        """Open no connection yet.

        headers: sent with every request, credentials included
        timeout: seconds to wait for the connection and for each piece of an answer
        verify: whether certificates are checked, or the path of a PEM file with those to trust
        """
        session = requests.Session()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.verify = verify
        # zeep carries no annotations here
        super().__init__(session=session, timeout=timeout, operation_timeout=timeout)  # type: ignore[no-untyped-call]
        session.headers.update(headers)
        self._last = threading.local()

    @property
    def last_status(self) -> int:
        """HTTP status of the last answer in this thread."""
        return getattr(self._last, "status", 0)

    def post(self, address: str, message: bytes, headers: Mapping[str, str]) -> requests.Response:
        """Send an envelope; raise ConnectionFailed when no SOAP answer comes."""
        response = self._request("POST", address, data=message, headers=headers)
        self._last.status = response.status_code
        if "xml" not in response.headers.get("Content-Type", "text/xml").lower():
            raise ConnectionFailed(f"{address} answered {response.status_code} without a SOAP envelope")
        return response

    def description(self, address: str) -> Document:
        """Fetch the WSDL and return it parsed; equal descriptions are parsed once in a process.

        Raises ConnectionFailed.
        """
        response = self._request("GET", address)
        if response.status_code != 200:
            raise ConnectionFailed(f"{address} answered {response.status_code}")
        digest = hashlib.sha256(ADDRESS.sub(b"", response.content)).hexdigest()
        with _documents_lock:
            if digest not in _documents:
                _documents[digest] = parse(address, response.content)
            return _documents[digest]

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _request(self, method: str, address: str, **content: Any) -> requests.Response:
        try:
            return self.session.request(
                method, address, timeout=self.operation_timeout, allow_redirects=False, **content
            )
        except requests.Timeout as error:
            raise ConnectionFailed(f"{address} did not answer in {self.operation_timeout} seconds") from error
        except (requests.RequestException, OSError) as error:
            raise ConnectionFailed(f"{address} cannot be reached: {error}") from error


class NothingElse:
    """Stands where zeep would fetch what a description refers to: a panel's refers to nothing."""

    def load(self, url: str) -> bytes:
        """Raise ConnectionFailed."""
        raise ConnectionFailed(f"The description of the panel refers to {url}, which is not fetched")


def parse(address: str, content: bytes) -> Document:
    """Parse a WSDL and make its operations carry typed values.

    Raises ConnectionFailed when it is none, or not a panel's.
    """
    try:
        loader: Any = NothingElse()
        document = Document(io.BytesIO(content), loader, settings=Settings(forbid_dtd=True))
    except (ZeepError, AttributeError, KeyError, ValueError) as error:
        raise ConnectionFailed(f"{address} is no description of a panel: {error}") from error
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
