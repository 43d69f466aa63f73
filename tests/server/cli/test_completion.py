"""``apnscpd completion``, as the shells use it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

APNSCPD = str(Path(sys.executable).with_name("apnscpd"))
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


def completed(line: str) -> list[str]:
    """Return what bash offers at the end of a line."""
    words = line.split(" ")
    script = (
        'before=$COMP_WORDBREAKS; eval "$(apnscpd completion bash)"; [ "$before" = "$COMP_WORDBREAKS" ] || echo changed; '
        f"COMP_WORDS=({' '.join(word or repr('') for word in words)}); COMP_CWORD={len(words) - 1}; "
        '_apnscpd_completion apnscpd; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "-c", script], capture_output=True, text=True, timeout=60, env={"PATH": PATH, "HOME": "/"}, check=True
    )
    return done.stdout.split()


def test_bash_completes_commands_options_and_methods() -> None:
    assert completed("apnscpd se") == ["seed", "serve"]
    assert completed("apnscpd ready --w") == ["--wait"]
    assert completed("apnscpd --state-dir /x calls --method admin_coll") == ["admin_collect"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_takes_its_script(shell: str, need: Callable[[str], str], tmp_path: Path) -> None:
    done = subprocess.run([APNSCPD, "completion", shell], capture_output=True, text=True, timeout=60, check=True)
    assert "_APNSCPD_COMPLETE" in done.stdout
    script = tmp_path / "script"
    script.write_text(done.stdout)
    subprocess.run([need(shell), "-n", str(script)], check=True, timeout=60)
