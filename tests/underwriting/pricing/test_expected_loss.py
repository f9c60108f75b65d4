"""The expected loss against the closed form, and against the sharing of a real claim."""

from collections.abc import Sequence

import numpy as np
import pytest
from builders import a_scheme, scheme_text
from hypothesis import given
from hypothesis import strategies as st
from loss_by_branch import Branch
from loss_by_branch import expected_loss as plainly

from kernel.sharing import Facts, Loss, Recovery, Scheme, Standing, give_back, split
from models.borrower.curve import DefaultCurve
from underwriting.pricing.expected_loss import Curve, Default, MonthLoss, Sharing, Timing
from underwriting.pricing.lost import Shared, lost
from underwriting.schemes.library import read_scheme

CURVE = DefaultCurve.flat(0.03, 0.05)
FEN = 1.0


def default(owed: int, gross: int, costs: int) -> Default:
    """A default with principal owed, proceeds and costs."""
    return Default(Loss(owed, 0, 0, "CNY"), Recovery(gross, costs))


def defaults(*rows: tuple[int, int, int]) -> list[list[Branch]]:
    """(principal, proceeds, costs) of a default in each month, which falls out in one way."""
    return [[Branch(1.0, default(*row))] for row in rows]


def laid_out(
    scheme: Scheme, facts: Facts, party: str, rows: Sequence[Sequence[Branch]]
) -> tuple[Shared, list[list[float]]]:
    """The branches of each month as the house works them out: what is shared, and the chances."""
    share = Sharing(scheme, facts, party)
    each = [[share.of(branch.default) for branch in row] for row in rows]
    owed = [row[0].default.loss.total for row in rows]
    shared = Shared(owed, [one[0][0] for one in each], [[back for _, back in one] for one in each])
    return shared, [[branch.weight for branch in row] for row in rows]


def expected_loss(
    scheme: Scheme,
    facts: Facts,
    party: str,
    *,
    curve: Curve,
    timing: Timing,
    defaults: Sequence[Sequence[Branch]],
) -> tuple[MonthLoss, ...]:
    """By the house, and the same to the last bit by plain loops."""
    shared, chances = laid_out(scheme, facts, party, defaults)
    (found,) = lost([curve], [timing], [shared], np.array([chances]))
    months = found.months()
    assert months == plainly(scheme, facts, party, curve=curve, timing=timing, defaults=defaults)
    assert found.pure == sum(row.expected_loss for row in months)
    return months


def test_the_closed_form_by_hand() -> None:
    """Sum of PD x (v^claim x exposure - v^recovery x net proceeds) x share, share 80 %."""
    timing = Timing(to_claim_years=80 / 365, to_recovery_years=1.5, discount_rate=0.02)
    rows = expected_loss(
        a_scheme().scheme, Facts(), "insurer", curve=CURVE, timing=timing,
        defaults=defaults((100_000_00, 30_000_00, 5_000_00), (50_000_00, 30_000_00, 5_000_00)),
    )  # fmt: skip
    by_hand = 0.0
    for month, exposure in ((1, 100_000_00), (2, 50_000_00)):
        start, end = (month - 1) / 12, month / 12
        default = 2.718281828459045 ** (-0.03 * start) - 2.718281828459045 ** (-0.03 * end)
        at_claim, at_sale = 1.02 ** -(end + 80 / 365), 1.02 ** -(end + 1.5)
        by_hand += default * 0.8 * (at_claim * exposure - at_sale * 25_000_00)
    assert sum(row.expected_loss for row in rows) == pytest.approx(by_hand, rel=1e-9)
    assert [(row.month, row.paid, row.given_back, row.net) for row in rows] == [
        (1, 80_000_00, 20_000_00, 60_000_00),
        (2, 40_000_00, 20_000_00, 20_000_00),
    ]


@given(
    st.lists(st.tuples(st.integers(1, 10**11), st.integers(0, 10**11), st.integers(0, 10**9)),
             min_size=1, max_size=36),
    st.integers(0, 100),
    st.floats(0.001, 0.5),
)  # fmt: skip
def test_without_discount_it_is_pd_times_exposure_times_lgd_times_share(
    rows: list[tuple[int, int, int]], percent: int, hazard: float
) -> None:
    layers = f'[[layers]]\nshares = {{ insurer = "{percent}/100", bank = "{100 - percent}/100" }}'
    scheme = a_scheme(layers=layers).scheme
    curve, timing = DefaultCurve.flat(hazard, 0.05), Timing(0.2, 1.5, 0.0)
    months = expected_loss(
        scheme, Facts(), "insurer", curve=curve, timing=timing, defaults=defaults(*rows)
    )
    for month, (owed, gross, costs) in zip(months, rows, strict=True):
        net = min(owed, max(0, gross - costs))
        lgd = 1 - net / owed
        exact = month.default_probability * owed * lgd * percent / 100
        assert month.expected_loss == pytest.approx(exact, abs=3 * FEN, rel=1e-9)
    assert sum(month.default_probability for month in months) == pytest.approx(
        curve.default_between(0, len(rows) / 12), abs=1e-12
    )


