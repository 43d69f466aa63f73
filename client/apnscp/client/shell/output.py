"""What a command line prints: messages on stderr as the panel prints them, values on stdout."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import click

from apnscp.wire.errors import Message

LABELS = {"success": "OK"}
COLOURS = {"error": "red", "fatal": "red", "exception": "red", "warning": "yellow", "info": "cyan", "success": "green"}
RANKS = ("success", "debug", "deprecated", "info", "warning", "error", "fatal", "exception")
LINE = "-" * 40


def message(severity: str, text: str) -> None:
    """Print one message on stderr, its class padded to 8, in colour on a terminal only."""
    label = click.style(f"{_label(severity):<8}", fg=COLOURS.get(severity))
    click.echo(f"{label}: {text}", err=True, color=False if "NO_COLOR" in os.environ else None)


def messages(reported: Sequence[Message]) -> None:
    """Print messages in their order."""
    for severity, text in reported:
        message(severity, text)


def summary(reported: Sequence[Message]) -> None:
    """Print the panel's closing block: the highest class of message, and the messages again (docs/panel.md, section 10)."""
    if not reported:
        return
    level = max(
        (severity for severity, _ in reported), key=lambda severity: RANKS.index(severity) if severity in RANKS else 0
    )
    click.echo(f"{LINE}\nMESSAGE SUMMARY\nReporter level: {_label(level)}", err=True)
    messages(reported)
    click.echo(LINE, err=True)


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
