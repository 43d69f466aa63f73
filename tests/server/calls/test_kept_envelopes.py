"""What the journal keeps of the envelopes of a call."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from apnscp.opcenter.access import totp
from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import reading
from apnscp.server.calls.abbreviations import in_full
from apnscp.server.calls.layout import laid_out
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.soap import envelope

SECRET = "correct horse battery"


def last(panel: EmulatedPanel) -> Any:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        return db.execute(select(journal_table).order_by(journal_table.c.id.desc()).limit(1)).one()


def post(panel: EmulatedPanel, body: bytes, content_type: str = "text/xml; charset=utf-8") -> bytes:
    return panel.request("POST", f"/soap?authkey={panel.key}", body, content_type=content_type).body


def own(operation: str, parts: str, header: str = "") -> bytes:
    return (
        '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" xmlns:x="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:m="http://xml.apache.org/xml-soap">{header}<s:Body><{operation}>{parts}</{operation}></s:Body></s:Envelope>'
    ).encode()


def entry(key: str, value: str) -> str:
    return f"<item><key i:type='x:string'>{key}</key><value i:type='x:string'>{value}</value></item>"


def test_envelopes_are_kept_byte_for_byte_on_both_databases(each_panel: EmulatedPanel) -> None:
    body = own("admin_activate_site", "<site>nowhere.example</site>  ")
    answer = post(each_panel, body)
    kept = last(each_panel)
    assert in_full(kept.request).encode() == body
    assert in_full(kept.response).encode() == answer
    assert (kept.request_size, kept.response_size, kept.told) == (len(body), len(answer), "answer")
    answer = post(each_panel, envelope.request("common_whoami", []))
    assert in_full(last(each_panel).response).encode() == answer


def test_a_secret_gives_way_to_a_mask_and_the_rest_stays_as_it_was_sent(panel: EmulatedPanel) -> None:
    opts = f"<opts i:type='m:Map'>{entry('auth.tpasswd', SECRET)}{entry('billing.invoice', 'I-1')}</opts>"
    post(panel, own("admin_add_site", f"<domain>a.com</domain><admin>bob</admin>{opts}"))
    kept = last(panel).request
    assert '<key i:type="x:string">auth.tpasswd</key><value i:type="x:string">(hidden)</value>' in kept
    assert '<value i:type="x:string">I-1</value>' in kept
    assert SECRET not in kept


@pytest.mark.parametrize(
    "parts",
    [
        f"<arg0>{SECRET}</arg0><arg1>bob</arg1><arg2>a.com</arg2>",
        f"<password><![CDATA[{SECRET}]]></password><user>bob</user><domain>a.com</domain>",
        f"<domain>a.com</domain><user>bob</user><PASSWORD>{SECRET}</PASSWORD>",
        f"<password>{SECRET}</password><user>bob</user><domain>a.com</domain><further>{SECRET}</further><!-- {SECRET} -->",
        "<password>correct &#104;orse battery</password><user>bob</user><domain>a.com</domain>",
    ],
)
def test_a_secret_is_masked_however_it_was_sent(panel: EmulatedPanel, parts: str) -> None:
    panel.call("admin:add-site", "a.com", "bob")
    post(
        panel,
        own("auth_change_password", parts, f"<s:Header><Security><Password>{SECRET}</Password></Security></s:Header>"),
    )
    kept = last(panel)
    assert (kept.outcome, "(hidden)" in kept.request) == ("ok", True)
    assert "horse" not in str(kept)
    assert "Password>" in kept.request or "password>" in kept.request


def test_a_referenced_secret_is_masked(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "bob")
    body = own("auth_change_password", '<password href="#p"/><user>bob</user><domain>a.com</domain>')
    post(panel, body.replace(b"</s:Body>", f'<multiRef id="p" i:type="x:string">{SECRET}</multiRef></s:Body>'.encode()))
    assert SECRET not in str(last(panel))


def test_a_request_in_another_encoding_is_masked(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "bob")
    text = own("auth_change_password", f"<password>{SECRET}</password><user>bob</user><domain>a.com</domain>").decode()
    post(panel, text.encode("utf-16"), "text/xml; charset=utf-16")
    kept = last(panel)
    assert (kept.outcome, SECRET in str(kept), "\0" in kept.request) == ("ok", False, False)
    assert "<user>bob</user>" in kept.request


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("admin:hijack", ["a.com"]),
        ("auth:create-api-key", []),
        ("auth:crypt", [SECRET]),
        ("auth:set-temp-password", ["a.com"]),
    ],
)
def test_an_answer_that_opens_a_door_is_masked(panel: EmulatedPanel, method: str, arguments: list[Any]) -> None:
    panel.call("admin:add-site", "a.com", "bob")
    answer = panel.call(method, *arguments)
    kept = last(panel)
    assert answer not in str(kept)
    assert '<return xsi:type="xsd:string">(hidden)</return>' in kept.response


def test_secrets_inside_of_answers_are_masked_by_their_names(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "bob", {"billing.invoice": "I-1"})
    session = panel.call("admin:hijack", "a.com")
    key = panel.call("auth:create-api-key", "for <tests> & more", session=session)
    assert panel.call("auth:get-api-keys", session=session)[0]["key"].replace("-", "") == key
    kept = last(panel)
    assert "for &lt;tests&gt; &amp; more" in kept.response
    assert (key in str(kept), "(hidden)" in kept.response) == (False, True)
    panel.call("auth:session-info", session=session)
    kept = last(panel)
    assert (session in str(kept), "bob" in kept.response) == (False, True)
    private = panel.call("ssl:generate-privatekey", session=session)
    assert private.splitlines()[1] not in str(last(panel))


def test_modules_of_users_databases_and_certificates_leave_no_secret(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "bob", {"billing.invoice": "I-1"})
    session = panel.call("admin:hijack", "a.com")
    private = panel.call("ssl:generate-privatekey", session=session)
    factor = panel.call("auth:totp-code", session=session)
    code = totp.code_at(factor, int(panel.clock.now()) // 30)
    for method, arguments in [
        ("user:add", ["ann", SECRET]),
        ("mysql:add-user", ["ann", "localhost", SECRET]),
        ("pgsql:add-user", ["ann", SECRET]),
        ("ssl:privkey-info", [private]),
        ("ssl:verify-key", [private]),
        ("auth:totp-enable", [factor, code]),
    ]:
        panel.call(method, *arguments, session=session, abort_on=None)
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        rows = str(db.execute(select(journal_table)).all())
    lines = [line for line in private.splitlines() if "-----" not in line]
    assert [secret for secret in (SECRET, session, factor, f">{code}<", lines[3]) if secret in rows] == []


def test_a_long_envelope_is_cut_and_its_size_is_kept(panel: EmulatedPanel) -> None:
    body = envelope.request("admin_collect", [("params", []), ("query", {"billing.invoice": "x" * 40_000})])
    post(panel, body)
    kept = last(panel)
    assert len(in_full(kept.request)) == 16_384
    assert kept.request_size == len(body)


def test_nothing_is_kept_of_a_secret_in_a_request_that_is_too_long_to_mask(panel: EmulatedPanel) -> None:
    filler = {f"k{number}": "x" * 100 for number in range(1_000)}
    panel.call("admin:add-site", "a.com", "bob", {**filler, "auth.tpasswd": SECRET}, abort_on=None)
    kept = last(panel)
    assert kept.request == f"This request of {kept.request_size} bytes held secrets and was too long to take them out."
    assert SECRET not in str(kept)


def test_a_long_answer_is_masked_before_it_is_cut(panel: EmulatedPanel) -> None:
    panel.seed(*(f"site{number}.test" for number in range(60)))
    panel.call("admin:collect", ["siteinfo", "auth", "mysql"])
    kept = last(panel)
    assert (len(in_full(kept.response)) <= 16_384, kept.response_size > 16_384) == (True, True)


def test_the_answer_is_nothing_where_the_connection_was_cut(panel: EmulatedPanel) -> None:
    panel.fail("common:whoami", effect="cut-after")
    with pytest.raises(ConnectionAbortedError):
        panel.call("common:whoami")
    kept = last(panel)
    assert (kept.told, kept.response, kept.response_size) == ("nothing", None, 0)


def test_an_envelope_is_laid_out_for_reading() -> None:
    assert laid_out('<?xml version="1.0"?>\n<a x="1>0"><b/><c> two\nlines </c><d> </d>\n<e><f>cut o') == (
        '<?xml version="1.0"?>\n<a x="1>0">\n  <b/>\n  <c> two\nlines </c>\n  <d> </d>\n  <e>\n    <f>\n      cut o'
    )
