"""Completers of arguments and flags; `completion` itself is imported when a shell asks."""

from __future__ import annotations

from collections.abc import Callable

import click

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def complete(part: str) -> Completer:
    """Return what offers the words of a function in `completion`.

    part: name of that function
    """

    def offer(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        from apnscp.client.shell import completion

        found: list[str] = getattr(completion, part)(ctx.params, incomplete)
        return found

    return offer
