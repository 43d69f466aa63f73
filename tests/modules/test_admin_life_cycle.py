from __future__ import annotations

from apnscp.server.testing import EmulatedPanel


def test_an_account_is_added_changed_suspended_activated_and_deleted(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    assert panel.call("admin:add-site", "Example.COM", "bob", {"billing.invoice": "I-1"}) is True
    assert panel.call("admin:collect", [], None, ["example.com"]) == {
        "example.com": {
            "siteinfo": {"email": "blackhole@apiscp.com", "admin_user": "bob"},
            "aliases": {"aliases": []},
            "billing": {"invoice": "I-1", "parent_invoice": None},
            "active": True,
            "domain": "example.com",
        }
    }
    assert panel.call("admin:edit-site", "I-1", {"diskquota": {"quota": "5000"}}) is True
    assert panel.call("admin:deactivate-site", "site1") is True
    row = panel.call("admin:collect", ["diskquota.quota"], {"active": False})["site1"]
    assert row == {"diskquota": {"quota": 5000}, "active": False, "domain": "example.com"}
    assert panel.call("admin:activate-site", "example.com") is True
    assert panel.call("admin:delete-site", "example.com") is True
    assert panel.call("admin:collect") == []
