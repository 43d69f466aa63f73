"""What follows a rename, and what the double-throw safety switches do."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.lifecycle.safety_switches import Effect, preserved_on_deletion, switch_effects
from apnscp.opcenter.services.host_names import follow_rename, host_of
from apnscp.opcenter.services.values import Values, defaults


def _with(**values: Any) -> Values:
    """Return the defaults with values given as service__parameter."""
    document = defaults()
    for key, value in values.items():
        service, _, name = key.partition("__")
        document[service][name] = value
    return document


def test_a_prefix_is_put_before_the_domain() -> None:
    assert host_of("www.", "example.com") == "www.example.com"


def test_a_host_name_stays_what_it_is() -> None:
    assert host_of("web.other.example", "example.com") == "web.other.example"


def test_hosts_of_the_old_domain_follow_a_rename() -> None:
    document = _with(
        apache__webserver="www.old.example", ftp__ftpserver="old.example", mail__smtpserver="mx.old.example"
    )
    renamed = follow_rename(document, "old.example", "new.example")
    assert renamed["apache"]["webserver"] == "www.new.example"
    assert renamed["ftp"]["ftpserver"] == "new.example"
    assert renamed["mail"]["smtpserver"] == "mx.new.example"


def test_prefixes_and_hosts_of_other_domains_stay_after_a_rename() -> None:
    document = _with(apache__webserver="www.", mail__mailserver="mail.veryold.example")
    assert follow_rename(document, "old.example", "new.example") == document


def test_a_rename_leaves_the_document_given_alone() -> None:
    document = _with(apache__webserver="www.old.example")
    follow_rename(document, "old.example", "new.example")
    assert document["apache"]["webserver"] == "www.old.example"


MYSQL_ON: dict[str, Any] = {"mysql__enabled": 1, "mysql__dbaseprefix": "shop_"}


@pytest.mark.parametrize(
    ("old", "new", "effects"),
    [
        (MYSQL_ON, {**MYSQL_ON, "mysql__enabled": 0}, [Effect("mysql", "block")]),
        (MYSQL_ON, {"mysql__enabled": 0, "mysql__dbaseprefix": None}, [Effect("mysql", "drop")]),
        (
            {**MYSQL_ON, "mysql__enabled": 0},
            {"mysql__enabled": 0, "mysql__dbaseprefix": None},
            [Effect("mysql", "drop")],
        ),
        ({**MYSQL_ON, "mysql__enabled": 0}, MYSQL_ON, [Effect("mysql", "resume")]),
        (MYSQL_ON, {"mysql__enabled": 1, "mysql__dbaseprefix": None}, []),
        ({"mysql__dbaseprefix": None}, {"mysql__enabled": 0, "mysql__dbaseprefix": None}, [Effect("mysql", "block")]),
        ({"dns__provider": "builtin"}, {"dns__provider": "builtin", "dns__enabled": 0}, [Effect("dns", "block")]),
        ({"dns__provider": "builtin"}, {"dns__provider": None, "dns__enabled": 0}, [Effect("dns", "drop")]),
        ({"dns__provider": "builtin"}, {"dns__provider": None}, [Effect("dns", "hide")]),
        ({"dns__provider": None}, {"dns__provider": "builtin"}, [Effect("dns", "show")]),
        (MYSQL_ON, {**MYSQL_ON, "mysql__dbasenum": 5}, []),
    ],
)
def test_a_safety_switch_drops_data_only_when_thrown_twice(
    old: dict[str, Any], new: dict[str, Any], effects: list[Effect]
) -> None:
    assert switch_effects(_with(**old), _with(**new)) == effects


def test_null_before_deletion_preserves_grants_and_zones() -> None:
    document = _with(mysql__dbaseprefix="shop_", pgsql__dbaseprefix="shop_", dns__provider=None)
    assert preserved_on_deletion(document) == ["dns"]
