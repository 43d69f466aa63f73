"""Write PHP values as SOAP-encoded XML, as joined strings (docs/wire.md, "Values")."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.kinds import DEPTH_LIMIT, Rows, Shaped, Value, array_kind, is_list, plain
from apnscp.wire.soap.text import escape, php_float, php_int, php_key, text_of_bytes

_CHUNK: Final = 2048
"""Pieces that are collected before they are joined."""

_BATCH: Final = 32
"""Entries of a streamed map that are read and written together."""

_CACHE_LIMIT: Final = 4096
_EMPTY: Final = ' SOAP-ENC:arrayType="xsd:ur-type[0]" xsi:type="SOAP-ENC:Array"/>'
_STRING: Final = ' xsi:type="xsd:string">'
_INT: Final = ' xsi:type="xsd:int">'
_TRUE: Final = ' xsi:type="xsd:boolean">true'
_FALSE: Final = ' xsi:type="xsd:boolean">false'
_FLOAT: Final = ' xsi:type="xsd:float">'
_NIL: Final = ' xsi:nil="true"/>'
_MAP: Final = ' xsi:type="ns2:Map">'

_text_keys: dict[str, str] = {}


def write(tag: str, value: Value) -> str:
    """Write one element with its xsi:type, byte for byte as PHP does.

    tag: an unqualified name such as `return`; not checked
    Raises WireError when PHP has no such value and when values are nested deeper than 100 levels.
    """
    out: list[str] = []
    write_into(out, tag, value)
    return "".join(out)


def write_into(out: list[str], tag: str, value: Value) -> None:
    """Append the pieces of one element to a list; otherwise as `write`."""
    _element(out, f"<{tag}", f"</{tag}>", value, 0)


def stream(tag: str, value: Value) -> Iterator[str]:
    """Write one element in chunks, so that a large map is never in memory twice; otherwise as `write`."""
    out: list[str] = []
    if type(value) is Rows or (type(value) is dict and not is_list(value)):
        pairs = iter(value.items() if isinstance(value, dict) else value)
        yield from _stream_map(out, tag, pairs)
    else:
        write_into(out, tag, value)
    yield "".join(out)


def _stream_map(out: list[str], tag: str, pairs: Iterator[tuple[Any, Any]]) -> Iterator[str]:
    first = next(pairs, None)
    if first is None:
        out.append(f"<{tag}{_EMPTY}")
        return
    out.append(f"<{tag}{_MAP}")
    _pairs(out, (first,), 1)
    while batch := tuple(islice(pairs, _BATCH)):
        _pairs(out, batch, 1)
        if len(out) > _CHUNK:
            yield "".join(out)
            out.clear()
    out.append(f"</{tag}>")


def _element(out: list[str], start: str, end: str, value: Any, depth: int) -> None:
    """Append `start`, the attributes and content of the value, and `end`; an element without content ends itself."""
    kind = type(value)
    if kind is str:
        out.append(f"{start}{_STRING}{escape(value)}{end}")
    elif kind is int:
        out.append(f"{start}{_INT}{php_int(value)}{end}")
    elif kind in _CONTAINERS:
        _container(out, start, end, value, depth)
    elif value is None:
        out.append(start + _NIL)
    elif kind is bool:
        out.append(f"{start}{_TRUE if value else _FALSE}{end}")
    elif kind is float:
        out.append(f"{start}{_FLOAT}{php_float(value)}{end}")
    elif kind is bytes:
        out.append(f"{start}{_STRING}{escape(text_of_bytes(value))}{end}")
    elif kind is Shaped:
        _element(out, start, end, value.plain(), depth)
    else:
        _element(out, start, end, plain(value), depth)


_CONTAINERS: Final = frozenset({dict, list, tuple, Rows})


def _container(out: list[str], start: str, end: str, value: Any, depth: int) -> None:
    if depth >= DEPTH_LIMIT:
        raise WireError(f"A value nested more than {DEPTH_LIMIT} levels deep cannot be written", SERVER)
    if type(value) is dict:
        if is_list(value):
            _list(out, start, end, list(value.values()), depth)
        else:
            out.append(start + _MAP)
            _pairs(out, value.items(), depth + 1)
            out.append(end)
    elif type(value) is Rows:
        _rows(out, start, end, iter(value), depth)
    else:
        _list(out, start, end, value, depth)


def _rows(out: list[str], start: str, end: str, pairs: Iterator[tuple[Any, Any]], depth: int) -> None:
    first = next(pairs, None)
    if first is None:
        out.append(start + _EMPTY)
        return
    out.append(start + _MAP)
    _pairs(out, (first,), depth + 1)
    _pairs(out, pairs, depth + 1)
    out.append(end)


def _list(out: list[str], start: str, end: str, items: Sequence[Any], depth: int) -> None:
    if not items:
        out.append(start + _EMPTY)
        return
    out.append(f'{start} SOAP-ENC:arrayType="{array_kind(items)}[{len(items)}]" xsi:type="SOAP-ENC:Array">')
    for item in items:
        _element(out, "<item", "</item>", item, depth + 1)
    out.append(end)


def _pairs(out: list[str], pairs: Iterable[tuple[Any, Any]], depth: int) -> None:
    """Append the items of a map; the most common types are written in place, since a call for each takes twice the time."""
    append = out.append
    known = _text_keys.get
    for key, value in pairs:
        start = (known(key) if type(key) is str else None) or _key(key)
        kind = type(value)
        if kind is str:
            if not value.isprintable() or "&" in value or "<" in value or ">" in value:
                value = escape(value)
            append(f'{start} xsi:type="xsd:string">{value}</value></item>')
        elif value is None:
            append(f'{start} xsi:nil="true"/></item>')
        elif kind is bool:
            append(f"{start}{_TRUE if value else _FALSE}</value></item>")
        elif kind is Shaped:
            append(start + _MAP)
            _shaped(append, value)
            append("</value></item>")
        elif kind is dict and value and not is_list(value):
            if depth >= DEPTH_LIMIT:
                raise WireError(f"A value nested more than {DEPTH_LIMIT} levels deep cannot be written", SERVER)
            append(f"{start}{_MAP}")
            _pairs(out, value.items(), depth + 1)
            append("</value></item>")
        else:
            _element(out, start, "</value>", value, depth)
            append("</item>")


def _shaped(append: Callable[[str], None], row: Shaped) -> None:
    """Append the items of a shaped map; the text between its values was made once for all rows."""
    shape = row.shape
    pieces = shape.written
    if pieces is None:
        pieces = shape.written = tuple(_between(shape.keys))
    leaves = row.leaves
    for piece, place in pieces:
        if place < 0:
            append(piece)
            continue
        value = leaves[place]
        kind = type(value)
        if kind is str:
            if not value.isprintable() or "&" in value or "<" in value or ">" in value:
                value = escape(value)
            append(f'{piece} xsi:type="xsd:string">{value}</value></item>')
        elif value is None:
            append(f'{piece} xsi:nil="true"/></item>')
        elif kind is bool:
            append(f"{piece}{_TRUE if value else _FALSE}</value></item>")
        elif kind is list and not value:
            append(f"{piece}{_EMPTY}</item>")
        else:
            written: list[str] = []
            _element(written, piece, "</value>", value, 1)
            append("".join(written) + "</item>")


def _between(keys: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield the text before each leaf with the index of the leaf; -1 for text that no leaf follows."""
    before = ""
    for name, at in keys.items():
        before += _key(name)
        if isinstance(at, int):
            yield before, at
            before = ""
            continue
        for piece, place in _between(at):
            text = before + _MAP + piece if before else piece
            yield text, place
            before = ""
        before = "</value></item>"
    if before:
        yield before, -1


def _key(key: object) -> str:
    """Write the start of an item up to its value; those of text keys are cached."""
    name = php_key(key)
    if isinstance(name, int):
        start = f'<item><key xsi:type="xsd:int">{php_int(name)}</key><value'
    elif name:
        start = f'<item><key xsi:type="xsd:string">{escape(name)}</key><value'
    else:
        start = '<item><key xsi:type="xsd:string"/><value'
    if type(key) is str and len(key) < 64:
        if len(_text_keys) >= _CACHE_LIMIT:
            _text_keys.clear()
        _text_keys[key] = start
    return start
