"""Parameters of records: how each type is written, checked and compared (docs/panel.md, section 23)."""

from __future__ import annotations

import re

from apnscp.core.coerce import shown
from apnscp.core.errors import Refused

EXAMPLES = {
    "A": "192.0.2.1",
    "AAAA": "2001:db8::1",
    "A6": "0 2001:db8::1",
    "CAA": '0 issue "letsencrypt.org"',
    "CNAME": "www.example.com.",
    "DNAME": "example.com.",
    "HINFO": "PC Linux",
    "MX": "10 mail.example.com.",
    "NAPTR": '100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .',
    "NS": "ns1.example.com.",
    "SOA": "ns1.example.com. hostmaster.example.com. 1 3600 1800 604800 600",
    "SRV": "0 5 5060 sip.example.com.",
    "TXT": "v=spf1 a mx ?all",
}
"""A valid parameter for each type, as error messages show it."""
CHUNK = 253
"""Longest piece of a text in a TXT record, in bytes."""
LONGEST = 8192

_MX_TURNED = re.compile(r"(?P<host>\S+)\s+(?P<preference>\d+)")
_APEX = re.compile(r"(?<!\S)@(?!\S)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(\d{3}|.)")
_HOSTS = frozenset({"CNAME", "DNAME", "MX", "NS", "SRV"})


def canonical(rr: str, text: str, zone: str) -> str:
    """Return the parameter of a record in its one written form: host names with a final dot, texts quoted.

    rr: one of the types that the panel takes; text: a host name counts as complete, `@` as the zone
    Raises Refused for a parameter that the type does not have.
    """
    bare = text.strip()
    if not bare or len(bare) > LONGEST:
        raise _refused(rr, text)
    if rr == "TXT":
        return _texts(bare)
    if rr in _HOSTS:
        bare = _APEX.sub(f"{zone}.", bare)
    turned = _MX_TURNED.fullmatch(bare) if rr == "MX" else None
    if turned and not turned["host"].isdigit():
        bare = f"{turned['preference']} {turned['host']}"
    return " ".join(bare.split()) if rr == "A6" else _parsed(rr, bare, text)


def _parsed(rr: str, bare: str, text: str) -> str:
    """Let dnspython read a parameter; it is loaded for the first record that somebody writes."""
    import dns.exception
    import dns.name
    import dns.rdata

    try:
        found = dns.rdata.from_text("IN", rr, bare, origin=dns.name.root, relativize=False)
    except (dns.exception.DNSException, ValueError, OverflowError):
        raise _refused(rr, text) from None
    written = found.to_text()
    return written.lower() if rr in _HOSTS else written


def _texts(bare: str) -> str:
    """Quote a text, in pieces that a TXT record holds; what is quoted already is taken as one text."""
    from dns.rdataclass import IN
    from dns.rdatatype import TXT as KIND
    from dns.rdtypes.ANY.TXT import TXT

    pieces = _QUOTED.findall(bare) if bare.startswith('"') and bare.endswith('"') and len(bare) > 1 else None
    raw = bare.encode() if pieces is None else b"".join(_unescaped(piece) for piece in pieces)
    chunks = [raw[start : start + CHUNK] for start in range(0, len(raw), CHUNK)] or [b""]
    return TXT(IN, KIND, chunks).to_text()


def _unescaped(piece: str) -> bytes:
    """Return what a quoted piece of a zone file stands for; ``\\123`` is the byte 123."""
    raw, done = b"", 0
    for found in _ESCAPE.finditer(piece):
        code = found[1]
        raw += piece[done : found.start()].encode()
        raw += bytes([int(code)]) if code.isdigit() and len(code) == 3 and int(code) < 256 else code.encode()
        done = found.end()
    return raw + piece[done:].encode()


def _refused(rr: str, text: str) -> Refused:
    return Refused("%s is not a parameter of %s; write one such as %s", shown(text), rr, EXAMPLES[rr])
