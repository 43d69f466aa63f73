"""The beginning and the end that most envelopes share, so that the journal need not keep them five thousand times."""

from __future__ import annotations

from apnscp.wire.soap.version import SOAP_11, SOAP_12

_BEGINNINGS = {
    "\ue000": SOAP_11.start + SOAP_11.body,
    "\ue001": SOAP_12.start + SOAP_12.body,
    "\ue002": SOAP_11.fault_start + SOAP_11.body,
}
"""Characters of a private use area, which begin no envelope, and what they stand for."""
_END = "\ue003"
_ENDINGS = (SOAP_11.end, SOAP_12.end)


def abbreviated(text: str) -> str:
    """Return an envelope in a shorter form, from which `in_full` gets it back."""
    for mark, beginning in _BEGINNINGS.items():
        if text.startswith(beginning):
            ending = _ENDINGS[mark == "\ue001"]
            rest = text[len(beginning) :]
            return mark + (rest[: -len(ending)] + _END if rest.endswith(ending) else rest)
    return text


def in_full(text: str) -> str:
    """Return an envelope as it was before `abbreviated`."""
    beginning = _BEGINNINGS.get(text[:1])
    if beginning is None:
        return text
    rest = text[1:]
    ending = _ENDINGS[text[0] == "\ue001"]
    return beginning + (rest.removesuffix(_END) + ending if rest.endswith(_END) else rest)
