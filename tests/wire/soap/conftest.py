"""Fixtures of the tests of SOAP: recorded exchanges, envelopes, PHP's equality."""

from __future__ import annotations

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
