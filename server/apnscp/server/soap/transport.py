"""How a request reaches Spyne: a server transport that hands over bodies that were read already.

Spyne's own WSGI transport raises uncaught on a bad Content-Length, multipart and an unknown charset, caches the description
with the first caller's address and costs more than the call itself; this one does none of that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from spyne import Fault, MethodContext
from spyne.server import ServerBase

from apnscp.core.registry import Command
from apnscp.core.roles import Role
from apnscp.opcenter.store.transactions import View
from apnscp.server.authentication import Authenticator, Credentials, Identity
from apnscp.server.calls.envelopes import LONGEST, Exchange
from apnscp.server.dispatch import Dispatcher, Outcome
from apnscp.server.faults import DELAY, FaultStatus
from apnscp.server.journal import Entry
from apnscp.server.placement import NeedsThread
from apnscp.server.soap.application import SoapApplication
from apnscp.server.soap.faults import as_fault
from apnscp.server.soap.known_requests import KnownRequest, KnownRequests
from apnscp.server.soap.protocol import fault_bytes
from apnscp.wire.errors import VERSION_MISMATCH, WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.description import Template
from apnscp.wire.soap.request import Request
from apnscp.wire.soap.version import SOAP_11, Version, spoken

T = TypeVar("T")
OK = "200 OK"
WRONG_CODE = ("WWW-Authorization", 'Extended realm="panel", qop="auth-int"')
"""Header of an answer to a request whose X-Extended-Auth was not accepted (docs/panel.md, section 4)."""


@dataclass
class SoapCall:
    """One request on its way through Spyne.

    view: of the store, in which the call reads; body: the request's bytes, read by the HTTP server
    encoding: Content-Encoding of the body; body_limit: bytes that it may hold once it is unpacked
    refuses_surplus: whether arguments that the method does not take are an error (header Surplus-Arguments: refuse); PHP's
        server ignores them
    in_loop: whether the call runs in the event loop; status: HTTP status of the answer
    version: of SOAP, None until the envelope was read; read: the request, once Spyne has read all of it
    entry: what the journal is to keep of it, once a method was called
    """

    view: View
    authenticator: Authenticator
    dispatcher: Dispatcher
    credentials: Credentials
    body: bytes
    content_type: str | None
    encoding: str | None
    body_limit: int
    abort_on: str | None
    refuses_surplus: bool = False
    surplus: int = 0
    in_loop: bool = False
    status: str = OK
    headers: list[tuple[str, str]] = field(default_factory=list)
    identity: Identity | None = None
    version: Version | None = None
    read: Request | None = None
    entry: Entry | None = None

    def enter(self, answer: bytes | None) -> None:
        """Enter the call into the journal, if a method was called; `answer` is None where the connection is cut."""
        if self.entry is not None:
            size = 0 if answer is None else len(answer)
            first = answer[:LONGEST] if answer is not None and size > LONGEST else answer
            sent = Exchange(self.body, first, size, self.content_type, self.abort_on)
            self.dispatcher.journal.add(self.entry, sent)

    def authenticate(self) -> None:
        """Find out who is calling, before anything of the body is decoded."""
        self.identity = self.authenticator.identify(self.credentials, self.view, in_loop=self.in_loop)
        if self.credentials.totp and not self.identity.caller.role & Role.EXTAUTH:
            self.headers.append(WRONG_CODE)

    def call(self, command: Command, given: Sequence[Any]) -> bytes:
        """Carry out the call and return the whole answer, written while the transaction was open."""
        outcome = self.outcome(command, given, envelope.result_chunks)
        return envelope.wrapped(command.name, outcome.value, messages(outcome), self.answered_in())

    def outcome(self, command: Command, given: Sequence[Any], finish: Callable[[Any], T]) -> Outcome[T]:
        """Carry out the call; `finish` writes its answer while the transaction is open."""
        assert self.identity is not None
        if self.in_loop and command.mode != "read":
            raise NeedsThread
        return self.dispatcher.call(
            command, given, *self.identity, abort_on=self.abort_on, surplus=self.surplus, finish=finish, view=self.view,
            held=self,
        )  # fmt: skip

    def answered_in(self) -> Version:
        """Return the version of SOAP of the answer: that of the request, as far as anything tells it."""
        if self.version is None:
            self.version = spoken(self.body, self.content_type)
        return self.version

    def refused(self, error: Exception, answer: FaultStatus) -> None:
        """Note the HTTP status that belongs to an error; a version of SOAP that is none is told in 1.1, as PHP does."""
        if isinstance(error, WireError) and error.fault_code == VERSION_MISMATCH:
            self.version = SOAP_11
        self.status = answer.status
        retry_after = getattr(error, "retry_after", 0) or answer.retry_after
        if retry_after:
            self.headers.append(("Retry-After", str(retry_after)))
        delay = getattr(error, "delay", 0.0)
        if delay:
            self.headers.append((DELAY, f"{delay:g}"))


def messages(outcome: Outcome[Any]) -> list[tuple[str, str]]:
    """Return the messages of a call as the envelope carries them: (severity, text) pairs."""
    return [(message.severity.word, message.text) for message in outcome.messages]


class CallContext(MethodContext):
    """Spyne's context without what each call would pay for and nobody here uses: guarded attributes and events."""

    __setattr__ = object.__setattr__

    def fire_event(self, event: str, *arguments: Any, **named: Any) -> None:
        """Pass over: no listener is ever registered."""


