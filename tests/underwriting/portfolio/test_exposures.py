"""What is held is frozen whole and read back the same."""

import json
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from insurer import FAMILY, OBLIGOR, a_means

from kernel.canonical import canonical_json
from underwriting.portfolio.exposures import NOTHING, Exposures, Held, Written
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.means import RATIOS

_MINOR = st.integers(0, 10**15)
_KEYS = st.builds(Key, st.sampled_from(Dimension), st.text(min_size=1, max_size=12))
_CODES = st.sampled_from(["pledge_guarantee", "infringement_loss"])
_HELD = st.builds(
    Held, _MINOR, st.integers(0, 99), st.none() | st.dictionaries(_CODES, _MINOR, max_size=2)
)
_MEANS = st.builds(
    lambda day, minor, ratio: a_means(as_of=day, net_assets=minor, **dict.fromkeys(RATIOS, ratio)),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    _MINOR,
    st.fractions(0, 19, max_denominator=10**6),
)
_EXPOSURES = st.builds(
    Exposures,
    st.sampled_from(["CNY", "USD"]),
    st.dictionaries(_KEYS, _HELD, max_size=4),
    st.none() | _MEANS,
    st.dictionaries(_CODES, st.builds(Written, st.integers(), _MINOR), max_size=2),
    st.dictionaries(_KEYS, st.dictionaries(st.sampled_from(["EUR", "JPY"]), _MINOR), max_size=2),
)


@given(_EXPOSURES)
def test_frozen_exposures_come_back_as_they_were(exposures: Exposures) -> None:
    text = canonical_json(exposures.json())
    again = Exposures.of(json.loads(text))
    assert again == exposures
    assert canonical_json(again.json()) == text


def test_the_order_in_which_keys_were_asked_leaves_no_trace() -> None:
    one, two = {OBLIGOR: Held(1, 1), FAMILY: Held(2, 1)}, {FAMILY: Held(2, 1), OBLIGOR: Held(1, 1)}
    assert canonical_json(Exposures("CNY", one).json()) == canonical_json(
        Exposures("CNY", two).json()
    )


def test_a_house_that_holds_nothing_has_stated_nothing() -> None:
    empty = Exposures.nothing("USD")
    assert empty.means is None
    assert empty.at(OBLIGOR) == NOTHING == Held(0, 0)


def test_what_is_kept_is_counted_by_product() -> None:
    both = Held(900, 3, {"pledge_guarantee": 500, "infringement_loss": 40})
    assert both.kept_of({"pledge_guarantee"}) == 500
    assert both.kept_of({"pledge_guarantee", "infringement_loss", "customs_guarantee"}) == 540
    assert Held(900, 3).kept_of({"pledge_guarantee"}) == 900, "nothing is said to be ceded"


def test_ratios_are_frozen_exactly() -> None:
    third = a_means(core_solvency=Fraction(4, 3))
    assert third.json()["core_solvency"] == "4/3"
    assert third.json()["net_assets"] == third.net_assets
