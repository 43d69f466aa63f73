"""Calls as files that can be used as they are."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from apnscp.opcenter.store.transactions import reading
from apnscp.server.calls.exports import written
from apnscp.server.calls.kept_call import kept_calls
from apnscp.server.journal_reader import entries
from apnscp.server.testing import EmulatedPanel

PASSWORD = "correct horse battery"


def export(panel: EmulatedPanel, kind: str, *, after: int = 0) -> str:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        return written(kind, db, kept_calls(db, entries(db, after=after)))


def passes(text: str, folder: Path) -> str:
    (folder / "test_calls.py").write_text(text)
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_calls.py"]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, f"{text}\n{done.stdout}"
    return done.stdout


def test_a_pytest_file_passes_as_it_is(panel: EmulatedPanel, tmp_path: Path) -> None:
    panel.clock.freeze("2026-03-01")
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": PASSWORD, "billing.invoice": "I-1"})
    panel.fault("admin:add-site", "example.com", "carl")
    panel.call("admin:deactivate-site", "I-1", {"reason": "overdue \N{GRINNING FACE}"})
    panel.call("admin:activate-site", "nowhere.example", abort_on=None)
    panel.fault("admin:kill-site", "example.com")
    assert panel.call("auth:is-inactive", session=panel.call("admin:hijack", "example.com")) is True
    panel.clock.freeze("2026-04-10")
    assert panel.call("admin:delete-site", None, {"since": "30 days ago"}) is True
    text = export(panel, "pytest")
    assert 'secret = "correct horse battery staple"' in text
    assert (
        '    assert panel.client.admin.deactivate_site("I-1", {"reason": "overdue \N{GRINNING FACE}"}) is True\n'
        in text
    )
    assert (
        '    with panel.client.as_site("site1", "bob") as account:\n        assert account.auth.is_inactive() is True'
        in text
    )
    passes(text, tmp_path)


def test_a_pytest_file_of_some_calls_begins_with_the_sites_that_were_there(
    panel: EmulatedPanel, tmp_path: Path
) -> None:
    panel.seed("other.com", "example.com", **{"diskquota.quota": 1000})
    panel.seed("third.com", invoice="G-1", suspended="overdue")
    panel.call("common:whoami")
    panel.flush()
    panel.call("admin:edit-site", "site2", {"diskquota.quota": 500, "billing.invoice": "I-9"})
    panel.fault("admin:edit-site", "other.com", {"aliases.aliases": ["example.com"]})
    panel.call("admin:activate-site", "G-1")
    panel.call("common:whoami", session=panel.call("admin:hijack", "example.com"))
    panel.call("admin:delete-site", "third.com")
    text = export(panel, "pytest", after=1)
    assert (
        'panel.client.admin.edit_site("example.com", {"diskquota.quota": 500, "billing.invoice": "I-9"}) is True'
        in text
    )
    assert '("third.com"' in text
    passes(text, tmp_path)


def test_a_shell_script_makes_the_calls_again(panel: EmulatedPanel, panel_url: str, tmp_path: Path) -> None:
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": PASSWORD})
    panel.fault("admin:activate-site", "it's nowhere")
    panel.call("admin:deactivate-site", "example.com", {"reason": "two\nlines"})
    panel.call("admin:delete-site", "example.com")
    script = export(panel, "shell")
    assert (
        script.splitlines()[4] == ': "${APNSCP_SECRET:?is what stands where the journal hid a secret: export it first}"'
    )
    (tmp_path / "calls.sh").write_text(script)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environ = {
        "APNSCP_URL": panel_url,
        "APNSCP_KEY": panel.key,
        "PATH": path,
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
    }
    bash = shutil.which("bash") or "bash"
    before = [(call.command, call.arguments, call.outcome) for call in panel.calls()]
    without = subprocess.run([bash, "calls.sh"], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert "APNSCP_SECRET: is what stands where the journal hid a secret: export it first" in without.stderr
    again = subprocess.run(
        [bash, "calls.sh"],
        cwd=tmp_path,
        env=environ | {"APNSCP_SECRET": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
    )
    made = [(call.command, call.arguments, call.outcome) for call in panel.calls()][len(before) :]
    assert [call for call in made if call[0].startswith("admin_")] == before, again.stderr


def test_json_holds_everything(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": PASSWORD})
    held = json.loads(export(panel, "json"))
    (call,) = held["calls"]
    assert (held["format"], call["method"], call["told"], call["result"]) == (1, "admin:add-site", "answer", True)
    assert call["request"].count("(hidden)") == 1
    assert call["response"].startswith("<?xml")
    assert PASSWORD not in str(held)
