"""Rules for values, as the column ``rule`` of services.tsv, config_ini.tsv and scopes.tsv writes them.

A rule is a word and what it needs to know: ``int 0..4096``, ``unit B KB MB``, ``list domain``. It takes the weak form
that a client sends, returns the form that is stored, and raises ValueError for anything else; its wording says what it
takes. A ``?`` before the word admits an empty value too, stored as null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

_EMPTY = (None, "", "null", "none")


class Rule(NamedTuple):
    """A checker and its wording; both take what follows the rule's word."""

    check: Callable[[Any, str], Any]
    wording: Callable[[str], str]


@dataclass(frozen=True)
class Rulebook:
    """Rules by their word.

    longest: characters of JSON that a value may come to, None for no bound
    """

    rules: Mapping[str, Rule]
    longest: int | None = None

    def check(self, rule: str, value: Any) -> Any:
        """Return the stored form of `value` under `rule`.

        rule: as in the column ``rule``, "int 0..4096"
        Raises ValueError when the rule does not take the value, KeyError for a rule that does not exist.
        """
        bare = rule.removeprefix("?")
        if bare != rule and (value.strip().lower() if isinstance(value, str) else value) in _EMPTY:
            return None
        word, _, rest = bare.partition(" ")
        stored = self.rules[word].check(value, rest)
        if self.longest is not None and len(json.dumps(stored)) > self.longest:
            raise ValueError("too long")
        return stored

    def wording(self, rule: str) -> str:
        """Return what `rule` takes, as the end of a sentence: "a whole number from 0 to 4096"."""
        bare = rule.removeprefix("?")
        word, _, rest = bare.partition(" ")
        words = self.rules[word].wording(rest)
        return words if bare == rule else f"{words}, or '' for none"


def fixed(checker: Callable[[Any, str], Any], words: str) -> Rule:
    """Return a rule whose wording needs nothing of what follows its word."""
    return Rule(checker, lambda _: words)
