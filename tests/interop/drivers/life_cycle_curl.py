"""Lead an account's life with curl and XML written by hand. Usage: python life_cycle_curl.py URL KEY PLAN.

No xsi:type anywhere, namespaces of every kind, no SOAPAction that says anything: what scripts send.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from lxml import etree

from apnscp.wire.soap import reading

DOMAIN, ADMIN, ADDRESS = "interop.test", "interop", "203.0.113.7"
ENVELOPE = (
    '<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">'
    "<e:Body>{}</e:Body></e:Envelope>"
)


class Panel:
    """Posts to one panel."""

    def __init__(self, url: str, key: str | None, *headers: str) -> None:
        self.address = f"{url}/soap" + (f"?authkey={key}" if key else "")
        self.headers = [f"-H{header}" for header in ("Content-Type: text/xml", *headers)]

    def post(self, body: str) -> Any:
        command = ["curl", "-sS", "--noproxy", "*", "--max-time", "20", *self.headers, "--data-binary", "@-"]
        done = subprocess.run(
            [*command, self.address], input=ENVELOPE.format(body).encode(), capture_output=True, check=True
        )
        return next(iter(etree.fromstring(done.stdout).iter("{*}Body")))[0]

    def call(self, body: str) -> Any:
        return reading.read(self.post(body).find("return"))

    def fault(self, body: str) -> str:
        return str(self.post(body).findtext("faultstring", "no fault"))


def main(url: str, key: str, plan: str) -> dict[str, Any]:
    panel, seen = Panel(url, key), dict[str, Any]()
    account(panel, url, plan, seen)
    inside(panel, url, key, seen)
    bans(panel, seen)
    seen["deleted"] = panel.call(
        f'<x:admin_delete_site xmlns:x="urn:of:anything"><x:site>{DOMAIN}</x:site></x:admin_delete_site>'
    )
    seen["rows_afterwards"] = panel.call(f"<admin_collect><sites><item>{DOMAIN}</item></sites></admin_collect>")
    seen["unknown_method"] = panel.fault("<admin_no_such_thing/>")
    nosuch = f"<rampart_ban><ip>{ADDRESS}</ip><jail>nosuch</jail></rampart_ban>"
    seen["refused"] = Panel(url, key, "Abort-On: error").fault(nosuch)
    seen["refused_quietly"] = panel.call(nosuch)
    seen["wrong_key"] = Panel(url, "0" * 64).fault("<common_whoami/>")
    return seen


def account(panel: Panel, url: str, plan: str, seen: dict[str, Any]) -> None:
    plans = panel.call('<admin_list_plans xmlns="urn:net.apnscp.api"/>')
    seen["plans"] = isinstance(plans, list) and "basic" in plans and plan in plans
    seen["added"] = panel.call(
        '<a:admin_add_site xmlns:a="urn:net.apnscp.api">'
        f"<domain>{DOMAIN}</domain><admin>{ADMIN}</admin><opts><siteinfo.plan>basic</siteinfo.plan>"
        "<siteinfo.email>owner@interop.test</siteinfo.email><auth.tpasswd>Tr1cky &amp; &lt;long></auth.tpasswd>"
        "<billing><invoice>INTEROP-1</invoice></billing></opts></a:admin_add_site>"
    )
    sites = f"<sites><item>{DOMAIN}</item></sites>"
    seen["row"] = panel.call(f"<admin_collect>{sites}</admin_collect>")[DOMAIN]
    seen["suspended"] = panel.call(
        '<admin:deactivate-site xmlns:admin="urn:net.apnscp.api:admin">'
        f"<site>{DOMAIN}</site><flags><reason>unpaid</reason></flags></admin:deactivate-site>"
    )
    site = Panel(url, None, f"Cookie: esprit_id={panel.call(f'<admin_hijack><site>{DOMAIN}</site></admin_hijack>')}")
    seen["inactive"] = site.call("<auth_is_inactive/>")
    rows = panel.call(f"<admin_collect>{sites}<query><active>0</active></query></admin_collect>")
    seen["active_while_suspended"] = rows[DOMAIN]["active"]
    seen["activated"] = panel.call(f"<ADMIN_Activate_Site><any>{DOMAIN}</any></ADMIN_Activate_Site>")
    seen["inactive_afterwards"] = site.call("<auth_is_inactive/>")
    seen["plan_changed"] = panel.call(
        f'<admin:edit-site xmlns:admin="urn:net.apnscp.api:admin"><site>{DOMAIN}</site>'
        f"<opts><siteinfo><plan>{plan}</plan></siteinfo></opts><flags><reset>1</reset></flags></admin:edit-site>"
    )
    rows = panel.call(f"<admin_collect>{sites}<params><item>siteinfo.plan</item></params></admin_collect>")
    seen["plan"] = rows[DOMAIN]["siteinfo"]["plan"]
    seen["password_changed"] = panel.call(
        "<auth_change_password><password><![CDATA[An0ther & <long>]]></password>"
        f"<user>{ADMIN}</user><domain>{DOMAIN}</domain></auth_change_password>"
    )


def inside(panel: Panel, url: str, key: str, seen: dict[str, Any]) -> None:
    session = panel.call(f"<admin_hijack><site>{DOMAIN}</site></admin_hijack>")
    site = Panel(url, key, f"Cookie: esprit_id={session}")
    quota, bandwidth = site.call("<site_get_account_quota/>"), site.call("<site_get_bandwidth_usage/>")
    seen["session_length"] = len(session)
    seen["site_whoami"] = site.call("<common_whoami/>")
    seen["site_domain"] = site.call("<auth_session_info/>")["domain"]
    seen["site_refused"] = site.fault("<admin_list_plans/>")
    seen["quota_keys"] = sorted(quota)
    seen["quota_is_int"] = type(quota["qhard"]) is int
    seen["bandwidth_keys"] = sorted(bandwidth)
    seen["bandwidth_is_number"] = isinstance(bandwidth["used"], (int, float))


def bans(panel: Panel, seen: dict[str, Any]) -> None:
    ip = f"<ip>{ADDRESS}</ip>"
    seen["banned"] = panel.call(f"<rampart_ban><jail>sshd</jail>{ip}</rampart_ban>")
    seen["is_banned"] = panel.call(f"<rampart_is_banned>{ip}</rampart_is_banned>")
    seen["banned_services"] = panel.call(f"<rampart_banned_services>{ip}</rampart_banned_services>")
    seen["unbanned"] = panel.call(f"<rampart_unban>{ip}</rampart_unban>")
    seen["is_banned_afterwards"] = panel.call(f"<rampart_is_banned>{ip}</rampart_is_banned>")
    seen["banned_services_afterwards"] = panel.call(f"<rampart_banned_services>{ip}</rampart_banned_services>")


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
