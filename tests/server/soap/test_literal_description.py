"""The description for strict stacks: its shape, its schemas, and how it is published."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree

from apnscp.core.registry import REGISTRY, Command
from apnscp.core.roles import Role
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import create
from apnscp.server.soap.literal import method_of
from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.wire.errors import WireError
from apnscp.wire.soap.literal.schema import Field
from tests.modules.test_examples import EMULATED, World, example, reads
from tests.server.soap.literal_calls import element, request, schema_of, send

ADDRESS = "/apnscp-literal.wsdl"
WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
TABLES = sorted({command.module for command in EMULATED} - {"dns", "letsencrypt", "ssl", "web"})
"""Modules whose examples are called here; those of the others mostly write."""
READ = [
    command
    for command in EMULATED
    if command.module in TABLES and reads(example(command)) and example(command).error is None
    if command.allows(Role.ADMIN) or command.allows(Role.SITE)
]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("literal")
    engine = open_engine(f"sqlite:///{folder / 'panel.db'}")
    create(engine)
    for panel in make_panel(engine, folder):
        yield World(panel)
    engine.dispose()


@pytest.fixture(scope="module")
def description(world: World) -> bytes:
    return world.panel.request("GET", ADDRESS).body


@pytest.fixture(scope="module")
def schema(description: bytes, tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    return schema_of(description, tmp_path_factory.mktemp("schema"))


def test_every_method_has_an_operation_of_its_own_in_the_port_of_its_module(description: bytes) -> None:
    root = etree.fromstring(description)
    found = {
        (port.get("name"), operation.get("name"))
        for port in root.iterfind(f"{WSDL}portType")
        for operation in port.iterfind(f"{WSDL}operation")
    }
    assert found == {(command.module, method_of(command).element) for command in REGISTRY}
    assert len(found) == len(REGISTRY)
    addresses = {address.get("location") for address in root.iter(f"{SOAP}address")}
    assert addresses == {"http://localhost:2082/soap/literal"}
    ports = [port.get("name") for port in root.iterfind(f"{WSDL}service/{WSDL}port")]
    assert ports == sorted({command.module for command in REGISTRY})


def test_bindings_are_document_literal_and_each_message_is_one_element_of_the_schemas(
    description: bytes, schema: etree.XMLSchema
) -> None:
    root = etree.fromstring(description)
    styles = {binding.get("style") for binding in root.iter(f"{SOAP}binding", f"{SOAP}operation")}
    assert styles == {"document"}
    assert {tuple(body.items()) for body in root.iter(f"{SOAP}body")} == {(("use", "literal"),)}
    declared = {
        (each.get("targetNamespace"), child.get("name"))
        for each in root.iter("{http://www.w3.org/2001/XMLSchema}schema")
        for child in each.iterfind("{http://www.w3.org/2001/XMLSchema}element")
    }
    messages = list(root.iterfind(f"{WSDL}message"))
    named = Counter(message.get("name") for message in messages)
    assert set(named.values()) == {1}
    for message in messages:
        (part,) = message
        prefix, _, name = str(part.get("element")).partition(":")
        assert (root.nsmap[prefix], name) in declared
    used = [str(each.get("message")) for each in root.iter(f"{WSDL}input", f"{WSDL}output") if each.get("message")]
    assert sorted(used) == sorted(f"tns:{name}" for name in named)


def test_parts_stand_in_the_order_that_wsdl_has(description: bytes) -> None:
    root = etree.fromstring(description)
    order = [etree.QName(child).localname for child in root]
    ranks = ["types", "message", "portType", "binding", "service"]
    assert order == sorted(order, key=ranks.index)
    bound = {binding.get("type"): len(binding) - 1 for binding in root.iterfind(f"{WSDL}binding")}
    assert bound == {f"tns:{port.get('name')}": len(port) for port in root.iterfind(f"{WSDL}portType")}


@pytest.mark.parametrize("command", READ, ids=[command.cli_name for command in READ])
def test_the_answer_of_every_method_that_reads_follows_the_schema(
    world: World, schema: etree.XMLSchema, command: Command
) -> None:
    call = example(command).call
    headers = {"Abort-On": "error"}
    if call.role is not Role.ADMIN:
        headers["Cookie"] = f"esprit_id={world.sessions[Role.SITE]}"
    body = request(command.name, *call.args)
    sent = etree.fromstring(body)[-1][0]
    assert schema.validate(sent), schema.error_log
    inner = element(send(world.panel, body, headers))
    method = method_of(command)
    assert inner.tag == f"{{{method.namespace}}}{method.answer}", etree.tostring(inner)
    assert schema.validate(inner), schema.error_log


def test_words_of_java_are_no_names(description: bytes) -> None:
    assert b'<operation name="dns-import">' in description
    assert b'<xsd:element name="class_" type="xsd:string"' in description
    assert b'name="import"' not in description


def test_it_is_published_as_the_other_one_is(panel: EmulatedPanel) -> None:
    whole = panel.request("GET", ADDRESS)
    tag = whole.headers["etag"]
    packed = panel.request("GET", ADDRESS, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.body) == whole.body
    assert panel.request("GET", ADDRESS, headers={"If-None-Match": tag}).status == 304
    part = panel.request("GET", f"{ADDRESS}?modules=admin,auth")
    ports = [port.get("name") for port in etree.fromstring(part.body).iter(f"{WSDL}port")]
    assert ports == ["admin", "auth"]
    assert panel.request("GET", "/soap/literal?wsdl&modules=admin,auth").body == part.body
    refused = panel.request("GET", f"{ADDRESS}?modules=admni")
    assert refused.status == 400
    assert refused.body.startswith(b"Unknown module `admni'; there are admin, aliases,")


def test_zeep_loads_the_whole_description(description: bytes, tmp_path: Path) -> None:
    path = tmp_path / "literal.wsdl"
    path.write_bytes(description)
    client: Any = zeep.Client(str(path))  # type: ignore[no-untyped-call]
    ports = client.wsdl.services["apnscp"].ports
    assert sum(len(port.binding._operations) for port in ports.values()) == len(REGISTRY)
    signature = ports["admin"].binding._operations["edit-site"].input.signature()
    assert signature.startswith("site: xsd:string, opts: ns0:Value, flags: ns0:Value")


def test_a_kind_that_the_schema_does_not_have_is_refused() -> None:
    with pytest.raises(WireError, match="`date' is not a kind of value"):
        Field("since", "date")
