"""The four forms of a call make the same call when they are pasted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apnscp.opcenter.store.transactions import reading
from apnscp.server.calls.forms import forms
from apnscp.server.calls.kept_call import KeptCall, kept_calls
from apnscp.server.journal_reader import entries
from apnscp.server.testing import EmulatedPanel
from tests.peers import require

PASSWORD = "correct horse battery"
ODD = {
    "quotes ' and \"": 'it\'s "so" `here` $HOME \\ back',
    "billing.invoice": "Zoë & Söhne <script>alert(1)</script> 日本 \U0001f600",
    "lines": "one\ntwo\r\nthree\ttab ",
    "nested": {"deeper": [1, 2.5, True, None, ["a,b", "[c:d]"]], "none": None},
    "hidden": "right to left \u202e and no break \u00a0",
    "7": "seven",
    "-flag": "--dry-run",
    "end": "XML\nXML",
}
CALLS: list[tuple[str | None, str, list[Any]]] = [
    (None, "common:whoami", []),
    ("bob", "common:set-global-preferences", [ODD]),
    (None, "admin:collect", [None, {}, ["-", "null", "5", "", " "]]),
    (None, "misc:info", ["-x 'y'"]),
    (None, "scope:set", ["cp.bootstrapper", "spare", {"a": [1, "two"]}]),
    (None, "admin:edit-site", ["example.com", {"auth.tpasswd": PASSWORD, "billing.invoice": "$(id) `id` \\"}]),
    ("bob", "common:whoami", []),
    ("ann", "common:whoami", []),
    ("carl", "common:whoami", []),
]
"""Who calls what; None for the administrator whose key it is, carl another administrator, bob that of the account."""
PROGRAMS = {"cpcmd": ["bash"], "php": ["php"], "python": [sys.executable], "curl": ["bash"]}


def kept(panel: EmulatedPanel) -> list[KeptCall]:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        return kept_calls(db, entries(db))


def session(panel: EmulatedPanel, user: str | None) -> str | None:
    if user is None:
        return None
    return str(panel.call("admin:hijack", "localhost" if user == "carl" else "example.com", user))


def said(calls: list[KeptCall]) -> list[tuple[Any, ...]]:
    return [
        (call.row.command, call.row.arguments, call.caller, call.row.outcome, call.answered)
        for call in calls
        if call.row.command != "admin_hijack"
    ]


@pytest.fixture
def busy(panel: EmulatedPanel) -> EmulatedPanel:
    """A panel with an account, a user of it and another administrator, on which the calls were made."""
    panel.seed("example.com", admin="bob")
    panel.call("auth:change-password", PASSWORD, "carl")
    panel.call("user:add", "ann", PASSWORD, "", 0, {"cp": True}, session=session(panel, "bob"))
    before = len(kept(panel))
    for user, method, arguments in CALLS:
        panel.call(method, *arguments, session=session(panel, user), abort_on="error")
    assert len(kept(panel)) == before + len(CALLS) + 4
    return panel


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_each_form_makes_the_same_calls(busy: EmulatedPanel, panel_url: str, tmp_path: Path, name: str) -> None:
    if name in ("php", "curl"):
        require(name)
    first = kept(busy)
    first = [call for call in first if call.row.command != "admin_hijack"][-len(CALLS) :]
    texts = [next(form.text for form in forms(call) if form.name == name) for call in first]
    assert not any(PASSWORD in text or "(hidden)" in text for text in texts)
    (tmp_path / "form").write_bytes("\n".join(texts).replace("\n<?php", "").encode())
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environ = {
        "APNSCP_URL": panel_url,
        "APNSCP_KEY": busy.key,
        "APNSCP_SECRET": PASSWORD,
        "PATH": path,
        "LC_ALL": "C.UTF-8",
    }
    program = [shutil.which(PROGRAMS[name][0]) or "", "form"]
    environ["HOME"] = str(tmp_path)
    done = subprocess.run(program, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    again = said([call for call in kept(busy) if call.id > first[-1].id])
    if name == "cpcmd":  # asks the panel what it has first, in calls of its own
        again = [call for call in again if call[0] in {each.row.command for each in first}]
    assert again == said(first), done.stdout + done.stderr


def test_php_uses_the_class_of_the_vendor_where_it_is_loaded(
    panel: EmulatedPanel, panel_url: str, tmp_path: Path, need: Callable[[str], str]
) -> None:
    panel.call("common:whoami")
    stub = (
        "<?php class Util_API extends SoapClient { static function create_client($key, $server, $port, $options) {"
        ' echo "by Util_API\\n"; return new self("http://$server:$port/apnscp.wsdl",'
        ' ["location" => "http://$server:$port/soap?authkey=$key"] + $options); } }'
    )
    (tmp_path / "stub.php").write_text(stub)
    (tmp_path / "form.php").write_text(forms(kept(panel)[-1])[1].text)
    environ = {"APNSCP_URL": panel_url, "APNSCP_KEY": panel.key}
    line = [need("php"), "-d", "auto_prepend_file=stub.php", "form.php"]
    done = subprocess.run(line, env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.stdout.splitlines() == ["by Util_API", 'string(5) "admin"'], done.stderr


def test_a_call_whose_arguments_were_cut_has_no_forms(panel: EmulatedPanel) -> None:
    panel.call("admin:collect", [], {"billing.invoice": "x" * 40_000})
    assert forms(kept(panel)[-1]) == []
