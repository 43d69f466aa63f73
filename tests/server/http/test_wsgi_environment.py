"""What the application is told of a request, and what becomes of its answer."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

SERVER = Any


def raw_echo(server: SERVER, target: bytes, headers: bytes = b"Host: panel.test:2082\r\n") -> dict[str, str]:
    answer = server.raw(b"GET " + target + b" HTTP/1.1\r\nConnection: close\r\n" + headers + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200 "), answer
    seen: dict[str, str] = json.loads(answer.partition(b"\r\n\r\n")[2])
    return seen


def test_the_environment_tells_the_request(server: SERVER) -> None:
    body = b"<x>\xff</x>"
    head = {"Content-Type": "text/xml", "Host": "panel.test:99", "Auth-Key": "k", "SOAPAction": "a"}
    status, _, text = server.request("POST", "/echo/a%20b?authkey=x%20y&z=%26", body, head)
    seen = json.loads(text)
    del seen["REMOTE_PORT"]
    assert status == 200
    assert seen == {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/echo/a b",
        "QUERY_STRING": "authkey=x%20y&z=%26",
        "CONTENT_TYPE": "text/xml",
        "CONTENT_LENGTH": "8",
        "HTTP_HOST": "panel.test:99",
        "HTTP_AUTH_KEY": "k",
        "HTTP_SOAPACTION": "a",
        "HTTP_ACCEPT_ENCODING": "identity",
        "SERVER_NAME": "panel.test",
        "SERVER_PORT": "99",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "body": "<x>\xff</x>",
    }


@pytest.mark.parametrize(
    ("target", "path"),
    [(b"//apnscp.wsdl", "/apnscp.wsdl"), (b"/a///b//", "/a/b/"), (b"/%2F%2Fa", "/a"), (b"/", "/"), (b"*", "*")],
)
def test_slashes_in_a_row_are_one(server: SERVER, target: bytes, path: str) -> None:
    assert raw_echo(server, target)["PATH_INFO"] == path


def test_a_path_holds_its_bytes_as_wsgi_has_them(server: SERVER) -> None:
    assert raw_echo(server, b"/%c3%a9")["PATH_INFO"] == "/\xc3\xa9"


def test_an_absolute_address_decides_over_the_host_header(server: SERVER) -> None:
    seen = raw_echo(server, b"http://other.test:7/x")
    assert (seen["HTTP_HOST"], seen["SERVER_NAME"], seen["SERVER_PORT"]) == ("other.test:7", "other.test", "7")


@pytest.mark.parametrize(
    ("host", "name", "port"),
    [
        (b"Host: panel.test\r\n", "panel.test", "80"),
        (b"Host: [::1]:2082\r\n", "[::1]", "2082"),
        (b"Host: my_box-1.lan\r\n", "my_box-1.lan", "80"),
    ],
)
def test_name_and_port_are_those_the_client_used(server: SERVER, host: bytes, name: str, port: str) -> None:
    seen = raw_echo(server, b"/", host)
    assert (seen["SERVER_NAME"], seen["SERVER_PORT"]) == (name, port)


def test_without_a_host_header_the_listener_names_itself(server: SERVER) -> None:
    answer = server.raw(b"GET /echo HTTP/1.0\r\n\r\n")
    seen = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (seen["SERVER_NAME"], seen["SERVER_PORT"]) == ("127.0.0.1", str(server.port))
    assert seen["SERVER_PROTOCOL"] == "HTTP/1.0"
    assert "HTTP_HOST" not in seen


@pytest.mark.parametrize(
    "host",
    [
        b'Host: a"><script>\r\n',
        b"Host: a b\r\n",
        b"Host: user@evil.test\r\n",
        b"Host: evil.test/path\r\n",
        b"Host: a:port\r\n",
        b"Host: a\r\nHost: b\r\n",
    ],
)
def test_a_host_that_is_none_is_refused(server: SERVER, host: bytes) -> None:
    answer = server.raw(b"GET /echo HTTP/1.1\r\nConnection: close\r\n" + host + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_repeated_headers_are_joined(server: SERVER) -> None:
    seen = raw_echo(server, b"/", b"Host: a\r\nX-A: 1\r\nX-A: 2\r\nCookie: a=1\r\nCookie: b=2\r\n")
    assert (seen["HTTP_X_A"], seen["HTTP_COOKIE"]) == ("1,2", "a=1; b=2")


def test_a_header_with_an_underscore_does_not_pass_as_one_with_a_dash(server: SERVER) -> None:
    seen = raw_echo(server, b"/", b"Host: a\r\nAuth_Key: stolen\r\nX_Forwarded_For: 1.2.3.4\r\n")
    assert {"HTTP_AUTH_KEY", "HTTP_X_FORWARDED_FOR"}.isdisjoint(seen)


def test_a_chunked_body_arrives_whole_with_its_length(server: SERVER) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = server.raw(head + b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n")
    seen = json.loads(answer.partition(b"\r\n\r\n")[2])
    assert (seen["body"], seen["CONTENT_LENGTH"]) == ("abcdefg", "7")


def test_a_body_with_two_lengths_is_refused(server: SERVER) -> None:
    head = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = server.raw(head + b"3\r\nabc\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_an_answer_in_pieces_is_sent_whole_with_its_length_and_repeated_headers(server: SERVER) -> None:
    answer = server.raw(b"GET /pieces HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 201 Created\r\n")
    assert answer.endswith(b"\r\n\r\none two")
    for line in (b"content-length: 7\r\n", b"set-cookie: a=1\r\n", b"set-cookie: b=2\r\n"):
        assert answer.count(line) == 1


def test_head_tells_the_length_without_the_body(server: SERVER) -> None:
    answer = server.raw(b"HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"content-length: 3\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_a_header_of_an_answer_cannot_start_another(server: SERVER) -> None:
    _, headers, _ = server.request("GET", "/split-header")
    assert headers["x-name"] == "a  X-Evil: 1"
    assert headers["x-letter"] == "?"
    assert "x-evil" not in headers


def test_several_requests_share_a_connection(server: SERVER) -> None:
    one = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    assert server.raw(one * 3 + last).count(b"\r\n\r\nok\n") == 4


@pytest.mark.parametrize(
    ("path", "kind"), [("/broken", "text/plain; charset=utf-8"), ("/soap", "text/xml; charset=utf-8")]
)
def test_an_unexpected_error_is_a_fixed_sentence_with_an_id_that_the_log_explains(
    server: SERVER, path: str, kind: str
) -> None:
    status, headers, body = server.request("POST", path, b"break")
    assert (status, headers["content-type"]) == (500, kind)
    text = body.decode()
    number = text.partition("under request ")[2][:12]
    assert "Something went wrong inside the panel; its log names the cause under request" in text
    assert f"request {number} failed" in server.log()
    assert "RuntimeError: authkey=[hidden]" in server.log()


def logged(server: SERVER, text: str) -> bool:
    """Tell whether the log has a text or gets it: lines are written after the answer."""
    deadline = time.monotonic() + 60
    while text not in server.log() and time.monotonic() < deadline:
        time.sleep(0.02)
    return text in server.log()


def test_the_access_log_tells_requests_without_their_queries_and_keys(server: SERVER) -> None:
    key = "0123456789abcdef" * 4
    cookie = "Zx" * 16
    server.request("GET", f"/echo/seen?authkey={key}", headers={"Auth-Key": key, "Cookie": f"esprit_id={cookie}"})
    assert logged(server, "127.0.0.1 GET /echo/seen 200 ")
    assert key not in server.log()
    assert cookie not in server.log()
    assert "authkey=0" not in server.log()


def test_a_path_cannot_write_lines_of_its_own_into_the_log(server: SERVER) -> None:
    raw_echo(server, b"/a%0d%0aforged%1b[31m")
    assert logged(server, "GET /a\\r\\nforged\\x1b[31m 200")
