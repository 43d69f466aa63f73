"""HTTP for zeep: one panel, its credential in a header, no cookies kept, nothing logged.

zeep's own transport writes whole messages, passwords included, to the debug log, and a cookie that the panel set would
override the key in later calls.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from zeep.transports import Transport

from apnscp.client.connection import wrong_port
from apnscp.client.connection.address import Address
from apnscp.client.errors import ConnectionFailed

WRONG_NAME = (62, 64)
"""What OpenSSL calls a certificate for another host name, and for another address (X509_V_ERR_*_MISMATCH)."""


class PanelTransport(Transport):
    """Sends zeep's requests to one panel."""

    def __init__(self, address: Address) -> None:
        """Open no connection yet.

        Raises ApisError for a credential or a header that HTTP cannot carry, ConnectionFailed for a `cacert` that cannot
        be read.
        """
        session = requests.Session()
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.verify = address.requests_verify
        # zeep carries no annotations here
        # zeep carries no annotations on this call
        super().__init__(session=session, timeout=address.timeout, operation_timeout=address.timeout)  # type: ignore[no-untyped-call]
        session.headers.update(address.call_headers())
        if address.cacert and address.verify:
            address.ssl_context()
        self._panel = address
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

    def fetch_wsdl(self) -> bytes:
        """Return the panel's WSDL.

        Raises ConnectionFailed when there is none.
        """
        response = self._request("GET", self._panel.wsdl_url)
        if response.status_code != 200:
            raise ConnectionFailed(f"{self._panel.wsdl_url} answered {response.status_code}")
        return bytes(response.content)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()

    def _request(self, method: str, url: str, **content: Any) -> requests.Response:
        timeout = self._panel.timeout
        try:
            response = self.session.request(method, url, timeout=timeout, allow_redirects=False, **content)
        except requests.Timeout as error:
            raise ConnectionFailed(f"{url} did not answer in {timeout} seconds") from error
        except requests.exceptions.SSLError as error:
            mixed_up = wrong_port.sentence(error, self._panel.base)
            raise ConnectionFailed(mixed_up or _untrusted(url, error, self._panel.cacert)) from error
        except (requests.RequestException, OSError) as error:
            mixed_up = wrong_port.sentence(error, self._panel.base)
            raise ConnectionFailed(mixed_up or f"{url} cannot be reached: {error}") from error
        mixed_up = wrong_port.answered(response.status_code, response.reason, self._panel.base)
        if mixed_up:
            raise ConnectionFailed(mixed_up)
        return response


def _untrusted(url: str, error: Exception, cacert: str | None) -> str:
    """Say why TLS failed, and how to trust the panel where that is the reason."""
    cause = _certificate_error(error)
    if cause is None:
        return f"{url} cannot be reached: {error}"
    reason = f"The certificate of {url} is not trusted ({cause.verify_message})"
    if cause.verify_code in WRONG_NAME:
        return f"{reason}; call the panel by a name that its certificate holds, or skip the check with verify=False"
    return (
        f'{reason}; trust {"another one" if cacert else "it"} with cacert="FILE", or skip the check with verify=False'
    )


def _certificate_error(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """Return what TLS found wrong with a certificate; requests and urllib3 wrap it several times."""
    seen: list[BaseException | None] = [error]
    while seen:
        each = seen.pop()
        if isinstance(each, ssl.SSLCertVerificationError):
            return each
        if each is not None:
            inner = [value for value in (*each.args, getattr(each, "reason", None)) if isinstance(value, BaseException)]
            seen += [*inner, each.__cause__]
    return None
