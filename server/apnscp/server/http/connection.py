"""One connection: its requests are answered one after the other, and whatever stalls ends in time.

A request costs memory alone until it is complete, and a connection has one deadline at a time: for the next head, for the
body, for the client to take an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import cast

from apnscp.core.clock import monotonic
from apnscp.server.http import answers
from apnscp.server.http.answers import HttpResponse
from apnscp.server.http.body import DRAIN, BodyLimits, Unacceptable
from apnscp.server.http.environ import of_connection
from apnscp.server.http.reader import RequestReader
from apnscp.server.http.request import Request
from apnscp.server.http.traffic import Traffic

LINGER = 2.0
"""Seconds in which a client may still send what nobody will read, so that it gets to read the refusal."""
MOST_WAITING = 16
"""Requests of a connection that may wait before no more is read from it."""
JOINED = 65536
"""Bytes up to which an answer is copied behind its head, to be sent at once."""
TLS_HANDSHAKE = b"\x16\x03"
"""How a client begins that speaks TLS (RFC 8446, 5.1)."""

Reply = Callable[[HttpResponse], None]
Answer = Callable[[Request, Reply], None]
"""Answers a complete request by calling the second argument once, in the event loop, now or later."""


@dataclass(frozen=True)
class Service:
    """What the connections of a listener share.

    answer: called with each complete request
    head_seconds: how long a head may take to arrive, and how long an idle connection lives
    misled: called with the address of a client that speaks TLS here; returns what to say
    """

    answer: Answer
    scheme: str
    limits: BodyLimits
    head_seconds: float
    traffic: Traffic
    misled: Callable[[str], str]


class Connection(asyncio.Protocol):
    """An HTTP/1.1 connection."""

    _reader: RequestReader
    _transport: asyncio.Transport

    def __init__(self, service: Service) -> None:
        """Wait to be connected."""
        self._service = service
        self._current: Request | None = None  # being answered
        self._broken: Unacceptable | None = None  # what is said once the requests before it are answered
        self._free_since = 0.0  # when the client was last given the word
        self._unsent = 0  # bytes in the write buffer when it was last looked at; 0 while it takes more
        self._stalled_since = 0.0
        self._paused = False
        self._ends_at = 0.0  # when the connection is cut that nothing is read from any more
        self._drained = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to wait for the first request."""
        # uvloop's transports are asyncio.Transport in all but their class
        self._transport = cast(asyncio.Transport, transport)
        peer, own = transport.get_extra_info("peername"), transport.get_extra_info("sockname")
        host = f"[{own[0]}]" if ":" in own[0] else own[0]
        shared = of_connection(self._service.scheme, peer[0], peer[1])
        self._reader = RequestReader(shared, f"{host}:{own[1]}", self._service.limits)
        self._free_since = monotonic()
        self._service.traffic.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what has not been begun; a request that is worked on is waited for."""
        self._ends_at = inf
        if self._reader.arriving:
            self._reader.arriving.body.release()
            self._reader.arriving = None
        self._reader.complete.clear()
        self._unsent = 0
        if not self._current:
            self._service.traffic.discard(self)

    def data_received(self, data: bytes) -> None:
        """Read requests, and begin to answer the first one that is complete."""
        if self._ends_at:
            self._drain(len(data))
            return
        reader = self._reader
        if reader.ended:
            return
        before = reader.arriving
        try:
            reader.feed(data)
        except Unacceptable as refusal:
            self._refuse(self._explained(refusal, data))
        if reader.complete:
            self._start()
            self._hold_back()
        elif reader.arriving is not before:
            self._give_leave()

    def eof_received(self) -> bool:
        """Answer what has arrived before the end, and refuse what is cut; then close."""
        reader = self._reader
        reader.ended = True
        if reader.arriving and not self._ends_at:
            self._refuse(reader.arriving.body.cut())
        if not self._ends_at and (self._current or reader.complete):
            return True
        self._ends_at = self._ends_at or monotonic() + self._service.limits.seconds
        return False

    def pause_writing(self) -> None:
        """Begin to wait for the client to take the answer."""
        self._unsent = self._transport.get_write_buffer_size()
        self._stalled_since = monotonic()

    def resume_writing(self) -> None:
        """Go on with the next request."""
        self._unsent = 0
        if not self._ends_at and not self._current:
            self._go_on()

    # what arrives

    def _explained(self, refusal: Unacceptable, data: bytes) -> Unacceptable:
        if refusal.status == 400 and data.startswith(TLS_HANDSHAKE):
            return Unacceptable(400, self._service.misled(self._transport.get_extra_info("peername")[0]))
        return refusal

    def _hold_back(self) -> None:
        """Read no more from a client that sends requests faster than they are answered."""
        if len(self._reader.complete) >= MOST_WAITING and not self._paused:
            self._paused = True
            self._transport.pause_reading()

    def _give_leave(self) -> None:
        arriving = self._reader.arriving
        if arriving and arriving.waits_for_leave and not self._ends_at and not self._current:
            self._transport.write(answers.CONTINUE)

    # requests and their answers

    def _start(self) -> None:
        """Answer the next request, if there is one and it may be answered."""
        if self._reader.complete and not (self._current or self._unsent or self._ends_at):
            request = self._current = self._reader.complete.popleft()
            self._service.answer(request, self._reply)

    def _reply(self, answer: HttpResponse) -> None:
        """Send the answer to the current request."""
        request, self._current = self._current, None
        assert request
        if self._ends_at:
            self._service.traffic.discard(self)
            return
        closes = not request.keep_alive or self._service.traffic.stopping
        self._write(request, answer, closes=closes)
        if closes:
            self._end()
        elif not self._unsent:
            self._go_on()

    def _write(self, request: Request | None, answer: HttpResponse, *, closes: bool) -> None:
        without_body = request is not None and request.method == "HEAD"
        connection = "close" if closes else "keep-alive" if request and request.version == "1.0" else ""
        head = answers.head_of(answer, connection, without_body=without_body)
        if without_body or not answers.has_body(answer):
            self._transport.write(head)
        elif len(answer.body) <= JOINED:
            self._transport.write(head + answer.body)
        else:
            self._transport.write(head)
            self._transport.write(answer.body)

    def _go_on(self) -> None:
        """Do what comes after an answer: the next request, a refusal, the end, or waiting for the client."""
        if self._reader.complete:
            asyncio.get_running_loop().call_soon(self._start)
        elif self._broken:
            self._refuse(self._broken)
        elif self._reader.ended:
            self._end()
        else:
            self._free_since = monotonic()
            if self._paused:
                self._paused = False
                self._transport.resume_reading()

    def _refuse(self, refusal: Unacceptable) -> None:
        """Refuse what is arriving, and end the connection; requests before it are answered first."""
        reader = self._reader
        reader.ended = True
        if self._current or reader.complete:
            self._broken = refusal
            return
        request, reader.arriving = reader.arriving, None
        if request:
            request.body.release()
            answer = answers.refusal(request.path, refusal, request.soap_version)
        else:
            answer = answers.refusal("", refusal)
        self._write(request, answer, closes=True)
        self._linger()

    # the end

    @property
    def idle(self) -> bool:
        """Whether no request has begun."""
        return not (self.busy or self._reader.begun)

    @property
    def busy(self) -> bool:
        """Whether a request has arrived, with its body or without, that is not answered."""
        return bool(self._current or self._reader.complete or self._reader.arriving or self._unsent)

    @property
    def deadline(self) -> float:
        """When the client will have taken too long, in seconds of the monotonic clock; infinite while it need do nothing."""
        service, reader = self._service, self._reader
        if self._unsent:
            return self._stalled_since + service.limits.seconds
        if self._ends_at:
            return self._ends_at
        if self._current:
            return inf
        if reader.arriving:
            return max(self._free_since, reader.arriving.started) + service.limits.seconds
        return max(self._free_since, reader.begun) + service.head_seconds

    def expire(self) -> None:
        """End what takes too long: a head, a body, an answer that the client does not take, the rest of a refused request."""
        if self._unsent:
            self._expect_progress()
        elif self._reader.arriving and not self._ends_at:
            self._refuse(self._reader.arriving.body.late())
        else:
            self._transport.abort()

    def _expect_progress(self) -> None:
        left = self._transport.get_write_buffer_size()
        if left >= self._unsent:
            self._transport.abort()
        else:
            self._unsent, self._stalled_since = left, monotonic()

    def close(self) -> None:
        """Close the connection, which is idle."""
        self._end()

    def _end(self) -> None:
        """Close the connection once the client has taken everything."""
        self._ends_at = monotonic() + self._service.limits.seconds
        self._transport.close()

    def _linger(self) -> None:
        """Say that nothing more comes, and read away what the client still sends: closing now could cut the answer."""
        self._ends_at = monotonic() + LINGER
        if self._transport.can_write_eof():
            self._transport.write_eof()

    def _drain(self, size: int) -> None:
        self._drained += size
        if self._drained > DRAIN:
            self._transport.abort()
