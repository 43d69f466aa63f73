"""The table of scopes (docs/panel.md, section 16).

data/scopes.tsv says what each takes and, in the column `storage`, where its value lives:

    kept                the scope's own; what follows in brackets is a fresh panel's, where it is not the default
    keyed A,B           the scope's own, a map set by name and value; only these names where there are any
    scores RULE         the scope's own, scores by what RULE takes (merging.py)
    versions, limits    the scope's own, of which a new value changes a part (merging.py)
    backends, channels                  the scope's own, by backend or channel (monitor.py)
    variables, with-variables A=B       variables of the installation (installation.py)
    schedule SCOPE      whether there are updates, with their calendar in another scope
    same SCOPE          another scope, of which this is a second name
    setting KEY         a key of config.ini
    host-name KEY       the same, for the name of the server, which no account may have
    settings A,B        several keys as a list; ``max=A,min=B`` as a map
    list NAME           a list of the firewall
    config              all of config.ini
    action              nowhere: setting it asks for work that an emulated server does not have

`append` after it adds to the value instead of replacing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from apnscp.core.data_files import rows_of


@dataclass(frozen=True)
class Scope:
    """One scope.

    rule: what a value may be, in the words of `settings.rules`
    storage, of: where the value lives; append: whether values are added
    secret: whether its value must not be shown in the journal
    default_text, settings_text: the columns `default` and `settings` of the table, in YAML: read when they are first
        asked for, since reading all of them takes a noticeable part of a command's start
    """

    name: str
    rule: str
    storage: str
    of: str
    append: bool
    info: str
    secret: bool = False
    default_text: str = ""
    settings_text: str = ""

    @cached_property
    def default(self) -> Any:
        """What a fresh panel has, as published."""
        return read_value(self.default_text)

    @cached_property
    def settings(self) -> Any:
        """What the scope may be, as published: a list of choices, or words."""
        return read_value(self.settings_text)


def read_value(text: str) -> Any:
    """Return what a column of the table says in YAML."""
    import yaml

    return yaml.safe_load(text.replace(" | ", "\n"))


def _scope(row: Mapping[str, str]) -> Scope:
    storage, _, of = row["storage"].removesuffix(" append").partition(" ")
    append = row["storage"].endswith(" append")
    return Scope(
        row["scope"],
        row["rule"],
        storage,
        of,
        append,
        row["info"],
        bool(row["secret"]),
        row["default"],
        row["settings"],
    )


SCOPES: Mapping[str, Scope] = {row["scope"]: _scope(row) for row in rows_of("apnscp.opcenter.scopes", "scopes.tsv")}
