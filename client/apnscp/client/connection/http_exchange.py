"""One request to a panel and its answer, over http.client."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import NamedTuple
from urllib.parse import urlsplit

from apnscp.client.connection import wrong_port
from apnscp.client.connection.address import Address
from apnscp.client.errors import ConnectionFailed

CHUNK_BYTES = 65536
WRONG_NAME = (62, 64)
"""What OpenSSL calls a certificate for another host name, and for another address (X509_V_ERR_*_MISMATCH)."""

Progress = Callable[[int], None]
"""Takes the bytes of the answer that have come so far."""


class HttpAnswer(NamedTuple):
    """What came back, whatever its status."""

    status: int
    content_type: str
    body: bytes


def exchange(
    address: Address,
    verb: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> HttpAnswer:
    """Send a request over a connection of its own and return the answer.

    progress: called while the answer comes
    Raises ConnectionFailed when there is none.
    """
    connection = _connection(address)
    try:
        connection.request(verb, path, body, {**(headers or {}), "Connection": "close"})
        response = connection.getresponse()
        mixed_up = wrong_port.answered(response.status, response.reason, address.base)
        if mixed_up:
            response.close()
            raise ConnectionFailed(mixed_up)
        content_type = response.headers.get("Content-Type", "")
        return HttpAnswer(response.status, content_type, _body(response, progress))
    except (OSError, HTTPException) as error:
        raise ConnectionFailed(_why(error, address)) from error
    finally:
        connection.close()


def _connection(address: Address) -> HTTPConnection:
    url = urlsplit(address.base)
    host = url.hostname or ""
    if url.scheme != "https":
        return HTTPConnection(host, url.port, timeout=address.timeout)
    return HTTPSConnection(host, url.port, timeout=address.timeout, context=address.ssl_context())


def _body(response: HTTPResponse, progress: Progress | None) -> bytes:
    if progress is None:
        return response.read()
    chunks, size = [], 0
    while chunk := response.read(CHUNK_BYTES):
        chunks.append(chunk)
        size += len(chunk)
        progress(size)
    return b"".join(chunks)


def _why(error: Exception, address: Address) -> str:
    mixed_up = wrong_port.sentence(error, address.base)
    if mixed_up:
        return mixed_up
    if isinstance(error, ConnectionRefusedError):
        return f"No panel listens at {address.base}"
    if isinstance(error, TimeoutError):
        return f"{address.base} did not answer within {address.timeout:g} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        return _untrusted(error, address)
    return f"{address.base} gave no answer: {error or type(error).__name__}"


def _untrusted(error: ssl.SSLCertVerificationError, address: Address) -> str:
    if error.verify_code in WRONG_NAME:
        hint = "call the panel by a name that its certificate holds, or skip the check with --insecure"
    else:
        other = "another one" if address.cacert else "it"
        hint = f"trust {other} with --cacert FILE, or skip the check with --insecure"
    return f"The certificate of {address.base} is not trusted ({error.verify_message}); {hint}"
