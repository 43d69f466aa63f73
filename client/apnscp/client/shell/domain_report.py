"""What a domain command reports of its calls, as text or as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from apnscp.client.errors import AuthenticationFailed, ConnectionFailed, Fault, LockedOut, UnknownMethod
from apnscp.client.shell import dry_run, exits, output
from apnscp.wire.cpcmd import formats
from apnscp.wire.errors import Message
from apnscp.wire.soap.envelope import Answer

FINAL = (AuthenticationFailed, LockedOut, UnknownMethod, ConnectionFailed)
"""Errors that the call for the next site would get as well."""


class Report:
    """Prints messages as they come, or collects everything for one JSON object.

    Results go to stdout, and so does what a dry run would do: the changes of an edit as a map, the sites that a deletion
    would take as the panel's lines.
    """

    def __init__(self, name: str, as_json: bool, dry_edit: bool = False) -> None:
        """Start with success.

        name: the command, for what the panel did not say
        as_json: collect everything for one JSON object
        dry_edit: the calls are dry runs of edits, whose changes are shown as a map at the end
        """
        self.name = name
        self.as_json = as_json
        self.dry_edit = dry_edit
        self.code = exits.DONE
        self.messages: list[Message] = []
        self.values: list[Any] = []

    def answer(self, answer: Answer) -> None:
        """Add what a call answered; false or null is an error even without a message."""
        self._add(answer.messages)
        self._fail(exits.code_of_messages(answer.messages))
        if answer.value is False or answer.value is None:
            self._fail(exits.REPORTED)
        elif isinstance(answer.value, dict | list):
            self.value(answer.value)

    def error(self, error: Fault | ConnectionFailed, messages: Sequence[Message]) -> bool:
        """Add the error that ended a call; return whether the remaining calls are worth a try.

        messages: those that the panel reported before it
        """
        earlier = [message for message in messages if message[1] != error.text]
        self._add(earlier)
        self._refusal(error)
        self._fail(exits.exit_code(error))
        return not isinstance(error, FINAL)

    def value(self, value: Any) -> None:
        """Add a result."""
        self.values.append(value)
        if not self.as_json and value:
            output.value(formats.dump(value, "yaml", inline=output.yaml_depth()))

    def close(self) -> int:
        """Print the changes of a dry run, print the JSON object if there is one, and return the exit code."""
        if self.dry_edit:
            self.value(dry_run.changes(self.messages))
        if self.as_json:
            messages = [{"severity": severity, "text": text} for severity, text in self.messages]
            success = self.code == exits.DONE
            output.value(json.dumps({"success": success, "messages": messages, "return": self.values}))
        return self.code

    def _add(self, messages: Sequence[Message]) -> None:
        self.messages += messages
        if not self.as_json:
            for each in messages:
                output.message(*each, err=not dry_run.announces_deletion(each))

    def _refusal(self, error: Fault | ConnectionFailed) -> None:
        self.messages.append(Message("error", error.text))
        if self.as_json:
            return
        if isinstance(error, Fault):
            output.message("error", error.text)
        else:
            output.complaint(self.name, error.text)

    def _fail(self, code: int) -> None:
        self.code = max(self.code, code)
