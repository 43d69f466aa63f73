from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, select

from apnscp.client import UtilAPI
from apnscp.client.errors import AuthenticationFailed
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import reading
from apnscp.server.testing import EmulatedPanel, make_panel


def kept(db: Connection) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a store, without passwords, which are random, and times."""
    left_out = {"password", "sealed", "created", "created_at", "last_used", "value"}
    return {
        table.name: [tuple(row) for row in db.execute(select(*[each for each in table.c if each.name not in left_out]))]
        for table in sql_metadata.sorted_tables
    }


def used(panel: EmulatedPanel) -> None:
    """Do to a panel all that a test may do."""
    panel.plan("gold")
    panel.seed("a.test", "b.test", plan="gold", suspended=True)
    panel.usage("a.test", storage="3GB")
    panel.client.scope.set("cp.debug", True)
    panel.client.rampart.ban("192.0.2.1", "sshd")
    panel.client.auth.create_api_key("mine")
    panel.client.admin.hijack("a.test")
    panel.client.common.save_preferences({"language": "en"})
    with pytest.raises(AuthenticationFailed):
        panel.connect("0123456789abcdef" * 4, ip="198.51.100.7").common_whoami()
    panel.fail("common_whoami", times=None)
    panel.clock.freeze("2030-01-01")


def test_a_reset_panel_is_as_a_new_one(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    with reading(panel.app.panel.engine) as db:
        fresh = kept(db)
    used(panel)
    panel.reset()
    with reading(panel.app.panel.engine) as db:
        assert kept(db) == fresh
    assert panel.calls() == []
    assert panel.client.common.whoami() == "admin"
    assert panel.client.admin.list_plans() == ["basic", "pro"]
    assert panel.client.scope.get("cp.debug") is False
    assert repr(panel.clock).endswith("running>")
    assert panel.seed(1) == ["example1.test"]
    assert panel.client.auth.session_info()["user_id"] == 1


def test_open_clients_stay_usable(panel: EmulatedPanel, panel_url: str) -> None:
    with UtilAPI.create_client(panel.key, panel_url) as client:
        panel.seed("a.test")
        assert client.admin.get_domains() == {1: "a.test"}
        panel.reset()
        assert client.admin.get_domains() == {}


def test_a_key_of_the_time_before_is_refused(panel: EmulatedPanel) -> None:
    other = panel.connect(panel.client.auth.create_api_key("mine"))
    assert other.common_whoami() == "admin"
    panel.reset()
    with pytest.raises(AuthenticationFailed):
        other.common_whoami()


def test_a_reset_lets_delayed_answers_go(panel: EmulatedPanel) -> None:
    rule = panel.fail("common_whoami", effect="delay", seconds=300)
    late = threading.Thread(target=panel.call, args=("common_whoami",))
    late.start()
    while not rule.hits:
        late.join(0.01)
    panel.reset()
    late.join()


@pytest.fixture
def demo_panel(apnscp_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    yield from make_panel(apnscp_store, tmp_path, demo=True)


def test_a_demo_panel_is_a_demo_panel_again(demo_panel: EmulatedPanel) -> None:
    sites = demo_panel.client.admin.get_domains()
    demo_panel.client.admin.delete_site("site1")
    demo_panel.reset()
    assert demo_panel.client.admin.get_domains() == sites != {}


def test_plans_may_be_gone_already(panel: EmulatedPanel) -> None:
    panel.plan("gold")
    shutil.rmtree(panel.app.panel.plans[0])
    panel.reset()
    panel.reset()
    assert panel.client.admin.list_plans() == ["basic", "pro"]


def test_one_panel_for_the_whole_run_is_the_same_in_every_test(
    session_panel: EmulatedPanel, session_panel_url: str
) -> None:
    session_panel.reset()
    session_panel.seed("a.test")
    with UtilAPI.create_client(session_panel.key, session_panel_url) as client:
        assert client.admin.get_domains() == {1: "a.test"}
    session_panel.reset()
    assert session_panel.client.admin.get_domains() == {}
