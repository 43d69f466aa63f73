from __future__ import annotations

import os
import platform
import re
from typing import Any

import pytest
from sqlalchemy import insert

from apnscp.opcenter.access.tables import login_table
from apnscp.opcenter.settings import config
from apnscp.opcenter.settings.machine import spelled_span
from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel


def test_who_is_calling(two: Any) -> None:
    assert two.panel.call("common:whoami") == "admin"
    assert two("common:whoami") == "alice"
    assert two("common:whoami", session=two.ann) == "ann"


def test_a_value_of_a_service_keeps_its_type(each_two: Any) -> None:
    two = each_two
    assert two("common:get-service-value", "siteinfo", "domain") == "alpha.test"
    assert two("common:get-service-value", "rampart", "enabled") == 1
    assert two("common:get-service-value", "aliases", "aliases") == []
    assert two("common:get-service-value", "billing", "parent_invoice") is None
    assert two("common:get-service-value", "siteinfo", "domain", session=two.bob) == "beta.test"


def test_a_whole_service_is_a_map(two: Any) -> None:
    values = two("common:get-service-value", "billing")
    assert values["invoice"] == "A-1"
    assert values["enabled"] == 1


def test_default_means_what_it_means_on_this_server(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"rampart.max": "DEFAULT"})
    assert two("common:get-service-value", "rampart", "max") == 0
    with two.panel.inside() as ctx:
        config.put(ctx.db, "rampart.delegated_whitelist", 7)
    assert two("common:get-service-value", "rampart", "max") == 7
    assert two("common:get-services")["rampart"]["max"] == 7


def test_what_is_unknown_is_answered_with_the_default(two: Any) -> None:
    assert two("common:get-service-value", "nothing", "x") is None
    assert two("common:get-service-value", "nothing", "x", 5) == 5
    assert two("common:get-service-value", "siteinfo", "x", "none") == "none"
    assert two("common:get-service-value", "nothing", None, ["a"]) == ["a"]


def test_the_administrator_has_no_services(panel: EmulatedPanel) -> None:
    assert panel.call("common:get-services") == []
    assert panel.call("common:get-service-value", "siteinfo", "domain") is None
    assert panel.call("common:service-exists", "siteinfo") is False
    assert panel.call("common:service-enabled", "siteinfo") is False


def test_a_service_exists_and_is_enabled_or_not(two: Any) -> None:
    assert two("common:service-exists", "pgsql") is True
    assert two("common:service-enabled", "pgsql") is False
    assert two("common:service-enabled", "mysql") is True
    assert two("common:service-exists", "nothing") is False
    assert two("common:service-enabled", "nothing") is False


def test_an_array_is_no_name_of_a_service(two: Any) -> None:
    assert two.fault("common:service-exists", ["a"]) == "Parameter `mSrvcType' must be text; an array of 1 is not"


def test_secrets_of_services_are_hidden_from_secondary_users(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"dns.key": "token-of-dns"})
    assert two("common:get-service-value", "dns", "key") == "token-of-dns"
    assert two("common:get-service-value", "dns", "key", session=two.ann) == "(hidden)"
    assert two("common:get-service-value", "siteinfo", "domain", session=two.ann) == "alpha.test"


def test_addresses_of_the_account_are_its_own(two: Any) -> None:
    assert two("common:get-email") == "alice@mail.test"
    assert two("common:get-admin-email", session=two.ann) == "alice@mail.test"
    assert two("common:get-admin-username", session=two.ann) == "alice"
    assert two("common:get-email", session=two.bob) == "blackhole@apiscp.com"


def test_several_addresses_come_as_one_text(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"siteinfo.email": ["a@mail.test", "b@mail.test"]})
    assert two("common:get-email") == "a@mail.test,b@mail.test"


def test_an_account_changes_its_address_and_the_former_one_is_told(each_two: Any) -> None:
    two = each_two
    assert two("common:set-email", "new@mail.test") is True
    assert two("common:get-service-value", "siteinfo", "email") == "new@mail.test"
    assert two.panel.call("admin:get-address-from-domain", "alpha.test") == "new@mail.test"
    with two.panel.inside() as ctx:
        told = ctx.db.exec_driver_sql("SELECT recipient, subject FROM outbox").all()
    assert [tuple(row) for row in told] == [("alice@mail.test", "Contact address changed")]


