"""Where a panel is and how a client of it is set up, as the vendor's Util_API takes it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from apnscp.client.errors import ApisError

HTTP_PORT, TLS_PORT = 2082, 2083
SESSION_LENGTH = 32
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One panel and who calls it.

    key: an API key, or a session id of 32 characters
    base: scheme, host and port, such as ``https://panel.example:2083``
    abort_on: class of message that ends a call with a fault; None leaves it to the panel
    headers: further headers for every request
    timeout: seconds to wait for the connection and for each piece of an answer
    verify: whether the panel's certificate is checked
    cacert: PEM file with the certificates to trust instead of the system's
    retries: how often a call is repeated while it answers null
    """

    key: str = field(repr=False)
    base: str
    abort_on: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout: float = 300.0
    verify: bool = True
    cacert: str | None = None
    retries: int = 5

    @property
    def description(self) -> str:
        """Address of the WSDL."""
        return f"{self.base}/apnscp.wsdl"

    @property
    def address(self) -> str:
        """Address of the calls."""
        return f"{self.base}/soap"

    @property
    def trust(self) -> bool | str:
        """What requests takes as `verify`."""
        return self.cacert if self.cacert and self.verify else self.verify

    def all_headers(self) -> dict[str, str]:
        """Return the headers of each request, the credential among them.

        Raises ApisError for a value that no header can carry.
        """
        credential = {"Cookie": f"esprit_id={self.key}"} if is_session(self.key) else {"Auth-Key": self.key}
        abort = {"Abort-On": self.abort_on} if self.abort_on else {}
        headers = credential | abort | dict(self.headers)
        for name, value in headers.items():
            if not HEADER_VALUE.fullmatch(value):
                raise ApisError(f"The header {name} holds characters that HTTP cannot carry")
        return headers


def is_session(key: str) -> bool:
    """Tell a session id from an API key by its length, as Util_API does."""
    return len(key) == SESSION_LENGTH


def base_url(server: str | None = None, port: int | None = None) -> str:
    """Return scheme, host and port of a panel.

    server: host name, address, or URL; localhost when left out
    port: 2082 when left out; 2083 is TLS. A URL says both by itself
    Raises ApisError when `server` is neither.
    """
    text = server or "localhost"
    given = urlsplit(text if "://" in text else f"//{_bracketed(text)}")
    try:
        port = port or given.port
    except ValueError:
        raise ApisError(f"`{text}' names no port between 1 and 65535") from None
    if given.scheme not in ("", "http", "https") or not given.hostname:
        raise ApisError(f"`{text}' is neither a host name nor an http or https URL")
    scheme = given.scheme or ("https" if port == TLS_PORT else "http")
    return f"{scheme}://{_bracketed(given.hostname)}:{port or (TLS_PORT if scheme == 'https' else HTTP_PORT)}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
