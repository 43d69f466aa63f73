"""The character sets and collations of the MySQL server: MariaDB 10.11's, from ``data/charsets.tsv``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apnscp.core.data_files import rows_of
from apnscp.core.errors import Refused

_ROWS = rows_of(__package__, "charsets.tsv")
_LANGUAGES = [
    "unicode_ci", "icelandic_ci", "latvian_ci", "romanian_ci", "slovenian_ci", "polish_ci", "estonian_ci",
    "spanish_ci", "swedish_ci", "turkish_ci", "czech_ci", "danish_ci", "lithuanian_ci", "slovak_ci",
    "spanish2_ci", "roman_ci", "persian_ci", "esperanto_ci", "hungarian_ci", "sinhala_ci", "german2_ci",
    "croatian_mysql561_ci", "unicode_520_ci", "vietnamese_ci", "croatian_ci", "myanmar_ci", "thai_520_w2",
]  # fmt: skip
"""Collations that every Unicode character set has."""


def _collations(row: Mapping[str, str]) -> Iterator[str]:
    """Go through the collations of a character set, its default first."""
    for ending in row["collations"].split():
        yield from _LANGUAGES if ending == "unicode" else [ending]


CHARSETS: Mapping[str, str] = {row["charset"]: row["description"] for row in _ROWS}
"""Character set to its description."""

COLLATIONS: Mapping[str, str] = {
    (row["charset"] if ending == "binary" else f"{row['charset']}_{ending}"): row["charset"]
    for row in _ROWS
    for ending in _collations(row)
}
"""Collation to its character set."""


def require_pair(charset: str, collation: str) -> None:
    """Raise Refused for an unknown character set or collation, and for two that do not belong together."""
    if charset not in CHARSETS:
        raise Refused("Unknown character set `%s'; mysql:get-supported-charsets lists them", charset[:64])
    if collation not in COLLATIONS:
        raise Refused("Unknown collation `%s'; mysql:get-supported-collations lists them", collation[:64])
    if COLLATIONS[collation] != charset:
        raise Refused("The collation `%s' is not of the character set `%s'", collation, charset)