def test_a_secondary_user_has_an_address_of_its_own(two: Any) -> None:
    assert two("common:get-email", session=two.ann) is None
    assert two("common:set-email", "ann@mail.test", session=two.ann) is True
    assert two("common:get-email", session=two.ann) == "ann@mail.test"
    assert two("common:get-email") == "alice@mail.test"


def test_the_administrator_has_the_address_of_the_panel(panel: EmulatedPanel) -> None:
    assert panel.call("common:set-email", "root@mail.test") is True
    assert panel.call("common:get-email") == "root@mail.test"
    assert panel.call("admin:get-email") == "root@mail.test"


def test_what_is_no_address_is_refused(two: Any) -> None:
    for session in (two.alice, two.ann, None):
        assert two.fault("common:set-email", "nobody", session=session) == "`nobody' is not an e-mail address"
    assert two("common:set-email", "nobody", abort_on=None) is False
    assert two.panel.messages == (("error", "`nobody' is not an e-mail address"),)


def test_disk_quota_is_that_of_the_account(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"diskquota.quota": 5000, "diskquota.units": "MB"}, {"force": True})
    row = two("site:get-account-quota")
    assert two("common:get-disk-quota") == {"used": row["qused"], "total": 5000 * 1024}
    assert two("common:get-disk-quota", session=two.ann) == {"used": 0, "total": 5000 * 1024}
    two.panel.call("admin:edit-site", "site1", {"diskquota.enabled": 0})
    assert two("common:get-disk-quota")["total"] == 0


def test_disk_quota_of_the_administrator_is_the_servers(panel: EmulatedPanel) -> None:
    row = panel.call("common:get-disk-quota")
    assert 0 < row["used"] <= row["total"]


def test_names_and_addresses_of_the_account(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"mail.mailserver": "mx.other.test"})
    assert two("common:get-web-server-name") == "www.alpha.test"
    assert two("common:get-ftp-server-name", session=two.ann) == "ftp.alpha.test"
    assert two("common:get-mail-server-name") == "mx.other.test"
    assert two("common:get-base-path") == "/home/virtual/site1/fst"
    assert two("common:get-ip-address") == ["192.0.2.10"]
    assert two("common:get-listening-ip-addr") == "192.0.2.10"
    assert two("common:get-ip6-address") == []


def test_an_address_of_its_own_replaces_the_shared_one(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"ipinfo.namebased": 0, "ipinfo.ipaddrs": ["192.0.2.77"]})
    assert two("common:get-ip-address") == ["192.0.2.77"]
    assert two("common:get-listening-ip-addr", session=two.ann) == "192.0.2.77"
    assert two("common:get-web-server-ip-addr") == "192.0.2.77"
    assert two("common:get-ip-address", session=two.bob) == ["192.0.2.10"]


def test_names_and_addresses_of_the_server(panel: EmulatedPanel) -> None:
    assert panel.call("common:get-base-path") == ""
    assert panel.call("common:get-canonical-hostname") == "panel.example.test"
    with panel.inside() as ctx:
        config.put(ctx.db, "dns.my_ip4", "198.51.100.4")
        config.put(ctx.db, "dns.my_ip6", "2001:db8::4")
    assert panel.call("common:get-listening-ip-addr") == "198.51.100.4"
    assert panel.call("common:get-ip6-address") == ["2001:db8::4"]


@pytest.mark.parametrize("method", ["get-ip-address", "get-admin-username", "get-admin-email", "get-web-server-name"])
def test_what_belongs_to_an_account_is_not_there_for_the_administrator(panel: EmulatedPanel, method: str) -> None:
    assert "not present" in panel.fault(f"common:{method}")


def test_load_is_text_keyed_by_minutes(panel: EmulatedPanel) -> None:
    load = panel.call("common:get-load")
    assert list(load) == [1, 5, 15]
    assert all(re.fullmatch(r"\d+\.\d\d", value) for value in load.values())


