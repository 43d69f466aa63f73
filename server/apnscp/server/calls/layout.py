"""Envelopes laid out for reading: one element to a line, indented. Texts stay as they are, and so does what was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PIECE = re.compile(r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+|<")
_STEP = "  "
_AROUND = re.compile(r"\A\s+|\s+\Z")


def laid_out(text: str) -> str:
    """Return an envelope for reading.

    text: an envelope, perhaps cut; elements that hold nothing but a text stay on their line
    """
    pieces = _PIECE.findall(text)
    return "\n".join(_lines([piece for at, piece in enumerate(pieces) if piece.strip() or _is_value(pieces, at)]))


def _is_value(pieces: list[str], at: int) -> bool:
    """Tell whether white space is all that an element holds, and not what stands between two elements."""
    return 0 < at < len(pieces) - 1 and _opens(pieces[at - 1]) and pieces[at + 1].startswith("</")


def _lines(pieces: list[str]) -> Iterator[str]:
    depth = at = 0
    while at < len(pieces):
        run = _on_one_line(pieces, at)
        piece = "".join(pieces[at : at + run])
        if run == 1 and piece.startswith("</"):
            depth = max(depth - 1, 0)
        yield _STEP * depth + (piece if piece.startswith("<") else _AROUND.sub("", piece))
        if run == 1 and _opens(piece):
            depth += 1
        at += run


def _on_one_line(pieces: list[str], at: int) -> int:
    """Return how many pieces make one line: an element with its text and its end, or one piece."""
    if not _opens(pieces[at]):
        return 1
    if pieces[at + 1 : at + 2] and pieces[at + 1].startswith("</"):
        return 2
    texts = pieces[at + 1 : at + 3]
    return 3 if len(texts) == 2 and not texts[0].startswith("<") and texts[1].startswith("</") else 1


def _opens(piece: str) -> bool:
    return (
        piece.startswith("<")
        and not piece.startswith(("</", "<?", "<!"))
        and not piece.endswith("/>")
        and len(piece) > 1
    )
