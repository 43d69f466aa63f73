"""TLS between a socket and an HTTP connection, on the buffers that the module ssl has for it (`ssl.MemoryBIO`).

asyncio's own TLS cannot be asked which protocol the first byte speaks, drops the alert that would tell a client why it is
refused, and waits for the client before it closes; a port for TLS needs the opposite of each.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from contextlib import suppress
from math import inf
from typing import Any, cast

from apnscp.core.clock import monotonic
from apnscp.server.http.traffic import Traffic

HANDSHAKE = 0x16
"""First byte of a client that speaks TLS (RFC 8446, 5.1)."""
PIECE = 262144
"""Bytes that are encrypted at a time."""
RECORD = 16384
"""Most bytes that one record holds (RFC 8446, 5.1), which is what one read gives."""


def server_context(cert: str, key: str) -> ssl.SSLContext:
    """Return what a TLS listener needs: certificate chain and key from files, TLS 1.2 or newer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(cert, key)
    return context


class TlsLayer(asyncio.Transport, asyncio.Protocol):
    """Protocol of the socket, and transport of what is spoken inside."""

    _transport: asyncio.Transport

    def __init__(
        self,
        context: ssl.SSLContext,
        inside: Callable[[], asyncio.Protocol],
        misled: Callable[[], asyncio.Protocol],
        traffic: Traffic,
        seconds: float,
    ) -> None:
        """Wait to be connected.

        inside: makes what serves a client once TLS is set up
        misled: makes what answers a client that does not speak TLS
        seconds: how long the handshake may take
        """
        super().__init__()
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_side=True)
        self._make, self._misled = inside, misled
        self._inside: asyncio.Protocol | None = None
        self._traffic = traffic
        self._seconds = seconds
        self._begun = False
        self._closing = False
        self.deadline = inf

    # as the protocol of the socket

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the handshake."""
        # uvloop's transports are asyncio.Transport in all but their class
        self._transport = cast(asyncio.Transport, transport)
        self.deadline = monotonic() + self._seconds
        self._traffic.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell what is inside."""
        self._closing = True
        self._traffic.discard(self)
        if self._inside:
            self._inside.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Decrypt what came, or hand a connection over whose client does not speak TLS."""
        if not self._begun:
            self._begun = True
            if data[0] != HANDSHAKE:
                self._hand_over(data)
                return
        self._incoming.write(data)
        if self._inside is None:
            self._shake_hands()
        if self._inside:
            self._decrypt(self._inside)

    def eof_received(self) -> bool:
        """Tell what is inside that the client has ended, with or without close_notify."""
        return bool(self._inside and not self._closing and self._inside.eof_received())

    def pause_writing(self) -> None:
        """Pass it on."""
        if self._inside:
            self._inside.pause_writing()

    def resume_writing(self) -> None:
        """Pass it on."""
        if self._inside:
            self._inside.resume_writing()

    def _hand_over(self, data: bytes) -> None:
        self._traffic.discard(self)
        protocol = self._misled()
        self._transport.set_protocol(protocol)
        protocol.connection_made(self._transport)
        protocol.data_received(data)

    def _shake_hands(self) -> None:
        try:
            self._tls.do_handshake()
        except ssl.SSLWantReadError:
            self._flush()
            return
        except ssl.SSLError:
            # what OpenSSL says to the client about it is an alert in the outgoing buffer
            self._flush()
            self._closing = True
            self._transport.close()
            return
        self._flush()
        self._traffic.discard(self)
        self._inside = self._make()
        self._inside.connection_made(self)

    def _decrypt(self, inside: asyncio.Protocol) -> None:
        ended = False
        try:
            while piece := self._tls.read(RECORD):
                inside.data_received(piece)
            ended = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:
            ended = True
        except ssl.SSLError:
            self._flush()
            self._transport.abort()
            return
        self._flush()
        if ended and not inside.eof_received():
            self.close()

    def _flush(self) -> None:
        if self._outgoing.pending:
            self._transport.write(self._outgoing.read())

    # among the connections, until TLS is set up

    idle = True
    busy = False

    def expire(self) -> None:
        """Cut a handshake that takes too long."""
        self._transport.abort()

    # as the transport of what is inside

    def write(self, data: Any) -> None:
        """Encrypt and send."""
        if self._closing:
            return
        view = memoryview(data)
        while view:
            view = view[self._tls.write(view[:PIECE]) :]
            self._flush()

    def can_write_eof(self) -> bool:
        """Both TLS and TCP can end one direction alone."""
        return True

    def write_eof(self) -> None:
        """Say that nothing more comes, and go on reading."""
        self._say_end()
        if self._transport.can_write_eof():
            self._transport.write_eof()

    def close(self) -> None:
        """Say that nothing more comes, and close without waiting for the client to say so too."""
        self._say_end()
        self._closing = True
        self._transport.close()

    def _say_end(self) -> None:
        if self._closing:
            return
        with suppress(ssl.SSLError):  # the client has not said its own end, which nobody waits for
            self._tls.unwrap()
        self._flush()

    def abort(self) -> None:
        """Cut the connection."""
        self._closing = True
        self._transport.abort()

    def is_closing(self) -> bool:
        """Tell whether the connection ends."""
        return self._closing or self._transport.is_closing()

    def pause_reading(self) -> None:
        """Read no more from the socket."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._transport.resume_reading()

    def get_write_buffer_size(self) -> int:
        """Return the encrypted bytes that the client has not taken."""
        return self._transport.get_write_buffer_size()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Return what the socket says."""
        return self._transport.get_extra_info(name, default)
