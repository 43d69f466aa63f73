"""What the state machines of accounts share: a model that can refuse, and how long they run."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from apnscp.server.testing import EmulatedPanel

FUZZ = int(os.environ.get("APNSCP_FUZZ", "0"))
"""How many examples `make fuzz` asks for, with fresh random numbers each time; 0 in the suite."""


class Impossible(Exception):
    """The model says that the panel refuses the call."""


def need(condition: bool) -> None:
    """Let the model refuse unless the condition holds."""
    if not condition:
        raise Impossible


def run(machine: type[RuleBasedStateMachine], panel: EmulatedPanel, *, examples: int, steps: int) -> None:
    """Run a state machine against a panel: so many examples of so many steps in the suite, more where FUZZ asks for more."""
    run_state_machine_as_test(
        type(f"{machine.__name__}OfThisPanel", (machine,), {"panel": panel}),
        settings=settings(
            max_examples=FUZZ or examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=not FUZZ,
            suppress_health_check=list(HealthCheck),
        ),
    )
