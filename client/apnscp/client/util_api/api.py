"""The Python counterpart of the vendor's Util_API: every method of a panel as a method of an object.

    client = UtilAPI.create_client(key)
    client.admin_collect([], {"siteinfo.plan": "basic"})
    client.admin.collect([], {"siteinfo.plan": "basic"})
    client.call("admin:collect", query={"siteinfo.plan": "basic"})

One client may be shared by threads: connections are pooled, and `messages` is kept per thread. There is no asynchronous
twin: zeep's needs a second HTTP library and still fetches the description synchronously; use a client in a thread.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import zeep
from zeep.exceptions import Error as ZeepError

from apnscp.client.connection.endpoint import Endpoint, base_url
from apnscp.client.errors import ConnectionFailed, Fault, UnknownMethod, fault_of
from apnscp.client.util_api.typed_body import Answer, Message, Messages
from apnscp.client.util_api.zeep_transport import PanelTransport, operations
from apnscp.wire.soap.kinds import Value

if TYPE_CHECKING:
    from apnscp.client.util_api.methods import Methods
else:
    Methods = object

RETRY_PAUSE = 0.05
PAGE = 200


class UtilAPI(Methods):
    """A panel's methods, for one key or session."""

    def __init__(self, endpoint: Endpoint, document: zeep.wsdl.Document | None = None) -> None:
        """Connect to a panel; `create_client` is the usual way.

        endpoint: where the panel is and who calls it
        document: its description where it is known already
        Raises ConnectionFailed.
        """
        self._endpoint = endpoint
        self._transport = self._open(endpoint)
        self._document = document or self._transport.description(endpoint.description)
        self._messages = Messages()
        # zeep carries no annotations on these calls
        client = zeep.Client(self._document, transport=self._transport, plugins=[self._messages])  # type: ignore[no-untyped-call]
        self._service = client.create_service(next(iter(self._document.bindings)), endpoint.address)  # type: ignore[no-untyped-call]
        self._methods = {name.lower(): name for name in operations(self._document)}

    @classmethod
    def create_client(
        cls,
        key: str,
        server: str | None = None,
        port: int | None = None,
        *,
        abort_on: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 300.0,
        verify: bool = True,
        cacert: str | None = None,
        retries: int = 5,
    ) -> UtilAPI:
        """Connect to a panel.

        key: an API key, or a session id of 32 characters
        server: host name, address or URL; localhost when left out
        port: 2082 when left out; 2083 speaks TLS
        abort_on: ``error`` makes every refusal a Fault; other classes of message as well
        headers: further headers, such as X-Forwarded-For
        timeout: seconds to wait for the connection and for each piece of an answer
        verify: whether the certificate is checked
        cacert: PEM file to trust, such as the panel's own certificate
        retries: how often a call is repeated, 50 ms apart, while it answers null
        Raises ConnectionFailed when no panel answers there.
        """
        base = base_url(server, port)
        return cls(Endpoint(key, base, abort_on, headers or {}, timeout, verify, cacert, retries))

    def call(self, method: str, /, *args: Value, **kwargs: Value) -> Value:
        """Call a method and return its value as plain Python.

        method: ``admin:edit-site``, ``admin_edit_site`` or a mixture, in any case
        args, kwargs: by position or by the name of the part; what is left out is not sent
        Raises Fault or one of its kinds, ConnectionFailed, and TypeError for arguments that the method does not have.
        """
        operation = self._service[self._operation(method)]
        for attempt in range(self._endpoint.retries + 1):
            if attempt:
                time.sleep(RETRY_PAUSE)
            value = self._once(operation, args, kwargs)
            if value is not None:
                break
        return value

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
            refusals = [message.text for message in self.messages if message.severity == "error"]
            raise Fault(refusals[0] if refusals else f"The panel gave no session for `{site}'")
        with self._as_caller(session) as client:
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

    def __getattr__(self, name: str) -> Any:
        """Return a module (``client.admin``) or a method (``client.admin_collect``) by its name."""
        if name.startswith("_"):
            raise AttributeError(name)
        if name.lower() in self._modules():
            return Module(self, name)
        return _method(self, name)

    def __dir__(self) -> list[str]:
        """List modules and methods beside the attributes."""
        return sorted({*super().__dir__(), *self._modules(), *self._methods.values()})

    def __repr__(self) -> str:
        """Show the address, never the key."""
        return f"<UtilAPI {self._endpoint.base}>"

    def _open(self, endpoint: Endpoint) -> PanelTransport:
        return PanelTransport(endpoint.all_headers(), endpoint.timeout, endpoint.trust)

    def _as_caller(self, key: str) -> UtilAPI:
        return UtilAPI(replace(self._endpoint, key=key), self._document)

    def _modules(self) -> set[str]:
        return {method.partition("_")[0] for method in self._methods}

    def _operation(self, method: str) -> str:
        name = method.strip().lower().replace(":", "_").replace("-", "_")
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
            raise ConnectionFailed(f"{self._endpoint.address} gave no SOAP answer: {error}") from error
        if not isinstance(answer, Answer):
            raise ConnectionFailed(f"{self._endpoint.address} answered without a value")
        return answer.value

    def _fault(self, fault: zeep.exceptions.Fault) -> Exception:
        status = self._transport.last_status
        if fault.code is None:
            return ConnectionFailed(f"{self._endpoint.address} answered {status} without a fault")
        return fault_of(fault.message or "", fault.code, status)


class Module:
    """The methods of one module."""

    def __init__(self, client: UtilAPI, name: str) -> None:
        """Keep the client and the module's name."""
        self._client = client
        self._name = name

    def __getattr__(self, method: str) -> Callable[..., Value]:
        """Return a method of the module by its name."""
        if method.startswith("_"):
            raise AttributeError(method)
        return _method(self._client, f"{self._name}_{method}")

    def __dir__(self) -> list[str]:
        """List the methods of the module."""
        prefix = f"{self._name.lower()}_"
        return sorted(name[len(prefix) :] for name in self._client.wsdl_methods if name.startswith(prefix))

    def __repr__(self) -> str:
        """Show client and module."""
        return f"{self._client!r}.{self._name}"


def _method(client: UtilAPI, name: str) -> Callable[..., Value]:
    def method(*args: Value, **kwargs: Value) -> Value:
        return client.call(name, *args, **kwargs)

    method.__name__ = method.__qualname__ = name
    return method
