"""Run a command line: every error becomes one message and an exit code.

What the panel said looks as the panel prints it, ``ERROR   : text``; what the command itself says begins with its name.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn, TextIO

import click

from apnscp.client.errors import ApisError, Fault
from apnscp.client.shell import exits, output
from apnscp.wire.errors import WireError


def main(command: click.Command, name: str) -> NoReturn:
    """Run a command with the arguments of the process, and end the process with its exit code.

    The garbage collector stays off: the process ends before it would find anything, and it takes part of a small call's time.
    """
    gc.disable()
    sys.exit(run(command, name))


def run(command: click.Command, name: str, args: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code; a closed pipe is no error.

    command: returns its exit code
    name: what help texts call it
    args: the arguments; those of the process by default
    """
    # a process may be started without the stream; what replaces it has to live as long as the process
    stdout = sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or stdout
    try:
        code = _exit_code(lambda: command.main(args, name, standalone_mode=False), name)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        return _not_written(error, name)
    except SystemExit:
        if sys.stdout is stdout:
            raise
        return _reader_gone()  # click caught the broken pipe and replaced the streams
    return code


def _exit_code(work: Callable[[], int | None], name: str) -> int:
    try:
        return work() or exits.DONE
    except click.UsageError as error:
        output.complaint(name, error.format_message())
        if error.ctx:
            click.echo(f"Try `{error.ctx.command_path} --help'", err=True)
        return exits.USAGE
    except click.ClickException as error:
        output.complaint(name, error.format_message())
        return exits.USAGE
    except Fault as error:
        output.message("error", _with_notes(error))
        return exits.exit_code(error)
    except (ApisError, WireError) as error:
        output.complaint(name, _with_notes(error))
        return exits.exit_code(error)
    except (KeyboardInterrupt, click.Abort):
        click.echo(err=True)
        return exits.INTERRUPTED


def _with_notes(error: Exception) -> str:
    return "\n".join([str(error), *getattr(error, "__notes__", ())])


def _reader_gone() -> int:
    """Discard what is still to be written: nobody reads it."""
    _discard(sys.stdout, sys.stderr)
    return exits.DONE


def _not_written(error: OSError, name: str) -> int:
    """Report that the result could not be written, such as to a full disk."""
    text = f"The result cannot be written: {error.strerror or error}"
    _discard(sys.stdout)
    output.complaint(name, text)
    return exits.REPORTED


def _discard(*streams: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())
