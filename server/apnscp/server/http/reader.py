"""Bytes become requests. httptools (llhttp, the parser of Node) reads HTTP; here its reports are gathered, within limits."""

from __future__ import annotations

from collections import deque

from httptools import HttpParserCallbackError, HttpParserError, HttpParserUpgrade, HttpRequestParser

from apnscp.core.clock import monotonic
from apnscp.server.http.body import BodyLimits, Unacceptable
from apnscp.server.http.environ import Environ, Fields
from apnscp.server.http.request import Request

HEAD_LIMIT = 64 * 1024
"""Largest request line and headers together, in bytes; more is answered with 431."""
VERSIONS = ("1.0", "1.1")
NOT_HTTP = "The request is not valid HTTP"


class RequestReader:
    """Reads the requests of a connection.

    complete: requests that have arrived, oldest first
    arriving: the request whose head has arrived and whose body has not
    begun: when the present head began, in seconds of the monotonic clock; 0 between requests and while a body arrives
    ended: whether the client sends no further request
    """

    def __init__(self, shared: Environ, own_host: str, limits: BodyLimits) -> None:
        """Read from the start of a connection.

        shared: what the environments of all its requests have in common
        own_host: name and port of the listener
        """
        self.complete: deque[Request] = deque()
        self.arriving: Request | None = None
        self.begun = 0.0
        self.ended = False
        self._shared = shared
        self._own_host = own_host
        self._limits = limits
        self._parser = HttpRequestParser(self)
        self._target = b""
        self._fields: Fields = []
        self._size = 0
        self._heard = False
        self._silent = 0

    def feed(self, data: bytes) -> None:
        """Read further bytes.

        Raises Unacceptable for what is not HTTP and for what cannot be read to its end; nothing is read after that.
        """
        self._heard = False
        declined = -1
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade as upgrade:
            declined = upgrade.args[0]
        except HttpParserError as error:
            self._judge(error)
        if declined >= 0:
            self._stay(data[declined:])
        self._silent = 0 if self._heard else self._silent + len(data)
        if self._silent > HEAD_LIMIT:
            raise _too_large()

    def _judge(self, error: HttpParserError) -> None:
        """Raise what a callback raised, and else the refusal of what is not HTTP."""
        if isinstance(error, HttpParserCallbackError):
            raise error.__context__ or error
        if not self.ended:
            raise Unacceptable(400, NOT_HTTP) from None

    def _stay(self, rest: bytes) -> None:
        """Go on in HTTP/1.1 where the client would rather change the protocol, as RFC 9110 (7.8) leaves to the server.

        The parser takes no body behind such a head, so that another one reads the head without the wish.
        """
        request, self.arriving = self.arriving, None
        assert request
        kept = [field for field in self._fields if field[0].lower() not in (b"upgrade", b"connection")]
        if not request.keep_alive:
            kept.append((b"Connection", b"close"))
        line = b"%b %b HTTP/%b\r\n" % (request.method.encode(), self._target, request.version.encode())
        self._parser = HttpRequestParser(self)
        self.feed(line + b"".join(b"%b: %b\r\n" % field for field in kept) + b"\r\n" + rest)

    def on_message_begin(self) -> None:
        """Begin to read a head."""
        self._heard = True
        self.begun = monotonic()
        self._target = b""
        self._fields = []
        self._size = 0

    def on_url(self, piece: bytes) -> None:
        """Take a part of the target."""
        self._heard = True
        self._target += piece
        self._size += len(piece)
        if self._size > HEAD_LIMIT:
            raise _too_large()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; one behind a body in chunks is dropped."""
        self._heard = True
        self._size += len(name) + len(value) + 4
        if self._size > HEAD_LIMIT:
            raise _too_large()
        if self.arriving is None:
            self._fields.append((name, value))

    def on_headers_complete(self) -> None:
        """Make a request of the head, and judge its body before it comes."""
        self._heard = True
        self.begun = 0.0
        parser = self._parser
        version = parser.get_http_version()
        request = Request(
            parser.get_method(), version, keep_alive=parser.should_keep_alive(), environ=self._shared.copy()
        )
        request.read_head(self._target, self._fields, self._own_host, self._limits)
        self.arriving = request
        if request.method == "CONNECT":
            raise Unacceptable(501, "This server is no proxy")
        if version not in VERSIONS:
            raise Unacceptable(505, "This server speaks HTTP/1.1")
        request.body.require_bearable(asked_first=request.waits_for_leave)

    def on_body(self, piece: bytes) -> None:
        """Take a part of the body."""
        self._heard = True
        assert self.arriving
        self.arriving.body.add(piece)

    def on_chunk_header(self) -> None:
        """Note that a chunk began."""
        self._heard = True

    def on_message_complete(self) -> None:
        """Queue the request, which has arrived."""
        self._heard = True
        request = self.arriving
        assert request
        if self._parser.should_upgrade():
            return
        self.arriving = None
        request.complete()
        self.complete.append(request)
        self.ended = not request.keep_alive


def _too_large() -> Unacceptable:
    return Unacceptable(431, f"The headers are larger than {HEAD_LIMIT} bytes")
