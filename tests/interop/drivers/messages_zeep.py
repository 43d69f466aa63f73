"""Call through plain zeep what is refused without Abort-On. Usage: python messages_zeep.py URL KEY."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import requests

zeep: Any = importlib.import_module("zeep")
plugins: Any = importlib.import_module("zeep.plugins")


def main(url: str, key: str, *_: str) -> dict[str, bool]:
    session, history = requests.Session(), plugins.HistoryPlugin()
    session.trust_env = False
    client = zeep.Client(f"{url}/apnscp.wsdl", transport=zeep.Transport(session=session), plugins=[history])
    service = client.create_service(next(iter(client.wsdl.bindings)), f"{url}/soap?authkey={key}")
    value = service.rampart_ban("203.0.113.7", "nosuch")
    header = "".join(history.last_received["envelope"].find("{*}Header").itertext())
    return {"value": value, "header": "Unknown jail `nosuch'" in header}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
