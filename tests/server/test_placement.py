"""What writes never runs in the event loop, however the request looks; what left the loop has done nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import pytest

from apnscp.opcenter.access import totp
from apnscp.opcenter.users import people
from apnscp.server.placement import IN_LOOP, NeedsThread
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.soap import envelope

ADD = envelope.request("admin_add_site", [("arg0", "a.com"), ("arg1", "alice")])
WHOAMI = envelope.request("common_whoami", [])


def disguised(body: bytes) -> bytes:
    """Return a request that begins with a comment in which another one stands."""
    head, mark, rest = body.partition(b"<SOAP-ENV:Envelope")
    return head + b"<!-- <Body><common_whoami/></Body> -->" + mark + rest


def in_loop(
    panel: EmulatedPanel, body: bytes, key: str | None = None, headers: Mapping[str, str] | None = None
) -> bytes:
    """Call the application as the HTTP server does in its event loop."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/soap", "QUERY_STRING": f"authkey={panel.key if key is None else key}",
        "REMOTE_ADDR": "192.0.2.5", "CONTENT_TYPE": "text/xml; charset=utf-8", "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body), "SERVER_NAME": "localhost", "SERVER_PORT": "2082", IN_LOOP: True,
    }  # fmt: skip
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in (headers or {}).items()}
    return b"".join(panel.app.wsgi(environ, lambda *_: None))


@pytest.fixture
def used(panel: EmulatedPanel) -> EmulatedPanel:
    """Give a panel whose key was used before, so that nothing is left to be noted at once."""
    panel.call("common:whoami")
    panel.flush()
    return panel


def test_a_write_that_looks_like_a_read_is_sent_to_a_thread(used: EmulatedPanel) -> None:
    body = disguised(ADD)
    assert used.app.in_loop("POST", "/soap", {}, body)
    with pytest.raises(NeedsThread):
        in_loop(used, body)
    assert used.call("admin:get-domains") == []
    assert used.request("POST", f"/soap?authkey={used.key}", body).status == 200
    assert used.call("admin:get-domains") == {1: "a.com"}


def test_a_read_is_answered_in_the_loop(used: EmulatedPanel) -> None:
    assert used.app.in_loop("POST", "/soap", {}, WHOAMI)
    assert envelope.read_response(in_loop(used, WHOAMI)).value == "admin"


@pytest.mark.parametrize("body", [ADD, disguised(ADD).replace(b"common_whoami", b"admin_delete_site")])
def test_a_write_goes_to_a_thread_at_once(used: EmulatedPanel, body: bytes) -> None:
    assert not used.app.in_loop("POST", "/soap", {}, body)


def test_a_wrong_key_is_counted_in_a_thread(used: EmulatedPanel) -> None:
    with pytest.raises(NeedsThread):
        in_loop(used, WHOAMI, key="ab" * 32)


def test_the_first_use_of_a_key_is_noted_in_a_thread(used: EmulatedPanel) -> None:
    key = used.call("auth:create-api-key")
    with pytest.raises(NeedsThread):
        in_loop(used, WHOAMI, key=key)
    used.call("common:whoami", key=key)
    assert envelope.read_response(in_loop(used, WHOAMI, key=key)).value == "admin"


def test_a_second_factor_is_spent_in_a_thread(used: EmulatedPanel) -> None:
    with used.inside() as ctx:
        administrator = people.require(ctx.db, people.PANEL, "admin")
        totp.enable(ctx.db, ctx.panel.secret, administrator.id, "A" * 32, 0)
    assert not used.app.in_loop("POST", "/soap", {"x-extended-auth": "123456"}, WHOAMI)
    with pytest.raises(NeedsThread):
        in_loop(used, WHOAMI, headers={"X-Extended-Auth": "123456"})


def test_a_temporary_password_ends_in_a_thread(used: EmulatedPanel) -> None:
    used.call("admin:add-site", "a.com", "alice")
    used.call("auth:set-temp-password", "a.com", 60, "correct horse")
    used.clock.advance(61)
    with pytest.raises(NeedsThread):
        in_loop(used, WHOAMI)
    assert used.call("common:whoami") == "admin"
    assert envelope.read_response(in_loop(used, WHOAMI)).value == "admin"


def test_nothing_waits_for_postgresql_in_the_loop(each_panel: EmulatedPanel) -> None:
    local = each_panel.app.panel.engine.dialect.name == "sqlite"
    assert each_panel.app.in_loop("POST", "/soap", {}, WHOAMI) is local
