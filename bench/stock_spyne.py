"""Spyne as it comes, for gunicorn: common_whoami beside as many other operations as BENCH_OPERATIONS says, no database."""

from __future__ import annotations

import os

from spyne import Application, Service, Unicode, rpc
from spyne.protocol.soap import Soap11
from spyne.server.wsgi import WsgiApplication


def _method(name: str):
    def answer(ctx):
        return "admin"

    answer.__name__ = name
    return rpc(_returns=Unicode)(answer)


_names = ["common_whoami", *(f"padding_{number}" for number in range(int(os.environ["BENCH_OPERATIONS"]) - 1))]
_service = type("Panel", (Service,), {name: _method(name) for name in _names})
application = WsgiApplication(
    Application([_service], "urn:net.apnscp.api", in_protocol=Soap11(), out_protocol=Soap11())
)
