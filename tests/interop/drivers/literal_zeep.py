"""Lead an account's life through zeep as it comes, by the literal description. Usage: python literal_zeep.py URL KEY."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

import requests
from zeep.exceptions import Fault

zeep: Any = importlib.import_module("zeep")
SITE = "strict.test"
CHOICES = ("string", "int", "double", "boolean", "list", "map")


def text(content: str) -> dict[str, Any]:
    return {"string": content}


def texts(*contents: str) -> dict[str, Any]:
    return {"list": {"item": [text(content) for content in contents]}}


def mapped(**entries: dict[str, Any]) -> dict[str, Any]:
    return {"map": {"entry": [{"key": key.replace("__", "."), "value": value} for key, value in entries.items()]}}


def plain(value: Any) -> Any:
    """Return what a Value holds as Python has it."""
    chosen = next((name for name in CHOICES if value is not None and name in value and value[name] is not None), None)
    if chosen == "map":
        return entries_of(value["map"]["entry"])
    return None if chosen is None else value[chosen]


def entries_of(entries: Any) -> dict[str, Any]:
    return {entry["key"]: plain(entry["value"]) for entry in entries}


def fault(call: Callable[..., Any], *arguments: Any) -> Any:
    try:
        call(*arguments)
    except Fault as error:
        return [str(error.code).partition(":")[2], str(error.message)]
    return "no fault"


def main(url: str, key: str) -> dict[str, Any]:
    session = requests.Session()
    session.trust_env = False
    client = zeep.Client(f"{url}/apnscp-literal.wsdl?modules=admin,common", transport=zeep.Transport(session=session))

    def port(module: str, query: str = "") -> Any:
        return client.create_service(f"{{urn:net.apnscp.api}}{module}", f"{url}/soap/literal{query}")

    admin, seen = port("admin", f"?authkey={key}"), dict[str, Any]()
    with client.settings(extra_http_headers={"Auth-Key": key}):
        seen["whoami"] = port("common")["whoami"]()
    account = mapped(plan=text("basic"), email=text(f"owner@{SITE}"))
    options = mapped(siteinfo=account, billing=mapped(invoice=text("Größe <€> & 1")))
    seen["added"] = admin["add-site"](SITE, "strict", opts=options)
    seen["edited"] = admin["edit-site"](SITE, mapped(diskquota__quota=text("5000")))
    wanted = texts("siteinfo.email", "billing.invoice", "billing.parent_invoice", "diskquota.quota")
    seen["row"] = entries_of(admin["collect"](params=wanted, sites=texts(SITE)))[SITE]
    seen["nowhere"] = admin["get-site-id-from-domain"]("nosuch.test")
    with client.settings(extra_http_headers={"Abort-On": "error"}):
        seen["refused"] = fault(admin["edit-site"], "nosuch.test")
    seen["refused_quietly"] = admin["edit-site"]("nosuch.test")
    seen["not_emulated"] = fault(admin["activate-license"], "x")
    seen["wrong_key"] = fault(port("common", "?authkey=0")["whoami"])
    entered = admin["hijack"](SITE)
    with client.settings(extra_http_headers={"Cookie": f"esprit_id={entered}"}):
        seen["site_whoami"] = port("common")["whoami"]()
    seen["deleted"] = admin["delete-site"](SITE)
    return seen


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:3])))
