"""The WSGI application: the SOAP endpoint, its description, health, and the pages."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from apnscp import modules
from apnscp.core.context import Panel
from apnscp.core.errors import Busy, Closed, Refused, StoreUnavailable
from apnscp.core.registry import REGISTRY, Registry
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.store.transactions import View, reading
from apnscp.server.authentication import Authenticator, Credentials
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.dispatch import Dispatcher
from apnscp.server.faults import FaultStatus, status_of
from apnscp.server.panel_factory import open_panel
from apnscp.server.placement import IN_LOOP, LITERAL_PATH, SOAP_PATHS, Placement
from apnscp.server.settings import BODY_LIMIT, Settings
from apnscp.server.soap import published
from apnscp.server.soap.application import SoapApplication
from apnscp.server.soap.literal import LiteralServer
from apnscp.server.soap.transport import SoapCall, SoapServer
from apnscp.wire.soap import envelope
from apnscp.wire.soap.version import Version, named, spoken

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Route = Callable[[Environ, StartResponse], Iterable[bytes]]
COOKIE = "esprit_id"
NOT_POSTED = FaultStatus("Client", "405 Method Not Allowed")
POST_IT = "Bad Request: post a SOAP envelope to this address"
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?\Z")


class Face(NamedTuple):
    """A face of the API: where it is called, and what answers there."""

    path: str
    server: SoapServer | LiteralServer


class App:
    """Routes requests; one per worker process."""

    def __init__(self, panel: Panel, batch: DeferredWriter, body_limit: int = BODY_LIMIT) -> None:
        """Serve `panel`; `body_limit` is the largest body of a request in bytes, once it is unpacked."""
        modules.load_all()
        self.panel = panel
        self.authenticator = Authenticator(panel)
        self.dispatcher = Dispatcher(panel)
        self._batch = batch
        self._body_limit = body_limit
        self._soap, literal_server = _soap_servers(panel.registry)
        soap, literal = Face("/soap", self._soap), Face(LITERAL_PATH, literal_server)
        self._pages: Any = None
        self._placement = Placement(panel.registry)
        self._local = panel.engine.dialect.name == "sqlite"
        self._routes: dict[str, Route] = {
            soap.path: partial(self._endpoint, soap),
            literal.path: partial(self._endpoint, literal),
            "/apnscp.wsdl": self._where_open(partial(self._description, soap)),
            "/apnscp-literal.wsdl": self._where_open(partial(self._description, literal)),
            "/healthz": self._health,
            "/_emulator/services.json": self._where_open(_services),
        }

    def wsgi(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        path = environ["PATH_INFO"]
        if "//" in path:
            path = re.sub("/{2,}", "/", path)
        route = self._routes.get(path.rstrip("/") or "/")
        return route(environ, start_response) if route else self._page(environ, start_response)

    def in_loop(self, method: str, path: str, headers: Any, body: bytes) -> bool:
        """Tell whether a request may begin in the event loop: a small read from a store that never makes it wait.

        A second factor is spent in a write, so its header sends a call to a thread at once.
        """
        if not self._local or headers.get("x-extended-auth") is not None:
            return False
        if method == "POST" and path.rstrip("/") in SOAP_PATHS:
            return self._placement.is_short_read(body)
        return path in ("/apnscp.wsdl", "/apnscp-literal.wsdl")

    def close(self) -> None:
        """Write what is queued and let go of the store."""
        self._batch.close()
        self.panel.engine.dispose()

    def _where_open(self, answer: Route) -> Route:
        """Return a route that answers only where the panel takes requests by the way they come."""

        def guarded(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            try:
                with View(self.panel.engine) as view:
                    self.authenticator.require_open(credentials(environ, {}), view)
            except (Closed, Busy, StoreUnavailable) as error:
                return _refuse(start_response, named(environ.get("CONTENT_TYPE")), status_of(error), error.text)
            return answer(environ, start_response)

        return guarded

    def _endpoint(self, face: Face, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        query = _parsed(environ.get("QUERY_STRING", ""))
        if environ["REQUEST_METHOD"] in ("GET", "HEAD") and any(name.lower() == "wsdl" for name in query):
            return self._where_open(partial(self._description, face))(environ, start_response)
        if environ["REQUEST_METHOD"] != "POST":
            return _refuse(
                start_response, named(environ.get("CONTENT_TYPE")), NOT_POSTED, POST_IT, [("Allow", "GET, POST")]
            )
        return self._call(face, environ, start_response, query)

    def _call(
        self, face: Face, environ: Environ, start_response: StartResponse, query: dict[str, list[str]]
    ) -> Iterable[bytes]:
        body, content_type = environ["wsgi.input"].read(), environ.get("CONTENT_TYPE")
        call = answer = None
        try:
            with View(self.panel.engine) as view:
                call = SoapCall(
                    view=view,
                    authenticator=self.authenticator,
                    dispatcher=self.dispatcher,
                    credentials=credentials(environ, query, soap=True),
                    body=body,
                    content_type=content_type,
                    encoding=environ.get("HTTP_CONTENT_ENCODING"),
                    body_limit=self._body_limit,
                    abort_on=environ.get("HTTP_ABORT_ON"),
                    refuses_surplus=environ.get("HTTP_SURPLUS_ARGUMENTS", "").strip().lower() == "refuse",
                    in_loop=environ.get(IN_LOOP, False),
                )
                answer = face.server.answer(call)
        except (Busy, StoreUnavailable) as error:
            if call is not None:
                raise
            return _refuse(start_response, spoken(body, content_type), status_of(error), error.text)
        finally:
            if call is not None:
                call.enter(answer)
        kind = call.answered_in().content_type
        start_response(call.status, [("Content-Type", kind), ("Content-Length", str(len(answer))), *call.headers])
        return [answer]

    def _description(self, face: Face, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        query = _parsed(environ.get("QUERY_STRING", ""))
        try:
            template = face.server.described(published.modules_of(query))
        except Refused as refusal:
            return _plainly(start_response, "400 Bad Request", refusal.text)
        status, headers, body = published.answer(template, f"{origin(environ)}{face.path}", environ)
        start_response(status, headers)
        return [body]

    def _health(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            with reading(self.panel.engine) as db:
                db.exec_driver_sql("SELECT 1")
        except (Busy, StoreUnavailable) as error:
            return _plainly(start_response, "503 Service Unavailable", error.text, ("Retry-After", "5"))
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3")])
        return [b"ok\n"]

    def _page(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self._pages is None:
            from apnscp.server.web import make_pages

            self._pages = make_pages(self.panel, self.authenticator, self.dispatcher)
        answered: Iterable[bytes] = self._pages(environ, start_response)
        return answered


def _soap_servers(registry: Registry) -> tuple[SoapServer, LiteralServer]:
    """Return both faces, which hold the methods and nothing of a panel; panels with methods of their own have their own."""
    if registry is REGISTRY:
        return _common_servers()
    return SoapServer(SoapApplication(registry)), LiteralServer(registry)


@cache
def _common_servers() -> tuple[SoapServer, LiteralServer]:
    """Make both faces once for all panels of a process whose methods are those of every panel."""
    return SoapServer(SoapApplication(REGISTRY)), LiteralServer(REGISTRY)


def _services(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer the table of services, which command lines show as help; it holds no state and needs no key."""
    body = json.dumps(
        [
            {
                "service": service.name, "parameter": parameter.name, "default": parameter.default, "type": parameter.kind,
                "accepted": parameter.accepts, "meaning": parameter.meaning,
                "takes_default": parameter.takes_default,
            }
            for service in SERVICES.values()
            for parameter in service.parameters.values()
        ]
    ).encode()  # fmt: skip
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def build(settings: Settings) -> App:
    """Open the panel that the settings name and return its application."""
    app = App(*open_panel(settings), settings.body_limit)
    # what was made so far stays as long as the process: the collector need not look at it again during calls
    gc.collect()
    gc.freeze()
    return app


