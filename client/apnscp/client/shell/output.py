"""What a command line prints: messages on stderr as the panel prints them, values on stdout."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import click

from apnscp.wire.errors import Message

LABELS = {"success": "OK"}
COLOURS = {"error": "red", "fatal": "red", "exception": "red", "warning": "yellow", "info": "cyan", "success": "green"}
LEVELS = ("success", "deprecated", "warning", "error", "fatal", "exception")
"""Classes that a summary names as its level, from the lowest; the others do not raise it."""
UNSUMMED = "debug"
"""Class of messages that are only shown while they come."""
LINE = "-" * 40


def message(severity: str, text: str, *, err: bool = True) -> None:
    """Print one message, its class padded to 8, in colour on a terminal only.

    err: on stderr, otherwise on stdout
    """
    label = click.style(f"{_label(severity):<8}", fg=COLOURS.get(severity))
    click.echo(f"{label}: {text}", err=err, color=False if "NO_COLOR" in os.environ else None)


def messages(reported: Sequence[Message]) -> None:
    """Print messages in their order."""
    for severity, text in reported:
        message(severity, text)


def summary(reported: Sequence[Message]) -> None:
    """Print the panel's closing block: its level, and the messages again (docs/panel.md, section 10)."""
    summed = [(severity, text) for severity, text in reported if severity != UNSUMMED]
    if not summed:
        return
    level = max((severity for severity, _ in summed if severity in LEVELS), key=LEVELS.index, default="success")
    lines = [f"{_label(severity)}: {text}" for severity, text in summed]
    click.echo("\n".join([LINE, "MESSAGE SUMMARY", f"Reporter level: {_label(level)}", *lines, LINE]), err=True)


def complaint(name: str, text: str) -> None:
    """Print what a command line itself has to say, not the panel: ``cpcmd: No panel listens at ...``."""
    click.echo(f"{name}: {text}", err=True)


def yaml_depth() -> int:
    """Return how many levels of YAML are in block style, by ``YAML_INLINE``; 2 where that is not a number."""
    text = os.environ.get("YAML_INLINE", "")
    return int(text) if re.fullmatch("[0-9]{1,3}", text) else 2


def value(text: str) -> None:
    """Print a value on stdout; an empty one prints nothing, not even a line."""
    if text:
        click.echo(text)


def _label(severity: str) -> str:
    return LABELS.get(severity, severity.upper())
