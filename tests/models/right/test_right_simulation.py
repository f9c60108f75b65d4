"""The equations against a walk of 200,000 rights, one event at a time, written on its own."""

from collections.abc import Mapping

import numpy as np
import pytest

from models.priors import load_priors
from models.right import RightLife

TABLE = load_priors()
PATHS = 200_000
MONTHS = (6.0, 24.0, 60.0, 96.0)

QUIET, ANSWERING, ASSERTED, CHALLENGED, INVALID, LAPSED, CANCELLED = range(7)
ALIVE_UNTIL = INVALID

Bands = tuple[tuple[float, float], ...]


def at_age(bands: Bands, age: np.ndarray) -> np.ndarray:
    """Step function: the last band that begins at or before this age."""
    value = np.zeros_like(age)
    for begins, level in bands:
        value = np.where(age >= begins - 1e-12, level, value)
    return value


class Simulated:
    """Event by event: exponential clocks, set anew whenever the age passes a cut."""

    def __init__(self, law: Mapping[str, object], start: int, age: float, seed: int) -> None:
        self.law, self.random = law, np.random.default_rng(seed)
        self.state = np.full(PATHS, start)
        self.age, self.born = np.full(PATHS, age), age
        self.part = np.zeros(PATHS, dtype=bool)
        self.upheld = np.zeros(PATHS, dtype=bool)
        self.challenges = np.zeros(PATHS)
        self.lived = np.zeros(PATHS)

    def run(self, until: float) -> None:
        """Carry every right to `until` years from today."""
        end = self.born + until
        while True:
            on = np.flatnonzero((self.state < ALIVE_UNTIL) & (self.age < end - 1e-12))
            if not on.size:
                return
            self._step(on, end)

    def _step(self, on: np.ndarray, end: float) -> None:
        table = self._rates(on)
        wait = self.random.exponential(1.0, on.size) / table.sum(axis=0)
        cut = self._next_cut(self.age[on], end)
        early = wait < cut - self.age[on]
        self.lived[on] += np.where(early, wait, cut - self.age[on])
        fees = self.law["fees"]
        self.age[on] = np.where(early, self.age[on] + wait, cut)
        for due, chance in fees:
            here = on[~early & (np.abs(self.age[on] - due) < 1e-12)]
            share = np.where(self.state[here] == QUIET, 1.0, 0.1)
            self.state[here[self.random.random(here.size) < chance * share]] = LAPSED
        picked = (self.random.random(on.size) * table.sum(axis=0) > table.cumsum(axis=0)).sum(
            axis=0
        )
        self._fire(on[early], picked[early])

    def _next_cut(self, age: np.ndarray, end: float) -> np.ndarray:
        cuts = sorted({begins for bands in self.law["bands"].values() for begins, _ in bands}
                      | {due for due, _ in self.law["fees"]} | {end})  # fmt: skip
        following = np.searchsorted(cuts, age + 1e-12, side="right")
        return np.minimum(np.array([*cuts, np.inf])[following], end)

    def _rates(self, on: np.ndarray) -> np.ndarray:
        state, age, law = self.state[on], self.age[on], self.law
        suits = at_age(law["bands"]["assert"], age)
        attack = np.where(state != CHALLENGED, law["background"], 0.0)
        answering, challenged = state == ANSWERING, state == CHALLENGED
        return np.stack([
            np.where(state == QUIET, suits, np.where(state == ASSERTED, 20.0 * suits, 0.0)),
            attack + answering * law["p"] / law["lag"],
            answering * (1.0 - law["p"]) / law["lag"],
            (state == ASSERTED) / (3.0 - law["lag"]),
            challenged * law["whole"] / law["pending"],
            challenged * law["part"] / law["pending"],
            challenged * (1.0 - law["whole"] - law["part"]) / law["pending"],
            at_age(law["bands"]["lapse"], age) * np.where(state == QUIET, 1.0, 0.1),
            at_age(law["bands"]["nonuse"], age),
        ])  # fmt: skip

    def _fire(self, rights: np.ndarray, event: np.ndarray) -> None:
        goes = np.array([ANSWERING, CHALLENGED, ASSERTED, QUIET, INVALID, ASSERTED, ASSERTED,
                         LAPSED, CANCELLED])  # fmt: skip
        self.state[rights] = goes[event]
        self.challenges[rights[event == 1]] += 1
        self.upheld[rights[event == 6]] = True
        self.part[rights[event == 5]] = True

    def figures(self) -> dict[str, np.ndarray]:
        alive = self.state < ALIVE_UNTIL
        return {
            "alive": alive,
            "fully_alive": alive & ~self.part,
            "partly_invalid": alive & self.part,
            "quiet": self.state == QUIET,
            "asserted": (self.state == ANSWERING) | (self.state == ASSERTED),
            "challenged": self.state == CHALLENGED,
            "untouched": alive & ~self.part & ~self.upheld,
            "wholly_invalid": self.state == INVALID,
            "lapsed": self.state == LAPSED,
            "cancelled": self.state == CANCELLED,
            "ever_partly_invalid": self.part,
            "challenges": self.challenges,
            "years_alive": self.lived,
        }


def first_suits(published: float, p: float, whole: float, bands: Bands, *, times: float) -> Bands:
    """Rate of a quiet right by age: the published one less its repeats, times what is known."""
    quiet = published / (1.0 + 19.0 * published * 2.55 * (1.0 - p * whole)) * times
    return tuple((age, quiet * value) for age, value in bands)


