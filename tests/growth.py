"""How much work something is, and how it grows with its input: what tests ask instead of seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import thread_time
from typing import Any, TypeVar

Input = TypeVar("Input")

LINEAR = 3.0
"""Twice the input takes twice the time where it grows in step, and four times where it grows with the square."""
ROUNDS = 4
LEAST = 0.005
"""Processor seconds below which a difference means nothing."""


def growth(work: Callable[[Input], object], once: Input, twice: Input) -> float:
    """Return how many times longer `work` takes on twice the input: about 2 where it grows in step with it.

    once, twice: an input, and one like it of twice the size
    Compares the processor time of this thread, which waits for nobody else, and the best of several rounds.
    """
    rounds = [(_seconds(work, once), _seconds(work, twice)) for _ in range(ROUNDS)]
    short = min(time for time, _ in rounds)
    long = min(time for _, time in rounds)
    return max(long, LEAST) / max(short, LEAST)


def steps(work: Callable[[], object]) -> int:
    """Return how many functions, Python's and C's, `work` calls."""
    count = 0

    def called(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def _seconds(work: Callable[[Input], object], given: Input) -> float:
    begun = thread_time()
    work(given)
    return thread_time() - begun
