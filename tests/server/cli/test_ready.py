"""The line by which scripts start a panel, as the shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

LINE = """
apnscpd serve --ephemeral --port 0 --tls-port 0 >/dev/null &
apnscpd ready --wait 60 && eval "$(apnscpd env)" && cpcmd common:whoami
kill -9 $!; wait $! 2>/dev/null
"""


def test_a_panel_that_is_ready_can_be_called_ten_times_out_of_ten(tmp_path: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environ = {"HOME": str(tmp_path), "PATH": path, "LC_ALL": "C.UTF-8"}
    for _ in range(10):
        done = subprocess.run(
            ["bash", "-c", LINE], capture_output=True, text=True, timeout=120, env=environ, check=False
        )
        assert done.stdout == "admin\n", done.stderr
