"""``apnscpd password``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apnscp.opcenter.store.transactions import reading
from apnscp.opcenter.users import passwords, people
from apnscp.server.cli.password import password
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel


def run(settings: Settings, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(password, words, obj=settings, input=typed)


def holds(panel: EmulatedPanel, word: str, site: int = people.PANEL, user: str = "admin") -> bool:
    with reading(panel.app.panel.engine) as db:
        return passwords.verify(word, people.require(db, site, user).password)


def test_the_administrators_password_is_read_from_standard_input(settings: Settings, served: EmulatedPanel) -> None:
    result = run(settings, typed="correct horse battery\n")
    assert (result.exit_code, result.output) == (0, "The password of admin is set\n")
    assert holds(served, "correct horse battery")


def test_it_is_read_from_the_first_line_of_a_file(settings: Settings, served: EmulatedPanel, tmp_path: Path) -> None:
    (tmp_path / "word").write_text("correct horse battery\r\nsecond line\n")
    assert run(settings, "--file", str(tmp_path / "word")).exit_code == 0
    assert holds(served, "correct horse battery")


def test_it_is_made_and_printed(settings: Settings, served: EmulatedPanel) -> None:
    made = run(settings, "--generate").output.strip()
    assert len(made) == 16
    assert holds(served, made)


def test_it_is_set_for_a_user_of_a_site_whose_sessions_end(settings: Settings, served: EmulatedPanel) -> None:
    served.call("admin:add-site", "a.com", "alice")
    session = served.call("admin:hijack", "a.com")
    assert run(settings, "alice@a.com", typed="correct horse battery").output == "The password of alice@a.com is set\n"
    assert holds(served, "correct horse battery", 1, "alice")
    assert "session has ended" in served.fault("common:whoami", key="", session=session)


@pytest.mark.parametrize(
    ("words", "typed", "text"),
    [
        (("alice@nowhere.test", "--generate"), "", "Unknown site `nowhere.test'"),
        (("bob", "--generate"), "", "Unknown user `bob'"),
        ((), "short\n", "The password is too weak: it has fewer than"),
        ((), "", "The password is too weak: it has fewer than"),
        (("--file", "/nowhere/word"), "", "/nowhere/word cannot be used (No such file or directory)"),
        (("--file", "word", "--generate"), "", "Give one of --file, --generate"),
    ],
)
def test_what_cannot_be_set_is_said(
    settings: Settings, served: EmulatedPanel, words: tuple[str, ...], typed: str, text: str
) -> None:
    result = run(settings, *words, typed=typed)
    assert result.exit_code != 0
    assert text in result.output
