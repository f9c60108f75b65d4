"""From the published figures to the rates of the states."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from models.right.factors import Effect
from models.right.states import FloatArray

Figures = Mapping[str, float] | Mapping[str, FloatArray]
"""Name of a figure -> its mean, or draws of shape [n_draws]."""

MOST_LIKELY: Final = 0.95
"""A challenge is never surer than this, whatever multiplies."""


def follows_assertion(means: Mapping[str, float]) -> float:
    """Share of the requests that follow an assertion, where the figure counts all requests.

    `p_challenge_given_assert` is requests over asserted rights, and so counts the requests
    against rights that nobody asserted too: share = 1 - background / (assert p). For inventions
    in China 82 %; in the US 83 % of the challenged patents had been asserted.

    >>> figures = {"assert": 0.0008, "p_challenge_given_assert": 0.42, "background_challenge": 6e-5}
    >>> round(follows_assertion(figures), 2)
    0.82
    """
    chance = means.get("p_challenge_given_assert")
    if chance is None:
        return 1.0
    return max(0.0, 1.0 - means["background_challenge"] / (means["assert"] * chance))


def base_rates(
    figures: Figures, effect: Effect, *, follows: float, lapse_share: float
) -> FloatArray:
    """Return the rates per year in the order of `states.RATES`, shape [..., n_rates].

    With p the chance that a challenge answers an assertion, lag the mean time to it, and T the
    years for which a right counts as asserted:

        answered = p / lag, unanswered = (1 - p) / lag, calm = 1 / (T - lag)

    so that a challenge comes with chance p after a mean of `lag`, both as published. A right
    asserted before is sued on again `new_suit_multiple` times as often; the published assertion
    rate is of all rights, and that of quiet ones is lower by what the repeats make up.
    """
    chance = _after_assertion(figures) * follows * effect.challenge
    chance = np.minimum(chance, MOST_LIKELY)
    whole, part = _outcomes(figures, effect.invalid_odds)
    lag, calm = figures["challenge_lag_years"], figures["asserted_years"]
    lasting = (calm - lag) * (1.0 - chance * whole)
    repeats = (figures["new_suit_multiple"] - 1.0) * figures["assert"] * lasting
    first = figures["assert"] * effect.litigation / (1.0 + repeats)
    decided = 1.0 / figures["pendency_years"]
    lapse = figures.get("lapse", 0.0) * lapse_share
    rates = (
        first,
        figures["new_suit_multiple"] * first,
        figures["background_challenge"] * effect.challenge,
        _opposition(figures) * effect.opposition,
        lapse,
        lapse * figures["dispute_lapse_multiple"],
        figures.get("nonuse_cancel_request_ge3y", 0.0) * figures.get("p_cancel_nonuse", 0.0),
        chance / lag,
        (1.0 - chance) / lag,
        1.0 / (calm - lag),
        whole * decided,
        part * decided,
        (1.0 - whole - part) * decided,
    )
    return np.stack(np.broadcast_arrays(*rates), axis=-1)


def _after_assertion(figures: Figures) -> FloatArray:
    names = ("p_challenge_given_assert", "p_ipr_given_assert", "p_challenge_after_assert")
    return np.asarray(next(figures[name] for name in names if name in figures))


def _outcomes(figures: Figures, odds: float) -> tuple[FloatArray, FloatArray]:
    """Chance of the whole and of a part, the odds of either moved and their split kept."""
    whole, part = np.asarray(figures["p_full"]), np.asarray(figures["p_part"])
    either = np.minimum(whole + part, 0.98)
    moved = either * odds / (1.0 - either + either * odds)
    share = whole / (whole + part)
    return moved * share, moved * (1.0 - share)


def _opposition(figures: Figures) -> FloatArray:
    """Oppositions per year inside their window: -ln(1 - p) / window."""
    if "p_opposed_once" not in figures:
        return np.zeros(())
    opposed = np.asarray(figures["p_opposed_once"])
    rate: FloatArray = -np.log1p(-opposed) / figures["opposition_window_years"]
    return rate
