"""What is wrong with a file of surrogates."""

from __future__ import annotations

from pathlib import Path


class SurrogateError(Exception):
    """Surrogates cannot be used; the text is one line that names the file, the line in it, the reason and the way out."""

    def __init__(self, path: Path | str, line: int, text: str) -> None:
        """Keep where it is and what is wrong there.

        line: 0 for what is wrong with the file or folder as a whole
        """
        super().__init__(f"{path}:{line}: {text}" if line else f"{path}: {text}")
