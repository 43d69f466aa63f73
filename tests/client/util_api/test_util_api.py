from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from apnscp.client.errors import (
    ApisError,
    AuthenticationFailed,
    ConnectionFailed,
    Fault,
    LockedOut,
    UnknownMethod,
)
from apnscp.client.util_api.api import UtilAPI
from apnscp.wire.soap import description, envelope
from apnscp.wire.soap.description import Operation, Part

KEY = "0123456789abcdef" * 4
SESSION = "Abcdefghijklmnopqrstuvwxyz012345"
OPERATIONS = [
    Operation("test_echo", "Echo", [Part("first", "anyType"), Part("second", "anyType", optional=True)]),
    Operation("test_edit_site", "Edit", [Part("site", "string"), Part("opts", "anyType", optional=True)]),
    Operation("test_edit", "A name that starts another", []),
    Operation("test_answer", "Answer what the test wants", []),
    Operation("admin_hijack", "Hijack", [Part("site", "string"), Part("user", "anyType", optional=True)]),
    Operation("admin_get_domains", "Domains", []),
    Operation("admin_get_site_id_from_domain", "Site id", [Part("domain", "string")]),
    Operation(
        "admin_collect", "Collect", [Part("params", "anyType"), Part("query", "anyType"), Part("sites", "anyType")]
    ),
]
DOMAINS: dict[Any, Any] = {number: f"d{number}.test" for number in range(1, 6)}


ABSENT = object()


