"""Spyne 2.14.0 on every Python from 3.11 on: the one place that knows what it misses.

Spyne ships an old copy of `six`, whose lazy modules Python 3.12 no longer imports, and asks for `cgi`, which Python 3.13
removed. Both are put into ``sys.modules`` before Spyne is imported; nothing is changed where nothing is missing.
"""

from __future__ import annotations

import importlib
import logging
import sys
import types
import warnings
from email.message import Message

import six

_SIX = "spyne.util.six.moves"
_MOVES = {
    "": "six.moves",
    ".collections_abc": "collections.abc",
    ".http_cookies": "http.cookies",
    ".urllib": "six.moves.urllib",
    ".urllib.parse": "urllib.parse",
    ".urllib.request": "urllib.request",
}


def parse_header(line: str) -> tuple[str, dict[str, str]]:
    """Split a header such as Content-Type into its value and its parameters, as `cgi.parse_header` did."""
    message = Message()
    message["content-type"] = line
    parameters = message.get_params(failobj=[], unquote=True)
    return message.get_content_type() if "/" in line else line.partition(";")[0].strip(), dict(parameters[1:])


def install() -> None:
    """Prepare the import of Spyne; calling it again does nothing."""
    for suffix, name in _MOVES.items():
        if _SIX + suffix not in sys.modules:
            sys.modules[_SIX + suffix] = importlib.import_module(name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            import cgi  # noqa: F401
        except ImportError:
            stub = types.ModuleType("cgi")
            stub.parse_header = parse_header  # type: ignore[attr-defined]
            sys.modules["cgi"] = stub


def import_spyne() -> types.ModuleType:
    """Import Spyne without the warnings of its own old code."""
    install()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        spyne = importlib.import_module("spyne")
        importlib.import_module("spyne.protocol.soap")
        importlib.import_module("spyne.interface.wsdl")
        importlib.import_module("spyne.server")
    # Its finder has done its work; left in place it makes every later import warn on Python 3.11.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "spyne.util.six"]
    # Spyne logs every fault with its trace, and whole invalid documents with the passwords in them.
    logging.getLogger("spyne").setLevel(logging.CRITICAL + 1)
    const = importlib.import_module("spyne.const")
    # Spyne collects garbage once a second while it closes a call: 12 to 111 ms that callers would wait for.
    const.MIN_GC_INTERVAL = float("inf")  # type: ignore[attr-defined]
    return spyne


__all__ = ["import_spyne", "install", "parse_header", "six"]

import_spyne()
