"""What a command line prints: messages on stderr as the panel prints them, values on stdout."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import TextIO

import click

from apnscp.client.errors import ApisError
from apnscp.client.shell import exits
from apnscp.wire.errors import Message, WireError

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
    """Print the panel's closing block: the level of the run and its messages again (docs/panel.md, section 10)."""
    if not reported:
        return
    level = max(
        (severity for severity, _ in reported), key=lambda severity: RANKS.index(severity) if severity in RANKS else 0
    )
    click.echo(f"{LINE}\nMESSAGE SUMMARY\nReporter level: {_label(level)}", err=True)
    messages(reported)
    click.echo(LINE, err=True)


def yaml_depth() -> int:
    """Return the levels of YAML in block style, as ``YAML_INLINE`` says; 2 where it says nothing usable."""
    text = os.environ.get("YAML_INLINE", "")
    return int(text) if re.fullmatch("[0-9]{1,3}", text) else 2


def value(text: str) -> None:
    """Print a value on stdout; nothing at all where it is empty."""
    if text:
        click.echo(text)


def run(command: click.Command, name: str, args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; every error is one message, a closed pipe none.

    command: returns its exit code
    name: what it is called in help texts
    args: the arguments; those of the process when left out
    """
    # a process may be started without the stream; what stands in for it has to live as long as the process
    stdout = sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or stdout
    try:
        code = _guard(lambda: command.main(args, name, standalone_mode=False))
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        return _unheard()
    except OSError as error:
        return _unwritten(error)
    except SystemExit:
        if sys.stdout is stdout:
            raise
        return _unheard()  # click met the broken pipe and put other streams in place
    return code


def _unheard() -> int:
    """Let what is still to be written go nowhere, since nobody reads it."""
    _silence(sys.stdout, sys.stderr)
    return exits.DONE


def _silence(*streams: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())


def _unwritten(error: OSError) -> int:
    """Say that the result could not be written, such as to a full disk."""
    text = f"The result cannot be written: {error.strerror or error}"
    _silence(sys.stdout)
    message("error", text)
    return exits.REPORTED


def _guard(work: Callable[[], int | None]) -> int:
    try:
        return work() or exits.DONE
    except click.UsageError as error:
        message("error", error.format_message())
        if error.ctx:
            click.echo(f"Try `{error.ctx.command_path} --help'", err=True)
        return exits.USAGE
    except click.ClickException as error:
        message("error", error.format_message())
        return exits.USAGE
    except (ApisError, WireError) as error:
        message("error", "\n".join([str(error), *getattr(error, "__notes__", ())]))
        return exits.exit_code(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        return exits.INTERRUPTED


def _label(severity: str) -> str:
    return LABELS.get(severity, severity.upper())