def test_one_default_is_shared_once() -> None:
    """A bullet loan has one exposure: sharing it again for every month would be waste."""
    same = defaults(*[(10**8, 10**7, 0)] * 36)
    rows = expected_loss(
        a_scheme().scheme, Facts(), "insurer", curve=CURVE, timing=Timing(0, 1, 0), defaults=same
    )
    assert {(row.paid, row.given_back) for row in rows} == {(8 * 10**7, 8 * 10**6)}


def test_the_price_takes_back_what_a_claim_would_take_back() -> None:
    """The creditor shares a recovery for what nobody paid it, in the price as in a claim."""
    text = scheme_text(
        layers='[[layers]]\nshares = { fund = "50/100", insurer = "50/100" }',
        more='[[caps]]\nparty = "fund"\nper = "pool_balance"',
    )
    scheme = read_scheme(text, "test").scheme
    facts = Facts(balances={"fund": 0})
    loss, recovery = Loss(1000, 0, 0, "CNY"), Recovery(200, 0)
    shared = split(scheme, loss, facts)
    claim = give_back(scheme.recovery, Standing(shared.borne), recovery)
    (row,) = expected_loss(
        scheme, facts, "insurer", curve=CURVE, timing=Timing(0, 0, 0),
        defaults=[[Branch(1.0, Default(loss, recovery))]],
    )  # fmt: skip
    assert shared.uncovered == 500
    assert row.given_back == claim.parts["insurer"] == 100


def test_each_branch_is_shared_for_itself() -> None:
    """A recovery above the loss helps nobody: the mean of the branches would take too much."""
    dead, alive = default(1_000, 0, 0), default(1_000, 2_000, 0)
    timing, sharing = Timing(0, 0, 0), a_scheme().scheme
    (row,) = expected_loss(
        sharing, Facts(), "insurer", curve=CURVE, timing=timing,
        defaults=[[Branch(0.25, dead), Branch(0.75, alive)]],
    )  # fmt: skip
    (mean,) = expected_loss(
        sharing,
        Facts(),
        "insurer",
        curve=CURVE,
        timing=timing,
        defaults=defaults((1_000, 1_500, 0)),
    )
    assert (row.paid, row.given_back, mean.given_back) == (800, 600, 800)
    assert row.expected_loss == pytest.approx(row.default_probability * 200)


def test_branches_that_are_not_the_whole_are_impossible() -> None:
    with pytest.raises(AssertionError, match="branches"):
        expected_loss(
            a_scheme().scheme, Facts(), "insurer", curve=CURVE, timing=Timing(0, 0, 0),
            defaults=[[Branch(0.5, default(1_000, 0, 0))]],
        )  # fmt: skip


def test_discounting_is_per_year() -> None:
    assert Timing(0, 0, 0.05).discount(2.0) == pytest.approx(1 / 1.1025)


_AMOUNTS = st.integers(0, 10**12)


@st.composite
def _months(draw: st.DrawFn) -> list[list[Branch]]:
    """Months of a few branches each, as many in each month."""
    many, rows = draw(st.integers(1, 5)), []
    for _ in range(draw(st.integers(1, 14))):
        parts = draw(st.lists(st.integers(1, 1000), min_size=many, max_size=many))
        owed = draw(st.integers(1, 10**12))
        rows.append(
            [
                Branch(part / sum(parts), default(owed, draw(_AMOUNTS), draw(_AMOUNTS)))
                for part in parts
            ]
        )
    return rows


@given(_months(), st.lists(st.floats(0.001, 0.6), min_size=1, max_size=3), st.floats(0, 0.2))
def test_several_laws_at_once_give_what_each_gives_alone(
    rows: list[list[Branch]], hazards: list[float], rate: float
) -> None:
    """To the last bit, whole numbers and floats alike."""
    scheme, facts = a_scheme().scheme, Facts()
    shared, chances = laid_out(scheme, facts, "insurer", rows)
    curves = [DefaultCurve.flat(hazard, 0.05) for hazard in hazards]
    timings = [Timing(0.2 * place, 1.5, rate) for place in range(len(hazards))]
    together = lost(curves, timings, [shared] * len(curves), np.array([chances] * len(curves)))
    for curve, timing, found in zip(curves, timings, together, strict=True):
        alone = plainly(scheme, facts, "insurer", curve=curve, timing=timing, defaults=rows)
        assert found.months() == alone
