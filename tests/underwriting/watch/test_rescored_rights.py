"""Rights scored again: by hand from the law of a right, and what each event does to them."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from builders import a_risk

from kernel.finding import Effect
from models.priors import load_priors
from models.recovery import AppraisalLaw
from models.recovery.frozen import figures_of
from models.right import Dispute, RightLife
from models.right import Standing as Decided
from models.right.frozen import book_of
from models.shelf import fit_named
from underwriting.fits import fits_in_force
from underwriting.pledge.forms import PledgedRight
from underwriting.watch.account import Account
from underwriting.watch.alert import Noted
from underwriting.watch.kinds import On
from underwriting.watch.loan_event import LoanClass
from underwriting.watch.npl import npl_finding, tolerance
from underwriting.watch.rescore import Figures, Score, loan_to_value, rescore
from underwriting.watch.right_state import RightState, state_of

ON, DUE = date(2025, 9, 10), date(2026, 3, 10)
FITS = fits_in_force("pledge_guarantee", ON)
PRIORS = load_priors()
BOOK = book_of(fit_named(FITS["right_life"].champion).parameters)
LAW = AppraisalLaw.of(figures_of(fit_named(FITS["recovery"].champion).parameters, PRIORS))
FIGURES = Figures(ON, DUE, PRIORS, BOOK, LAW)


def a_right(**changes: Any) -> PledgedRight:
    return a_risk(right=changes).rights[0]


def notes(*kinds: str) -> list[Noted]:
    return [
        Noted(
            seq=n, kind=kind, subject=On.RIGHT, name="CN X", happened_on=ON, noted_on=ON,
            deadline=None,
        )
        for n, kind in enumerate(kinds)
    ]  # fmt: skip


def scored(*kinds: str, **changes: Any) -> Score:
    right = a_right(**changes)
    (score,) = rescore([right], {right.number: state_of(right, notes(*kinds))}, FIGURES)
    return score


def test_a_challenged_right_is_scored_by_the_law_of_a_right() -> None:
    score = scored("invalidation_filed")
    right = score.right
    by_hand = RightLife.of(
        "invention", "CN",
        age_years=(ON - right.granted).days / 365,
        years_left=(right.expires - ON).days / 365,
        table=PRIORS, state="challenged", book=BOOK,
    ).survival((DUE - ON).days / 365)  # fmt: skip
    assert score.after == pytest.approx(by_hand, rel=1e-12)
    assert score.after < score.before < 1.0
    assert score.secured_after == pytest.approx(score.value * by_hand)


def test_an_unpaid_annuity_is_worse_than_a_paid_one() -> None:
    paid = {"fees_paid_until": "2026-02-28"}
    sound, missed = scored(**paid), scored("annuity_missed", **paid)
    assert missed.after < sound.after == sound.before
    assert scored("annuity_missed", "late_annuity_paid", **paid).after == sound.after


@pytest.mark.parametrize(
    ("kinds", "secured"),
    [
        (("lapsed",), False),
        (("lapsed", "restored"), True),
        (("invalidated_wholly",), False),
        (("invalidated_wholly", "restored"), False),
        (("pledge_struck_out",), False),
        (("pledge_struck_out", "pledge_entered_again"), True),
        (("second_pledge", "seized", "transfer_recorded"), True),
    ],
)
def test_what_is_gone_secures_nothing(kinds: tuple[str, ...], secured: bool) -> None:  # noqa: FBT001 - a table
    score = scored(*kinds)
    assert (score.after > 0) is (score.secured_after > 0) is secured


def test_a_part_that_is_lost_is_lost_once_for_each_decision() -> None:
    half = scored("invalidation_filed", "invalidated_partly")
    assert half.state.value == Fraction(1, 2)
    assert (half.state.dispute, half.state.standing) == (Dispute.QUIET, Decided.PARTLY_INVALID)
    assert scored("invalidated_partly", "value_fallen").state.value == Fraction(7, 20)
    upheld = scored("invalidation_filed", "invalidation_maintained").state
    assert (upheld.dispute, upheld.standing) == (Dispute.QUIET, Decided.UPHELD)


def test_without_news_nothing_moves() -> None:
    score = scored()
    assert score.before == score.after
    assert score.state == RightState.underwritten(score.right)
    pending = scored(invalidation_pending=True)
    assert pending.before == pending.after < score.before, "as it was underwritten"


def test_a_right_that_has_run_out_secures_nothing() -> None:
    score = scored(expires="2025-09-10")
    assert (score.before, score.after) == (0.0, 0.0)


def test_loan_to_value_says_so_where_nothing_secures() -> None:
    assert loan_to_value(300, Fraction(1, 2), 600.0) == 0.25
    assert loan_to_value(300, Fraction(1), 0.0) is None
    assert loan_to_value(0, Fraction(1), 0.0) == 0.0


def loans(*owed: tuple[int, str | None]) -> list[Account]:
    return [
        Account(disbursed=minor, loan_class=LoanClass(grade) if grade else None)
        for minor, grade in owed
    ]


@pytest.mark.parametrize(
    ("bad", "within", "code"),
    [
        (480, True, "npl-tolerated"),
        (481, False, "npl-above-tolerance"),
        (0, True, "npl-tolerated"),
    ],
)
def test_three_points_are_tolerated_the_last_included(bad: int, within: bool, code: str) -> None:  # noqa: FBT001 - a table
    found = tolerance(
        loans((bad, "substandard"), (9_000, "special_mention"), (1_000 - bad, None)),
        Fraction(18, 1000),
    )
    assert (found.owed, found.bad, found.limit) == (10_000, bad, Fraction(48, 1000))
    assert found.within is within
    assert found.room == 480 - bad
    finding = npl_finding(found)
    assert finding.code == code
    assert "34号" in finding.clause
    assert (finding.effect is Effect.REFER) is not within


def test_what_is_not_known_is_not_taken_for_nothing() -> None:
    nothing = tolerance([], Fraction(1, 100))
    assert (nothing.ratio, nothing.within, npl_finding(nothing).code) == (
        None,
        None,
        "npl-no-loans",
    )
    unstated = tolerance(loans((100, "loss"), (0, "loss")), None)
    assert (unstated.loans, unstated.within, unstated.room) == (1, None, None)
    assert npl_finding(unstated).code == "npl-own-not-stated"
    assert ON + timedelta(days=181) == DUE
