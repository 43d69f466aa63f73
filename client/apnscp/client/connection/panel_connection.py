"""Calls over http.client and `apnscp.wire` alone: they start at once, without zeep and without the WSDL.

Arguments are sent by position, since only the server knows the names of its parameters: parts named arg0, arg1 ... match none
of them. A panel of this project is asked to refuse arguments that a method does not take (docs/wire.md, "Reading requests");
others pass over that header.
"""

from __future__ import annotations

import re
from typing import Any

from apnscp.client.connection.address import Address
from apnscp.client.connection.faults import fault_of
from apnscp.client.connection.http_exchange import HttpAnswer, Progress, exchange
from apnscp.client.errors import ConnectionFailed, Fault, UnknownMethod
from apnscp.wire.errors import FaultReceived, Message, WireError
from apnscp.wire.soap import envelope, names
from apnscp.wire.soap.envelope import Answer

_METHOD = re.compile(r"[a-z][a-z0-9]*_[a-z0-9_]+")
_HEADERS = {"Content-Type": "text/xml; charset=utf-8", "User-Agent": "cpcmd", "Surplus-Arguments": "refuse"}


class PanelConnection:
    """A panel at one address; no connection is kept open between calls."""

    def __init__(self, address: Address) -> None:
        """Open no connection yet."""
        self.address = address
        self.messages: tuple[Message, ...] = ()
        """(severity, text) pairs of the last call, also of one that ended in a fault."""
        self.progress: Progress | None = None
        """Called with the bytes of an answer that have come so far."""

    def call(self, method: str, *args: Any, abort_on: str | None = None) -> Answer:
        """Call a method.

        method: ``admin:edit-site``, ``admin_edit_site`` or a mixture
        args: by position; what is left out has its default
        abort_on: class of message that ends the call with a fault; as the address says by default
        Returns value and messages. Raises Fault or one of its kinds, ConnectionFailed, WireError for a value that cannot be sent.
        """
        self.messages = ()
        name = operation(method)
        body = envelope.request(name, [(f"arg{place}", value) for place, value in enumerate(args)])
        headers = _HEADERS | self.address.call_headers() | {"SOAPAction": f'"{names.ACTION}#{name}"'}
        if abort_on:
            headers["Abort-On"] = abort_on
        return self._read(exchange(self.address, "POST", "/soap", body, headers, self.progress))

    def as_site(self, site: str, user: str | None = None) -> PanelConnection:
        """Return the same panel, called as a site's administrator or as a user of the site.

        site: site identifier, domain or alias
        user: secondary user; the administrator by default
        Raises Fault when the panel gives no session.
        """
        session = self.call("admin:hijack", site, user, "CLI", abort_on="error").value
        if not isinstance(session, str) or not session:
            raise Fault(f"The panel gave no session for `{site}'")
        return PanelConnection(self.address.with_session(session))

    def fetch(self, path: str) -> bytes:
        """Return a document that the panel publishes without a key.

        Raises ConnectionFailed when it does not.
        """
        answer = exchange(self.address, "GET", path, progress=self.progress)
        if answer.status != 200:
            raise ConnectionFailed(f"{self.address.base}{path} answered {answer.status}")
        return answer.body

    def _read(self, answer: HttpAnswer) -> Answer:
        try:
            result = envelope.read_response(answer.body, answer.content_type or None)
        except FaultReceived as fault:
            self.messages = fault.messages
            raise fault_of(fault.text, fault.code, answer.status) from None
        except WireError as error:
            text = f"{self.address.soap_url} answered {answer.status} without a SOAP envelope"
            raise ConnectionFailed(text) from error
        self.messages = result.messages
        return result


def operation(method: str) -> str:
    """Return the SOAP operation of a method, ``admin_edit_site`` for ``admin:edit-site``.

    Raises UnknownMethod for a text that no method can be called.
    """
    name = names.canonical(method)
    if not _METHOD.fullmatch(name):
        raise UnknownMethod(f"Procedure '{method}' not present")
    return name
