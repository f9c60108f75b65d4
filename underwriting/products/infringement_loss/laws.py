"""The laws of one matter: what it costs, what was lost, what is won, and how it may end."""

from dataclasses import dataclass, replace
from math import inf
from typing import NamedTuple

from models.priors import Prior, PriorTable
from models.severity.laws import Law
from models.severity.published import cost_ceiling
from underwriting.disputes import Court, End, Figures, course_of, whole_cost
from underwriting.disputes.figures import DisputeLaw
from underwriting.disputes.rows import Row

LOSS, LIABILITY = "infringement_loss", "infringement_liability"


@dataclass(frozen=True, slots=True)
class MatterLaws:
    """What one matter is drawn from; amounts in minor units.

    Attributes:
        ends: of a suit, with the part of the whole cost that each has used.
        cost: the insured's own cost of a suit that runs to its end, investigation included.
        adverse: cost of the other side that falls on a plaintiff who loses at the end.
        profit: lost by the infringement.
        award: collected of a suit that is won.
        settlement: received where a matter is settled with a benefit.
        investigation: part of the whole cost that comes before the filing, per 1.
        in_money: of matters settled or withdrawn, those that bring money, per 1.
        in_kind: those that bring a licence or goods, per 1.
        in_court: part of the filings that are suits; the others are administrative, per 1.
        administrative: cost of an administrative case over that of a suit, per 1.
        adverse_ceiling: most that the loser bears of the other side's cost; infinite for none.
    """

    ends: tuple[End, ...]
    cost: Law
    adverse: Law
    profit: Law
    award: Law
    settlement: Law
    investigation: float
    in_money: float
    in_kind: float
    in_court: float = 1.0
    administrative: float = 1.0
    adverse_ceiling: float = inf


class Stated(NamedTuple):
    """The laws with what they rest on."""

    laws: MatterLaws
    priors: tuple[Prior, ...]
    rows: tuple[Row, ...]


def laws_of(
    figures: Figures, priors: PriorTable, *, kind: str, court: Court, in_court: float,
    sales: float | None, margin: float | None,
) -> Stated:  # fmt: skip
    """Return the laws of a matter over one kind of right before one court.

    Args:
        figures: frozen, with currency and day.
        priors: published chances, or what own counts made of them.
        kind: of the right.
        court: where it is enforced.
        in_court: part of the filings that are suits.
        sales: of a year, made with the right, minor units; None if not stated.
        margin: on them, per 1; None if not stated.

    Raises:
        Invalid: a law or a chance is known nowhere.
    """
    profit, why = _profit(figures, court, kind, sales, margin)
    at_risk = profit.law.mean()
    cost = whole_cost(figures, court, kind, at_risk=at_risk)
    award = figures.law(LIABILITY, court, "award", kind)
    course = course_of(figures, court, priors)
    names = (
        "investigation_share", "settled_in_money", "settled_in_kind", "settlement_to_award",
        "award_collected", "adverse_cost",
    )  # fmt: skip
    rates = {name: figures.rate(name, court) for name in names}
    by = {name: rate.value for name, rate in rates.items()}
    laws = MatterLaws(
        ends=course.ends,
        cost=cost.law,
        adverse=cost.law.scaled(by["adverse_cost"]),
        profit=profit.law,
        award=award.law.scaled(by["award_collected"]),
        settlement=award.law.scaled(by["settlement_to_award"]),
        investigation=by["investigation_share"],
        in_money=by["settled_in_money"],
        in_kind=by["settled_in_kind"],
        in_court=in_court,
    )
    rows = (*profit.rows, *why, *cost.rows, *award.rows, *course.rows, *rates.values())
    laws, more = _of_place(laws, figures, court, at_risk)
    return Stated(laws, course.priors, (*rows, *more))


def _profit(
    figures: Figures, court: Court, kind: str, sales: float | None, margin: float | None
) -> tuple[DisputeLaw, tuple[Row, ...]]:
    """The default law; with stated sales moved to the mean margin x part lost x years x sales."""
    law = figures.law(LOSS, court, "lost_profit", kind)
    if sales is None:
        return law, ()
    part = figures.rate("lost_sales_share", court)
    years = figures.rate("lost_sales_years", court)
    usual = figures.rate("profit_margin", court)
    mean = sales * (usual.value if margin is None else margin) * part.value * years.value
    rows = (part, years, *([usual] if margin is None else []))
    scaled = law.law.scaled(max(mean, 1.0) / law.law.mean())
    return replace(law, law=scaled), rows


def _of_place(
    laws: MatterLaws, figures: Figures, court: Court, at_risk: float
) -> tuple[MatterLaws, tuple[Row, ...]]:
    """What only some courts have: administrative cases, a ceiling on costs."""
    if laws.in_court < 1.0:
        rate = figures.rate("administrative_cost", court)
        return replace(laws, administrative=rate.value), (rate,)
    if court is Court.UPC:
        euro = figures.carried_amount("EUR", 1.0)
        row = cost_ceiling(at_risk / euro, figures.disputes.table)
        return replace(laws, adverse_ceiling=row.ceiling * euro), (row,)
    return laws, ()
