"""How long a wrong key takes does not tell how much of it was right."""

from __future__ import annotations

import secrets
import statistics
from time import perf_counter
from urllib.parse import urlencode

import pytest

from apnscp.core.errors import NotAuthenticated
from apnscp.opcenter.store.transactions import reading
from apnscp.server.authentication import Credentials
from apnscp.server.testing import EmulatedPanel

SAMPLES = 1_500
BOUND = 0.1
"""How far the chance that one kind takes longer than the other may be from one half; pure chance stays below 0.06."""


def test_a_key_with_a_right_beginning_takes_as_long_as_a_random_one(panel: EmulatedPanel) -> None:
    key = panel.call("auth:create-api-key")
    near, far = [], []
    with reading(panel.app.panel.engine) as db:

        def seconds(given: str) -> float:
            begun = perf_counter()
            with pytest.raises(NotAuthenticated):
                panel.app.gate.identify(Credentials(given, None, "127.0.0.1"), db)
            return perf_counter() - begun

        for _ in range(SAMPLES):
            near.append(seconds(key[:60] + secrets.token_hex(2)))
            far.append(seconds(secrets.token_hex(32)))
    assert abs(chance_of_longer(near, far) - 0.5) < BOUND


def test_an_unknown_user_takes_as_long_to_refuse_as_a_wrong_password(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": "correct horse"})

    def seconds(user: str) -> float:
        form = urlencode({"user": user, "password": "wrong"}).encode()
        begun = perf_counter()
        reply = panel.request("POST", "/login", form, content_type="application/x-www-form-urlencoded")
        assert reply.status == 401
        return perf_counter() - begun

    names = ("alice@a.com", "nobody@a.com", "nobody@nowhere.test")
    times: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(25):
        for name in names:
            times[name].append(seconds(name))
    known, *unknown = (statistics.median(times[name]) for name in names)
    assert all(0.5 < other / known < 2 for other in unknown)


def test_the_measure_notices_a_difference() -> None:
    assert chance_of_longer([2.0, 3.0, 4.0], [1.0, 1.5, 1.8]) == 1.0
    assert chance_of_longer([1.0, 1.0], [1.0, 1.0]) == 0.5


def chance_of_longer(left: list[float], right: list[float]) -> float:
    """Return how likely a value of `left` is above one of `right` (Mann and Whitney's U, ties count half)."""
    ranked = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    wins = below = 0.0
    index = 0
    while index < len(ranked):
        end = index
        while end < len(ranked) and ranked[end][0] == ranked[index][0]:
            end += 1
        rights = sum(kind for _, kind in ranked[index:end])
        wins += (end - index - rights) * (below + rights / 2)
        below += rights
        index = end
    return wins / (len(left) * len(right))
