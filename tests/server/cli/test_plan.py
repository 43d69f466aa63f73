"""``apnscpd plan`` as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apnscp.server.cli.plan import plan
from apnscp.server.panel_factory import made_panel
from apnscp.server.settings import Settings


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state"


def _run(state: Path, *words: str) -> Result:
    return CliRunner().invoke(plan, words, obj=Settings(state_dir=state))


def test_plans_are_listed_and_the_default_is_marked(state: Path) -> None:
    assert _run(state, "--list").output == "basic (default)\npro\n"
    assert _run(state).output == "basic (default)\npro\n"


def test_looking_makes_no_database(state: Path) -> None:
    _run(state, "--list")
    assert not state.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--new", "gold", "--base", "pro", "-c", "diskquota,quota=9", "-c", "rampart.whitelist=['192.0.2.1']"),
        ("--base=pro", "-cdiskquota,quota=9", "-c", "rampart,whitelist=[192.0.2.1]", "gold", "--new"),
        ("--new=gold", "--base=pro", "--config=diskquota,quota=9", "--config=rampart,whitelist=192.0.2.1"),
    ],
)
def test_a_plan_is_made_from_another(state: Path, words: tuple[str, ...]) -> None:
    assert _run(state, *words).exit_code == 0
    assert _run(state, "--list").output == "basic (default)\ngold\npro\n"
    assert _run(state, "--diff", "pro", "gold").output == (
        "-diskquota,quota=20000\n+diskquota,quota=9\n-rampart,whitelist=[]\n+rampart,whitelist=['192.0.2.1']\n"
    )


def test_a_bad_value_makes_no_plan(state: Path) -> None:
    result = _run(state, "--new", "gold", "-c", "diskquota,quota=lots")
    assert result.exit_code == 1
    assert result.output == "Error: diskquota,quota: `lots' is not a number from 0 or null\n"
    assert not (state / "plans").exists()


def test_a_plan_is_edited_shown_and_removed(state: Path) -> None:
    _run(state, "--new", "gold")
    assert _run(state, "--edit", "gold", "-c", "users,max=7").exit_code == 0
    assert "users:\n  version: 3.1\n  enabled: 1\n  max: 7\n" in _run(state, "gold").output
    assert _run(state, "--remove", "gold").output == "Plan `gold' removed\n"
    assert _run(state).output == "basic (default)\npro\n"


def test_the_default_plan_is_chosen_and_kept(state: Path) -> None:
    assert _run(state, "--default").output == "basic\n"
    with made_panel(Settings(state_dir=state)):
        pass
    assert _run(state, "--default", "pro").output == "Plan `pro' is the default plan\n"
    assert _run(state, "--default").output == "pro\n"
    assert _run(state, "--list").output == "basic\npro (default)\n"
    assert _run(state, "--diff", "basic").output.startswith("-bandwidth,threshold=50\n+bandwidth,threshold=500\n")


def test_an_unknown_plan_cannot_be_the_default(state: Path) -> None:
    result = _run(state, "--default", "gold")
    assert (result.exit_code, result.output) == (1, "Error: Unknown plan `gold'; plans are basic, pro\n")
    assert _run(state, "--default").output == "basic\n"


def test_verify_says_sound_or_fails_with_the_problems(state: Path) -> None:
    assert _run(state, "--verify", "pro").output == "Plan `pro' is sound\n"
    (state / "plans" / "broken").mkdir(parents=True)
    (state / "plans" / "broken" / "ssh").write_text("[DEFAULT]\njail = perhaps\n")
    result = _run(state, "broken", "--verify")
    assert (result.exit_code, result.output) == (1, "ssh,jail: `perhaps' is not 0 or 1\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--new",), "--new needs the name of a plan"),
        (("--new", "a1", "--edit", "a1"), "Give one of "),
        (("--new", "a1", "b1"), "Two names given: a1 and b1"),
        (("--edit", "pro"), "--edit needs values"),
        (("--edit", "pro", "-c", "quota=5"), "-c takes SERVICE,PARAM=VALUE, not `quota'"),
        (("--edit", "pro", "-c", "diskquota,quota"), "-c takes SERVICE,PARAM=VALUE, not `diskquota,quota'"),
        (("--remove", "pro", "-c", "users,max=5"), "--base goes with --new, and -c with --new or --edit"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(state: Path, words: tuple[str, ...], sentence: str) -> None:
    result = _run(state, *words)
    assert result.exit_code == 2
    assert sentence in result.output
    assert not state.exists()


def test_plans_live_where_the_settings_say(state: Path, tmp_path: Path) -> None:
    settings = Settings(state_dir=state, plans_dir=tmp_path / "mine")
    assert CliRunner().invoke(plan, ["--new", "gold"], obj=settings).exit_code == 0
    assert (tmp_path / "mine" / "gold").is_dir()