@dataclass
class Panel:
    """A panel of a few methods on a real port; `answers` are what test_answer gives, one after another."""

    port: int
    answers: list[Any] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    status: int = 200
    raw: tuple[str, bytes] | None = None
    errors: list[str] = field(default_factory=list)

    def answer(self, body: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        request = envelope.parse(body)
        wanted = next(list(each.parts) for each in OPERATIONS if each.name == request.operation)
        given = zip(wanted, request.parts([part.name for part in wanted], absent=ABSENT), strict=True)
        parts = {part.name: value for part, value in given if value is not ABSENT}
        self.calls.append((request.operation, parts))
        self.headers.append(headers)
        if self.raw:
            return self.status, *self.raw
        if self.status != 200:
            return self.status, "text/xml", envelope.fault("Client", "Not so")
        value, messages = METHODS[request.operation](self, parts)
        return 200, "text/xml; charset=utf-8", envelope.response(request.operation, value, messages)


METHODS: dict[str, Callable[[Panel, dict[str, Any]], tuple[Any, list[tuple[str, str]]]]] = {
    "test_echo": lambda _, parts: (parts, [("warning", "mind <this> & that")]),
    "test_edit_site": lambda _, parts: (True, []),
    "test_edit": lambda _, parts: ("edit", []),
    "test_answer": lambda panel, _: (panel.answers.pop(0), [("error", text) for text in panel.errors]),
    "admin_hijack": lambda _, parts: (
        (SESSION, []) if parts["site"] == "d1.test" else (None, [("error", "Unknown site `nowhere.test'")])
    ),
    "admin_get_domains": lambda panel, _: (panel.answers.pop(0) if panel.answers else DOMAINS, []),
    "admin_get_site_id_from_domain": lambda panel, _: (panel.answers.pop(0), []),
    "admin_collect": lambda _, parts: ({site: {"domain": "x"} for site in parts["sites"] if site != "site4"}, []),
}


@contextmanager
def serve() -> Iterator[Panel]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send(200, "text/xml", description.write(OPERATIONS, "http://elsewhere.test/soap"))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send(*served.answer(body, {name.lower(): value for name, value in self.headers.items()}))

        def send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Set-Cookie", "esprit_id=planted; Path=/")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Panel(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def panel() -> Iterator[Panel]:
    with serve() as found:
        yield found


@pytest.fixture
def client(panel: Panel) -> Iterator[UtilAPI]:
    with UtilAPI.create_client(KEY, "127.0.0.1", panel.port) as found:
        yield found


def test_nested_values_go_and_come_back_as_plain_dicts_and_lists(client: Any) -> None:
    value = {"a.b": [1, 2.5, None, True, "x & <y>"], 7: {"deep": {"list": [{"k": "v"}, []]}}}
    assert client.test_echo(value, [value]) == {"first": value, "second": [value]}


@pytest.mark.parametrize("value", [{"only": 1}, [], [1], "", 0, False, 1 << 40, "\u00e4\u4e16\U0001f600"])
def test_small_values_are_not_unwrapped(client: Any, value: Any) -> None:
    result = client.test_echo(value)
    assert result == {"first": value}
    assert type(result["first"]) is type(value)


@pytest.mark.parametrize("name", ["test_edit_site", "test:edit-site", "test:edit_site", "TEST_Edit_Site"])
def test_every_spelling_reaches_the_method(client: Any, panel: Panel, name: str) -> None:
    assert client.call(name, "d1.test") is True
    assert panel.calls == [("test_edit_site", {"site": "d1.test"})]


def test_module_and_flat_attributes_reach_the_method(client: Any, panel: Panel) -> None:
    assert client.test.edit_site("d1.test", {"a": 1}) is True
    assert client.test_edit_site(opts={"a": 1}, site="d1.test") is True
    assert panel.calls == [("test_edit_site", {"site": "d1.test", "opts": {"a": 1}})] * 2


def test_name_that_starts_another_is_a_method(client: Any) -> None:
    assert client.test_edit() == "edit"


def test_arguments_left_out_are_not_sent_and_none_is(client: Any, panel: Panel) -> None:
    client.test_echo(second=None)
    assert panel.calls == [("test_echo", {"second": None})]


@pytest.mark.parametrize(
    ("args", "kwargs", "text"),
    [
        ((1, 2, 3), {}, "test_echo() takes 2 arguments but 3 were given"),
        ((), {"third": 1}, "test_echo() has no parameter `third'; it takes first, second"),
        ((1,), {"first": 1}, "test_echo() got two values for `first'"),
    ],
)
def test_wrong_arguments_are_type_errors(
    client: Any, panel: Panel, args: tuple[Any, ...], kwargs: dict[str, Any], text: str
) -> None:
    with pytest.raises(TypeError) as caught:
        client.test_echo(*args, **kwargs)
    assert str(caught.value) == text
    assert panel.calls == []


def test_what_soap_cannot_carry_is_a_type_error(client: Any) -> None:
    with pytest.raises(TypeError, match=r"^test_echo\(\) cannot send this: "):
        client.test_echo(object())


def test_messages_of_the_last_call(client: Any) -> None:
    client.test_echo(1)
    assert client.messages == [("warning", "mind <this> & that")]
    client.test_edit_site("d1.test")
    assert client.messages == []


def test_messages_are_kept_by_thread(client: Any) -> None:
    client.test_echo(1)
    other = threading.Thread(target=client.test_edit_site, args=("d1.test",))
    other.start()
    other.join()
    assert client.messages[0].severity == "warning"


def test_key_travels_in_a_header_and_never_in_the_address(client: Any, panel: Panel) -> None:
    client.test_edit_site("d1.test")
    client.test_edit_site("d1.test")
    assert [headers.get("auth-key") for headers in panel.headers] == [KEY, KEY]
    assert KEY not in repr(client)


def test_cookie_that_the_panel_sets_is_not_kept(client: Any, panel: Panel) -> None:
    client.test_edit_site("d1.test")
    client.test_edit_site("d1.test")
    assert [headers.get("cookie") for headers in panel.headers] == [None, None]


def test_key_of_32_characters_is_a_session(panel: Panel) -> None:
    with UtilAPI.create_client(SESSION, "127.0.0.1", panel.port) as client:
        client.call("test:edit-site", "d1.test")
    assert panel.headers[0]["cookie"] == f"esprit_id={SESSION}"
    assert "auth-key" not in panel.headers[0]


def test_options_become_headers(panel: Panel) -> None:
    options: dict[str, Any] = {"abort_on": "error", "headers": {"X-Forwarded-For": "203.0.113.9"}}
    with UtilAPI.create_client(KEY, "127.0.0.1", panel.port, **options) as client:
        client.call("test:edit-site", "d1.test")
    assert panel.headers[0]["abort-on"] == "error"
    assert panel.headers[0]["x-forwarded-for"] == "203.0.113.9"


def test_header_with_a_line_break_is_refused(panel: Panel) -> None:
    with pytest.raises(ApisError, match="The header Auth-Key holds characters that HTTP cannot carry"):
        UtilAPI.create_client("a\r\nX-Other: b", "127.0.0.1", panel.port)


def test_null_is_asked_for_again_up_to_five_times(client: Any, panel: Panel) -> None:
    panel.answers = [None, None, None, None, None, "at last"]
    assert client.test_answer() == "at last"
    panel.answers = [None] * 7
    assert client.test_answer() is None
    assert len(panel.answers) == 1


def test_null_is_not_asked_for_again_where_a_method_may_answer_it(client: Any, panel: Panel) -> None:
    panel.answers = [None, 7]
    assert client.admin.get_site_id_from_domain("nowhere.test") is None
    assert panel.answers == [7]


def test_null_is_not_asked_for_again_where_an_error_came_with_it(client: Any, panel: Panel) -> None:
    panel.errors = ["The disk is full"]
    panel.answers = [None, "never"]
    assert client.test_answer() is None
    assert client.messages == [("error", "The disk is full")]
    assert panel.answers == ["never"]


def test_a_method_that_answers_maps_gives_an_empty_map(client: Any) -> None:
    rows = client.admin.collect([], {}, [])
    assert rows == {}
    assert isinstance(rows, dict)
    assert list(rows.items()) == []


def test_an_empty_map_equals_the_empty_list_that_earlier_versions_gave_until_it_is_filled(client: Any) -> None:
    rows: Any = client.admin.collect([], {}, [])
    assert rows == []
    assert (rows != []) is False
    assert rows != [1]
    rows["site1"] = {}
    assert rows != []
    assert rows == {"site1": {}}


def test_a_map_with_the_keys_of_a_list_is_a_map(client: Any, panel: Panel) -> None:
    panel.answers = [["zero.test", "one.test"]]
    assert client.admin.get_domains() == {0: "zero.test", 1: "one.test"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("admn", "The panel has no module `admn'; did you mean `admin'?"),
        ("rampart", "The panel has no module `rampart'; there are admin, test"),
    ],
)
def test_an_unknown_module_is_an_attribute_error_with_a_suggestion(client: Any, name: str, told: str) -> None:
    with pytest.raises(AttributeError) as caught:
        getattr(client, name)
    assert str(caught.value) == told


