"""What pages show to be pasted works: for cpcmd, PHP, Python and curl, on a panel that is served."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.peers import require
from tests.server.web.signed_on import Browser, code

LABELS = ("cpcmd", "PHP", "Python", "curl")
TRICKY = """it's "quoted" <script>\\ $HOME `id` ü 100%"""


def paste(label: str, text: str, folder: Path, **environ: str) -> str:
    """Run a block of a page as a person does, and return what it printed."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    file = folder / "pasted"
    file.write_text(text, "utf-8")
    line = {
        "cpcmd": [require("bash"), str(file)],
        "curl": [require("curl") and require("bash"), str(file)],
        "PHP": [require("php"), str(file)] if label == "PHP" else [],
        "Python": [sys.executable, str(file)],
    }[label]
    own = {"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, env=own | environ, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("label", LABELS)
def test_the_lines_of_a_new_key_work(bob: Browser, panel_url: str, tmp_path: Path, label: str) -> None:
    page = bob.sent("/keys", {"profile": "billing"}, Host=urlsplit(panel_url).netloc)
    assert "bob" in paste(label, code(page, label), tmp_path)


@pytest.mark.parametrize("label", LABELS)
def test_the_lines_of_a_call_make_the_same_call(bob: Browser, panel_url: str, tmp_path: Path, label: str) -> None:
    key = bob.panel.call("auth:create-api-key", session=bob.session)
    form = {"p-comment": TRICKY}
    page = bob.sent("/modules/auth/create-api-key", form, Host=urlsplit(panel_url).netloc)
    paste(label, code(page, label), tmp_path, APNSCP_KEY=key)
    comments = [row["comment"] for row in bob.panel.call("auth:get-api-keys", session=bob.session)]
    assert comments == ["", TRICKY, TRICKY]


@pytest.mark.parametrize("label", LABELS)
def test_lists_and_maps_arrive(root: Browser, panel_url: str, tmp_path: Path, label: str) -> None:
    form = {"p-params": "[siteinfo.domain,billing.invoice]", "p-query": "[billing.invoice:INV-2]"}
    page = root.sent("/modules/admin/collect", form, Host=urlsplit(panel_url).netloc)
    printed = paste(label, code(page, label), tmp_path, APNSCP_KEY=root.panel.key)
    assert "other.com" in printed
    assert "example.com" not in printed
