"""The form with which a page calls a method: its fields, what was typed into them, and what came of the call."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from apnscp.core.coerce import ABSENT
from apnscp.core.errors import ApnscpError
from apnscp.core.php_types import ARRAYS, Kind
from apnscp.core.registry import NO_DEFAULT, Command, Parameter
from apnscp.server.faults import status_of
from apnscp.server.masking import MASK, masked_arguments
from apnscp.server.web.client_lines import Line, Sender, lines, named
from apnscp.server.web.visitors import Visitor
from apnscp.wire.cpcmd import notation
from apnscp.wire.cpcmd.notation_reader import NotationError
from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope

PREFIX = "p-"
"""Begins the names of fields, so that no parameter is taken for the token of the form."""
SHOWN = 40_000
"""Characters of an answer that a page shows."""
LONG = frozenset({"body", "crontab", "data", "message", "msg", "response", "text"})
"""Texts of several lines, by the names of their parameters."""
HINTS = {
    Kind.LIST: "A list in cpcmd's notation: [a,b,c]",
    Kind.MAP: "A map in cpcmd's notation: [name:value,other:[a,b]]",
    Kind.ARRAY: "A list or a map in cpcmd's notation: [a,b] or [name:value]",
    Kind.INT: "A whole number",
    Kind.FLOAT: "A number",
    Kind.MIXED: 'In cpcmd\'s notation: text, 5, true, null, [a,b] or [name:value]; "5" is text',
    Kind.STR: "",
    Kind.BOOL: "",
}
_PEM = re.compile(r"(-----BEGIN [A-Z0-9 ]+-----)\s*(.+?)\s*(-----END [A-Z0-9 ]+-----)")


@dataclass(frozen=True)
class Field:
    """A field of the form; `kind` is line, number, area, choice or password."""

    name: str
    label: str
    kind: str
    hint: str
    required: bool


@dataclass(frozen=True)
class Attempt:
    """What came of a call.

    value: the answer in JSON; fault: code and text of the fault, None where there was an answer
    messages: pairs of severity and text; sent, answered: both envelopes, indented; lines: the same call elsewhere
    masked: whether secrets were left out of the envelope and the lines
    """

    value: str
    fault: tuple[str, str] | None
    messages: list[tuple[str, str]]
    sent: str
    answered: str
    lines: list[Line] = field(default_factory=list)
    masked: bool = False


def fields(command: Command) -> list[Field]:
    """Return the fields for a method, one per parameter."""
    return [_field(parameter) for parameter in command.parameters]


def _field(parameter: Parameter) -> Field:
    kind, wanted = "line", parameter.type
    if parameter.variadic or wanted.kind in ARRAYS or (wanted.kind is Kind.STR and parameter.name in LONG):
        kind = "area"
    elif wanted.kind in (Kind.INT, Kind.FLOAT):
        kind = "number"
    elif wanted.kind is Kind.BOOL:
        kind = "choice"
    return Field(
        name=PREFIX + parameter.name, label=parameter.name, kind="password" if wanted.secret else kind,
        hint=_hint(parameter), required=parameter.required and not wanted.nullable,
    )  # fmt: skip


def _hint(parameter: Parameter) -> str:
    wanted = parameter.type
    parts = ["One value per line" if parameter.variadic else "", HINTS[wanted.kind]]
    if wanted.kind is Kind.STR and not wanted.secret and not parameter.required:
        parts.append('"" for an empty text' + (", null for null" if wanted.nullable else ""))
    if not parameter.required and not parameter.variadic:
        parts.append("may be left empty")
    said = "; ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def read(command: Command, form: Mapping[str, str]) -> list[Any]:
    """Return the arguments that were typed, those at the end left out where nothing was.

    An empty field in between stands for the default of its parameter.
    Raises NotationError for what is not in cpcmd's notation.
    """
    given: list[Any] = []
    for parameter in command.parameters:
        text = form.get(PREFIX + parameter.name, "").replace("\r\n", "\n")
        if parameter.variadic:
            given += [notation.parse(line.strip()) for line in text.splitlines() if line.strip()]
        else:
            given.append(_value(parameter, text))
    while given and given[-1] is ABSENT:
        given.pop()
    return [_default(command, place) if value is ABSENT else value for place, value in enumerate(given)]


def typed(command: Command, values: Sequence[Any]) -> dict[str, str]:
    """Return what one types into the form for some arguments."""
    form: dict[str, str] = {}
    for place, value in enumerate(values):
        parameter = command.parameters[min(place, len(command.parameters) - 1)]
        name, text = PREFIX + parameter.name, _typed(parameter, value)
        form[name] = f"{form[name]}\n{text}" if name in form else text
    return form


def _typed(parameter: Parameter, value: Any) -> str:
    is_text = parameter.type.kind is Kind.STR and not parameter.variadic and isinstance(value, str)
    return value or '""' if is_text else notation.write(value)


def _default(command: Command, place: int) -> Any:
    default = command.parameters[place].default
    return ABSENT if default is NO_DEFAULT else default


def _value(parameter: Parameter, text: str) -> Any:
    wanted = parameter.type
    if not text.strip():
        return ABSENT
    if wanted.kind is not Kind.STR:
        return notation.parse(text.strip())
    if wanted.secret:
        return _with_lines(text)
    if text.strip() in ('""', "''"):
        return ""
    return None if wanted.nullable and text.strip() == "null" else _with_lines(text)


def _with_lines(text: str) -> str:
    """Return a text with the line breaks of PEM, which browsers drop in a field of one line."""
    return text if "\n" in text else _PEM.sub(r"\1\n\2\n\3\n", text)


def attempt(visitor: Visitor, command: Command, given: Sequence[Any], origin: str) -> Attempt:
    """Call a method as the user who is signed on, and return everything that a client would have seen of it."""
    fault, messages, value = None, list[tuple[str, str]](), ""
    try:
        outcome = visitor.finished(envelope.result_chunks, command.name, *given)
    except ApnscpError as error:
        fault = status_of(error).code, error.text
        body = envelope.fault(*fault)
    else:
        messages = [(message.severity.word, message.text) for message in outcome.messages]
        body = envelope.wrapped(command.name, outcome.value, messages)
        value = _cut(json.dumps(envelope.read_response(body).value, indent=2, ensure_ascii=False))
    shown = [None if each is ABSENT else each for each in masked_arguments(command, given)]
    return Attempt(
        value, fault, messages, _indented(_request(command, shown)), _indented(body),
        _lines(Sender(origin), command, shown), MASK in json.dumps(shown, ensure_ascii=False),
    )  # fmt: skip


def _request(command: Command, values: Sequence[Any]) -> bytes:
    try:
        return envelope.request(command.name, named(command, values))
    except WireError as error:
        return str(error).encode()


def _lines(sender: Sender, command: Command, values: Sequence[Any]) -> list[Line]:
    try:
        return lines(sender, command, values)
    except (NotationError, WireError):
        return []


def _indented(body: bytes) -> str:
    """Return an envelope with one element a line, cut where it is long."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return _cut(body.decode("utf-8", "replace"))
    etree.indent(root)
    return _cut(etree.tostring(root, encoding="unicode"))


def _cut(text: str) -> str:
    if len(text) <= SHOWN:
        return text
    return f"{text[:SHOWN]}\n... and {len(text) - SHOWN:,} characters more"
