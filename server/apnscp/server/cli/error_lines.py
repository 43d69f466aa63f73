"""What keeps a command from working, as one line on standard error: ``apnscpd: the reason; the way out``.

Exit codes: 1 the command could not do it, 2 the command line is wrong, 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from apnscp.core.errors import ApnscpError
from apnscp.server import state_directory
from apnscp.server.settings import SetupError
from apnscp.wire.errors import WireError

PROGRAM = "apnscpd"
FAILED, WRONG, STOPPED = 1, 2, 130


@contextmanager
def printed() -> Iterator[None]:
    """Print an error of the block as one line and leave with its exit code."""
    try:
        yield
    except click.UsageError as error:
        _leave_with_usage(error)
    except click.ClickException as error:
        _leave(error.format_message(), error.exit_code)
    except (SetupError, ApnscpError, WireError) as error:
        _leave(str(error), FAILED)
    except OSError as error:
        _leave(state_directory.sentence(error), FAILED)
    except click.Abort:
        _leave("stopped", STOPPED)


def _leave_with_usage(error: click.UsageError) -> NoReturn:
    if type(error).__name__ == "NoArgsIsHelpError":  # Click 8.2 and later raise it for a command line without words
        error.show()
        sys.exit(error.exit_code)
    command = error.ctx.command_path if error.ctx else PROGRAM
    _leave(f"{error.format_message().rstrip('.')}; `{command} --help' shows what there is", error.exit_code)


def _leave(text: str, code: int) -> NoReturn:
    click.echo(f"{PROGRAM}: {' '.join(text.splitlines())}", err=True)
    sys.exit(code)
