"""Lead an account's life through zeep as it comes. Usage: python life_cycle_zeep.py URL KEY PLAN.

Out of the box zeep sends a map or list in an anyType part only as an object of a described type, insists on every part,
and gives maps back as lists of key and value.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import requests
from zeep.exceptions import Fault

DOMAIN, ADMIN, ADDRESS = "interop.test", "interop", "203.0.113.7"
zeep: Any = importlib.import_module("zeep")
SKIP = zeep.xsd.SkipValue
XSD = "{http://www.w3.org/2001/XMLSchema}"
MAP = "{http://xml.apache.org/xml-soap}Map"


class Panel:
    """One zeep client and what it takes to speak in its terms."""

    def __init__(self, url: str, key: str | None, headers: dict[str, str] | None = None) -> None:
        session = requests.Session()
        session.trust_env = False
        session.headers.update(headers or {})
        transport = zeep.Transport(session=session)
        self.client = zeep.Client(f"{url}/apnscp.wsdl", transport=transport)
        binding = next(iter(self.client.wsdl.bindings))
        address = f"{url}/soap?authkey={key}" if key else f"{url}/soap"
        self.service = self.client.create_service(binding, address)

    def text(self, value: str) -> Any:
        return zeep.xsd.AnyObject(self.client.get_type(f"{XSD}string"), value)

    def map(self, **entries: str) -> Any:
        items = [
            {"key": self.text(name.replace("__", ".")), "value": self.text(value)} for name, value in entries.items()
        ]
        kind = self.client.get_type(MAP)
        return zeep.xsd.AnyObject(kind, kind(item=items))

    def fault(self, method: str, *args: Any) -> str:
        try:
            self.service[method](*args)
        except Fault as error:
            return str(error.message)
        return "no fault"


def plain(pairs: Any) -> dict[str, Any]:
    """Turn what zeep makes of a Map of scalars into a dict."""
    return {pair["key"]: pair["value"] for pair in pairs}


def main(url: str, key: str, plan: str) -> dict[str, Any]:
    panel, seen = Panel(url, key), dict[str, Any]()
    options = panel.map(siteinfo__plan="basic", siteinfo__email="owner@interop.test", billing__invoice="INTEROP-1")
    seen["added"] = panel.service.admin_add_site(DOMAIN, ADMIN, options, SKIP)
    seen["suspended"] = panel.service.admin_deactivate_site(DOMAIN, panel.map(reason="unpaid"))
    session = panel.service.admin_hijack(DOMAIN, SKIP, SKIP)
    site = Panel(url, None, {"Cookie": f"esprit_id={session}"})
    seen["inactive"] = site.service.auth_is_inactive()
    seen["activated"] = panel.service.admin_activate_site(DOMAIN)
    seen["inactive_afterwards"] = site.service.auth_is_inactive()
    seen["plan_changed"] = panel.service.admin_edit_site(
        DOMAIN, panel.map(siteinfo__plan=plan), panel.map(reset="true")
    )
    seen["password_changed"] = panel.service.auth_change_password("An0ther & <long>", ADMIN, DOMAIN)
    seen["session_length"] = len(session)
    session = panel.service.admin_hijack(DOMAIN, SKIP, SKIP)
    site = Panel(url, key, {"Cookie": f"esprit_id={session}"})
    seen["site_whoami"] = site.service.common_whoami()
    seen["site_domain"] = plain(site.service.auth_session_info())["domain"]
    seen["site_refused"] = site.fault("admin_list_plans")
    quota = plain(site.service.site_get_account_quota())
    seen["quota_keys"] = sorted(quota)
    seen["quota_is_int"] = type(quota["qhard"]) is int
    seen["banned"] = panel.service.rampart_ban(ADDRESS, "sshd")
    seen["is_banned"] = panel.service.rampart_is_banned(ADDRESS, SKIP)
    seen["unbanned"] = panel.service.rampart_unban(ADDRESS, SKIP)
    seen["is_banned_afterwards"] = panel.service.rampart_is_banned(ADDRESS, SKIP)
    seen["deleted"] = panel.service.admin_delete_site(DOMAIN, SKIP)
    seen["refused"] = Panel(url, key, {"Abort-On": "error"}).fault("rampart_ban", ADDRESS, "nosuch")
    seen["refused_quietly"] = panel.service.rampart_ban(ADDRESS, "nosuch")
    seen["wrong_key"] = Panel(url, "0" * 64).fault("common_whoami")
    return seen


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
