"""Calls that the forms of these pages make: what they told, and what they refused, in words for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import flash

from apnscp.core.context import Context
from apnscp.core.errors import Aborted, BadArgument, Refused
from apnscp.core.registry import Command
from apnscp.core.reporter import Message, Severity
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.transactions import View
from apnscp.server.web.visitors import Visitor, plain

CHANGED = "This site was changed meanwhile; nothing was saved"
_MOST_NOTES, _LONGEST_NOTE = 6, 240


@dataclass(frozen=True)
class Answer:
    """What became of a call.

    refusal: why it was refused, None for one that was carried out
    """

    value: Any = None
    messages: Sequence[Message] = ()
    refusal: str | None = None


def attempt(visitor: Visitor, method: str, *arguments: Any) -> Answer:
    """Call a method; what it refuses is an answer too."""
    return _answered(lambda: visitor.call(method, *arguments))


def edit_if_unchanged(visitor: Visitor, site_id: int, revision: int, options: Any, flags: Any) -> Answer:
    """Call ``admin:edit-site`` for a site that still has a revision; refused with CHANGED for one that has another.

    The revision is compared in the transaction of the call, so that nothing comes between.
    """
    command = visitor.dispatcher.registry.find("admin:edit-site")

    def edit(ctx: Context, *arguments: Any) -> Any:
        if records.load(ctx.db, site_id, lock=True).revision != revision:
            raise Refused(CHANGED)
        return command.function(ctx, *arguments)

    return _answered(lambda: _dispatched(visitor, replace(command, function=edit), f"site{site_id}", options, flags))


def note(answer: Answer, done: str) -> None:
    """Tell on the next page what became of a call: `done`, then its messages, or its refusal."""
    for category, text in _notes(answer, done):
        flash(text if len(text) <= _LONGEST_NOTE else f"{text[:_LONGEST_NOTE]}...", category)


def _notes(answer: Answer, done: str) -> Iterator[tuple[str, str]]:
    if answer.refusal is not None:
        yield "error", answer.refusal
        return
    yield "", done
    for message in answer.messages[:_MOST_NOTES]:
        yield "warn" if message.severity.rank > Severity.INFO.rank else "", message.text


def _dispatched(visitor: Visitor, command: Command, *arguments: Any) -> Any:
    with View(visitor.engine) as view:
        return visitor.dispatcher.call(
            command, arguments, visitor.caller, visitor.snapshot, abort_on="error", finish=plain, view=view
        )


def _answered(call: Callable[[], Any]) -> Answer:
    try:
        outcome = call()
    except (Refused, Aborted, BadArgument) as error:
        return Answer(refusal=error.text)
    return Answer(outcome.value, outcome.messages)
