"""What a wrong key or name costs does not tell how much of it was right.

Time itself depends on the machine; what is compared is the work: how many calls Python makes on the way.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

import pytest

from apnscp.core.errors import NotAuthenticated
from apnscp.opcenter.store.transactions import View
from apnscp.server.authentication import Credentials
from apnscp.server.testing import EmulatedPanel
from tests.growth import steps
from tests.pages import send


def test_a_key_with_a_right_beginning_takes_as_many_steps_as_a_random_one(panel: EmulatedPanel) -> None:
    key = panel.call("auth:create-api-key")
    with View(panel.app.panel.engine) as view:

        def refused(given: str) -> Callable[[], None]:
            def work() -> None:
                with pytest.raises(NotAuthenticated):
                    panel.app.authenticator.identify(Credentials(given, None, "127.0.0.1"), view)

            return work

        steps(refused("00"))
        near = min(steps(refused(key[:60] + secrets.token_hex(2))) for _ in range(20))
        far = min(steps(refused(secrets.token_hex(32))) for _ in range(20))
    assert near == far


def test_an_unknown_user_takes_as_much_work_to_refuse_as_a_wrong_password(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": "correct horse"})

    def refused(user: str) -> Callable[[], None]:
        def work() -> None:
            assert send(panel, "/login", {"user": user, "password": "wrong"}).status == 401

        return work

    steps(refused("alice@a.com"))
    known, *unknown = (steps(refused(name)) for name in ("alice@a.com", "nobody@a.com", "nobody@nowhere.test"))
    assert all(0.9 < other / known < 1.1 for other in unknown)


def test_the_measure_notices_a_difference() -> None:
    assert steps(lambda: [len("a") for _ in range(3)]) > steps(lambda: [len("a") for _ in range(2)])
