"""Parameters whose value must fit what else there is: the parent of limits, the provider of mail."""

from __future__ import annotations

from apnscp.server.testing import EmulatedPanel


def test_limits_come_from_an_account_that_exists(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "parent.example", "ada")
    panel.call("admin:add-site", "child.example", "bob", {"cgroup.delegator": "parent.example"})
    assert panel.call("admin:get-meta-from-domain", "child.example", "cgroup", "delegator") == "site1"
    assert panel.fault("admin:edit-site", "child.example", {"cgroup.delegator": "nosuch.example"}) == (
        "cgroup,delegator: `nosuch.example' names no account; a site id, domain or alias is expected"
    )
    panel.call("admin:edit-site", "child.example", {"cgroup.delegator": "None"})
    assert panel.call("admin:get-meta-from-domain", "child.example", "cgroup", "delegator") is None


def test_limits_do_not_come_in_a_circle(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "parent.example", "ada")
    panel.call("admin:add-site", "child.example", "bob", {"cgroup.delegator": "site1"})
    for parent in ("child.example", "parent.example"):
        assert panel.fault("admin:edit-site", "site1", {"cgroup.delegator": parent}) == (
            f"cgroup,delegator: `{parent}' has its limits from this account"
        )


def test_mxroute_needs_its_server(panel: EmulatedPanel) -> None:
    told = "mail,key: mxroute needs the name of its server; send mail,key=SERVER as well"
    assert panel.fault("admin:add-site", "a.example", "ada", {"mail.provider": "mxroute"}) == told
    panel.call("admin:add-site", "a.example", "ada", {"mail.provider": "mxroute", "mail.key": "heracles"})
    assert panel.fault("admin:edit-site", "site1", {"mail.key": None}) == told
