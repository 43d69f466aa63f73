"""Envelopes as the journal keeps them: as they were sent, without secrets, and not too long.

Most hold no secret and are kept byte for byte. Where something in a request is secret, the mask takes its place in the
envelope that was sent, and what comes out is read again: where that does not say the same as the masked arguments, the
request is written anew from these. Answers are written by this server alone, so that their text is known well enough to
mask it in place, even where it was cut.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple
from xml.sax.saxutils import unescape

from lxml import etree

from apnscp.core.characters import readable
from apnscp.core.registry import Command
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.server.calls.abbreviations import abbreviated
from apnscp.server.calls.part_names import part_names
from apnscp.server.logs import redact
from apnscp.server.masking import MASK, is_secret, is_secret_text, masks_all, secret_keys
from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope
from apnscp.wire.soap.reading import local_name
from apnscp.wire.soap.request import Request
from apnscp.wire.soap.text import escape

log = logging.getLogger("apnscp.journal")
LONGEST = 16_384
"""Bytes kept of each envelope."""
READ = 65_536
"""Bytes of a request up to which secrets are looked for in it; of a longer one with secrets nothing is kept."""
TOO_LONG = "This request of %d bytes held secrets and was too long to take them out."
_UTF_8 = "text/xml; charset=utf-8"
_SHORT = 2_048
_WORDS = tuple(
    {word.encode() for word in ("passw", "secret", "token", "privkey", "private key", "session", "esprit_id", "cookie", "otp")}
    | {b"key<", b"key>", b"code<", b"code>", b">$", b":fault>", b"<m:message"}
    | {name.encode() for service in SERVICES.values() for name, each in service.parameters.items() if each.secret}
    - {b"key"}
)  # fmt: skip
"""Without any of these there is nothing to hide, but for arguments and answers that are secret as a whole."""
_PLACE = re.compile(rb"</(?:[\w.-]+:)?key>")
_HEX = re.compile(rb"[0-9A-Fa-f]{60}")
_TOKEN = re.compile(r"<[^>]*>?|[^<]+")
_NAME = re.compile(r"<(/?)(?:[\w.-]+:)?([\w.-]+)")


class Exchange(NamedTuple):
    """What went over the wire for one call.

    request: the body, unpacked; answer: None where none was sent, else no more than its first `LONGEST` bytes
    answer_size: the bytes of the whole answer; content_type: of the request; abort_on: header Abort-On
    """

    request: bytes
    answer: bytes | None
    answer_size: int
    content_type: str | None = None
    abort_on: str | None = None


def kept_request(
    sent: Exchange, command: Command, given: Sequence[Any], shown: Sequence[Any], secrets: Collection[str]
) -> str:
    """Return the request of a call without its secrets, abbreviated.

    given, shown: the arguments as they were sent and as they may be shown; secrets: the texts that differ
    """
    body = sent.request
    if given == shown:
        harmless = _harmless(body)
        if harmless is not None:
            return harmless
    if len(body) > READ:
        return TOO_LONG % len(body)
    return _cut(_without_secrets(sent, command, shown, secrets))


def kept_answer(answer: bytes, command: Command, given: Sequence[Any], secrets: Collection[str]) -> str:
    """Return the answer of a call without secrets, abbreviated; arguments as for `kept_request`."""
    whole = masks_all(command, given)
    keys = secret_keys(command)
    if not (whole or keys):
        harmless = _harmless(answer)
        if harmless is not None and not any(secret in harmless for secret in secrets):
            return harmless
    return _cut("".join(_masked_tokens(_decoded(answer), whole, keys, secrets)))


def _cut(text: str) -> str:
    return abbreviated(readable(text if len(text) <= LONGEST else text[:LONGEST]))


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _harmless(envelope: bytes) -> str | None:
    """Return an envelope as it is kept where nothing in it looks like a secret, else None; short ones come again and again."""
    return _known_short(envelope) if len(envelope) <= _SHORT else _looked_through(envelope)


def _looked_through(envelope: bytes) -> str | None:
    return None if _looks_secret(envelope) else _cut(_decoded(envelope))


_known_short = lru_cache(maxsize=512)(_looked_through)


def _looks_secret(text: bytes) -> bool:
    """Tell whether a word that goes with secrets is in it, or what looks like a key, or whether it is not in UTF-8."""
    lower = _PLACE.sub(b"<", text.lower())
    return b"\0" in text or any(word in lower for word in _WORDS) or _HEX.search(text) is not None


def _without_secrets(sent: Exchange, command: Command, shown: Sequence[Any], secrets: Collection[str]) -> str:
    """Return a request in which masks stand for secrets, as far as that can be trusted, else one that is written anew."""
    names = part_names(command, len(shown))
    try:
        read = envelope.parse(sent.request, sent.content_type)
        masked = _mask_all(read.element.getroottree().getroot(), secrets)
        masked += sum(map(_mask_leaves, _unasked(read, names, command)))
        text = etree.tostring(read.element.getroottree(), encoding="unicode")
        again = envelope.parse(text.encode(), _UTF_8).parts(names)
        if all(map(_same, again, shown)):
            return text if masked or b"\0" in sent.request else _decoded(sent.request)
    except (WireError, etree.LxmlError, ValueError) as error:
        log.info("a request of %s is kept as it would be written here: %s", command.name, type(error).__name__)
    return envelope.request(command.name, list(zip(names, shown, strict=False))).decode()


def _same(read: Any, shown: Any) -> bool:
    """Tell whether an argument says the same; an empty part may be nil or the empty text, as its declared type has it."""
    return bool(read == shown) or (read in (None, "") and shown in (None, ""))


def _mask_all(root: etree._Element, secrets: Collection[str]) -> int:
    """Put a mask in the place of every text that is a secret; return how many there were. Comments are dropped."""
    dropped = len(list(root.iter(etree.Comment, etree.ProcessingInstruction)))
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    found = [leaf for leaf in root.iter() if leaf.text and (leaf.text in secrets or is_secret_text(leaf.text))]
    for leaf in found:
        leaf.text = MASK
    return len(found) + dropped


def _unasked(read: Request, names: Sequence[str], command: Command) -> Iterator[etree._Element]:
    """Go through what the method does not ask for and may hold a secret: header blocks, and further parts."""
    header = read.element.getroottree().getroot()[0]
    yield from (block for block in header if header is not read.body and _hides(block, command))
    known = {name.lower() for name in names}
    for place, part in enumerate(read.element):
        if place >= len(names) and local_name(part).lower() not in known and _hides(part, command):
            yield part


def _hides(element: etree._Element, command: Command) -> bool:
    return any(parameter.type.secret for parameter in command.parameters) or _looks_secret(etree.tostring(element))


def _mask_leaves(element: etree._Element) -> int:
    leaves = [leaf for leaf in element.iter() if leaf.text and leaf.text.strip()]
    for leaf in leaves:
        leaf.text = MASK
    return len(leaves)


def _masked_tokens(text: str, whole: bool, keys: Collection[str], secrets: Collection[str]) -> Iterator[str]:
    """Go through the pieces of an answer of this server, secret texts masked."""
    open_: list[_Open] = [_Open("", False, "")]
    for piece in _TOKEN.findall(text):
        inner = open_[-1]
        tag = _NAME.match(piece)
        if tag is None:
            yield _masked_text(piece, inner, open_, secrets) if piece[0] != "<" else piece
            continue
        yield piece
        if tag[1] and len(open_) > 1:
            open_.pop()
        elif not piece.endswith("/>") and piece[1] not in "?!":
            open_.append(_opened(tag[2], inner, whole, keys))


@dataclass
class _Open:
    """An element that is open in an answer.

    secret: whether every text in it is; name: under which key it stands; key: the key that its entry has told
    """

    tag: str
    secret: bool
    name: str
    key: str = ""


def _opened(tag: str, outer: _Open, whole: bool, keys: Collection[str]) -> _Open:
    if tag == "return":
        return _Open(tag, whole, "")
    if tag == "value":
        secret = outer.key in keys or is_secret(outer.name, outer.key)
        return _Open(tag, outer.secret or secret, outer.key.strip().lower())
    return _Open(tag, outer.secret, outer.name)


def _masked_text(piece: str, inner: _Open, open_: list[_Open], secrets: Collection[str]) -> str:
    if inner.tag == "key":
        open_[-2].key = piece
        return piece
    told = unescape(piece, {"&#13;": "\r"})
    if (inner.secret and told.strip()) or is_secret_text(told):
        return MASK
    return escape(redact(without(told, secrets))) if len(piece) > 3 else piece


def without(text: str, secrets: Collection[str]) -> str:
    """Return a text in which no secret stands; those of less than four characters are words like others."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) > 3:
            text = text.replace(secret, MASK)
    return text
