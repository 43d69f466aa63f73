"""The search of the module index in a browser, as somebody types."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from apnscp.server.testing.serving import serving
from tests.browsers import FLAGS
from tests.server.web.signed_on import Browser

TYPING = b"""
addEventListener("load", () => {
  const field = document.querySelector("input[type=search]");
  field.value = "unban";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
"""


def test_results_follow_what_is_typed(bob: Browser, need: Callable[[str], str], tmp_path: Path) -> None:
    def typed_into(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/_static/typing.js":
            start_response("200 OK", [("Content-Type", "text/javascript")])
            return [TYPING]
        if environ["PATH_INFO"] != "/modules" or environ.get("QUERY_STRING") or environ.get("HTTP_X_PAGE_PART"):
            answer: Iterable[bytes] = bob.panel.wsgi(environ, start_response)
            return answer
        page = bob.text("/modules").replace("</head>", '<script src="/_static/typing.js"></script></head>').encode()
        start_response("200 OK", [("Content-Type", "text/html"), ("Set-Cookie", f"esprit_id={bob.session}; Path=/")])
        return [page]

    chromium = need("chromium")
    with serving(typed_into) as url:
        line = [
            chromium,
            "--headless",
            *FLAGS,
            "--virtual-time-budget=4000",
            f"--user-data-dir={tmp_path}",
            "--dump-dom",
            f"{url}/modules",
        ]
        page = subprocess.run(line, capture_output=True, text=True, timeout=60, check=True).stdout
    assert "rampart:unban" in page
    assert "By module" not in page
