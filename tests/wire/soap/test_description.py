"""The description: what it says, and that public stacks load it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import zeep
from lxml import etree

from apnscp.wire.errors import WireError
from apnscp.wire.soap import description
from apnscp.wire.soap.description import Operation, Part, Template

W = "{http://schemas.xmlsoap.org/wsdl/}"
S = "{http://schemas.xmlsoap.org/wsdl/soap/}"
OPERATIONS = (
    Operation("common_whoami", "Name the caller: <you> & me", (), "string"),
    Operation(
        "admin_edit_site",
        "",
        (Part("site", "string"), Part("opts", "anyType", optional=True), Part("dry", "boolean", optional=True)),
        "boolean",
    ),
)
ADDRESS = "https://[::1]:2083/soap?a=1&b=\"<'"


def _tree() -> etree._Element:
    return etree.fromstring(description.write(OPERATIONS, ADDRESS))


def test_address_of_the_client_is_written_whatever_it_holds() -> None:
    template = Template(OPERATIONS)
    addresses = [etree.fromstring(template.at(text)).find(f".//{S}address") for text in (ADDRESS, "http://b/soap")]
    assert [found.get("location") for found in addresses if found is not None] == [ADDRESS, "http://b/soap"]
    assert template.at(ADDRESS) == description.write(OPERATIONS, ADDRESS)


def test_parts_are_typed_in_order_and_the_result_is_called_return() -> None:
    messages = {
        str(message.get("name")): [(part.get("name"), part.get("type")) for part in message]
        for message in _tree().iter(f"{W}message")
    }
    assert messages == {
        "common_whoamiRequest": [],
        "common_whoamiResponse": [("return", "xsd:string")],
        "admin_edit_siteRequest": [("site", "xsd:string"), ("opts", "xsd:anyType"), ("dry", "xsd:boolean")],
        "admin_edit_siteResponse": [("return", "xsd:boolean")],
    }


def test_binding_is_rpc_encoded_with_the_panels_action_and_one_body_both_ways() -> None:
    (binding,) = _tree().iter(f"{W}binding")
    assert [dict(found.attrib) for found in binding.findall(f"{S}binding")] == [
        {"style": "rpc", "transport": "http://schemas.xmlsoap.org/soap/http"}
    ]
    actions = [found.get("soapAction") for found in binding.iter(f"{S}operation")]
    assert actions == ["urn:net.apnscp.soap#common_whoami", "urn:net.apnscp.soap#admin_edit_site"]
    bodies = [dict(found.attrib) for found in binding.iter(f"{S}body")]
    body = {
        "use": "encoded",
        "namespace": "urn:net.apnscp.api",
        "encodingStyle": "http://schemas.xmlsoap.org/soap/encoding/",
    }
    assert bodies == [body] * 4


def test_there_is_one_service_with_one_port() -> None:
    tree = _tree()
    assert tree.get("targetNamespace") == "urn:net.apnscp.api"
    assert [len(list(tree.iter(W + name))) for name in ("service", "port", "binding", "portType")] == [1, 1, 1, 1]


def test_documentation_is_kept_as_text() -> None:
    assert [found.text for found in _tree().iter(f"{W}documentation")] == ["Name the caller: <you> & me"]


@pytest.mark.parametrize("kind", ["Map", "Array", "float", "", "xsd:string"])
def test_type_that_stops_a_known_client_is_refused(kind: str) -> None:
    with pytest.raises(WireError, match="cannot be the type of `a'"):
        Part("a", kind)
    with pytest.raises(WireError, match="cannot be the type of `a'"):
        Operation("a", returns=kind)


@pytest.mark.parametrize("name", ["", "a b", 'a"', "a:b", "<a"])
def test_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(WireError, match="is no name"):
        Operation(name)
    with pytest.raises(WireError, match="is no name"):
        Part(name, "string")


@pytest.fixture
def published(tmp_path: Path) -> Path:
    path = tmp_path / "apnscp.wsdl"
    path.write_bytes(description.write(OPERATIONS, "http://127.0.0.1:9/soap"))
    return path


def test_php_loads_the_description(need: Callable[[str], str], published: Path) -> None:
    script = "echo implode('|', (new SoapClient($argv[1], ['cache_wsdl' => 0]))->__getFunctions());"
    done = subprocess.run([need("php"), "-r", script, str(published)], capture_output=True, text=True, check=True)
    assert done.stdout == "string common_whoami()|boolean admin_edit_site(string $site, anyType $opts, boolean $dry)"


def test_zeep_loads_the_description_without_the_network(published: Path) -> None:
    client = zeep.Client(str(published))  # type: ignore[no-untyped-call]
    operation = client.service._binding.get("admin_edit_site")
    assert operation.input.signature() == "site: xsd:string, opts: None, dry: xsd:boolean"


def test_node_soap_loads_the_description(need: Callable[[str], str], published: Path) -> None:
    script = (
        "require('soap').createClient(process.argv[1], (error, client) => {"
        "if (error) throw error; console.log(JSON.stringify(client.describe().apnscp.apnscpPort.admin_edit_site)); });"
    )
    modules = Path(__file__).parents[2] / "interop" / "node"
    done = subprocess.run(
        [need("node"), "-e", script, str(published)], cwd=modules, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == (
        '{"input":{"site":"xsd:string","opts":"xsd:anyType","dry":"xsd:boolean"},"output":{"return":"xsd:boolean"}}'
    )


def test_soap_lite_loads_the_description(need: Callable[[str], str], published: Path) -> None:
    script = "my $s = SOAP::Lite->service('file:' . $ARGV[0]); print $s->can('admin_edit_site') ? 'yes' : 'no';"
    done = subprocess.run(
        [need("perl"), "-MSOAP::Lite", "-e", script, str(published)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "yes"
