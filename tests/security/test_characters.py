"""Characters that XML or a database cannot carry are refused before anything is done, whatever the method."""

from __future__ import annotations

from base64 import b64encode

import pytest

from apnscp.core.coerce import arguments
from apnscp.core.errors import BadArgument
from apnscp.core.php_types import Kind
from apnscp.core.registry import REGISTRY
from apnscp.core.roles import Role
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived
from apnscp.wire.soap import envelope

TEXTS = (Kind.STR, Kind.MIXED, Kind.ARRAY, Kind.LIST, Kind.MAP)


def with_nul(name: str, place: int) -> bytes:
    """Return a request whose argument at `place` holds a NUL, as base64 brings one; those before it are plain."""
    parts = "".join(f"<arg{number} xsi:type='xsd:string'>a</arg{number}>" for number in range(place))
    coded = b64encode(b"a\0b").decode()
    return (
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV='http://schemas.xmlsoap.org/soap/envelope/' "
        "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:xsd='http://www.w3.org/2001/XMLSchema'>"
        f"<SOAP-ENV:Body><{name}>{parts}<arg{place} xsi:type='xsd:base64Binary'>{coded}</arg{place}></{name}>"
        "</SOAP-ENV:Body></SOAP-ENV:Envelope>"
    ).encode()


def fault_of(panel: EmulatedPanel, body: bytes) -> str:
    reply = panel.request("POST", f"/soap?authkey={panel.key}", body)
    with pytest.raises(FaultReceived) as caught:
        envelope.read_response(reply.body)
    return caught.value.text


def test_a_nul_in_any_text_of_any_method_is_refused_by_name(each_panel: EmulatedPanel) -> None:
    asked = 0
    for command in REGISTRY.emulated():
        if not command.allows(Role.ADMIN):
            continue
        for place, parameter in enumerate(command.parameters):
            if parameter.type.kind in TEXTS:
                text = fault_of(each_panel, with_nul(command.name, place))
                assert "U+0000" in text, (command.name, text)
                asked += 1
    assert asked > 60


def test_the_journal_goes_on_after_a_nul(each_panel: EmulatedPanel) -> None:
    fault_of(each_panel, with_nul("rampart_unban", 0))
    each_panel.call("common:whoami")
    entries = each_panel.calls()
    assert [entry.command for entry in entries] == ["rampart_unban", "common_whoami"]
    assert entries[0].outcome == "Parameter `ip' holds the character U+0000, which cannot be carried"


@pytest.mark.parametrize("character", ["\x01", "\x0b", "\x1f", "\ufffe"])
def test_other_control_characters_are_refused_too(panel: EmulatedPanel, character: str) -> None:
    command = REGISTRY.find("admin:add-site")
    nested, keyed = {"siteinfo.email": [f"x{character}"]}, {f"k{character}": 1}
    for given in (["a.com", f"b{character}"], ["a.com", "b", nested], ["a.com", "b", keyed]):
        with pytest.raises(BadArgument, match="which cannot be carried"):
            arguments(command, given)


def test_line_breaks_and_tabs_are_text(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    assert panel.call("admin:deactivate-site", "a.com", {"reason": "first\r\n\tsecond\n# hidden"}) is True
