"""Scopes in which a new value changes a part and leaves the rest: scores, versions, limits (docs/panel.md, section 16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes.catalogue import Scope
from apnscp.opcenter.scopes.keeping import as_map, keep, kept, part, refusal
from apnscp.opcenter.services.rules import is_null
from apnscp.opcenter.settings import rules

_SCORE = "int -1000000..1000000"
_SCORE_WORDS = "a map such as [418:50], null for the defaults, or false for none"
_OFF = ("false", "off")
LIMITS = (
    "as", "chroot", "core", "cpu", "data", "fsize", "locks", "maxlogins", "maxsyslogins", "memlock", "msgqueue", "nice",
    "nofile", "nonewprivs", "nproc", "priority", "rss", "rtprio", "sigpending", "stack",
)  # fmt: skip
"""What limits.conf(5) can limit."""
_LIMIT_WORDS = f"a limit such as nproc.soft or nproc; there are {', '.join(LIMITS)}"
_SIDES = ("soft", "hard")


def read_scores(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return the scores as a map, null for the defaults of the server, false for no scoring."""
    return part(scope, kept(ctx, scope), more)


def write_scores(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Set one score by two values, of which null drops it, or all of them by one: a map, null or false."""
    present = kept(ctx, scope)
    scores = dict(present) if isinstance(present, dict) else {}
    if len(values) > 2:
        raise Refused("%s takes what is scored and its score, not %d values", scope.name, len(values))
    if len(values) == 2:
        changed: Any = _with_score(scope, scores, *values)
    else:
        changed = _all_scores(scope, values[0])
    return keep(ctx, scope, changed, present)


def _with_score(scope: Scope, scores: dict[str, int], key: Any, score: Any) -> dict[str, int]:
    name = _scored(scope, key)
    if is_null(score):
        return {other: value for other, value in scores.items() if other != name}
    return {**scores, name: _score(scope, score)}


def _all_scores(scope: Scope, given: Any) -> Any:
    if is_null(given):
        return None
    if str(given).strip().lower() in _OFF:
        return False
    if not isinstance(given, dict | list) or not given:
        raise refusal(scope, given, _SCORE_WORDS)
    pairs = given.items() if isinstance(given, dict) else enumerate(given)
    return {_scored(scope, key): _score(scope, score) for key, score in pairs}


def _scored(scope: Scope, key: Any) -> str:
    """Return what a score is for in its usual form; the table says after `scores` what that may be."""
    try:
        return str(rules.check(scope.of, key))
    except ValueError:
        raise refusal(scope, key, rules.wording(scope.of)) from None


def _score(scope: Scope, score: Any) -> int:
    """Return a score; false is one of 0."""
    try:
        return int(rules.check(_SCORE, 0 if str(score).lower() == "false" else score))
    except ValueError:
        raise refusal(scope, score, "a score: a whole number of either sign") from None


def read_versions(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return the list of versions."""
    return part(scope, kept(ctx, scope) or [], more)


def write_versions(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Add versions; in a map, false takes one away."""
    present = kept(ctx, scope) or []
    found = dict.fromkeys(present)
    for version, wanted in _versions(scope, values):
        if wanted:
            found[version] = None
        else:
            found.pop(version, None)
    return keep(ctx, scope, list(found), present)


def _versions(scope: Scope, values: list[Any]) -> Iterator[tuple[str, bool]]:
    for value in values:
        if isinstance(value, dict):
            yield from ((_version(scope, key), str(wanted).lower() != "false") for key, wanted in value.items())
        else:
            yield from ((_version(scope, entry), True) for entry in (value if isinstance(value, list) else [value]))


def _version(scope: Scope, value: Any) -> str:
    try:
        return str(rules.check("php-version", value))
    except ValueError:
        raise refusal(scope, value, rules.wording("php-version")) from None


def write_limits(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Change limits: a map of NAME, NAME.soft and NAME.hard, or of NAME to a map; null brings a default back."""
    given = values[0] if len(values) == 1 else None
    if not isinstance(given, dict) or not given:
        raise refusal(scope, values[0], "a map of limits such as [nproc.soft:2048]")
    present = as_map(ctx, scope)
    limits = {name: dict(sides) for name, sides in present.items()}
    for key, value in given.items():
        for name, side, limit in _limits(scope, str(key), value):
            held = limits.setdefault(name, {})
            held[side] = limit
            if limit is None:
                del held[side]
    return keep(ctx, scope, {name: sides for name, sides in limits.items() if sides}, present)


def _limits(scope: Scope, key: str, value: Any) -> Iterator[tuple[str, str, Any]]:
    name, _, side = key.strip().lower().partition(".")
    if name not in LIMITS or side not in ("", *_SIDES):
        raise refusal(scope, key, _LIMIT_WORDS)
    by_side = value if isinstance(value, dict) else dict.fromkeys([side] if side else _SIDES, value)
    for held, limit in by_side.items():
        if held not in _SIDES or (side and isinstance(value, dict)):
            raise refusal(scope, held, "soft or hard")
        yield name, str(held), _limit(scope, limit)


def _limit(scope: Scope, value: Any) -> Any:
    if is_null(value):
        return None
    if value == "unlimited":
        return value
    try:
        return rules.check(f"int -20..{2**63 - 1}", value)
    except ValueError:
        raise refusal(scope, value, "a whole number, unlimited, or null for the default") from None