def test_uptime_is_text_or_seconds(panel: EmulatedPanel) -> None:
    seconds = panel.call("common:get-uptime", False)
    assert isinstance(seconds, int)
    assert panel.call("common:get-uptime", 0) >= seconds
    assert panel.call("common:get-uptime") in (spelled_span(seconds), spelled_span(seconds + 60))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (59, ""), (60, ""), (61, "1 min"), (3_600, "60 mins"), (3_661, "1 hour 1 min"), (2_160_610, "25 days 10 mins"),
        (2 * 2_592_000 + 90_061, "2 months 1 day 1 hour 1 min"),
    ],
)  # fmt: skip
def test_a_span_is_spelled_in_units_of_which_there_is_more_than_one(seconds: int, text: str) -> None:
    assert spelled_span(seconds) == text


def test_the_kernel_is_told_with_line_breaks(panel: EmulatedPanel) -> None:
    version = panel.call("common:get-kernel-version")
    assert version.split() == [os.uname().sysname, os.uname().release]
    assert "\n" in version


def test_the_operating_system_has_a_name(panel: EmulatedPanel) -> None:
    assert panel.call("common:get-operating-system") == platform.freedesktop_os_release()["PRETTY_NAME"]


@pytest.mark.parametrize(
    ("method", "version"),
    [("get-mysql-version", 101118), ("get-postgresql-version", 151800), ("get-php-version", "8.2.30")],
)
def test_versions_are_answered_with_a_deprecation(panel: EmulatedPanel, method: str, version: object) -> None:
    assert panel.call(f"common:{method}") == version
    assert panel.messages == (("deprecated", f"common:{method} is deprecated"),)


def test_the_time_zone_of_the_server_holds_for_those_who_prefer_none(two: Any) -> None:
    assert two("common:get-timezone", None) == "America/New_York"
    assert two.panel.call("common:set-timezone", "Europe/Berlin") is True
    assert two.panel.call("common:get-timezone", "") == "Europe/Berlin"
    assert two("common:get-timezone", None) == "Europe/Berlin"


def test_a_user_prefers_a_time_zone(two: Any) -> None:
    assert two("common:set-timezone", "asia/tokyo", session=two.ann) is True
    assert two("common:get-timezone", None, session=two.ann) == "Asia/Tokyo"
    assert two("common:load-preferences", session=two.ann) == {"timezone": "Asia/Tokyo"}
    assert two("common:get-timezone", None) == "America/New_York"


@pytest.mark.parametrize("zone", ["Mars/Base", "", "../../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_refused(two: Any, zone: str) -> None:
    assert two.fault("common:set-timezone", zone).startswith(f"Unknown timezone `{zone}'")
    assert two.panel.fault("common:set-timezone", zone).startswith(f"Unknown timezone `{zone}'")


def test_the_time_zone_of_the_server_is_the_scope(two: Any) -> None:
    assert two.panel.call("scope:set", "system.timezone", "Europe/Paris") is True
    assert two("common:get-timezone", None) == "Europe/Paris"
    two.panel.call("common:set-timezone", "Asia/Tokyo")
    assert two.panel.call("scope:get", "system.timezone") == "Asia/Tokyo"


def test_logins_are_told_as_auth_tells_them(two: Any) -> None:
    with two.panel.inside() as ctx:
        alice = people.require(ctx.db, 1, "alice")
        for number in (1, 2):
            values = {"user_id": alice.id, "ip": f"198.51.100.{number}", "ts": 1_767_000_000 + number}
            ctx.db.execute(insert(login_table).values(values))
    first, second = ({"ip": f"198.51.100.{number}", "ts": 1_767_000_000 + number} for number in (1, 2))
    assert two("common:get-last-login") == second
    assert two.panel.messages == (("deprecated", "common:get-last-login is deprecated"),)
    assert two("common:get-login-history") == [second, first]
    assert two("common:get-login-history", 1) == [second]
    assert two("common:get-last-login", session=two.bob) == []


def test_the_domain_is_the_primary_one_of_the_account(two: Any) -> None:
    assert two("common:get-domain") == "alpha.test"
    assert two("common:get-domain", session=two.ann) == "alpha.test"
    assert two.panel.fault("common:get-domain") == "Procedure 'common_get_domain' not present"
