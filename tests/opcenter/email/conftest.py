"""Fixtures: the panel with two accounts that the tests of modules have."""

from __future__ import annotations

from tests.modules.conftest import each_two, two

__all__ = ["each_two", "two"]
