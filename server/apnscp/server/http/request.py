"""A request: its head as an environment, and its body once that is there."""

from __future__ import annotations

from io import BytesIO

from apnscp.core.clock import monotonic
from apnscp.server.http.body import Body, BodyLimits, Unacceptable
from apnscp.server.http.environ import Environ, Fields, Headers, add_fields, add_host, split_target
from apnscp.wire.soap.version import Version, named


class Request:
    """A request whose head has arrived.

    started: when its head was complete, in seconds of the monotonic clock
    keep_alive: whether the client would send a further request over the connection
    body: what of its body has arrived
    content: its body, once it is whole
    """

    __slots__ = ("body", "content", "environ", "keep_alive", "method", "path", "started", "version")

    def __init__(self, method: bytes, version: str, *, keep_alive: bool, environ: Environ) -> None:
        """Begin a request.

        version: of HTTP, such as ``1.1``
        environ: what the requests of its connection share; its own from now on
        """
        self.started = monotonic()
        self.method = method.decode("ascii")
        self.version = version
        self.keep_alive = keep_alive
        self.environ = environ
        self.path = "/"
        self.content = b""
        self.body: Body

    def read_head(self, target: bytes, fields: Fields, own_host: str, limits: BodyLimits) -> None:
        """Read the target and the headers.

        own_host: name and port of the listener, for clients that name none
        A head that is refused gives a body whose refusal says why.
        """
        environ = self.environ
        self.path, query, host = split_target(target)
        environ["REQUEST_METHOD"] = self.method
        environ["PATH_INFO"] = self.path
        environ["QUERY_STRING"] = query
        environ["SERVER_PROTOCOL"] = f"HTTP/{self.version}"
        refusal = None
        try:
            add_fields(environ, fields)
            add_host(environ, host, own_host)
        except Unacceptable as error:
            refusal = error
        length = environ.pop("CONTENT_LENGTH", None)
        chunked = environ.pop("HTTP_TRANSFER_ENCODING", None) is not None
        self.body = Body(limits, None if chunked else int(length or 0), refusal)

    @property
    def waits_for_leave(self) -> bool:
        """Whether the client waits for 100 Continue before it sends the body."""
        return bool(self.environ.get("HTTP_EXPECT", "").lower() == "100-continue")

    @property
    def headers(self) -> Headers:
        """Its headers by name."""
        return Headers(self.environ)

    @property
    def soap_version(self) -> Version:
        """The version of SOAP that the request names itself."""
        return named(self.environ.get("CONTENT_TYPE"))

    def complete(self) -> None:
        """Put the body, which has arrived, into the environment."""
        self.content = self.body.take()
        self.environ["CONTENT_LENGTH"] = str(len(self.content))
        self.environ["wsgi.input"] = BytesIO(self.content)
