"""Opening a panel for a command: one that must be there, and one that may be made."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.panel_factory import NoPanel, existing_panel, existing_store, made_panel
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings, SetupError


def none(settings: Settings) -> str:
    return (
        f"There is no panel in sqlite:///{database(settings)}; start one with `apnscpd serve', or name another with"
        " --state-dir or --db"
    )


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    return Settings(state_dir=tmp_path / "state")


def database(settings: Settings) -> Path:
    return settings.state_dir / "db" / "panel.sqlite3"


def open_files(path: Path) -> list[str]:
    """Return what this process holds open of a database: the file itself, its log and its index."""
    held = Path("/proc/self/fd")
    links = [os.readlink(each) for each in held.iterdir() if each.is_symlink()] if held.exists() else []
    return [link for link in links if link.startswith(str(path))]


def test_where_there_is_no_panel_nothing_is_created(empty: Settings) -> None:
    for opened in (existing_store, existing_panel):
        with pytest.raises(NoPanel) as caught, opened(empty):
            pass
        assert str(caught.value) == none(empty)
    assert not empty.state_dir.exists()


def test_a_database_without_tables_is_no_panel(empty: Settings) -> None:
    database(empty).parent.mkdir(parents=True)
    database(empty).touch()
    with pytest.raises(NoPanel) as caught, existing_store(empty):
        pass
    assert str(caught.value) == none(empty)


def test_what_is_no_database_is_one_line(empty: Settings) -> None:
    database(empty).parent.mkdir(parents=True)
    database(empty).write_text("This is a letter and not a database at all. " * 40)
    for opened in (existing_store, made_panel):
        with pytest.raises(SetupError) as caught, opened(empty):
            pass
        assert str(caught.value) == (
            f"The store sqlite:///{database(empty)} cannot be used (file is not a database); bring it back from a backup,"
            " or move it away: the next start makes an empty panel"
        )


def test_a_database_that_is_a_directory_is_one_line(empty: Settings) -> None:
    database(empty).mkdir(parents=True)
    for opened in (existing_store, made_panel):
        with pytest.raises(SetupError) as caught, opened(empty):
            pass
        assert str(caught.value) == (
            f"The store {database(empty)} is not a file; move it away, or name another with --db sqlite:///FILE"
        )


def test_a_store_that_lacks_a_table_is_one_line(empty: Settings) -> None:
    with made_panel(empty) as panel, writing(panel.engine) as db:
        db.execute(text("DROP TABLE journal"))
    with pytest.raises(SetupError) as caught, existing_store(empty) as engine, reading(engine) as db:
        db.execute(text("SELECT * FROM journal"))
    assert "(no such table: journal); bring it back from a backup" in str(caught.value)


def test_a_state_directory_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SetupError) as caught, made_panel(Settings(state_dir=tmp_path / "file")):
        pass
    assert str(caught.value) == (
        f"{tmp_path}/file cannot be used (File exists); a directory is needed there; name another with --state-dir"
    )


def test_a_server_that_cannot_be_reached_is_one_line_without_the_password(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, db="postgresql://panel:pass-word@127.0.0.1:1/panel")
    for opened in (existing_store, made_panel):
        with pytest.raises(SetupError) as caught, opened(settings):
            pass
        said = str(caught.value)
        assert said.startswith("The store postgresql+psycopg://panel:***@127.0.0.1:1/panel cannot be used (")
        assert said.endswith("; check that the database server runs and that --db names it")
        assert "\n" not in said


def test_a_panel_without_its_secret_is_not_given_another(empty: Settings) -> None:
    prepare(empty)
    (empty.state_dir / "secret").unlink()
    with existing_store(empty) as engine, reading(engine) as db:
        assert fact(db, "generation") == "1"
    with pytest.raises(SetupError, match="is missing; bring it back"), existing_panel(empty):
        pass
    assert not (empty.state_dir / "secret").exists()


def test_a_panel_is_made_for_its_owner_alone(empty: Settings) -> None:
    with made_panel(empty):
        pass
    for path in (empty.state_dir, database(empty).parent):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_what_was_deferred_is_written_and_the_store_closed_at_the_end(empty: Settings) -> None:
    with made_panel(empty) as panel:
        panel.defer(lambda db: set_fact(db, "first", "done"))
    assert open_files(database(empty)) == []
    with existing_panel(empty) as panel:
        panel.defer(lambda db: set_fact(db, "second", "done"))
    assert open_files(database(empty)) == []
    with existing_store(empty) as engine, reading(engine) as db:
        assert (fact(db, "first"), fact(db, "second")) == ("done", "done")
    assert open_files(database(empty)) == []


def test_an_error_in_between_closes_the_store_too(empty: Settings) -> None:
    with pytest.raises(RuntimeError), made_panel(empty) as panel, reading(panel.engine) as db:
        db.execute(text("SELECT 1"))
        raise RuntimeError("meanwhile")
    assert open_files(database(empty)) == []


def test_an_ephemeral_panel_is_that_of_a_running_server_alone(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, ephemeral=True)
    for opened in (existing_store, existing_panel, made_panel):
        with pytest.raises(NoPanel) as caught, opened(settings):
            pass
        assert str(caught.value) == (
            f"An ephemeral panel lives in its server alone, and none runs on {tmp_path}; start one with"
            " `apnscpd serve --ephemeral'"
        )
    assert not list(tmp_path.iterdir())


def marked(settings: Settings, version: str) -> None:
    """Let the store say that it is of another version of the schema."""
    with made_panel(settings) as panel, writing(panel.engine) as db:
        db.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def test_a_store_of_a_newer_version_is_refused_with_a_sentence(empty: Settings) -> None:
    marked(empty, "9999")
    for opened in (existing_store, existing_panel, made_panel):
        with pytest.raises(SetupError) as caught, opened(empty):
            pass
        said = "The store was written by a newer version (its schema is 9999); update apnscp-emulator"
        assert str(caught.value) == said


def test_a_store_of_an_older_version_is_left_to_the_server(empty: Settings) -> None:
    marked(empty, "0001")
    for opened in (existing_store, existing_panel):
        with pytest.raises(SetupError) as caught, opened(empty):
            pass
        assert str(caught.value) == "The store was written by an older version; `apnscpd serve' brings it up to date"