def invention() -> tuple[dict[str, object], RightLife, int, float]:
    """An essential patent of a non-practising owner, six and a half years old, asserted today."""
    p = 0.42 * (1.0 - 0.00006 / (0.0008 * 0.42))
    npe: Bands = ((0, 0.05), (3, 0.41), (6, 1.56), (9, 2.14), (12, 1.48))
    lapse: Bands = ((0, 0.035), (3, 0.055), (6, 0.06), (9, 0.065), (12, 0.07))
    mean = _mean(npe, lapse, 17.0)
    law = {
        "bands": {
            "assert": first_suits(
                0.0008, p, 0.253, tuple((a, v / mean) for a, v in npe), times=30.0
            ),
            "lapse": lapse,
            "nonuse": ((0, 0.0),),
        },
        "fees": (), "background": 0.00006, "p": p, "lag": 0.45,
        "whole": 0.253, "part": 0.149, "pending": 0.5,
    }  # fmt: skip
    life = RightLife.of(
        "invention", age_years=6.5, years_left=12.0, table=TABLE, state="asserted", owner="npe",
        factors={"standard_essential": True}, covenant="none",
    )  # fmt: skip
    return law, life, ANSWERING, 6.5


def mark() -> tuple[dict[str, object], RightLife, int, float]:
    """A mark of a year and a half with a request pending: non-use, and two renewals to come."""
    law = {
        "bands": {
            "assert": first_suits(0.001, 0.3, 0.75, ((0, 1.0),), times=1.0),
            "lapse": ((0, 0.001),),
            "nonuse": ((0, 0.0), (3, 0.0036 * 0.716)),
        },
        "fees": ((5.0, 0.6),), "background": 0.0012, "p": 0.3, "lag": 0.45,
        "whole": 0.75, "part": 0.05, "pending": 0.8,
    }  # fmt: skip
    life = RightLife.of(
        "trademark", age_years=1.5, years_left=3.5, table=TABLE, state="challenged",
        covenant="none",
    )  # fmt: skip
    return law, life, CHALLENGED, 1.5


def us_patent() -> tuple[dict[str, object], RightLife, int, float]:
    """A quiet American patent just before its first fee; suits as often as are allowed."""
    timing = ((0, 0.39), (1, 1.62), (2, 1.33), (3, 0.97), (6, 0.93), (9, 0.96), (12, 0.99))
    mean = _mean_paid(timing)
    law = {
        "bands": {
            "assert": first_suits(
                0.001, 0.12, 0.459, tuple((a, v / mean) for a, v in timing), times=30.0
            ),
            "lapse": ((0, 0.0),),
            "nonuse": ((0, 0.0),),
        },
        "fees": tuple(
            (age, 1.0 - np.exp(-4.0 * rate))
            for age, rate in ((4.0, 0.0436), (8.0, 0.0719), (12.0, 0.0628))
        ),
        "background": 0.000055, "p": 0.12, "lag": 0.45, "whole": 0.459, "part": 0.14,
        "pending": 1.5,
    }  # fmt: skip
    life = RightLife.of(
        "invention", "US", age_years=3.9, years_left=13.0, table=TABLE, covenant="none",
        factors={"npe_owned": True, "standard_essential": True},
    )  # fmt: skip
    return law, life, QUIET, 3.9


def _mean(bands: Bands, lapse: Bands, life: float) -> float:
    """Over the living, by small steps."""
    age = (np.arange(170_000) + 0.5) * life / 170_000
    alive = np.exp(-np.cumsum(at_age(lapse, age)) * life / 170_000)
    return float((alive * at_age(bands, age)).sum() / alive.sum())


def _mean_paid(bands: Bands) -> float:
    age = (np.arange(170_000) + 0.5) * 17.0 / 170_000
    paid = np.exp(-4.0 * (0.0436 * (age >= 4) + 0.0719 * (age >= 8) + 0.0628 * (age >= 12)))
    return float((paid * at_age(bands, age)).sum() / paid.sum())


@pytest.mark.parametrize("build", [invention, mark, us_patent])
def test_every_curve_is_that_of_a_walk_of_many_rights(build: object) -> None:
    """Within four standard errors, at four times, for thirteen figures."""
    law, life, start, age = build()
    rights = Simulated(law, start, age, seed=20_261)
    curves = life.curve(MONTHS)
    for k, month in enumerate(MONTHS):
        rights.run(month / 12.0)
        for name, drawn in rights.figures().items():
            exact = float(getattr(curves, name)[k])
            spread = max(float(np.std(drawn)), (max(exact, 1e-9) * PATHS) ** 0.5 / PATHS)
            room = 4.0 * max(spread / PATHS**0.5, 1.0 / PATHS)
            assert abs(float(np.mean(drawn)) - exact) < room, (name, month)


def test_the_walk_has_the_power_to_find_a_wrong_rate() -> None:
    """A challenge that takes a tenth less than stated is seen."""
    law, life, start, age = invention()
    rights = Simulated({**law, "whole": 0.9 * law["whole"]}, start, age, seed=7)
    rights.run(5.0)
    drawn = rights.figures()["wholly_invalid"]
    exact = float(life.curve([60.0]).wholly_invalid[0])
    assert abs(float(np.mean(drawn)) - exact) > 4.0 * float(np.std(drawn)) / PATHS**0.5
