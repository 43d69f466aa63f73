"""Every session of the README runs, against the demo panel that the commands find by themselves."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("served-readme")

NOT_RUN = {
    "make serve": "serves until stopped; tests/docs/test_first_minutes.py starts it and calls it",
    'eval "$(make -s env)"': "it installs; tests/docs/test_first_minutes.py runs it in a checkout that is installed",
    "pip install /path/to/apnscp-emulator": "it installs; tests/packaging/test_wheel.py builds the wheel and uses it",
}


def test_sessions_of_the_readme_print_what_it_says(document: Any, served_demo: Any) -> None:
    document("README.md").run(served_demo)


def test_sessions_that_do_not_run_are_these_alone(document: Any) -> None:
    assert document("README.md").not_run == NOT_RUN
