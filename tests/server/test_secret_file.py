"""The secret of a panel: where it is kept, and what is said when it is gone or damaged."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from apnscp.server import secret_file
from apnscp.server.settings import Settings, SetupError


def test_it_is_made_on_first_use_for_its_owner_alone_and_kept(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path)
    digest = secret_file.load(settings).digest("a key")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert len((tmp_path / "secret").read_text()) == 64
    assert secret_file.load(settings).digest("a key") == digest
    assert secret_file.require(settings).digest("a key") == digest


def test_one_that_is_given_comes_first_and_makes_no_file(tmp_path: Path) -> None:
    settings = Settings(state_dir=tmp_path, secret="a word")
    assert secret_file.load(settings).digest("a key") == secret_file.require(settings).digest("a key")
    assert not (tmp_path / "secret").exists()


def test_one_that_an_operator_wrote_may_end_in_a_line_break(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("0123456789abcdef0123456789abcdef\n")
    assert secret_file.load(Settings(state_dir=tmp_path)).digest("a key")


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"abcdef", b"no hexadecimal digits at all, though long enough", b"\xff" * 64]
)
def test_a_file_without_a_secret_is_one_sentence_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)
    for read in (secret_file.load, secret_file.require):
        with pytest.raises(SetupError) as caught:
            read(Settings(state_dir=tmp_path))
        assert str(caught.value).startswith(f"{tmp_path}/secret holds no secret (32 hexadecimal digits or more); ")
        assert "bring it back from a backup" in str(caught.value)
        assert "`apnscpd serve --new-secret' makes another" in str(caught.value)
    assert (tmp_path / "secret").read_bytes() == content


def test_one_that_must_be_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="/secret, is missing; bring it back"):
        secret_file.require(Settings(state_dir=tmp_path))
    assert not list(tmp_path.iterdir())