def test_a_misspelled_module_in_a_method_is_an_unknown_method_with_a_suggestion(client: Any, panel: Panel) -> None:
    with pytest.raises(UnknownMethod) as caught:
        client.admn_collect()
    assert caught.value.__notes__ == ["Did you mean `admin_collect'?"]
    assert panel.calls == []


@pytest.mark.parametrize("value", [False, 0, "", []])
def test_other_empty_values_are_final(client: Any, panel: Panel, value: Any) -> None:
    panel.answers = [value, "never"]
    assert client.test_answer() == value
    assert panel.answers == ["never"]


def test_retries_can_be_switched_off(panel: Panel) -> None:
    panel.answers = [None, "never"]
    with UtilAPI.create_client(KEY, "127.0.0.1", panel.port, retries=0) as client:
        assert client.call("test:answer") is None
    assert panel.answers == ["never"]


@pytest.mark.parametrize(("status", "kind"), [(401, AuthenticationFailed), (429, LockedOut), (500, Fault)])
def test_faults_are_of_the_kind_that_the_status_tells(
    client: Any, panel: Panel, status: int, kind: type[Fault]
) -> None:
    panel.status = status
    with pytest.raises(ApisError) as caught:
        client.test_answer()
    assert type(caught.value) is kind
    assert (caught.value.text, caught.value.code, caught.value.status) == ("Not so", "Client", status)
    assert len(panel.calls) == 1


def test_unknown_method_reads_as_the_panel_says_it_and_hints(client: Any, panel: Panel) -> None:
    with pytest.raises(UnknownMethod) as caught:
        client.test_ecko()
    assert str(caught.value) == "Procedure 'test_ecko' not present"
    assert caught.value.__notes__ == ["Did you mean `test_echo'?"]
    assert panel.calls == []


@pytest.mark.parametrize(
    "raw",
    [
        ("text/html", b"<html><body>Bad gateway</body></html>"),
        ("text/xml", b"<html><body>Bad gateway</body></html>"),
        ("text/xml", b"<truncated"),
        ("text/xml", b""),
    ],
)
@pytest.mark.parametrize("status", [200, 502])
def test_answer_that_is_no_envelope_is_a_failed_connection(
    client: Any, panel: Panel, raw: tuple[str, bytes], status: int
) -> None:
    panel.raw, panel.status = raw, status
    with pytest.raises(ConnectionFailed):
        client.test_answer()


def test_nobody_listening_is_a_failed_connection() -> None:
    with serve() as panel:
        port = panel.port
    with pytest.raises(ConnectionFailed, match=rf"http://127\.0\.0\.1:{port}/apnscp\.wsdl cannot be reached"):
        UtilAPI.create_client(KEY, "127.0.0.1", port)


def test_wsdl_methods_and_completion(client: Any) -> None:
    assert client.wsdl_methods == (
        "admin_collect", "admin_get_domains", "admin_get_site_id_from_domain", "admin_hijack", "test_answer", "test_echo",
        "test_edit", "test_edit_site",
    )  # fmt: skip
    assert dir(client.admin) == ["collect", "get_domains", "get_site_id_from_domain", "hijack"]
    assert {"admin", "test", "test_echo", "call"} <= set(dir(client))
    assert not hasattr(client, "_repr_html_")


def test_as_site_calls_with_the_session_of_a_hijack(client: Any, panel: Panel) -> None:
    with client.as_site("d1.test", "bob") as site:
        site.call("test:edit-site", "d1.test")
    assert panel.calls[0] == ("admin_hijack", {"site": "d1.test", "user": "bob"})
    assert panel.headers[1]["cookie"] == f"esprit_id={SESSION}"
    assert "auth-key" not in panel.headers[1]


def test_as_site_without_a_session_says_why(client: Any) -> None:
    with pytest.raises(Fault, match=r"^Unknown site `nowhere.test'$"), client.as_site("nowhere.test"):
        pass


def test_collect_iter_asks_in_pages(client: Any, panel: Panel) -> None:
    rows = client.collect_iter(["siteinfo"], {"active": True}, page=2)
    assert [site for site, _ in rows] == ["site1", "site2", "site3", "site5"]
    assert [parts["sites"] for name, parts in panel.calls if name == "admin_collect"] == [
        ["site1", "site2"],
        ["site3", "site4"],
        ["site5"],
    ]
    assert panel.calls[1][1]["params"] == ["siteinfo"]
    assert panel.calls[1][1]["query"] == {"active": True}