def credentials(environ: Environ, query: Mapping[str, list[str]], *, soap: bool = False) -> Credentials:
    """Return what a request says about its sender: the key of the query before the header, the cookie, the address.

    soap: whether the request is one to the SOAP endpoint
    """
    in_query = [value for name, values in query.items() if name.lower() == "authkey" for value in values]
    return Credentials(
        key=next(filter(None, in_query), None) or environ.get("HTTP_AUTH_KEY"),
        session=cookie(environ.get("HTTP_COOKIE", ""), COOKIE),
        peer=environ.get("REMOTE_ADDR", ""),
        forwarded=environ.get("HTTP_X_FORWARDED_FOR"),
        totp=environ.get("HTTP_X_EXTENDED_AUTH"),
        scheme=environ["wsgi.url_scheme"],
        soap=soap,
    )


def cookie(header: str, name: str) -> str | None:
    """Return the first value of a cookie, None without it.

    Other cookies may hold anything: http.cookies stops at what it does not know, and a session after that would be lost.
    """
    for pair in header.split(";") if header else ():
        key, mark, value = pair.partition("=")
        if mark and key.strip() == name:
            return value.strip().strip('"')
    return None


def origin(environ: Environ) -> str:
    """Return scheme, host and port as the client used them; a Host that is none falls back to the server's own."""
    host = environ.get("HTTP_HOST", "")
    if not _HOST.match(host):
        host = f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
    return f"{environ['wsgi.url_scheme']}://{host}"


def _parsed(query: str) -> dict[str, list[str]]:
    """Return a query by name; the usual one, a key and nothing else, costs no more than its split."""
    if "&" in query or "%" in query or "+" in query:
        return parse_qs(query, keep_blank_values=True)
    name, _, value = query.partition("=")
    return {name: [value]}


def _plainly(start_response: StartResponse, status: str, text: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    body = f"{text}\n".encode()
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), *headers])
    return [body]


def _refuse(
    start_response: StartResponse,
    version: Version,
    answer: FaultStatus,
    text: str,
    headers: Sequence[tuple[str, str]] = (),
) -> Iterable[bytes]:
    """Answer with a fault where no call was begun."""
    body = envelope.fault(answer.code, text, version=version)
    again = [("Retry-After", str(answer.retry_after))] if answer.retry_after else []
    length = ("Content-Length", str(len(body)))
    start_response(answer.status, [("Content-Type", version.content_type), length, *again, *headers])
    return [body]
