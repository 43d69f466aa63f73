"""How the value of a part is read: each rule of "Reading requests" on its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apnscp.wire.errors import WireError
from apnscp.wire.soap import envelope

Sent = Callable[..., Any]
Enveloped = Callable[[str], bytes]

TYPED = [
    ('<v xsi:type="xsd:string"> a  b\n</v>', " a  b\n"),
    ('<v xsi:type="xsd:string"/>', ""),
    ('<v xsi:type="xsd:token"> a \n b </v>', "a b"),
    ('<v xsi:type="xsd:normalizedString">a\tb\n</v>', "a b "),
    ('<v xsi:type="xsd:int"> 12\n</v>', 12),
    ('<v xsi:type="xsd:int">+7</v>', 7),
    ('<v xsi:type="xsd:int">-0</v>', 0),
    ('<v xsi:type="xsd:int">1.5</v>', 1.5),
    ('<v xsi:type="xsd:int"/>', None),
    ('<v xsi:type="xsd:long">9223372036854775807</v>', 9223372036854775807),
    ('<v xsi:type="xsd:integer">5</v>', 5),
    ('<v xsi:type="xsd:short">5</v>', 5),
    ('<v xsi:type="SOAP-ENC:int">5</v>', 5),
    ('<v xsi:type="xsd:boolean">true</v>', True),
    ('<v xsi:type="xsd:boolean">1</v>', True),
    ('<v xsi:type="xsd:boolean"> FALSE </v>', False),
    ('<v xsi:type="xsd:boolean">0</v>', False),
    ('<v xsi:type="xsd:float">3</v>', 3.0),
    ('<v xsi:type="xsd:double">-1.5E-3</v>', -0.0015),
    ('<v xsi:type="xsd:decimal"> 9223372036854775807 </v>', "9223372036854775807"),
    ('<v xsi:type="xsd:boolean"> </v>', False),
    ('<v xsi:type="xsd:boolean"/>', None),
    ('<v xsi:type="xsd:anyURI"> urn:a \n b </v>', "urn:a b"),
    ('<v xsi:type="xsd:date"> 2026-01-02 </v>', "2026-01-02"),
    ('<v xsi:type="xsd:double">INF</v>', float("inf")),
    ('<v xsi:type="xsd:double">-INF</v>', float("-inf")),
    ('<v xsi:type="xsd:double">NaN</v>', float("nan")),
    ('<v xsi:type="xsd:base64Binary">Z3LDvMOf\n</v>', "grüß"),
    ('<v xsi:type="xsd:base64Binary">/w==</v>', "ÿ"),
    ('<v xsi:type="xsd:hexBinary">6869</v>', "hi"),
    ('<v xsi:type="xsd:dateTime">2026-01-02T03:04:05Z</v>', "2026-01-02T03:04:05Z"),
    ('<v xsi:type="xsd:anyType">x</v>', "x"),
]


@pytest.mark.parametrize(("part", "value"), TYPED)
def test_typed_text_is_read_by_its_type(sent: Sent, part: str, value: object) -> None:
    assert repr(sent(part)) == repr(value)


@pytest.mark.parametrize("kind", ["ns2:nothing", "xsd:nothing", "unbound:int", "int", "", ":", "ns2:int"])
def test_unknown_or_unbound_type_is_text(sent: Sent, kind: str) -> None:
    assert sent(f'<v xsi:type="{kind}"> 5 </v>') == " 5 "


def test_type_is_known_by_its_namespace_not_by_its_prefix(sent: Sent) -> None:
    assert sent('<v xmlns:s="http://www.w3.org/2001/XMLSchema" xsi:type="s:int">5</v>') == 5
    assert sent('<v xmlns:xsd="urn:other" xsi:type="xsd:int">5</v>') == "5"
    assert sent('<v xmlns="http://www.w3.org/2001/XMLSchema" xsi:type="int">5</v>') == 5


def test_prefix_bound_anew_in_the_middle_changes_later_types_only(sent: Sent) -> None:
    inner = '<item xsi:type="xsd:int">1</item><item xmlns:xsd="urn:other" xsi:type="xsd:int">1</item>'
    assert sent(f'<v xsi:type="SOAP-ENC:Array">{inner}<item xsi:type="xsd:int">1</item></v>') == [1, "1", 1]


@pytest.mark.parametrize("value", ["true", "1", "false", ""])
def test_nil_with_any_value_is_null(sent: Sent, value: str) -> None:
    assert sent(f'<v xsi:nil="{value}" xsi:type="xsd:string">x</v>') is None


def test_missing_part_is_absent_and_not_null(sent: Sent) -> None:
    assert sent('<v xsi:nil="true"/>') is None
    assert sent("") == "absent"


def test_untyped_text_is_text(sent: Sent) -> None:
    assert sent("<v>007</v>") == "007"
    assert sent("<v/>") == ""


def test_untyped_element_with_children_is_a_map(sent: Sent) -> None:
    assert sent("<v>\n <a>1</a>\n <b><c>2</c></b>\n</v>") == {"a": "1", "b": {"c": "2"}}


def test_untyped_children_that_repeat_are_a_list_under_their_name(sent: Sent) -> None:
    assert sent("<v><a>1</a><a>2</a><a>3</a><b>4</b></v>") == {"a": ["1", "2", "3"], "b": "4"}
    assert sent("<v><a><x>1</x></a><a><x>2</x></a></v>") == {"a": [{"x": "1"}, {"x": "2"}]}


def test_untyped_list_that_repeats_does_not_melt_into_one(sent: Sent) -> None:
    assert sent("<v><a><item>1</item></a><a>2</a></v>") == {"a": [["1"], "2"]}


def test_untyped_element_whose_children_are_items_is_a_list(sent: Sent) -> None:
    assert sent('<v><item>a</item><item xsi:type="xsd:int">2</item></v>') == ["a", 2]


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ('<v xmlns:t="urn:x"><t:v>a</t:v><t:v>b</t:v></v>', ["a", "b"]),
        ("<v><v>a</v></v>", ["a"]),
        ("<v><v><v>a</v><v>b</v></v></v>", [["a", "b"]]),
        ("<v><v>a</v><w>b</w></v>", {"v": "a", "w": "b"}),
        ("<v><a><a>1</a></a></v>", {"a": {"a": "1"}}),
        ("<v><v><a><a>1</a></a></v></v>", [{"a": {"a": "1"}}]),
        ('<v xsi:type="SOAP-ENC:Struct"><v>a</v></v>', {"v": "a"}),
    ],
)
def test_children_named_as_their_part_are_the_array_that_node_soap_sends(sent: Sent, part: str, value: object) -> None:
    assert sent(part) == value


def test_untyped_items_of_key_and_value_are_a_map(sent: Sent) -> None:
    item = '<item><key>{}</key><value xsi:type="xsd:int">{}</value></item>'
    assert sent(f"<v>{item.format('a', 1)}{item.format('5', 2)}</v>") == {"a": 1, 5: 2}


def test_struct_is_a_map(sent: Sent) -> None:
    assert sent('<v xsi:type="SOAP-ENC:Struct"><item>1</item><b xsi:type="xsd:int">2</b></v>') == {"item": "1", "b": 2}
    assert sent('<v xsi:type="SOAP-ENC:Struct"/>') == {}


def test_array_of_key_and_value_items_stays_a_list(sent: Sent) -> None:
    part = '<v xsi:type="SOAP-ENC:Array"><item><key>a</key><value>1</value></item></v>'
    assert sent(part) == [{"key": "a", "value": "1"}]


def test_untyped_items_take_the_type_of_their_array(sent: Sent) -> None:
    part = '<v SOAP-ENC:arrayType="xsd:int[2]" xsi:type="SOAP-ENC:Array"><i>1</i><i xsi:type="xsd:string">2</i></v>'
    assert sent(part) == [1, "2"]


def test_untyped_items_of_an_array_of_maps_are_maps(sent: Sent) -> None:
    item = "<item><item><key>a</key><value>1</value></item></item>"
    assert sent(f'<v SOAP-ENC:arrayType="ns2:Map[1]" xsi:type="SOAP-ENC:Array">{item}</v>') == [{"a": "1"}]


def test_array_is_known_by_its_array_type_alone(sent: Sent) -> None:
    assert sent('<v SOAP-ENC:arrayType="xsd:ur-type[1]"><any>1</any></v>') == ["1"]
    assert sent('<v SOAP-ENC:arrayType="xsd:ur-type[0]"/>') == []


def test_items_of_an_array_of_arrays_are_not_read_as_their_leaves(sent: Sent) -> None:
    inner = '<i SOAP-ENC:arrayType="xsd:int[2]"><i>1</i><i>2</i></i>'
    assert sent(f'<v SOAP-ENC:arrayType="xsd:int[][1]" xsi:type="SOAP-ENC:Array">{inner}</v>') == [[1, 2]]


@pytest.mark.parametrize(
    ("offset", "items", "value"),
    [
        ("[0]", "<i>a</i><i>b</i>", ["a", "b"]),
        ("[3]", "<i>a</i><i>b</i>", {3: "a", 4: "b"}),
        ("", "<i>a</i><i>b</i>", ["a", "b"]),
        ("[1]", '<i>a</i><i SOAP-ENC:position="[5]">b</i><i>c</i>', {1: "a", 5: "b", 6: "c"}),
        ("[0]", '<i SOAP-ENC:position="[1]">a</i><i SOAP-ENC:position="[0]">b</i>', {1: "a", 0: "b"}),
        ("[0]", '<i SOAP-ENC:position="[2]">a</i><i SOAP-ENC:position="[2]">b</i>', {2: "b"}),
    ],
)
def test_items_of_an_array_stand_where_offset_and_position_say(
    sent: Sent, offset: str, items: str, value: list[Any] | dict[int, str]
) -> None:
    read = sent(f'<v SOAP-ENC:arrayType="xsd:string[9]" SOAP-ENC:offset="{offset}">{items}</v>')
    assert read == value
    assert list(read) == list(value)


def test_what_is_no_item_of_a_map_is_ignored(sent: Sent) -> None:
    part = "<other/>text<item><key>a</key><value>1</value></item><other>x</other>"
    assert sent(f'<v xsi:type="ns2:Map">{part}</v>') == {"a": "1"}


def test_first_key_and_value_of_an_item_count(sent: Sent) -> None:
    part = "<item><key>a</key><key>b</key><value>1</value><value>2</value></item>"
    assert sent(f'<v xsi:type="ns2:Map">{part}</v>') == {"a": "1"}


def test_keys_that_look_like_integers_are_integers(sent: Sent) -> None:
    keys = ["5", "-5", "05", "-0", "+5", "9223372036854775807", "9223372036854775808", ""]
    items = "".join(f'<item><key xsi:type="xsd:string">{key}</key><value/></item>' for key in keys)
    read = sent(f'<v xsi:type="ns2:Map">{items}</v>')
    assert list(read) == [5, -5, "05", "-0", "+5", 9223372036854775807, "9223372036854775808", ""]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("<item><value/></item>", "missing key"),
        ("<item><key>a</key></item>", "missing value"),
        ("<item><key><b/></key><value/></item>", "only Strings or Longs are allowed as keys"),
        ('<item><key xsi:type="xsd:float">1.5</key><value/></item>', "only Strings or Longs are allowed as keys"),
        ('<item><key xsi:type="xsd:boolean">1</key><value/></item>', "only Strings or Longs are allowed as keys"),
        ('<item><key xsi:nil="1"/><value/></item>', "only Strings or Longs are allowed as keys"),
        ("<item/>", "missing key"),
    ],
)
def test_map_that_is_none_is_a_fault_in_the_words_of_php(sent: Sent, item: str, reason: str) -> None:
    with pytest.raises(WireError) as fault:
        sent(f'<v xsi:type="ns2:Map">{item}</v>')
    assert fault.value.text == f"SOAP-ERROR: Encoding: Can't decode apache map, {reason}"


@pytest.mark.parametrize(
    "part",
    [
        '<v xsi:type="xsd:int">abc</v>',
        '<v xsi:type="xsd:int">1_000</v>',
        '<v xsi:type="xsd:int">٣</v>',
        '<v xsi:type="xsd:int">INF</v>',
        '<v xsi:type="xsd:long">NaN</v>',
        '<v xsi:type="xsd:float">x</v>',
        '<v xsi:type="xsd:base64Binary">!</v>',
        '<v xsi:type="xsd:hexBinary">0</v>',
        '<v xsi:type="xsd:string"><b/></v>',
        f'<v xsi:type="xsd:int">{"9" * 5000}</v>',
    ],
)
def test_text_that_does_not_fit_its_type_is_a_fault(sent: Sent, part: str) -> None:
    with pytest.raises(WireError, match=r"^SOAP-ERROR: Encoding: Violation of encoding rules\Z"):
        sent(part)


def test_comments_cdata_and_processing_instructions_are_read_as_xml_says(sent: Sent) -> None:
    assert sent('<v xsi:type="xsd:string">a<!-- x -->b<![CDATA[ <&> ]]><?php x?>c</v>') == "ab <&> c"
    assert sent("<v><!-- x --><a>1</a><?x?></v>") == {"a": "1"}


def test_references_are_resolved_wherever_their_target_stands(enveloped: Enveloped) -> None:
    body = '<f><v href="#r1"/><w href="#r1"/></f><multiRef id="r1" xsi:type="SOAP-ENC:Array"><i href="#r2"/></multiRef>'
    body += '<multiRef id="r2" xsi:type="xsd:int">5</multiRef>'
    assert envelope.parse(enveloped(body)).parts(["v", "w"]) == [[5], [5]]


def test_first_of_elements_with_the_same_id_is_referred_to(enveloped: Enveloped) -> None:
    body = '<f><v href="#r"/></f><m id="r">first</m><m id="r">second</m>'
    assert envelope.parse(enveloped(body)).parts(["v"]) == ["first"]


def test_reference_to_nowhere_is_a_fault(sent: Sent) -> None:
    with pytest.raises(WireError, match="Unresolved reference '#x'"):
        sent('<v href="#x"/>')
    with pytest.raises(WireError, match="Unresolved reference 'file:///etc/passwd'"):
        sent('<v href="file:///etc/passwd"/>')


def test_parts_are_found_by_local_name_in_any_order(enveloped: Enveloped) -> None:
    request = envelope.parse(enveloped('<f xmlns:q="urn:q"><q:b>2</q:b><a>1</a><extra>3</extra></f>'))
    assert request.parts(["a", "b", "c"], absent="absent") == ["1", "2", "absent"]


def test_names_of_parts_match_in_any_case_after_exact_ones(enveloped: Enveloped) -> None:
    request = envelope.parse(enveloped("<f><Site>1</Site><OPTS>2</OPTS><opts>3</opts></f>"))
    assert request.parts(["site", "opts"]) == ["1", "3"]


def test_parts_without_a_known_name_are_taken_by_position(enveloped: Enveloped) -> None:
    request = envelope.parse(enveloped("<f><param0>1</param0><param1>2</param1></f>"))
    assert request.parts(["a", "b", "c"], absent="absent") == ["1", "2", "absent"]
    assert request.parts(["a"]) == ["1"]


def test_first_of_repeated_parts_counts(enveloped: Enveloped) -> None:
    assert envelope.parse(enveloped("<f><a>1</a><a>2</a></f>")).parts(["a"]) == ["1"]


def test_empty_part_without_type_is_nil_where_no_text_is_wanted(enveloped: Enveloped) -> None:
    types = ["int", "boolean", "double", "string", "anyType"]
    parts = "".join(f'<{kind} id="{kind}"/>' for kind in types)
    assert envelope.parse(enveloped(f"<f>{parts}</f>")).parts(types, types) == [None, None, None, "", ""]


@pytest.mark.parametrize("part", ['<v xsi:type="xsd:string"/>', '<v href="#empty"/>'])
def test_empty_part_that_says_it_is_text_stays_text_where_a_number_is_wanted(enveloped: Enveloped, part: str) -> None:
    body = f'<f>{part}</f><m id="empty" xsi:type="xsd:string"/>'
    assert envelope.parse(enveloped(body)).parts(["v"], ["int"]) == [""]


def test_a_hundred_levels_are_read_and_one_more_is_a_fault(sent: Sent) -> None:
    start, end = '<item><key>k</key><value xsi:type="ns2:Map">', "</value></item>"
    leaf = "<item><key>k</key><value>x</value></item>"
    value = sent(f'<v xsi:type="ns2:Map">{start * 99}{leaf}{end * 99}</v>')
    for _ in range(99):
        value = value["k"]
    assert value == {"k": "x"}
    with pytest.raises(WireError, match="more than 100 levels"):
        sent(f'<v xsi:type="ns2:Map">{start * 100}{leaf}{end * 100}</v>')
