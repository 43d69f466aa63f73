"""Paths that climb, in addresses and in names that become files."""

from __future__ import annotations

from pathlib import Path

import pytest

from apnscp.server.testing import EmulatedPanel

CLIMBING = [
    "/../../../../etc/passwd",
    "/_static/../../../../../../etc/passwd",
    "/_static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "/_static/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/_static//etc/passwd",
    "/_static/\\..\\..\\etc\\passwd",
    "/apps/../../../../etc/passwd",
    "/apps/..%00",
    "/secret",
    "/panel.db",
    "/db/panel.sqlite3",
    "/.git/config",
    "/endpoint.json",
]
NAMES = [
    "../secret", "../../etc/passwd", "/etc/passwd", "..", ".", "a/../../secret", "secret\\..\\x", "basic/../basic", "",
]  # fmt: skip


@pytest.mark.parametrize("path", CLIMBING)
def test_no_address_leads_to_a_file(panel: EmulatedPanel, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret").write_text("top-secret-content")
    reply = panel.request("GET", path)
    assert reply.status in (401, 404, 400, 308)
    assert b"root:" not in reply.body
    assert b"top-secret" not in reply.body
    assert b"SQLite format" not in reply.body


@pytest.mark.parametrize("path", ["//soap", "/soap/", "///soap//"])
def test_a_path_written_otherwise_needs_a_key_as_well(panel: EmulatedPanel, path: str) -> None:
    assert panel.request("POST", path, b"<x/>").status == 401


@pytest.mark.parametrize("path", ["/SOAP", "/soap/x", "/soap/../apps/x", "/soap;x", "/soap%2f"])
def test_what_is_no_endpoint_answers_no_call(panel: EmulatedPanel, path: str) -> None:
    from apnscp.wire.soap import envelope

    reply = panel.request("POST", f"{path}?authkey={panel.key}", envelope.request("common_whoami", []))
    assert b"common_whoamiResponse" not in reply.body
    assert reply.status in (401, 404, 405)


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_plan_leaves_the_folder(panel: EmulatedPanel, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.yml").write_text("siteinfo: {plan: top-secret}")
    (tmp_path / "secret").write_text("top-secret")
    assert "plan" in panel.fault("admin:get-plan", name).lower()
    assert "plan" in panel.fault("admin:add-site", "a.com", "alice", {"siteinfo.plan": name or ".."}).lower()


@pytest.mark.parametrize("name", NAMES[:6])
def test_no_name_of_a_suspension_template_leaves_the_folder(panel: EmulatedPanel, name: str) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    text = panel.fault("admin:deactivate-site", "a.com", {"template": name})
    assert "Unknown suspension template" in text
