"""The Python counterpart of the vendor's Util_API: every method of a panel as a method of an object.

    client = UtilAPI.create_client(key)
    client.admin_collect([], {"siteinfo.plan": "basic"})
    client.admin.collect([], {"siteinfo.plan": "basic"})
    client.call("admin:collect", query={"siteinfo.plan": "basic"})

Threads may share a client: connections are pooled, and `messages` is kept per thread. There is no asynchronous client:
zeep's needs a second HTTP library and still fetches the WSDL synchronously; use a client in a thread.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import zeep
from zeep.exceptions import Error as ZeepError

from apnscp.client.connection.address import TIMEOUT, Address, base_url
from apnscp.client.connection.faults import fault_of
from apnscp.client.errors import ConnectionFailed, Fault, UnknownMethod
from apnscp.client.util_api import description
from apnscp.client.util_api.answers import NULLABLE
from apnscp.client.util_api.maps import as_declared
from apnscp.client.util_api.messages import MessagesPlugin
from apnscp.client.util_api.module import Module, bound_method
from apnscp.client.util_api.typed_body import OperationResult
from apnscp.client.util_api.zeep_transport import PanelTransport
from apnscp.wire.errors import Message
from apnscp.wire.soap import names
from apnscp.wire.soap.kinds import Value

if TYPE_CHECKING:
    from apnscp.client.util_api.methods import Methods
else:
    Methods = object

RETRIES = 5
RETRY_PAUSE = 0.05
"""Seconds between two attempts."""
PAGE = 200
"""Sites that `UtilAPI.collect_iter` asks for at a time."""


class UtilAPI(Methods):
    """A panel's methods, for one key or session."""

    def __init__(self, address: Address, document: zeep.wsdl.Document | None = None, *, retries: int = RETRIES) -> None:
        """Connect to a panel; `create_client` is the usual way.

        address: where the panel is and who calls it
        document: its description, fetched from the panel by default
        retries: how often a call is repeated while it answers null, as in `create_client`
        Raises ConnectionFailed.
        """
        self._address = address
        self._retries = retries
        self._transport = self._open(address)
        self._document = document or description.parsed(address.wsdl_url, self._transport.fetch_wsdl())
        self._messages = MessagesPlugin()
        # zeep carries no annotations on these calls
        client = zeep.Client(self._document, transport=self._transport, plugins=[self._messages])  # type: ignore[no-untyped-call]
        self._service = client.create_service(next(iter(self._document.bindings)), address.soap_url)  # type: ignore[no-untyped-call]
        self._methods = {name.lower(): name for name in description.operations(self._document)}

    @classmethod
    def create_client(
        cls,
        key: str,
        server: str | None = None,
        port: int | None = None,
        *,
        abort_on: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = TIMEOUT,
        verify: bool = True,
        cacert: str | None = None,
        retries: int = RETRIES,
    ) -> UtilAPI:
        """Connect to a panel.

        key: an API key, or a session id of 32 characters
        server: host name, IP address or URL; localhost by default
        port: 2082 by default; 2083 means TLS
        abort_on: class of message that ends a call with a fault; ``error`` makes every refusal a Fault
        headers: further headers, such as X-Forwarded-For
        timeout: seconds to wait for the connection and for each piece of an answer
        verify: whether the certificate is checked
        cacert: PEM file to trust, such as the panel's own certificate
        retries: how often a call is repeated, 50 ms apart, while it answers null without a reason; null is a reason
            where the method may answer it, and where an error message came with it
        Raises ConnectionFailed when no panel answers there.
        """
        address = Address(
            base_url(server, port),
            abort_on=abort_on,
            headers=headers or {},
            timeout=timeout,
            verify=verify,
            cacert=cacert,
        )
        return cls(address.with_credential(key), retries=retries)

    def call(self, method: str, /, *args: Value, **kwargs: Value) -> Value:
        """Call a method and return its value as plain Python; a method that answers maps gives ``{}`` when it is empty.

        method: ``admin:edit-site``, ``admin_edit_site`` or a mixture, in any case
        args, kwargs: by position or by the name of the part; what is left out is not sent
        Raises Fault or one of its kinds, ConnectionFailed, and TypeError for arguments that the method does not have.
        """
        name = self._operation(method)
        operation = self._service[name]
        for attempt in range(self._retries + 1):
            if attempt:
                time.sleep(RETRY_PAUSE)
            value = self._once(operation, args, kwargs)
            if value is not None or name.lower() in NULLABLE or self._refused():
                break
        return as_declared(name.lower(), value)

    @property
    def messages(self) -> list[Message]:
        """Messages of this thread's last call, in the order they were reported."""
        return self._messages.last

    @property
    def wsdl_methods(self) -> tuple[str, ...]:
        """Names of all methods that the panel describes, sorted."""
        return tuple(sorted(self._methods.values()))

    @contextmanager
    def as_site(self, site: str, user: str | None = None) -> Iterator[UtilAPI]:
        """Act as the administrator of a site, or as one of its users, for the length of a `with` block.

        site: site identifier, domain or alias
        user: secondary user; the site's administrator when left out
        Raises Fault when the panel gives no session.
        """
        session = self.call("admin_hijack", site, *([] if user is None else [user]))
        if not isinstance(session, str) or not session:
            raise Fault(next(iter(self._refused()), f"The panel gave no session for `{site}'"))
        with self._at(self._address.with_session(session)) as client:
            yield client

    def collect_iter(
        self,
        params: Sequence[str] | None = (),
        query: Mapping[str, Value] | None = None,
        *,
        page: int = PAGE,
    ) -> Iterator[tuple[str, dict[Any, Value]]]:
        """Collect over all sites in pages and yield (site identifier, row) pairs.

        params: fields as in admin:collect; None asks for every service
        query: conditions that all must hold
        page: sites asked for at a time
        Sites that are deleted meanwhile are left out; those added meanwhile are not seen.
        """
        fields: Value = None if params is None else list(params)
        domains = self.call("admin_get_domains")
        sites = [f"site{number}" for number in sorted(domains)] if isinstance(domains, dict) else []
        for start in range(0, len(sites), page):
            rows = self.call("admin_collect", fields, dict(query or {}), sites[start : start + page])
            if isinstance(rows, dict):
                yield from rows.items()

    def close(self) -> None:
        """Close the connections; a later call opens new ones."""
        self._transport.close()

    def __enter__(self) -> UtilAPI:
        """Return the client; its connections are closed at the end of the block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the connections."""
        self.close()

    if not TYPE_CHECKING:  # checkers know the modules and methods from the stubs; with this they would allow any name

        def __getattr__(self, name: str) -> Any:
            """Return a module (``client.admin``) or a method (``client.admin_collect``) by its name.

            Raises AttributeError for what is neither; an unknown method is found out when it is called.
            """
            if name.startswith("_"):
                raise AttributeError(name)
            if name.lower() in self._modules():
                return Module(self, name)
            if "_" not in name:
                raise AttributeError(f"The panel has no module `{name}'{self._nearest(name)}")
            return bound_method(self, name)

    def __dir__(self) -> list[str]:
        """List modules and methods beside the attributes."""
        return sorted({*super().__dir__(), *self._modules(), *self._methods.values()})

    def __repr__(self) -> str:
        """Show the address, never the key."""
        return f"<UtilAPI {self._address.base}>"

    def _open(self, address: Address) -> PanelTransport:
        return PanelTransport(address)

    def _at(self, address: Address) -> UtilAPI:
        return UtilAPI(address, self._document, retries=self._retries)

    def _modules(self) -> set[str]:
        return {method.partition("_")[0] for method in self._methods}

    def _nearest(self, name: str) -> str:
        near = difflib.get_close_matches(name.lower(), self._modules(), n=1)
        return f"; did you mean `{near[0]}'?" if near else f"; there are {', '.join(sorted(self._modules()))}"

    def _refused(self) -> list[str]:
        """Return the errors that this thread's last call reported."""
        return [message.text for message in self.messages if message.severity == "error"]

    def _operation(self, method: str) -> str:
        name = names.canonical(method)
        if name not in self._methods:
            unknown = UnknownMethod(f"Procedure '{method}' not present")
            for near in difflib.get_close_matches(name, self._methods, n=1):
                unknown.add_note(f"Did you mean `{near}'?")
            raise unknown
        return self._methods[name]

    def _once(self, operation: Any, args: tuple[Value, ...], kwargs: dict[str, Value]) -> Value:
        self._messages.clear()
        try:
            answer = operation(*args, **kwargs)
        except zeep.exceptions.Fault as fault:
            raise self._fault(fault) from None
        except ZeepError as error:
            raise ConnectionFailed(f"{self._address.soap_url} gave no SOAP answer: {error}") from error
        if not isinstance(answer, OperationResult):
            raise ConnectionFailed(f"{self._address.soap_url} answered without a value")
        return answer.value

    def _fault(self, fault: zeep.exceptions.Fault) -> Exception:
        status = self._transport.last_status
        if fault.code is None:
            return ConnectionFailed(f"{self._address.soap_url} answered {status} without a fault")
        return fault_of(fault.message or "", fault.code, status)
