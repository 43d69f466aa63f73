"""Calls over http.client and the wire alone: at once, without a description and without zeep.

Arguments travel by position, since names are known to the server only: parts named arg0, arg1 ... match no parameter.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from apnscp.client.errors import ApisError, ConnectionFailed, Fault, UnknownMethod, fault_of
from apnscp.client.shell.config import TIMEOUT, Target
from apnscp.wire.errors import FaultReceived, Message, WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.envelope import Answer

_METHOD = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_]+")
_HEADER = re.compile(r"[\x21-\x7e][\x20-\x7e]*")
_PIECE = 65536
_HEADERS = {"Content-Type": "text/xml; charset=utf-8", "Connection": "close", "User-Agent": "cpcmd"}


class PanelConnection:
    """One panel, called with an API key or within a session."""

    def __init__(
        self,
        url: str,
        key: str,
        session: str | None = None,
        *,
        cacert: str | None = None,
        verify: bool = True,
        timeout: float = TIMEOUT,
    ) -> None:
        """Open no connection yet.

        url: scheme, host and port
        key: API key; not sent where a session is given
        session: session id, as admin:hijack gives it
        cacert: PEM file with the certificates to trust
        verify: whether the certificate is checked
        timeout: seconds to wait for the connection and for each piece of an answer
        """
        self.target = Target(url, key, cacert, verify, timeout)
        self.session = session
        self.messages: tuple[Message, ...] = ()
        """(severity, text) pairs of the last call, also of one that ended in a fault."""
        self.received: Callable[[int], None] | None = None
        """Told how many bytes of an answer have come, while it comes."""

    @classmethod
    def at(cls, target: Target, session: str | None = None) -> PanelConnection:
        """Return the panel that the configuration names."""
        return cls(target.url, target.key, session, cacert=target.cacert, verify=target.verify, timeout=target.timeout)

    def call(self, method: str, *args: Any, abort_on: str | None = None) -> Answer:
        """Call a method.

        method: ``admin:edit-site``, ``admin_edit_site`` or a mixture
        args: by position; what is left out has its default
        abort_on: class of message that ends the call with a fault; the panel's rule when left out
        returns: value and messages
        Raises Fault or one of its kinds, ConnectionFailed, WireError for a value that cannot be sent.
        """
        self.messages = ()
        name = canonical(method)
        body = envelope.request(name, [(f"arg{place}", value) for place, value in enumerate(args)])
        headers = _HEADERS | self._credential() | {"SOAPAction": f'"urn:net.apnscp.soap#{name}"'}
        if abort_on:
            headers["Abort-On"] = abort_on
        status, content_type, answer = self._exchange("POST", "/soap", body, headers)
        return self._read(status, content_type, answer)

    def as_site(self, site: str, user: str | None = None) -> PanelConnection:
        """Return the same panel seen by a site's administrator, or by a user of the site.

        site: site identifier, domain or alias
        user: secondary user; the administrator when left out
        Raises Fault when the panel gives no session.
        """
        session = self.call("admin:hijack", site, user, "CLI", abort_on="error").value
        if not isinstance(session, str) or not session:
            raise Fault(f"The panel gave no session for `{site}'")
        return PanelConnection.at(self.target, session)

    def fetch(self, path: str) -> bytes:
        """Return a document of the panel that needs no key.

        Raises ConnectionFailed when it is not to be had.
        """
        status, _, body = self._exchange("GET", path, None, {"Connection": "close"})
        if status != 200:
            raise ConnectionFailed(f"{self.target.url}{path} answered {status}")
        return body

    def _credential(self) -> dict[str, str]:
        name, value = ("Cookie", f"esprit_id={self.session}") if self.session else ("Auth-Key", self.target.key)
        if not _HEADER.fullmatch(value):
            raise ApisError("The API key holds characters that no key has")
        return {name: value}

    def _exchange(self, verb: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str, bytes]:
        connection = self._connection()
        try:
            connection.request(verb, path, body, headers)
            response: HTTPResponse = connection.getresponse()
            return response.status, response.headers.get("Content-Type", ""), self._body(response)
        except (OSError, HTTPException) as error:
            raise ConnectionFailed(_why(error, self.target)) from error
        finally:
            connection.close()

    def _body(self, response: HTTPResponse) -> bytes:
        if self.received is None:
            return response.read()
        pieces, size = [], 0
        while piece := response.read(_PIECE):
            pieces.append(piece)
            size += len(piece)
            self.received(size)
        return b"".join(pieces)

    def _connection(self) -> HTTPConnection:
        address = urlsplit(self.target.url)
        host = address.hostname or ""
        if address.scheme != "https":
            return HTTPConnection(host, address.port, timeout=self.target.timeout)
        return HTTPSConnection(host, address.port, timeout=self.target.timeout, context=_trust(self.target))

    def _read(self, status: int, content_type: str, body: bytes) -> Answer:
        try:
            answer = envelope.read_response(body, content_type or None)
        except FaultReceived as fault:
            self.messages = fault.messages
            raise fault_of(fault.text, fault.code, status) from None
        except WireError as error:
            text = f"{self.target.url}/soap answered {status} without a SOAP envelope"
            raise ConnectionFailed(text) from error
        self.messages = answer.messages
        return answer


def canonical(method: str) -> str:
    """Return the name of a method on the wire, ``admin_edit_site`` for ``admin:edit-site``.

    Raises UnknownMethod for a text that can be no method.
    """
    name = method.strip().lower().replace(":", "_").replace("-", "_")
    if not _METHOD.fullmatch(name):
        raise UnknownMethod(f"Procedure '{method}' not present")
    return name


def _trust(target: Target) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=target.cacert)
    except OSError as error:
        raise ConnectionFailed(f"{target.cacert} holds no certificates that can be read: {error}") from error
    if not target.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _why(error: Exception, target: Target) -> str:
    if isinstance(error, ConnectionRefusedError):
        return f"No panel listens at {target.url}"
    if isinstance(error, TimeoutError):
        return f"{target.url} did not answer within {target.timeout:g} seconds"
    if isinstance(error, ssl.SSLCertVerificationError):
        way = "trust it with --cacert FILE, or skip the check with --insecure"
        return f"The certificate of {target.url} is not trusted ({error.verify_message}); {way}"
    return f"{target.url} gave no answer: {error or type(error).__name__}"
