"""The tables of answers are true of a panel: rows hold the keys that their types name, and no others."""

from __future__ import annotations

import types
import typing
from typing import Any

import pytest

from apnscp.client.util_api import answers
from apnscp.core.registry import REGISTRY
from apnscp.server.answer_tables import typed_maps
from apnscp.server.testing import EmulatedPanel


def same(value: object, kind: Any) -> None:
    """Compare a value with the type that the stubs name, keys included."""
    inner = typing.get_args(kind)
    if kind is Any:
        return
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        (other,) = [each for each in inner if each is not type(None)]
        return None if value is None else same(value, other)
    if typing.is_typeddict(kind):
        assert isinstance(value, dict)
        assert kind.__required_keys__ <= set(value) <= set(kind.__annotations__)
        for name, each in typing.get_type_hints(kind).items():
            if name in value:
                same(value[name], each)
    elif typing.get_origin(kind) is list:
        assert isinstance(value, list) and value
        for item in value:
            same(item, inner[0])
    elif typing.get_origin(kind) is dict:
        assert isinstance(value, dict)
        for name, item in value.items():
            assert type(name) is inner[0]
            same(item, inner[1])
    else:
        assert type(value) is kind
    return None


ADMIN: list[tuple[str, list[Any], Any]] = [
    ("admin_collect", [], dict[str, answers.CollectRow]),
    ("admin_collect", [None], dict[str, answers.CollectRow]),
    ("admin_get_usage", ["storage"], dict[str, answers.UsageRow]),
    ("admin_get_usage", ["bandwidth"], dict[str, answers.UsageRow]),
    ("admin_get_usage", ["cgroup"], dict[str, answers.UsageRow]),
    ("admin_get_domains", [], dict[int, str]),
    ("admin_get_plan", ["pro"], dict[str, dict[str, Any]]),
    ("admin_get_storage", [], answers.StorageRow),
    ("auth_session_info", [], answers.SessionInfo),
    ("auth_get_api_keys", [], list[answers.ApiKey]),
    ("auth_get_last_login", [], answers.LastLogin),
    ("common_get_disk_quota", [], answers.DiskQuota),
    ("common_get_load", [], dict[int, str]),
    ("common_get_services", [], dict[str, dict[str, Any]]),
    ("cgroup_get_usage", ["cpu"], answers.ControllerUsage),
    ("diskquota_project_get", ["shared"], answers.QuotaProject),
    ("scope_info", ["cp.debug"], answers.ScopeInfo | None),
    ("scope_info", ["no.such"], answers.ScopeInfo | None),
]
SITE: list[tuple[str, list[Any], Any]] = [
    ("auth_session_info", [], answers.SessionInfo),
    ("auth_get_ip_restrictions", [], dict[str, list[str]]),
    ("bandwidth_get_cycle_periods", [], list[answers.CyclePeriod]),
    ("bandwidth_get_all_composite_bandwidth_data", [], list[answers.Transfer]),
    ("bandwidth_get_by_date", [1], list[answers.ServiceTransfer]),
    ("billing_get_next_payment", [], answers.NextPayment),
    ("cgroup_get_limits", [], dict[str, Any]),
    ("cgroup_get_usage", ["memory"], answers.ControllerUsage),
    ("common_load_preferences", [], dict[str, Any]),
    ("dns_provisioning_records", ["example.com"], list[answers.DnsRecord]),
    ("email_get_records", ["example.com"], list[answers.MailRecord]),
    ("email_get_vacation_options", [], answers.VacationOptions),
    ("email_list_mailboxes", [], list[answers.MailAddress]),
    ("mysql_list_users", [], dict[str, dict[str, answers.MysqlUser]]),
    ("pgsql_list_users", [], dict[str, answers.PgsqlUser]),
    ("site_get_account_quota", [], answers.AccountQuota),
    ("site_get_bandwidth_usage", [], answers.BandwidthUsage),
    ("site_get_users", [], dict[str, answers.UserEntry]),
    ("site_get_user_count", [], answers.UserCount),
    ("letsencrypt_challenges", ["example.com"], dict[str, list[answers.AcmeChallenge]]),
    ("ssl_get_certificates", [], list[answers.InstalledCertificate]),
    ("ssl_get_public_key", ["server.key"], answers.KeyInfo),
    ("site_split_hostname", ["www.example.com"], answers.HostParts),
    ("web_domain_info", ["example.com"], answers.ServedHost),
]


@pytest.mark.parametrize(("method", "arguments", "kind"), ADMIN)
def test_what_the_administrator_gets_is_of_the_type_that_the_stubs_name(
    panel: EmulatedPanel, method: str, arguments: list[Any], kind: Any
) -> None:
    panel.client.diskquota.project_create("shared")
    panel.seed({"domain": "example.com", "diskquota.group": "shared", "plan": "pro"}, "other.com")
    same(panel.client.call(method, *arguments), kind)


@pytest.mark.parametrize(("method", "arguments", "kind"), SITE)
def test_what_a_site_gets_is_of_the_type_that_the_stubs_name(
    panel: EmulatedPanel, method: str, arguments: list[Any], kind: Any
) -> None:
    panel.client.diskquota.project_create("shared")
    panel.seed({"domain": "example.com", "diskquota.group": "shared", "pgsql.enabled": 1})
    with panel.as_site("example.com") as site:
        if method.startswith("ssl_"):
            site.letsencrypt.request("example.com")
        same(site.call(method, *arguments), kind)


def test_who_signed_in_before_is_of_the_type_that_the_stubs_name(panel: EmulatedPanel) -> None:
    panel.seed("example.com")
    for _ in range(3):
        session = panel.client.admin.hijack("example.com", None, "UI")
        panel.request("GET", f"/apps/dashboard?esprit_id={session}")
    panel.flush()
    with panel.as_site("example.com") as site:
        same(site.auth.get_login_history(), list[answers.Login])
        same(site.auth.get_last_login(), answers.LastLogin)


def test_jobs_and_the_journal_of_domains_are_of_the_types_that_the_stubs_name(panel: EmulatedPanel) -> None:
    panel.seed("example.com")
    with panel.as_site("example.com") as site:
        site.crontab.add_raw("@daily date")
        same(site.crontab.list_jobs(), list[answers.CronJob])
        site.aliases.add_domain("shop.test", "/var/www/shop")
        journal: answers.AliasJournal = site.aliases.list_unsynchronized_domains()
    assert journal == {"add": ["shop.test"], "remove": []}


def test_every_map_with_known_keys_is_compared_above() -> None:
    compared = str(ADMIN) + str(SITE)
    by_themselves = {"AliasJournal", "ControlGroupFigure", "CronJob", "Login"}
    assert {name for name in typed_maps(REGISTRY) if f".{name}" not in compared} == by_themselves


def test_the_tables_hold_methods_by_what_they_answer() -> None:
    assert {"admin_collect", "admin_get_domains", "common_load_preferences"} <= answers.MAPS
    assert {"admin_get_site_id_from_domain", "admin_get_meta_from_domain", "auth_inactive_reason"} <= answers.NULLABLE
    assert not {"admin_list_plans", "admin_get_meta_from_domain", "admin_add_site"} & answers.MAPS
    assert not {"admin_add_site", "admin_delete_site", "auth_create_api_key"} & answers.NULLABLE
