"""`UtilAPI` without a socket: its requests go straight to a panel in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from zeep.wsdl import Document

from apnscp.client.connection.address import Address
from apnscp.client.util_api.api import RETRIES, UtilAPI
from apnscp.client.util_api.zeep_transport import PanelTransport

BASE = "http://localhost:2082"
"""The address that a panel in this process believes to have."""

Answering = Callable[[str, str, bytes, Mapping[str, str]], tuple[int, Mapping[str, str], bytes]]
"""Takes method, target, body and headers; gives status, headers and body. Raises OSError where a connection breaks."""


class PanelAPI(UtilAPI):
    """A `UtilAPI` of a panel in this process; it differs in how requests travel and in nothing else."""

    def __init__(
        self, address: Address, answering: Answering, document: Document | None = None, *, retries: int = RETRIES
    ) -> None:
        """Connect to a panel.

        address: who calls, with which headers; its host is never looked up
        answering: what answers the requests
        document: the panel's description where it is known already
        retries: as in `UtilAPI`
        """
        self._answering = answering
        super().__init__(address, document, retries=retries)

    def _open(self, address: Address) -> PanelTransport:
        transport = super()._open(address)
        transport.session.mount("http://", _Adapter(self._answering))
        return transport

    def _at(self, address: Address) -> UtilAPI:
        return PanelAPI(address, self._answering, self._document, retries=self._retries)


class _Adapter(BaseAdapter):
    def __init__(self, answering: Answering) -> None:
        super().__init__()
        self._answering = answering

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        address = urlsplit(request.url or "")
        target = f"{address.path}?{address.query}" if address.query else address.path
        content: Any = request.body or b""
        body: bytes = content.encode() if isinstance(content, str) else content
        sent = {str(name): str(value) for name, value in request.headers.items()}
        sent.pop("Accept-Encoding", None)  # nothing unpacks here
        status, headers, answer = self._answering(request.method or "GET", target, body, sent)
        response = requests.Response()
        response.status_code = status
        response.headers = CaseInsensitiveDict(headers)
        response.raw = BytesIO(answer)
        response.request = request
        response.url = request.url or ""
        response.encoding = "utf-8"
        return response

    def close(self) -> None:
        """Keep nothing open."""
