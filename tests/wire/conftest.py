"""What the tests of the wire share: recorded exchanges, PHP's equality, other programs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ENVELOPE = (
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" '
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/" xmlns:ns2="http://xml.apache.org/xml-soap">'
    "<SOAP-ENV:Body>{}</SOAP-ENV:Body></SOAP-ENV:Envelope>"
)


@pytest.fixture
def need() -> Callable[[str], str]:
    """Give the path of a program; without it skip, or fail where APNSCP_REQUIRE_PEERS is set."""

    def find(program: str) -> str:
        path = shutil.which(program)
        if path is None:
            message = f"{program} is not installed"
            (pytest.fail if os.environ.get("APNSCP_REQUIRE_PEERS") else pytest.skip)(message)
        return str(path)

    return find


@pytest.fixture(scope="session")
def recorded() -> Path:
    """Give the directory of exchanges recorded from PHP's own client and server."""
    return Path(__file__).parent / "recorded"


@pytest.fixture
def enveloped() -> Callable[[str], bytes]:
    """Put text into the Body of an envelope with the usual namespaces."""
    return lambda body: ENVELOPE.format(body).encode()


@pytest.fixture
def sent(enveloped: Callable[[str], bytes]) -> Callable[..., Any]:
    """Read the part `v` of a request, given the XML of its parts; a missing one is the text "absent"."""
    from apnscp.wire.soap import envelope

    def read(parts: str, name: str = "v") -> Any:
        return envelope.parse(enveloped(f"<test_echo>{parts}</test_echo>")).parts([name], absent="absent")[0]

    return read


@pytest.fixture(scope="session")
def as_php() -> Callable[[Any], Any]:
    """Bring a value to a form that is equal exactly where PHP would call two values identical."""
    from apnscp.wire.soap.text import php_key

    def canonical(value: Any) -> Any:
        if isinstance(value, dict):
            return (
                "array",
                [(key, canonical(item)) for key, item in {php_key(k): v for k, v in value.items()}.items()],
            )
        if isinstance(value, list | tuple):
            return ("array", [(place, canonical(item)) for place, item in enumerate(value)])
        return (type(value).__name__, repr(value))

    return canonical
