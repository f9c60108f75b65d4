"""The forward equations against closed forms and against another library's matrix exponential."""

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from models.right.kolmogorov import Piece, advance, walk
from models.right.states import (
    BASIS,
    CANCELLED,
    CHALLENGES,
    LAPSED,
    LIVING,
    RATES,
    SIZE,
    WHOLLY_INVALID,
    YEARS,
    FloatArray,
    generator,
    place,
)

QUIET = np.eye(SIZE)[place(0, 0)]
SOME = {
    "assertion": 0.3, "new_suit": 0.8, "background": 0.05, "opposition": 0.02, "lapse": 0.1,
    "lapse_disputed": 0.03, "nonuse": 0.04, "answered": 0.9, "unanswered": 1.3, "calm": 0.4,
    "wholly": 0.5, "partly": 0.3, "upheld": 1.2,
}  # fmt: skip


def rates(**chosen: float) -> FloatArray:
    return np.array([chosen.get(name, 0.0) for name in RATES])


def probabilities(states: FloatArray) -> FloatArray:
    return states[..., : LIVING + 3]


def test_a_constant_lapse_is_exponential() -> None:
    found = walk(QUIET, [Piece(30.0, rates(lapse=0.05))], [1.0, 10.0, 30.0])
    expected = np.exp(-0.05 * found.years)
    np.testing.assert_allclose(found.states[:, :LIVING].sum(axis=1), expected, rtol=1e-13)
    np.testing.assert_allclose(found.states[:, LAPSED], 1.0 - expected, atol=1e-15)
    np.testing.assert_allclose(found.states[:, YEARS], (1.0 - expected) / 0.05, rtol=1e-12)


def test_two_ends_compete_as_exponentials_do() -> None:
    """F_k(t) = rate_k / rate (1 - exp(-rate t)): neither is one less its own survival."""
    found = advance(QUIET, generator(rates(lapse=0.2, nonuse=0.3)), np.array([2.0]))[0]
    both = 1.0 - exp(-1.0)
    assert found[LAPSED] == pytest.approx(0.4 * both, rel=1e-13)
    assert found[CANCELLED] == pytest.approx(0.6 * both, rel=1e-13)
    assert found[LAPSED] < 1.0 - exp(-0.4)


def test_a_chain_of_equal_rates_is_erlang() -> None:
    """Assertion, answer, whole invalidation at rate 2 each: Erlang(3, 2)."""
    chain = rates(assertion=2.0, answered=2.0, wholly=2.0)
    for years in (0.25, 1.0, 4.0, 20.0):
        x = 2.0 * years
        erlang = 1.0 - exp(-x) * (1.0 + x + x * x / 2.0)
        found = advance(QUIET, generator(chain), np.array([years]))[0]
        assert found[WHOLLY_INVALID] == pytest.approx(erlang, rel=1e-12, abs=1e-16)


def test_the_matrix_exponential_of_another_library_agrees() -> None:
    q = generator(rates(**SOME))
    for years in (0.01, 0.7, 3.0, 12.0, 60.0):
        found = advance(QUIET, q, np.array([years]))[0]
        np.testing.assert_allclose(found, QUIET @ expm(q * years), rtol=1e-10, atol=1e-14)


def test_kept_powers_and_fresh_ones_agree() -> None:
    """One right goes by kept powers, draws go step by step."""
    marks = [0.1, 1.0, 5.0, 9.9]
    plan = [
        Piece(4.0, rates(**SOME), np.linspace(0.1, 0.3, LIVING)),
        Piece(40.0, 0.5 * rates(**SOME)),
    ]
    drawn = [Piece(p.until, np.stack([p.rates] * 3), p.lapse_at_end) for p in plan]
    one, many = walk(QUIET, plan, marks), walk(np.stack([QUIET] * 3), drawn, marks)
    assert many.states.shape == (3, *one.states.shape)
    for draw in many.states:
        np.testing.assert_allclose(draw, one.states, rtol=1e-12, atol=1e-15)


def test_a_fee_takes_its_share_at_once() -> None:
    found = walk(
        QUIET, [Piece(4.0, rates(), np.full(LIVING, 0.16)), Piece(5.0, rates(lapse=0.1))], [4.5]
    )
    assert found.years.tolist() == [0.0, 4.0, 4.0, 4.5, 5.0]
    alive = found.states[:, :LIVING].sum(axis=1)
    np.testing.assert_allclose(alive, [1, 1, 0.84, 0.84 * exp(-0.05), 0.84 * exp(-0.1)])


@pytest.mark.parametrize("matrix", BASIS[:-1], ids=RATES)
def test_every_move_keeps_the_whole(matrix: FloatArray) -> None:
    """What leaves a living state arrives in a living state or an end; counters only count."""
    assert np.all(matrix[:, : LIVING + 3].sum(axis=1) == 0)
    off = matrix - np.diag(np.diag(matrix))
    assert np.all(off >= 0)
    assert not matrix[LIVING:].any(), "an end has no way out"


def test_counters_count_what_flows() -> None:
    """Challenges begun less those decided are those pending."""
    found = advance(QUIET, generator(rates(background=0.3, upheld=2.0)), np.array([5.0]))[0]
    pending = found[place(0, 3)] + found[place(1, 3)] + found[place(2, 3)]
    fine = np.linspace(0.0, 5.0, 20_001)[1:]
    along = advance(QUIET, generator(rates(background=0.3, upheld=2.0)), fine)
    decided = 2.0 * np.trapezoid(
        np.insert(along[:, [place(s, 3) for s in range(3)]].sum(axis=1), 0, 0.0),
        np.insert(fine, 0, 0.0),
    )
    assert found[CHALLENGES] == pytest.approx(pending + decided, rel=1e-7)


@given(
    st.lists(st.floats(0.0, 40.0), min_size=len(RATES), max_size=len(RATES)),
    st.floats(1e-6, 50.0),
)
def test_chances_stay_chances_whatever_the_rates(drawn: list[float], years: float) -> None:
    marks = np.array([years * k / 7.0 for k in range(1, 8)])
    found = advance(QUIET, generator(np.array(drawn)), marks)
    assert found.shape == (7, SIZE)
    assert found.min() >= 0.0
    np.testing.assert_allclose(probabilities(found).sum(axis=1), 1.0, atol=1e-12)
    assert np.all(np.diff(found[:, LIVING:], axis=0) >= -1e-12), "an incidence does not fall"
