"""What each start finds or makes: the administrator, its key, the demo sites."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from apnscp.opcenter.access import keys
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.panel_factory import existing_store
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings, SetupError


def comments(settings: Settings) -> list[str]:
    with existing_store(settings) as engine, reading(engine) as db:
        return [row.comment for row in keys.of_all(db)]


def test_later_starts_give_the_key_of_the_first_and_its_password_no_more(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    first, second = prepare(settings), prepare(settings)
    assert len(first.admin_key) == 64
    assert second.admin_key == first.admin_key
    assert first.password and second.password is None


def test_a_lost_secret_is_not_replaced_unless_told(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    first = prepare(settings).admin_key
    (tmp_path / "secret").unlink()
    with pytest.raises(SetupError, match="is missing; bring it back"):
        prepare(settings)
    assert not (tmp_path / "secret").exists()
    second = prepare(replace(settings, new_secret=True)).admin_key
    assert second != first
    assert prepare(replace(settings, new_secret=True)).admin_key == second
    assert prepare(settings).admin_key == second
    assert comments(settings) == ["first key of the panel"]


@pytest.mark.parametrize("content", ["", "no hexadecimal digits at all", "00112233445566778899aabbccddeeff"])
def test_a_secret_that_is_damaged_or_another_one_is_not_replaced_unless_told(tmp_path: Path, content: str) -> None:
    settings = Settings(state_dir=tmp_path)
    first = prepare(settings).admin_key
    (tmp_path / "secret").write_text(content)
    with pytest.raises(SetupError, match="bring it back from a backup"):
        prepare(settings)
    assert (tmp_path / "secret").read_text() == content
    assert prepare(replace(settings, new_secret=True)).admin_key != first


def test_another_secret_by_variable_is_refused(tmp_path: Path) -> None:
    prepare(Settings(state_dir=tmp_path, secret="the first word"))
    with pytest.raises(SetupError, match="APNSCP_SECRET is not the secret with which this store was sealed"):
        prepare(Settings(state_dir=tmp_path, secret="another word"))


def test_a_key_that_is_given_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    prepare(Settings(state_dir=tmp_path))
    prepare(Settings(state_dir=tmp_path, admin_key="one"))
    prepare(Settings(state_dir=tmp_path, admin_key="two"))
    assert prepare(Settings(state_dir=tmp_path, admin_key="TWO")).admin_key == "TWO"
    assert comments(Settings(state_dir=tmp_path)) == ["first key of the panel", "given at start"]


def test_demo_sites_are_made_once_and_counted(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, demo=True)
    assert [prepare(settings).sites, prepare(settings).sites] == [3, 3]


def test_of_two_servers_that_make_one_store_at_the_same_moment_one_is_told_that_the_secrets_differ(
    each_store: Engine, tmp_path: Path
) -> None:
    with writing(each_store) as db:
        sql_metadata.drop_all(db)
        db.exec_driver_sql("DROP TABLE alembic_version")
    url = each_store.url.render_as_string(hide_password=False)

    def started(name: str) -> str:
        try:
            return prepare(Settings(state_dir=tmp_path / name, db=url)).admin_key
        except SetupError as error:
            return str(error)

    with ThreadPoolExecutor(2) as machines:
        told = sorted(machines.map(started, ["first", "second"]), key=len)
    assert len(told[0]) == 64
    assert "bring it back from a backup or from another server of this panel" in told[1]
    with reading(each_store) as db:
        assert [row.comment for row in keys.of_all(db)] == ["first key of the panel"]
