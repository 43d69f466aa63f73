"""What is asked of the figures: the aim as people read it, and the test for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Aim:
    """What is asked of a figure.

    text: for people; holds: whether a value is good enough
    """

    text: str
    holds: Callable[[float], bool]


def _under(limit: float) -> Aim:
    return Aim(f"< {limit:g}", lambda value: value < limit)


def _up_to(limit: float) -> Aim:
    return Aim(f"<= {limit:g}", lambda value: value <= limit)


def _at_least(limit: float, hoped: float | None = None) -> Aim:
    return Aim(f">= {limit:g}" + (f", hoped {hoped:g}" if hoped else ""), lambda value: value >= limit)


AIMS: dict[str, dict[str, Aim]] = {
    "whoami": {
        "operations": _at_least(1071),
        "to tuned PHP": _at_least(1.0, 1.2),
        "to PHP": _at_least(1.0),
        "to node-soap": _at_least(1.0),
        "to stock Spyne": _at_least(1.0),
        "load generator's share of a core": _under(0.8),
    },
    "writers": {
        r".*, 16 p99 to median": _under(6),
        r".*, 64 slowest ms": _under(2000),
        r".* turned away": _up_to(0),
        r".*, reads kept beside 16": _at_least(0.5),
    },
    "writing": {
        "add: processor time ms": _under(2.5),
        "edit: processor time ms": _under(1.5),
        "(suspend|activate): processor time ms": _under(1),
        "longest wait beside it s": _under(10),
        "turned away beside it": _up_to(0),
    },
    "first": {
        "serve: first answer s": _under(1.5),
        "slowest apnscpd command s": _under(0.4),
        "cpcmd common:whoami to bare import": _up_to(1.4),
        "cpcmd --help to bare import": _up_to(1.1),
        "pytest: first panel s": _under(0.4),
        "pytest: further panel s": _under(0.01),
    },
    "memory": {"before MiB": _under(150), "growth MiB": _up_to(5)},
    "collect": {"to PHP": _under(1.0)},
    "engine": {
        "(by invoice|by domain|add|edit|suspend) ratio": _under(1.5),
        "whole ratio": _under(1.5),
        "memory of answer": _under(3),
    },
}
"""Per measurement, a pattern for the names of figures and what is asked of them."""


def aim_of(part: str, figure: str) -> Aim | None:
    """Return what is asked of a figure, None where nothing is."""
    return next((aim for pattern, aim in AIMS[part].items() if re.fullmatch(pattern, figure)), None)
