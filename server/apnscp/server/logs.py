"""Log lines on standard error, with keys, session ids and passwords taken out."""

from __future__ import annotations

import logging
import re
import sys

ROOT = "apnscp"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_HEADERS = re.compile(
    r"(?i)(auth-key|x-extended-auth|cookie|http_(?:auth_key|x_extended_auth|cookie))([\"']?\s*[=:]\s*[\"']?)[^\"'\r\n]+"
)
_NAMED = re.compile(r"(?i)(authkey|esprit_id|admin_key|[ct]?passw(?:or)?d)([\"']?\s*[=:]\s*[\"']?)[^\s&;\"'<>,]+")
_KEY = re.compile(r"(?i)(?<![0-9a-z])[0-9a-f](?:[- ]?[0-9a-f]){59,}")
HIDDEN = "[hidden]"
_SHORTEST = len("cookie=x")
"""Nothing shorter can name a secret; most outcomes that the journal keeps are ``ok``."""


def redact(text: str) -> str:
    """Return the text without keys, session ids and passwords."""
    if len(text) < _SHORTEST:
        return text
    for pattern in (_HEADERS, _NAMED):
        text = pattern.sub(rf"\1\2{HIDDEN}", text)
    return _KEY.sub(HIDDEN, text)


class Redacting(logging.Formatter):
    """Write a record, its trace included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the finished line or lines."""
        return redact(super().format(record))


def configure(level: str) -> None:
    """Send the records of this process to standard error.

    level: least severity of our own records; those of other libraries are shown from warnings on
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacting(_FORMAT))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger(ROOT).setLevel(level.upper())
