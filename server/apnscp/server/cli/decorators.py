"""What the commands of ``apnscpd`` have in common: their settings, and errors as one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import click

from apnscp.core.errors import ApnscpError
from apnscp.server import state_directory
from apnscp.server.cli import store_options
from apnscp.server.settings import Settings, SetupError
from apnscp.wire.errors import WireError

P = ParamSpec("P")
R = TypeVar("R")


def pass_settings(command: Callable[Concatenate[Settings, P], R]) -> Callable[P, R]:
    """Pass the settings as first argument: the object of click's context, else what options and environment say."""

    @wraps(command)
    def with_settings(*args: P.args, **kwargs: P.kwargs) -> R:
        found = click.get_current_context().find_object(Settings)
        return command(found or Settings.from_env(store_options.environ()), *args, **kwargs)

    return with_settings


def errors_as_lines(command: Callable[P, R]) -> Callable[P, R]:
    """Print what keeps a command from working as one line, and let it exit with 1."""

    @wraps(command)
    def explained(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except OSError as error:
            raise click.ClickException(state_directory.sentence(error)) from error
        except (ApnscpError, WireError, SetupError) as error:
            raise click.ClickException(str(error)) from error

    return explained
