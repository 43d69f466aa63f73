"""Line ends and control characters in what a client sends never become headers of the answer."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from apnscp.server.testing import EmulatedPanel, Reply
from apnscp.wire.soap import envelope

BREAK = "x\r\nSet-Cookie: esprit_id=evil\r\n\r\n<b>"
ENCODED = quote(BREAK)


def clean(reply: Reply) -> bool:
    return not any(
        "\r" in value
        or "\n" in value
        or (name == "set-cookie" and not value.startswith("apnscp_form="))
        or "evil" in value
        for name, value in reply.headers.items()
    )


@pytest.mark.parametrize(
    "name", ["Abort-On", "Auth-Key", "Cookie", "X-Forwarded-For", "X-Extended-Auth", "SOAPAction", "Host", "Accept"]
)
@pytest.mark.parametrize("path", ["/soap?authkey=panel-test-key", "/apnscp.wsdl", "/apps/dashboard", "/", "/login"])
def test_a_line_end_in_a_header_stays_inside(panel: EmulatedPanel, name: str, path: str) -> None:
    body = envelope.request("common_whoami", [])
    for method in ("GET", "POST"):
        assert clean(panel.request(method, path, body, {name: BREAK}, ip="192.0.2.1"))


@pytest.mark.parametrize(
    "path",
    [
        f"/soap?authkey={ENCODED}", f"/apps/{ENCODED}", f"/apps/dashboard?esprit_id={ENCODED}", f"/{ENCODED}",
        f"/apps/dashboard?esprit_id=x&switch={ENCODED}", f"/login?next={ENCODED}",
    ],
)  # fmt: skip
def test_a_line_end_in_an_address_stays_inside(panel: EmulatedPanel, path: str) -> None:
    for method in ("GET", "POST", "HEAD"):
        assert clean(panel.request(method, path, b"", ip="192.0.2.1"))


def test_a_redirect_cannot_be_bent(neighbours: Any) -> None:
    panel = neighbours.panel
    panel.call("admin:edit-site", "b.com", {"billing.invoice": "I-B", "billing.parent_invoice": "INV-A"})
    session = panel.call("admin:hijack", "a.com", None, "UI")
    reply = panel.request("GET", f"/apps/{quote('//evil.test', safe='')}?esprit_id={session}&switch=b.com")
    assert not reply.headers.get("location", "/apps/").startswith(("//", "http", "/\\"))


def test_text_in_a_page_is_text(neighbours: Any) -> None:
    session = neighbours.session()
    reply = neighbours.panel.request("GET", f"/apps/{quote('<script>alert(1)</script>', safe='')}?esprit_id={session}")
    assert b"<script>" not in reply.body
    reply = neighbours.panel.request("GET", f"/apps/x?esprit_id={session}&switch=%3Cscript%3E")
    assert b"<script>" not in reply.body
    assert reply.headers["content-security-policy"].startswith(
        "default-src 'self'; img-src 'self' data:; form-action 'self'"
    )
