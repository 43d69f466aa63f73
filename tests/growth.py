"""How much work something is, and how it grows with its input: what tests ask instead of seconds."""

from __future__ import annotations

import gc
import math
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import thread_time
from typing import Any, TypeVar

Input = TypeVar("Input")

LINEAR = 3.0
"""Twice the input takes twice the time where it grows in step, and four times where it grows with the square."""
ROUNDS = 12
"""Most rounds of a measurement; it ends with the first that shows linear growth."""
LEAST = 0.005
"""Processor seconds below which a difference means nothing."""


def growth(work: Callable[[Input], object], once: Input, twice: Input) -> float:
    """Return how many times longer `work` takes on twice the input: about 2 where it grows in step with it.

    once, twice: an input, and one like it of twice the size
    Compares the processor time of this thread, which waits for nobody else, and the best of several rounds.
    """
    short = long = math.inf
    for _ in range(ROUNDS):
        short, long = min(short, _seconds(work, once)), min(long, _seconds(work, twice))
        if max(long, LEAST) < LINEAR * max(short, LEAST):
            break
    return max(long, LEAST) / max(short, LEAST)


def steps(work: Callable[[], object]) -> int:
    """Return how many functions, Python's and C's, `work` calls."""
    count = 0

    def called(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    with uncollected():
        sys.setprofile(called)
        try:
            work()
        finally:
            sys.setprofile(None)
    return count


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector, which comes when it likes, out of the block."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _seconds(work: Callable[[Input], object], given: Input) -> float:
    with uncollected():
        begun = thread_time()
        work(given)
        return thread_time() - begun
