"""What each setting of config.ini is for, in words for people: data/config_meanings.tsv."""

from __future__ import annotations

from collections.abc import Mapping

from apnscp.core.data_files import rows_of

MEANINGS: Mapping[str, str] = {
    row["name"]: row["meaning"] for row in rows_of("apnscp.opcenter.settings", "config_meanings.tsv")
}
"""By "section.key"."""
