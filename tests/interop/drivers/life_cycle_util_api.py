"""Lead an account's life through UtilAPI. Usage: python life_cycle_util_api.py URL KEY PLAN."""

from __future__ import annotations

import json
import sys
from typing import Any

from apnscp.client.errors import Fault
from apnscp.client.util_api.api import UtilAPI

DOMAIN, ADMIN, ADDRESS = "interop.test", "interop", "203.0.113.7"


def fault(client: UtilAPI, method: str, *args: Any) -> str:
    try:
        client.call(method, *args)
    except Fault as error:
        return error.text
    return "no fault"


def main(url: str, key: str, plan: str) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    with UtilAPI.create_client(key, url) as panel:
        account(panel, plan, seen)
        with panel.as_site(DOMAIN) as site:
            seen["session_length"] = len(str(panel.admin.hijack(DOMAIN)))
            inside(site, seen)
        bans(panel, seen)
        seen["deleted"] = panel.call("admin:delete-site", DOMAIN)
        seen["rows_afterwards"] = panel.admin_collect([], [], [DOMAIN])
        seen["unknown_method"] = fault(panel, "admin_no_such_thing")
        seen["refused_quietly"] = panel.rampart_ban(ADDRESS, "nosuch")
    with UtilAPI.create_client(key, url, abort_on="error") as strict:
        seen["refused"] = fault(strict, "rampart_ban", ADDRESS, "nosuch")
    with UtilAPI.create_client("0" * 64, url) as stranger:
        seen["wrong_key"] = fault(stranger, "common_whoami")
    return seen


def account(panel: UtilAPI, plan: str, seen: dict[str, Any]) -> None:
    plans = panel.admin.list_plans()
    seen["plans"] = isinstance(plans, list) and "basic" in plans and plan in plans
    seen["added"] = panel.admin_add_site(
        DOMAIN,
        ADMIN,
        {
            "siteinfo.plan": "basic",
            "siteinfo.email": "owner@interop.test",
            "auth.tpasswd": "Tr1cky & <long>",
            "billing.invoice": "INTEROP-1",
        },
    )
    seen["row"] = panel.admin.collect([], {}, [DOMAIN])[DOMAIN]
    seen["suspended"] = panel.call("admin:deactivate-site", DOMAIN, {"reason": "unpaid"})
    with panel.as_site(DOMAIN) as site:
        seen["inactive"] = site.auth_is_inactive()
        rows = panel.admin_collect(["siteinfo.plan"], {"active": False}, [DOMAIN])
        seen["active_while_suspended"] = rows[DOMAIN]["active"]
        seen["activated"] = panel.call("admin:activate_site", site=DOMAIN)
        seen["inactive_afterwards"] = site.auth.is_inactive()
    seen["plan_changed"] = panel.admin.edit_site(DOMAIN, {"siteinfo.plan": plan, 0: {"reset": True}})
    seen["plan"] = panel.admin.collect(params=["siteinfo.plan"], sites=[DOMAIN])[DOMAIN]["siteinfo"]["plan"]
    seen["password_changed"] = panel.auth_change_password("An0ther & <long>", ADMIN, DOMAIN)


def inside(site: UtilAPI, seen: dict[str, Any]) -> None:
    quota, bandwidth = site.site_get_account_quota(), site.site_get_bandwidth_usage()
    seen["site_whoami"] = site.common_whoami()
    seen["site_domain"] = site.auth_session_info()["domain"]
    seen["site_refused"] = fault(site, "admin_list_plans")
    seen["quota_keys"] = sorted(quota)
    seen["quota_is_int"] = type(quota["qhard"]) is int
    seen["bandwidth_keys"] = sorted(bandwidth)
    seen["bandwidth_is_number"] = isinstance(bandwidth["used"], (int, float))


def bans(panel: UtilAPI, seen: dict[str, Any]) -> None:
    seen["banned"] = panel.rampart_ban(ADDRESS, "sshd")
    seen["is_banned"] = panel.rampart_is_banned(ADDRESS)
    seen["banned_services"] = panel.rampart.banned_services(ADDRESS)
    seen["unbanned"] = panel.rampart_unban(ADDRESS)
    seen["is_banned_afterwards"] = panel.rampart_is_banned(ADDRESS)
    seen["banned_services_afterwards"] = panel.rampart_banned_services(ADDRESS)


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
