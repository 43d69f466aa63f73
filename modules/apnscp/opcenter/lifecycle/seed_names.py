"""Names for seeded accounts: domains that nobody can own, administrators, invoices, reasons of suspension."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from apnscp.core.data_files import text_of

_WORDS = text_of("apnscp.opcenter.lifecycle", "seed_words.txt").splitlines()
FIRST, SECOND = (line.split() for line in _WORDS)
"""Words that names of domains are made of."""
ENDINGS = ("example", "test", "com.example", "net.example", "org.example", "shop.test", "co.test")
"""Top-level domains kept for examples and tests (RFC 2606), so that no seeded site is somebody's."""
REASONS = (
    "Payment overdue\n# {invoice}, third reminder sent",
    "Payment overdue",
    "Chargeback\n; disputed {invoice}",
    "Cancelled on request",
    "Sending spam\n# ticket 4711, see abuse report",
    "Terms of service",
)


def domains(random: Random, taken: set[str]) -> Iterator[str]:
    """Go through domains that are not in `taken`, without end; each is put there."""
    while True:
        name = f"{random.choice(FIRST)}{random.choice(SECOND)}"
        if random.random() < 0.1:
            name = f"{random.choice(FIRST)}-{name}"
        yield _free(f"{name}{{}}.{random.choice(ENDINGS)}", taken)


def administrator(domain: str, taken: set[str]) -> str:
    """Return an administrator's name after a domain, not in `taken`, where it is put."""
    return _free(domain.partition(".")[0].replace("-", "")[:14] + "{}", taken)


def _free(pattern: str, taken: set[str]) -> str:
    name, number = pattern.format(""), 2
    while name in taken:
        name = pattern.format(number)
        number = number * 3 // 2 + 1
    taken.add(name)
    return name
