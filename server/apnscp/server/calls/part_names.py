"""How the parts of a request are called."""

from __future__ import annotations

from apnscp.core.registry import Command


def part_names(command: Command, number: int) -> list[str]:
    """Return the names of the parts of a request of so many arguments."""
    names = [parameter.name for parameter in command.parameters]
    if names and command.parameters[-1].variadic:
        last = names.pop()
        names += [f"{last}{place}" for place in range(1, number - len(names) + 1)]
    return names[:number]
