"""True and false as text."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, bool] = {
    "1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False,
}  # fmt: skip
"""What people write for true and false, in lower case."""


def boolean(text: str) -> bool:
    """Return what `text` says, in any case and with spaces around it; raises ValueError for any other word."""
    word = text.strip().lower()
    if word not in WORDS:
        raise ValueError("not a boolean")
    return WORDS[word]
