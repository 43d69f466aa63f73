"""Where a call runs: in the event loop of a worker, or in its threads.

The event loop answers small reads at once and must never wait. What writes, or takes long, belongs in a thread. A look at
the first bytes of a request tells most of the time; where that look was wrong, or a read turns out to need a write, the
call leaves the loop by `NeedsThread` before it has done anything, and starts again in a thread.
"""

from __future__ import annotations

import re

from apnscp.core.errors import UnknownMethod
from apnscp.core.registry import REGISTRY, Registry
from apnscp.wire.soap import names

IN_LOOP = "apnscp.in_loop"
"""Key of the environment by which the HTTP server says that a call runs in its event loop."""
LITERAL_PATH = "/soap/literal"
SOAP_PATHS = ("/soap", LITERAL_PATH)
"""Where SOAP is spoken: rpc/encoded as by PHP, and document/literal for strict stacks."""
SMALL = 64 * 1024
"""Bodies up to this many bytes are parsed in the event loop."""
MOST_KNOWN = 5_000
_FIRST_ELEMENT = re.compile(
    rb"<(?:[\w.-]+:)?Body\b[^<>]*>\s*<(?:[\w.-]+:)?([\w.-]{1,100})(?:\s([^<>]*))?/?>", re.IGNORECASE
)
_NAMESPACE = re.compile(rb"['\"]urn:net\.apnscp\.api:([\w-]+)['\"]", re.IGNORECASE)


class NeedsThread(BaseException):
    """Ends a call that was begun in the event loop and may wait for something; nothing has been done yet.

    It is no Exception, so that nothing on its way makes a fault of it.
    """


class Placement:
    """Guesses from the bytes of a request whether it only reads; what it learned of a name is kept."""

    def __init__(self, registry: Registry = REGISTRY) -> None:
        """Know nothing yet; `registry` holds the methods of the panel."""
        self._registry = registry
        self._reads: dict[tuple[bytes, bytes], bool] = {}

    def is_short_read(self, body: bytes) -> bool:
        """Tell whether a SOAP request looks like a small call of a method that only reads."""
        found = _FIRST_ELEMENT.search(body) if len(body) <= SMALL else None
        if found is None:
            return False
        key = (found[1], found[2] or b"")
        if key not in self._reads:
            if len(self._reads) > MOST_KNOWN:
                self._reads.clear()
            self._reads[key] = _mode_of(self._registry, *key) == "read"
        return self._reads[key]


def _mode_of(registry: Registry, name: bytes, attributes: bytes) -> str:
    """Return the mode of the method that a body element names; what is unknown may take its time in a thread."""
    module = _NAMESPACE.search(attributes)
    namespace = f"{names.API}:{module[1].decode()}" if module else ""
    try:
        return registry.find(names.operation(name.decode(), namespace)).mode
    except (UnknownMethod, UnicodeDecodeError):
        return "long"
