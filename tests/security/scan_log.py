"""Look for secrets in a log file: ``python tests/security/scan_log.py FILE``; exits with 1 when it finds one."""

from __future__ import annotations

import sys
from pathlib import Path

from apnscp.server.logs import redact


def findings(text: str) -> list[str]:
    """Return the lines that hold what a log must not: keys, session ids and passwords under a telling name."""
    return [line for line in text.splitlines() if redact(line) != line]


def main(path: str) -> int:
    """Print the number of each bad line, never the line itself, and return the exit code."""
    lines = Path(path).read_text("utf-8", "replace").splitlines()
    bad = [number for number, line in enumerate(lines, 1) if findings(line)]
    print("\n".join(f"{path}:{number}: holds a secret" for number in bad) or f"{path}: {len(lines)} lines, no secret")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
