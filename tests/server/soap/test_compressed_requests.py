"""PHP's SoapClient compresses its requests when its option `compression` says so; PHP's server takes them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from apnscp.server.app import build
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel

WHOAMI = (
    b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><common_whoami/></e:Body></e:Envelope>'
)


def post(panel: EmulatedPanel, body: bytes, encoding: str) -> tuple[int, str]:
    reply = panel.request("POST", f"/soap?authkey={panel.key}", body, {"Content-Encoding": encoding})
    return reply.status, reply.body.decode()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(WHOAMI, mtime=0)),
        ("x-gzip", gzip.compress(WHOAMI, mtime=0)),
        ("GZIP ", gzip.compress(WHOAMI, mtime=0)),
        ("deflate", zlib.compress(WHOAMI)),
        ("identity", WHOAMI),
        ("", WHOAMI),
    ],
)
def test_a_compressed_request_is_answered(panel: EmulatedPanel, encoding: str, body: bytes) -> None:
    status, text = post(panel, body, encoding)
    assert status == 200
    assert ">admin</return>" in text


@pytest.mark.parametrize(
    ("encoding", "body", "sentence"),
    [
        ("br", WHOAMI, "Request is compressed with unknown compression 'br'"),
        ("gzip", WHOAMI, "Can't uncompress compressed request"),
        ("gzip", gzip.compress(WHOAMI, mtime=0)[:-12], "Can't uncompress compressed request"),
        ("gzip", b"", "Can't uncompress compressed request"),
        ("deflate", gzip.compress(WHOAMI, mtime=0), "Can't uncompress compressed request"),
        ("gzip", gzip.compress(b" " * 50_000_000, mtime=0), "The request body is larger than 8388608 bytes"),
    ],
)
def test_what_does_not_unpack_is_a_fault(panel: EmulatedPanel, encoding: str, body: bytes, sentence: str) -> None:
    status, text = post(panel, body, encoding)
    assert status == 500
    assert f"<faultstring>{sentence}</faultstring>" in text


def test_nothing_is_unpacked_for_a_caller_who_is_not_known(panel: EmulatedPanel) -> None:
    reply = panel.request("POST", "/soap?authkey=ab", b"no gzip", {"Content-Encoding": "gzip"})
    assert reply.status == 401


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Callable[[int], EmulatedPanel]]:
    """Give a panel as a worker of `apnscpd serve --body-limit` builds it."""
    with ExitStack() as stack:

        def panel(limit: int) -> EmulatedPanel:
            settings = Settings(state_dir=tmp_path, admin_key="panel-test-key", body_limit=limit)
            prepare(settings)
            app = stack.enter_context(closing(build(settings)))
            return EmulatedPanel(app, "panel-test-key")

        yield panel


def test_the_limit_of_the_settings_holds_for_what_is_unpacked(limited: Callable[[int], EmulatedPanel]) -> None:
    two_kilobytes = WHOAMI.replace(b"<e:Body>", b" " * (2048 - len(WHOAMI)) + b"<e:Body>")
    packed = gzip.compress(two_kilobytes, mtime=0)
    assert (len(two_kilobytes), len(packed) < 1024) == (2048, True)
    status, text = post(limited(1024), packed, "gzip")
    assert status == 500
    assert "<faultstring>The request body is larger than 1024 bytes</faultstring>" in text
    status, text = post(limited(2048), packed, "gzip")
    assert (status, ">admin</return>" in text) == (200, True)
