from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.settings import config
from apnscp.server.testing import EmulatedPanel


def test_saved_preferences_are_loaded_and_replaced_as_a_whole(panel: EmulatedPanel) -> None:
    assert panel.call("common:load-preferences") == []
    assert (
        panel.call("common:save-preferences", {"theme": "dark", "rows": 25, "nested": {"a": [1, 2.5, None, True]}})
        is True
    )
    assert panel.call("common:load-preferences") == {"theme": "dark", "rows": 25, "nested": {"a": [1, 2.5, None, True]}}
    assert panel.call("common:save-preferences", {"theme": "light"}) is True
    assert panel.call("common:load-preferences") == {"theme": "light"}


def test_whole_numbers_as_keys_stay_numbers(panel: EmulatedPanel) -> None:
    panel.call("common:save-preferences", {7: "seven", "x": {0: "a", 5: "b"}})
    assert panel.call("common:load-preferences") == {7: "seven", "x": {0: "a", 5: "b"}}


def test_preferences_must_be_an_array(panel: EmulatedPanel) -> None:
    assert panel.fault("common:save-preferences", "dark") == "Parameter `prefs' must be a list or a map; `dark' is not"


def test_each_user_has_its_own(each_two: Any) -> None:
    two = each_two
    two("common:save-preferences", {"of": "alice"})
    two("common:save-preferences", {"of": "ann"}, session=two.ann)
    two("common:save-preferences", {"of": "bob"}, session=two.bob)
    assert two("common:load-preferences") == {"of": "alice"}
    assert two("common:load-preferences", session=two.ann) == {"of": "ann"}
    assert two("common:load-preferences", session=two.bob) == {"of": "bob"}
    assert two.panel.call("common:load-preferences") == []


def test_global_preferences_of_the_account_overlay_those_of_its_users(each_two: Any) -> None:
    two = each_two
    two("common:save-preferences", {"theme": "dark", "rows": 25}, session=two.ann)
    assert two("common:set-global-preferences", {"theme": "corporate"}) is True
    assert two("common:get-global-preferences") == {"theme": "corporate"}
    assert two("common:load-preferences", session=two.ann) == {"theme": "corporate", "rows": 25}
    assert two("common:get-user-preferences", "ann") == {"theme": "corporate", "rows": 25}
    assert two("common:load-preferences", session=two.bob) == []


def test_one_global_preference_is_set_by_key_and_taken_back_by_null(two: Any) -> None:
    two("common:set-global-preferences", {"theme": "corporate"})
    two("common:set-global-preferences", 30, "rows")
    assert two("common:get-global-preferences") == {"theme": "corporate", "rows": 30}
    two("common:set-global-preferences", None, "theme")
    assert two("common:get-global-preferences") == {"rows": 30}


def test_a_locked_global_preference_cannot_be_changed_until_it_is_unlocked(two: Any) -> None:
    two("common:set-global-preferences", {"theme": "corporate"})
    assert two("common:lock-global-preferences", "theme") is True
    assert "is locked" in two.fault("common:set-global-preferences", {"theme": "free"})
    assert two("common:get-global-preferences") == {"theme": "corporate"}
    assert two("common:unlock-global-preferences", "theme") is True
    assert two("common:set-global-preferences", {"theme": "free"}) is True


def test_what_is_not_set_cannot_be_locked(two: Any) -> None:
    assert two.fault("common:lock-global-preferences", "x").startswith("No global preference `x'")


def test_only_the_administrator_of_an_account_sets_global_preferences(two: Any) -> None:
    expected = "Global preferences belong to an account; its administrator sets them"
    assert two.fault("common:set-global-preferences", {"a": 1}, session=two.ann) == expected
    assert two.panel.fault("common:set-global-preferences", {"a": 1}) == expected
    assert "not present" in two.fault("common:get-global-preferences", session=two.ann)


def test_global_preferences_without_a_key_must_be_a_map(two: Any) -> None:
    assert two.fault("common:set-global-preferences", "dark") == "Without a key, pref must be a map of preferences"


def test_the_administrator_of_an_account_reads_and_writes_those_of_its_users(two: Any) -> None:
    assert two("common:set-user-preferences", "ann", {"a": 1}) is True
    assert two("common:get-user-preferences", "ann") == {"a": 1}
    assert two("common:load-preferences", session=two.ann) == {"a": 1}


@pytest.mark.parametrize("name", ["bob", "nobody"])
def test_a_user_of_another_account_is_unknown(two: Any, name: str) -> None:
    assert two.fault("common:get-user-preferences", name) == f"Unknown user `{name}'"
    assert two.fault("common:set-user-preferences", name, {"a": 1}) == f"Unknown user `{name}'"


def test_a_secondary_user_reads_only_its_own(two: Any) -> None:
    two("common:save-preferences", {"of": "ann"}, session=two.ann)
    assert two("common:get-user-preferences", "ann", session=two.ann) == {"of": "ann"}
    assert "administrator" in two.fault("common:get-user-preferences", "alice", session=two.ann)
    assert "not present" in two.fault("common:set-user-preferences", "ann", {}, session=two.ann)


def test_preferences_are_purged_only_in_debug_mode(two: Any) -> None:
    two("common:save-preferences", {"a": 1})
    assert "debug" in two.fault("common:purge-preferences")
    with two.panel.inside() as ctx:
        config.put(ctx.db, "core.debug", True)
    assert two("common:purge-preferences") is True
    assert two("common:load-preferences") == []


def test_preferences_go_with_their_account(two: Any) -> None:
    two("common:set-global-preferences", {"theme": "corporate"})
    two("common:save-preferences", {"a": 1})
    two.panel.call("admin:delete-site", "alpha.test")
    with two.panel.inside() as ctx:
        for table in ("preference", "site_data"):
            assert ctx.db.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0
