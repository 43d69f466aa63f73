"""The words in which the journal says how calls ended."""

from __future__ import annotations

from collections.abc import Iterable

from apnscp.core.reporter import Message, Severity

OK = "ok"
NOT_EMULATED = "not emulated"
"""Outcome of a call of a method that is listed only."""
DONE = "done, then "
"""How the journal begins what it says of a call whose work was done and whose answer a rule spoiled."""
ANSWER, FAULT, NOTHING = "answer", "fault", "nothing"
"""What a caller was told; nothing where the connection was cut."""


def reported(messages: Iterable[Message]) -> str:
    """Return the outcome of a call that was answered: the errors that it reported, or `OK`.

    A group call of which some sites failed is answered; its outcome says which, and why.
    """
    errors = [message.text for message in messages if message.severity.rank >= Severity.ERROR.rank]
    return "; ".join(errors) or OK
