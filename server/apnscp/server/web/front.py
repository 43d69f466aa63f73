"""The front page, for whoever opens the address of the server."""

from __future__ import annotations

from flask import Flask, render_template, request

from apnscp.server.web.visitors import Gate


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/``."""

    @app.get("/")
    def front() -> str:
        return render_template("front.html", origin=request.host_url.rstrip("/"))
