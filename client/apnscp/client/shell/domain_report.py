"""What a domain command says of the calls it made, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from apnscp.client.errors import AuthenticationFailed, ConnectionFailed, Fault, LockedOut, UnknownMethod
from apnscp.client.shell import dry_run, exits, output
from apnscp.wire.cpcmd import formats
from apnscp.wire.errors import Message
from apnscp.wire.soap.envelope import Answer

HOPELESS = (AuthenticationFailed, LockedOut, UnknownMethod, ConnectionFailed)
"""Errors that the next site would meet as well."""


class Report:
    """Prints messages as they come, or gathers everything for one JSON object."""

    def __init__(self, as_json: bool, dry_edit: bool = False) -> None:
        """Start with success.

        as_json: gather everything for one JSON object
        dry_edit: the calls are dry runs of edits, whose changes are shown as a map at the end
        """
        self.as_json = as_json
        self.dry_edit = dry_edit
        self.code = exits.DONE
        self.messages: list[Message] = []
        self.values: list[Any] = []

    def answer(self, answer: Answer) -> None:
        """Take what a call answered; false without a message that says why is an error as well."""
        self._take(answer.messages)
        self._fail(exits.code_of_messages(answer.messages))
        if answer.value is False or answer.value is None:
            self._fail(exits.REPORTED)
        elif isinstance(answer.value, dict | list):
            self._value(answer.value)

    def error(self, error: Fault | ConnectionFailed, messages: Sequence[Message]) -> bool:
        """Take the error that ended a call, and tell whether the remaining calls may fare better.

        messages: what the panel said before it
        """
        known = [message for message in messages if message[1] != error.text]
        self._take([*known, Message("error", error.text)])
        self._fail(exits.exit_code(error))
        return not isinstance(error, HOPELESS)

    def close(self) -> int:
        """Print the changes of a dry run and the JSON object, each where it was asked for; return the exit code."""
        if self.dry_edit:
            self._value(dry_run.changes(self.messages))
        if self.as_json:
            said = [{"severity": severity, "text": text} for severity, text in self.messages]
            whole = {"success": self.code == exits.DONE, "messages": said, "return": self.values}
            output.value(json.dumps(whole))
        return self.code

    def _take(self, messages: Sequence[Message]) -> None:
        self.messages += messages
        if not self.as_json:
            output.messages(messages)

    def _value(self, value: Any) -> None:
        self.values.append(value)
        if not self.as_json and value:
            output.value(formats.dump(value, "yaml", inline=output.yaml_depth()))

    def _fail(self, code: int) -> None:
        self.code = max(self.code, code)
