"""What a measurement found: figures by name, and why some are missing."""

from __future__ import annotations


class Found(dict[str, float]):
    """Figures by name, in the order in which they are shown; `missing` says why a figure is not there."""

    def __init__(self, figures: dict[str, float] | None = None) -> None:
        """Begin with these figures."""
        super().__init__(figures or {})
        self.missing: dict[str, str] = {}

    def print(self) -> None:
        """Print one line for each figure, for a measurement that is run by itself."""
        for name, value in self.items():
            print(f"{name:36} {value:12.2f}")
        for name, reason in self.missing.items():
            print(f"{name:36} {'missing':>12}   {reason}")
