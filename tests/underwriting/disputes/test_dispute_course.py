"""How suits end and what they cost: chances that are whole, moved by a house's own counts."""

from dataclasses import replace
from datetime import date

import pytest

from kernel.errors import Invalid
from models.priors import PriorTable, load_priors
from underwriting.disputes import Court, Figures, Outcome, course_of, whole_cost
from underwriting.disputes.rows import key_of

PRIORS = load_priors()


@pytest.mark.parametrize("court", list(Court))
def test_a_suit_ends_in_some_way(figures: Figures, court: Court) -> None:
    course = course_of(figures, court, PRIORS)
    assert sum(end.chance for end in course.ends) == pytest.approx(1.0)
    assert sum(course.chance(outcome) for outcome in Outcome) == pytest.approx(1.0)
    assert 0 < course.mean_cost < 1
    assert {stage.name for stage in figures.stages(court)} == {end.stage for end in course.ends}


def test_chinese_suits_by_hand(figures: Figures) -> None:
    """69 % settled or withdrawn; of the others four in five won; 17 : 14 by instance."""
    course = course_of(figures, Court.CN, PRIORS)
    assert course.chance(Outcome.SETTLED) == pytest.approx(0.69)
    assert course.chance(Outcome.WON) == pytest.approx(0.31 * 0.8)
    assert course.mean_cost == pytest.approx(0.69 * 0.35 + 0.17 * 0.65 + 0.14 * 1.0)
    first = next(e for e in course.ends if (e.stage, e.outcome) == ("first_instance", "won"))
    assert first.chance == pytest.approx(0.17 * 0.8)


def test_american_suits_end_as_they_were_counted(figures: Figures) -> None:
    """49, 46 and 5 % by stage; a third of the decided are won; no prior says who settles."""
    course = course_of(figures, Court.US, PRIORS)
    assert course.chance(Outcome.SETTLED) == pytest.approx(0.95)
    assert course.chance(Outcome.WON) == pytest.approx(0.05 * 0.33)
    assert course.mean_cost == pytest.approx(0.5 * 0.05 + 0.45 * 0.5 + 0.05)
    assert [prior.key for prior in course.priors] == ["p_plaintiff_win_decided/patent/US"]


def test_a_court_without_a_count_of_wins_takes_it_from_memory(figures: Figures) -> None:
    course = course_of(figures, Court.DE, PRIORS)
    assert course.priors == ()
    assert "rate/plaintiff_wins/DE" in {key_of(row) for row in course.rows}
    assert course.chance(Outcome.WON) == pytest.approx(0.4 * 0.6)


def test_own_counts_move_the_chances(figures: Figures) -> None:
    key = "p_settle_or_withdraw/ip/CN"
    own = PriorTable("own", {**PRIORS.rows, key: replace(PRIORS.rows[key], value=0.5)})
    course = course_of(figures, Court.CN, own)
    assert course.chance(Outcome.SETTLED) == pytest.approx(0.5)
    assert course.mean_cost > course_of(figures, Court.CN, PRIORS).mean_cost


@pytest.mark.parametrize(
    ("at_risk_usd", "median"), [(9e5, 6e5), (1e6, 6e5), (1.1e6, 2e6), (2e7, 3.1e6), (9e7, 5e6)]
)
def test_american_cost_follows_the_amount_at_risk(open_in, at_risk_usd, median) -> None:  # noqa: ANN001 - a fixture
    """AIPLA 2015, by bands of the amount at risk; the upper end belongs to its band."""
    dollars = open_in("USD")
    cost = whole_cost(dollars, Court.US, "invention", at_risk=at_risk_usd * 100)
    trend = 1.02 ** ((dollars.on - date(2015, 7, 1)).days / 365.25)
    assert float(cost.law.quantile(0.5)) == pytest.approx(median * trend * 100)


def test_the_amount_at_risk_is_read_in_the_policy_s_currency(open_in) -> None:  # noqa: ANN001 - a fixture
    yuan, dollars = open_in("CNY"), open_in("USD")
    same = [
        whole_cost(one, Court.US, "invention", at_risk=amount)
        for one, amount in ((yuan, 7.2 * 5e6 * 100), (dollars, 5e6 * 100))
    ]
    assert same[0].law.mean() == pytest.approx(7.2 * same[1].law.mean())


def test_the_holder_s_own_cost_goes_before_that_of_any_side(figures: Figures) -> None:
    own = whole_cost(figures, Court.CN, "design", at_risk=1e8)
    assert key_of(own.rows[0]) == "severity/infringement_loss/CN/*/enforcement_cost"
    defence = whole_cost(figures, Court.CN, "design", at_risk=1e8, product="infringement_liability")
    assert key_of(defence.rows[0]) == "severity/*/CN/*/defence_cost"
    german = whole_cost(figures, Court.DE, "invention", at_risk=1e8)
    assert key_of(german.rows[0]) == "severity/*/DE/*/defence_cost"


def test_a_chance_that_nobody_states_is_refused(figures: Figures) -> None:
    table = figures.disputes.table
    bare = replace(figures, disputes=replace(figures.disputes, table=replace(table, rates={})))
    with pytest.raises(Invalid, match="no published figure in KR"):
        course_of(bare, Court.KR, PRIORS)
