"""Read the tables of a package: tab-separated files in its folder ``data``."""

from __future__ import annotations

import csv
from importlib.resources import files


def text_of(package: str, name: str) -> str:
    """Return the text of a data file.

    package: full name of the package that reads it; name: file in its folder ``data``
    """
    return files(package).joinpath("data", name).read_text("utf-8")


def rows_of(package: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a table, keyed by the names in its first line; arguments as for `text_of`."""
    return rows_of_text(text_of(package, name))


def rows_of_text(text: str) -> list[dict[str, str]]:
    """Return the rows of a tab-separated text, keyed by the names in its first line."""
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
