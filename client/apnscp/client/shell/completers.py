"""Completion of arguments and flags, imported when a shell asks for it."""

from __future__ import annotations

from collections.abc import Callable

import click

Completer = Callable[[click.Context, click.Parameter, str], list[str]]


def complete(part: str) -> Completer:
    """Return a completer for click.

    part: name of the function in `completion` that gives the words
    """

    def offer(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
        from apnscp.client.shell import completion

        found: list[str] = getattr(completion, part)(ctx.params, incomplete)
        return found

    return offer
