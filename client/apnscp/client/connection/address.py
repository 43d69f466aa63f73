"""The address of a panel: where it is, who calls it, and which certificates are trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apnscp.client.errors import ApisError, ConnectionFailed

if TYPE_CHECKING:
    from ssl import SSLContext

HTTP_PORT, TLS_PORT = 2082, 2083
TIMEOUT = 300.0
"""Seconds to wait for a panel by default."""
SESSION_LENGTH = 32
"""Characters of a session id."""
_HEADER_VALUE = re.compile(r"([\x21-\x7e][\x20-\x7e]*)?")


@dataclass(frozen=True, slots=True)
class Address:
    """A panel, who calls it, and how.

    base: scheme, host and port, such as ``https://panel.example:2083``
    key: API key; not sent if there is a session
    session: session id, such as admin:hijack returns
    cacert: PEM file with the certificates to trust instead of the system's
    verify: whether the panel's certificate is checked
    timeout: seconds to wait for the connection and for each piece of an answer
    headers: further headers for every call
    abort_on: class of message that ends a call with a fault; None leaves it to the panel
    """

    base: str
    key: str = field(default="", repr=False)
    _: KW_ONLY
    session: str | None = field(default=None, repr=False)
    cacert: str | None = None
    verify: bool = True
    timeout: float = TIMEOUT
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    abort_on: str | None = None

    @property
    def soap_url(self) -> str:
        """Where calls are sent."""
        return f"{self.base}/soap"

    @property
    def wsdl_url(self) -> str:
        """Where the panel publishes its WSDL."""
        return f"{self.base}/apnscp.wsdl"

    def with_credential(self, credential: str) -> Address:
        """Return the same panel, called by someone else.

        credential: an API key or a session id; Util_API, too, tells them apart by their length
        """
        if len(credential) == SESSION_LENGTH:
            return self.with_session(credential)
        return replace(self, key=credential, session=None)

    def with_session(self, session: str) -> Address:
        """Return the same panel, called within a session."""
        return replace(self, session=session)

    def call_headers(self) -> dict[str, str]:
        """Return the headers of every call: the credential, Abort-On, and further headers.

        Raises ApisError when there is no credential, and for a value that HTTP cannot carry.
        """
        abort_on = {"Abort-On": self.abort_on} if self.abort_on else {}
        headers = self._credential() | abort_on | dict(self.headers)
        for name, value in headers.items():
            if not _HEADER_VALUE.fullmatch(value):
                raise ApisError(f"The header {name} holds characters that HTTP cannot carry")
        return headers

    def ssl_context(self) -> SSLContext:
        """Return what http.client takes to check the panel's certificate.

        Raises ConnectionFailed when `cacert` cannot be read.
        """
        import ssl  # `cpcmd --help' needs this module, and no TLS

        try:
            context = ssl.create_default_context(cafile=self.cacert)
        except OSError as error:
            raise ConnectionFailed(f"{self.cacert} holds no certificates that can be read: {error}") from error
        if not self.verify:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    @property
    def requests_verify(self) -> bool | str:
        """What requests takes as `verify` to check the panel's certificate."""
        return self.cacert if self.cacert and self.verify else self.verify

    def _credential(self) -> dict[str, str]:
        if self.session:
            return {"Cookie": f"esprit_id={self.session}"}
        if not self.key:
            raise ApisError(f"There is no API key for {self.base}")
        return {"Auth-Key": self.key}


def base_url(server: str | None = None, port: int | None = None) -> str:
    """Return scheme, host and port of a panel.

    server: host name, IP address or URL; localhost by default
    port: that of the URL, else 2082 for HTTP and 2083 for TLS; without a URL, 2083 means TLS
    Raises ApisError when `server` is neither a host nor a URL.
    """
    text = server or "localhost"
    url = urlsplit(text if "://" in text else f"//{_bracketed(text)}")
    try:
        port = port or url.port
    except ValueError:
        raise ApisError(f"`{text}' names no port between 1 and 65535") from None
    if url.scheme not in ("", "http", "https") or not url.hostname:
        raise ApisError(f"`{text}' is neither a host name nor an http or https URL")
    scheme = url.scheme or ("https" if port == TLS_PORT else "http")
    return f"{scheme}://{_bracketed(url.hostname)}:{port or (TLS_PORT if scheme == 'https' else HTTP_PORT)}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if host.count(":") > 1 and not host.startswith("[") else host
