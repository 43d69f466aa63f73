"""Random values through PHP's own SoapClient and SoapServer."""

from __future__ import annotations

import base64
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from apnscp.wire.soap import envelope

SCRIPT = Path(__file__).parent / "php" / "round_trip.php"
COUNT = 3000
# Without "&" in keys: PHP writes them unescaped and loses them.
LETTERS = "abcXYZ019 .,-_:/\\\"'<>é✓漢😀\t\n\r\u00a0\u0085\u2028"
INTEGERS = (0, 1, -1, 2**31, 9007199254740993, 2**63 - 1, -(2**63))
SHORT_FLOATS = (0.0, 1.5, -2.25, 3.0, 1e25, -1e-7, 1e14, 123456.789, 0.0001, 1e100)
LONG_FLOATS = (
    *SHORT_FLOATS,
    0.1 + 0.2,
    1 / 3,
    1e15,
    2.0**63,
    5e-324,
    1.7976931348623157e308,
    float("inf"),
    float("-inf"),
    float("nan"),
)


def _text(rng: random.Random, letters: str) -> str:
    return "".join(rng.choice(letters) for _ in range(rng.choice((0, 1, 2, 5, 12))))


def _key(rng: random.Random) -> int | str:
    return rng.choice((rng.randrange(-3, 12), str(rng.randrange(-3, 12)), f"0{rng.randrange(9)}", _text(rng, LETTERS)))


def _value(rng: random.Random, floats: tuple[float, ...], depth: int = 0) -> Any:
    kind = rng.randrange(5 if depth > 4 else 8)
    if kind == 0:
        return rng.choice((None, True, False))
    if kind == 1:
        return rng.choice((*INTEGERS, rng.randrange(-(10**6), 10**6)))
    if kind == 2:
        return rng.choice(floats)
    if kind <= 4:
        return _text(rng, LETTERS + "&")
    size = rng.choice((0, 1, 2, 3, 6))
    if kind == 5:
        return [_value(rng, floats, depth + 1) for _ in range(size)]
    if kind == 6:
        return {place: _value(rng, floats, depth + 1) for place in range(size)}
    return {_key(rng): _value(rng, floats, depth + 1) for _ in range(size)}


def _through_php(php: str, mode: str, documents: list[bytes], *settings: str) -> list[bytes]:
    lines = b"\n".join(map(base64.b64encode, documents)) + b"\n"
    command = [php, *settings, str(SCRIPT), mode]
    done = subprocess.run(command, input=lines, capture_output=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [base64.b64decode(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(documents)
    return answers


def test_values_survive_php_client_and_come_back_as_requests(
    need: Callable[[str], str], as_php: Callable[[Any], Any]
) -> None:
    rng = random.Random(20824)
    values = [_value(rng, LONG_FLOATS) for _ in range(COUNT)]
    documents = [envelope.response("test_echo", value) for value in values]
    requests = _through_php(need("php"), "client", documents, "-dprecision=17")
    for value, request in zip(values, requests, strict=True):
        assert as_php(envelope.parse(request).parts(["v"])[0]) == as_php(value)


def test_php_server_echoes_our_requests_in_the_bytes_that_we_would_write(need: Callable[[str], str]) -> None:
    rng = random.Random(2083)
    values = [_value(rng, SHORT_FLOATS) for _ in range(COUNT)]
    requests = [envelope.request("test_echo", [("v", value)]) for value in values]
    answers = _through_php(need("php"), "server", requests, "-dprecision=14")
    for value, answer in zip(values, answers, strict=True):
        ours = envelope.response("test_echo", envelope.read_response(answer).value)
        assert _body(ours) == _body(answer)
        assert _body(envelope.response("test_echo", _merged(value))) == _body(answer)


def _merged(value: Any) -> Any:
    """Merge keys that PHP takes for one: its later value at the earlier place."""
    from apnscp.wire.soap.text import php_key

    if isinstance(value, dict):
        return {php_key(key): _merged(item) for key, item in value.items()}
    return [_merged(item) for item in value] if isinstance(value, list) else value


def _body(document: bytes) -> bytes:
    found = re.search(rb"<SOAP-ENV:Body>.*</SOAP-ENV:Body>", document, re.DOTALL)
    assert found, document
    return found[0].replace(b"xmlns:ns1=", b"")