class SoapServer(ServerBase):
    """Spyne's side of the endpoint."""

    transport = "http://schemas.xmlsoap.org/soap/http"

    def __init__(self, app: SoapApplication) -> None:
        """Serve `app`."""
        super().__init__(app)
        self._known = KnownRequests()

    def described(self, modules: frozenset[str]) -> Template:
        """Return the description of some modules, of all when none is named.

        Raises Refused for a module without any method.
        """
        template: Template = self.app.interface.docs.wsdl11.template(modules)
        return template

    def answer(self, call: SoapCall) -> bytes:
        """Take a request the short way or through Spyne; `call.status` holds the HTTP status."""
        if call.encoding or call.refuses_surplus:
            return self.through_spyne(call)
        known = self._known.find(call.body, call.content_type)
        return self.through_spyne(call) if known is None else _answered(call, known)

    def through_spyne(self, call: SoapCall) -> bytes:
        """Take a request through Spyne and return the answer's bytes; a plain one is known from then on."""
        ctx = CallContext(self, MethodContext.SERVER)
        ctx.udc = call
        self._decompose(ctx)
        if not ctx.in_error:
            self.get_in_object(ctx)
        if not ctx.in_error:
            self.get_out_object(ctx)
            self._learn(ctx)
        error = ctx.in_error or ctx.out_error
        return ctx.out_object[0] if error is None else _fault(call, error)

    def _learn(self, ctx: CallContext) -> None:
        call = ctx.udc
        if call.read is not None and not call.encoding and not call.refuses_surplus:
            self._known.learn(call.body, call.content_type, call.read, ctx.descriptor.udd["command"], ctx.in_object)

    def _decompose(self, ctx: CallContext) -> None:
        """Find the method as Spyne does, but for one method only: nothing is copied."""
        protocol = self.app.in_protocol
        try:
            protocol.create_in_document(ctx)
            protocol.decompose_incoming_envelope(ctx)
            ctx.descriptor = protocol.get_call_handles(ctx)[0]
        except Fault as fault:
            ctx.in_error = fault


def _answered(call: SoapCall, known: KnownRequest) -> bytes:
    """Carry out a request that needs no reading."""
    try:
        call.authenticate()
        call.version = SOAP_11
        return call.call(known.command, known.given)
    except Exception as error:  # noqa: BLE001 -- as_fault logs what nobody expects
        return _fault(call, as_fault(call, error))


def _fault(call: SoapCall, fault: Fault) -> bytes:
    if call.status == OK:
        call.status = "500 Internal Server Error"
    return fault_bytes(fault, call.answered_in())
