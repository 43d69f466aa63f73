"""PHP's SoapClient compresses its requests when its option `compression` says so; PHP's server takes them."""

from __future__ import annotations

import gzip
import zlib

import pytest

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
