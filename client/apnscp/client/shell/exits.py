"""What each kind of error means to a shell: the one table of exit codes (docs/cpcmd.md, "Exit codes").

0 done, 1 the panel reported an error, 2 the command line or an argument is wrong, 3 no connection, 4 the panel refuses
this caller, 5 no such command, 6 a command that an emulator of the panel does not carry out.
"""

from __future__ import annotations

from collections.abc import Iterable

from apnscp.client import errors
from apnscp.client.shell.sources import ConfigError
from apnscp.wire.errors import CLIENT, Message, WireError

DONE, REPORTED, USAGE, CONNECTION, REFUSED, UNKNOWN, NOT_EMULATED = range(7)
INTERRUPTED = 130

KINDS: dict[type[Exception], int] = {
    errors.ApisError: REPORTED,
    errors.Fault: REPORTED,
    errors.UnknownMethod: UNKNOWN,
    errors.NotEmulated: NOT_EMULATED,
    errors.AuthenticationFailed: REFUSED,
    errors.LockedOut: REFUSED,
    errors.ConnectionFailed: CONNECTION,
    ConfigError: USAGE,
    WireError: USAGE,
}
"""Kind of error -> exit code."""

ERRORS = frozenset({"error", "fatal", "exception"})
"""Severities of messages that make a command fail."""


def exit_code(error: Exception) -> int:
    """Return the exit code of an error by its nearest kind.

    error: an ApisError or WireError; a plain fault with the code ``Client`` means a wrong argument
    """
    if type(error) is errors.Fault and error.code == CLIENT:
        return USAGE
    return next(KINDS[kind] for kind in type(error).__mro__ if kind in KINDS)


def code_of_messages(messages: Iterable[Message]) -> int:
    """Return the exit code of a call by its messages: 1 if one of them is an error."""
    return REPORTED if any(severity in ERRORS for severity, _ in messages) else DONE
