from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import inspect, select

from apnscp.opcenter.sites.tables import host_table, site_table
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.server.testing import EmulatedPanel

NOON = 1_700_000_000  # 2023-11-14 UTC
DAY = 86_400


def five_sites(panel: EmulatedPanel) -> EmulatedPanel:
    """Make five sites: two were suspended 40 and 10 days ago, the others are active; two share an invoice."""
    panel.clock.freeze(NOON - 40 * DAY)
    for number, (name, invoice) in enumerate([("a", "I-1"), ("b", "I-1"), ("c", None), ("d", None), ("e", None)]):
        panel.call("admin:add-site", f"{name}.example", f"user{number}", {"billing.invoice": invoice})
    panel.call("admin:deactivate-site", "site2", {"reason": "overdue\n# ticket 4711"})
    panel.clock.advance(30 * DAY)
    panel.call("admin:deactivate-site", "site4", {"reason": "spam"})
    panel.clock.advance(10 * DAY)
    return panel


@pytest.fixture
def five(panel: EmulatedPanel) -> EmulatedPanel:
    """Give a panel with the five sites."""
    return five_sites(panel)


def left(panel: EmulatedPanel) -> list[int]:
    return sorted(panel.call("admin:get-domains") or {})


@pytest.mark.parametrize(
    ("who", "flags", "remaining"),
    [
        ("site1", {}, [2, 3, 4, 5]),
        ("A.EXAMPLE", {}, [2, 3, 4, 5]),
        ("3", {}, [1, 2, 4, 5]),
        ("I-1", {}, [3, 4, 5]),
        ("I-1", {"since": "now"}, [1, 3, 4, 5]),
        ("site1", {"since": "now"}, [1, 2, 3, 4, 5]),
        (None, {"since": "now"}, [1, 3, 5]),
        (None, {"since": "30 days ago"}, [1, 3, 4, 5]),
        (None, {"since": "last month"}, [1, 3, 4, 5]),
        (None, {"since": "50 days ago"}, [1, 2, 3, 4, 5]),
        (None, {"since": NOON - 10 * DAY}, [1, 3, 5]),
        (None, {"since": str(NOON - 10 * DAY - 1)}, [1, 3, 4, 5]),
        (None, {"since": "now", "match": "ticket"}, [1, 3, 4, 5]),
        (None, {"since": "now", "filter": "/SPAM/i"}, [1, 2, 3, 5]),
        ("site4", {"match": "overdue"}, [1, 2, 3, 4, 5]),
        ("site4", {"match": "spam", "force": "true"}, [1, 2, 3, 5]),
    ],
)
def test_deletion_takes_exactly_the_sites_that_are_meant(
    five: EmulatedPanel, who: str | None, flags: dict[str, Any], remaining: list[int]
) -> None:
    assert five.call("admin:delete-site", who, flags) is True
    nothing = (("info", "No account matches; nothing was deleted"),)
    assert five.messages == (nothing if remaining == [1, 2, 3, 4, 5] else ())
    assert left(five) == remaining


@pytest.mark.parametrize("flags", [{"dry-run": True}, ["dry-run"], {0: "dry-run", "since": "now"}])
def test_a_dry_run_announces_each_site_with_its_date_and_deletes_nothing(five: EmulatedPanel, flags: Any) -> None:
    five.call("admin:delete-site", "I-1", flags)
    told = [
        ("info", "site1 (a.example; no suspension date) will be deleted"),
        ("info", "site2 (b.example; suspension date 2023-10-05) will be deleted"),
    ]
    assert list(five.messages) == (told[1:] if "since" in flags else told)
    assert left(five) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("who", "flags", "told"),
    [
        (None, {}, "Missing site; without one the flag since must say how long"),
        (None, {"match": "spam"}, "Missing site"),
        ("x.example", {}, "Unknown site `x.example'"),
        ("x.example", {"since": "now"}, "Unknown site `x.example'"),
        (None, {"since": "whenever"}, "`whenever' is not a time"),
        ("site1", {"match": "("}, "`(' is not a regular expression"),
        ("site1", {"sinc": "now"}, "Unknown flag `sinc'"),
        ("site1", {"since": True}, "Flag `since' needs a value"),
    ],
)
def test_a_deletion_that_is_not_clear_deletes_nothing(
    five: EmulatedPanel, who: str | None, flags: dict[str, Any], told: str
) -> None:
    assert told in five.fault("admin:delete-site", who, flags)
    assert left(five) == [1, 2, 3, 4, 5]


def test_nothing_of_a_deleted_site_stays_and_its_names_are_free(each_panel: EmulatedPanel) -> None:
    panel = five_sites(each_panel)
    session = panel.call("admin:hijack", "site1")
    key = panel.call("auth:create-api-key", "mine", session=session)
    panel.call("admin:edit-site", "site1", {"aliases.aliases": ["alias.example"]}, {"backup": True})
    panel.call("admin:delete-site", "site1")
    panel.flush()
    with panel.inside() as ctx:
        for table in sql_metadata.sorted_tables:
            if "site_id" in table.c and table.name != "journal":
                assert ctx.db.execute(select(table.c.site_id).where(table.c.site_id == 1)).all() == [], table.name
        assert ctx.db.execute(select(host_table.c.name).where(host_table.c.name.like("a%"))).all() == []
        assert inspect(ctx.db).has_table("site")
    assert panel.fault("common:whoami", session=session, key="") == "This session has ended; sign in again"
    assert "API key is not valid" in panel.fault("common:whoami", key=key)
    assert panel.call("admin:add-site", "a.example", "user0", {"aliases.aliases": ["alias.example"]}) is True


def test_data_that_outlives_the_account_is_told(five: EmulatedPanel) -> None:
    five.call("admin:edit-site", "site1", {"mysql.dbaseprefix": None, "dns.provider": None})
    five.call("admin:delete-site", "site1")
    assert five.messages == (
        ("info", "site1 (a.example): mysql: data outlives the account"),
        ("info", "site1 (a.example): dns: data outlives the account"),
    )


def test_a_whitelisted_address_goes_with_the_last_site_that_lists_it(each_panel: EmulatedPanel) -> None:
    panel = five_sites(each_panel)
    for who in ("site1", "site3"):
        panel.call("admin:edit-site", who, {"rampart.max": 5, "rampart.whitelist": ["192.0.2.9"]})
    assert panel.call("admin:delete-site", "site1") is True
    assert panel.call("admin:delete-site", "site3") is True
    assert left(panel) == [2, 4, 5]


def test_deletion_of_nothing_suspended_is_no_error(each_panel: EmulatedPanel) -> None:
    five_sites(each_panel)
    each_panel.call("admin:delete-site", None, {"since": "now"})
    assert each_panel.call("admin:delete-site", None, {"since": "now"}) is True
    with each_panel.inside() as ctx:
        assert ctx.db.execute(select(site_table.c.id).where(site_table.c.suspended_at.is_not(None))).all() == []
