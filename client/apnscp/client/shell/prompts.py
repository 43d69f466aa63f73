"""Ask for what must not be seen: on a terminal without an echo, else read from the pipe."""

from __future__ import annotations

import sys

import click


def hidden(what: str, *, twice: bool = False) -> str:
    """Return a password or a key.

    what: the words of the prompt, which also name it in an error; twice: ask again on a terminal, against slips
    A pipe is read up to its first line break, and never prompted. Raises click.UsageError for one that holds nothing.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        return str(click.prompt(what, hide_input=True, confirmation_prompt=twice, err=True))
    line = "" if sys.stdin is None else sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise click.UsageError(f"{what}: standard input holds none; type it on a terminal, or send it through a pipe")
    return line
