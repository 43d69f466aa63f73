"""Spyne's side of the methods: a service with one operation for each, made when the method is first called.

Making all of them at once takes 0.2 ms and 20 KiB for each method, which a process that serves a thousand would pay before
its first answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spyne import Service, rpc

from apnscp.core.registry import Command, canonical
from apnscp.server.operations import part_type, parts, return_type
from apnscp.server.soap.xsd_types import MODELS


class Handles:
    """The handles of methods, as Spyne's protocols ask for them by name."""

    def __init__(self, commands: Iterable[Command]) -> None:
        """Know `commands` and make nothing yet."""
        self._commands = {canonical(command.name): command for command in commands}
        self._made: dict[str, list[Any]] = {}

    def get(self, name: str) -> list[Any] | None:
        """Return the handles of a method by its name on the wire: one descriptor; None where there is no such method."""
        made = self._made.get(name)
        if made is None and name in self._commands:
            # two threads may both make it: either is as good
            made = self._made[name] = [_descriptor(self._commands[name])]
        return made

    def __contains__(self, name: str) -> bool:
        """Tell whether there is a method of this name."""
        return name in self._commands

    def __len__(self) -> int:
        """Return how many methods there are."""
        return len(self._commands)


def _descriptor(command: Command) -> Any:
    """Return Spyne's descriptor of a method, within a service that has this one operation."""
    service: Any = type(command.module, (Service,), {command.name: _method(command)})
    return service.public_methods[command.name]


def _method(command: Command) -> Any:
    names = tuple(name for name, _ in parts(command))
    types = tuple(part_type(parameter) for _, parameter in parts(command))
    return rpc(
        *(MODELS[kind] for kind in types),
        _args=names,
        _returns=MODELS[return_type(command.returns)],
        _out_variable_name="return",
        _internal_key_suffix=f":{command.name}",
        _udd={"command": command, "names": names, "types": types},
    )(_function)


def _function() -> None:
    """Stand for the function that Spyne wants to know; `SoapApplication.call_wrapper` carries out the calls."""
