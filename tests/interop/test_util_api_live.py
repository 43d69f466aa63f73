from __future__ import annotations

from typing import Any

import pytest

from apnscp.client.errors import AuthenticationFailed, ConnectionFailed, Fault, UnknownMethod
from apnscp.client.util_api.api import UtilAPI


def test_own_certificate_is_trusted_when_named(live_panel: Any) -> None:
    with UtilAPI.create_client(live_panel.key, live_panel.tls, cacert=str(live_panel.ca)) as client:
        assert client.common_whoami() == "admin"


def test_own_certificate_is_refused_when_not_named(live_panel: Any) -> None:
    with pytest.raises(ConnectionFailed, match=r'is not trusted .*; trust it with cacert="FILE"'):
        UtilAPI.create_client(live_panel.key, live_panel.tls)


def test_wrong_key_is_an_authentication_failure(live_panel: Any) -> None:
    with UtilAPI.create_client("0" * 64, live_panel.http) as client, pytest.raises(AuthenticationFailed) as caught:
        client.common_whoami()
    assert caught.value.status == 401


def test_refusal_is_a_fault_with_abort_on(live_panel: Any) -> None:
    strict = UtilAPI.create_client(live_panel.key, live_panel.http, abort_on="error")
    with strict as client, pytest.raises(Fault) as caught:
        client.rampart.ban("203.0.113.7", "nosuch")
    assert caught.value.text == "Unknown jail `nosuch'; rampart:get-jails lists them"
    assert type(caught.value) is Fault


def test_collect_iter_reads_the_whole_panel_in_pages(live_panel: Any) -> None:
    with UtilAPI.create_client(live_panel.key, live_panel.http) as client:
        paged = dict(client.collect_iter(["siteinfo.domain"], page=2))
        assert paged == client.admin_collect(["siteinfo.domain"])
        assert {row["domain"] for row in paged.values()} >= {"test-domain.com", "test-domain-child1.com"}


def test_administrator_methods_are_unknown_to_a_site(live_panel: Any) -> None:
    with UtilAPI.create_client(live_panel.key, live_panel.http) as client, client.as_site("test-domain.com") as site:
        assert site.auth_session_info()["domain"] == "test-domain.com"
        with pytest.raises(UnknownMethod) as caught:
            site.admin_get_domains()
    assert str(caught.value) == "Procedure 'admin_get_domains' not present"
