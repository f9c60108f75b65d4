"""Losses of a suit put together from published parts: by stage, amount at risk and outcome."""

from dataclasses import replace
from itertools import pairwise
from math import inf

from kernel.errors import invalid
from models.priors import PriorTable
from models.severity.laws import Capped, Fixed, Law, Mixture, Pareto, Spliced
from models.severity.laws.law import positive
from models.severity.published.rows import Ceiling, Row
from models.severity.published.table import SeverityTable, StatedLaw, stated_of

LIABILITY = "infringement_liability"


def defence_cost(
    jurisdiction: str, at_risk: float | Law, table: SeverityTable, *, right: str = "invention"
) -> StatedLaw:
    """Cost of the defence of one suit: a mixture over the stages in which suits end.

    Stage s with share p_s has used part c_s of the cost to trial. The cost to trial is that of
    the band in which the amount at risk lies; where the amount is itself a law, each band
    counts with its chance.

    Raises:
        Invalid: no cost or no stage is published there.
    """
    rows = table.bands(LIABILITY, jurisdiction, "defence_cost", right=right)
    stages = [stage for stage in table.stages if stage.jurisdiction == jurisdiction]
    if not stages:
        raise invalid("stages", f"none is published for {jurisdiction}", "give a law of your own")
    chances = _in_bands([row.upto for row in rows], at_risk)
    shares = [(row, share) for row, share in zip(rows, chances, strict=True) if share]
    parts = [
        (share * stage.share, row.severity().scaled(stage.cost))
        for row, share in shares
        for stage in stages
    ]
    behind: tuple[Row, ...] = (*(row for row, _ in shares), *stages)
    law = Mixture(tuple(weight for weight, _ in parts), tuple(part for _, part in parts))
    return replace(stated_of(rows[0]), law=law, rows=behind)


def _in_bands(upto: list[float], value: float | Law) -> list[float]:
    """Chance that the value lies in each band, whose bounds belong to the band below."""
    ends = [0.0, *upto]
    assert ends[-1] == inf, "the last band has no bound"
    if isinstance(value, Law):
        below = [0.0, *(1.0 if end == inf else float(value.cdf(end)) for end in ends[1:])]
        return [high - low for low, high in pairwise(below)]
    positive("at_risk", value)
    return [1.0 if low < value <= high else 0.0 for low, high in pairwise(ends)]


def award_with_tail(
    body: StatedLaw, jurisdiction: str, table: SeverityTable, *, right: str = "patent"
) -> StatedLaw:
    """Join an award's law to the published Pareto tail, with its probability given an award.

    Raises:
        Invalid: no tail is published there.
    """
    (row,) = table.bands(LIABILITY, jurisdiction, "award_tail", right=right)
    chance = table.rate("tail_given_award", jurisdiction)
    if row.currency != body.currency:
        raise invalid("body", f"is in {body.currency}", f"convert it to {row.currency} first")
    tail = row.severity()
    assert isinstance(tail, Pareto), "a published tail is a Pareto"
    joined = Spliced(body.law, tail, chance.value)
    return replace(body, law=joined, rows=(*body.rows, row, chance))


def award_given_suit(jurisdiction: str, table: SeverityTable, priors: PriorTable) -> float:
    """Chance that a suit ends in an award, per 1.

    The published share of suits where there is one; else (1 - settled or withdrawn) x lost by
    the defendant when decided.

    Raises:
        Invalid: neither is published.
    """
    if ("award_given_suit", jurisdiction) in table.rates:
        return table.rate("award_given_suit", jurisdiction).value
    if ("defendant_loses_decided", jurisdiction) in table.rates:
        lost = table.rate("defendant_loses_decided", jurisdiction).value
    else:
        lost = priors.find("p_plaintiff_win_judged", "patent", jurisdiction).value
    kind = "ip" if f"p_settle_or_withdraw/ip/{jurisdiction}" in priors.rows else "patent"
    return (1 - priors.find("p_settle_or_withdraw", kind, jurisdiction).value) * lost


def suit_loss(
    award: Law, award_chance: float, settlement: Law | None = None, settled_chance: float = 0.0
) -> Law:
    """Loss of one suit: an award, a settlement, or nothing.

    Raises:
        Invalid: a chance is below nought, the two are above 1, or a settlement has no law.
    """
    if min(award_chance, settled_chance) < 0 or award_chance + settled_chance > 1:
        raise invalid("award_chance", "chances are not within 0 and 1 in all", "lower them")
    if settled_chance and settlement is None:
        raise invalid("settlement", "has a chance but no law", "give its law")
    shares = {"award": award_chance, "settled": settled_chance}
    shares["nothing"] = max(1 - award_chance - settled_chance, 0.0)
    laws: dict[str, Law] = {"award": award, "nothing": Fixed(0.0)}
    return Mixture.of(shares, laws | ({"settled": settlement} if settlement else {}))


def cost_ceiling(value: float, table: SeverityTable) -> Ceiling:
    """Ceiling of recoverable cost at the Unified Patent Court for proceedings of this value."""
    positive("value", value)
    return next(row for row in table.ceilings if value <= row.upto)


def adverse_cost(value: Law, own_cost: Law, table: SeverityTable) -> Law:
    """Cost of the winner that the loser bears at the Unified Patent Court.

    The winner's cost, taken as independent of the value within a band, is cut at the ceiling of
    the band; bands count with the chance that the value in dispute lies in them.
    """
    chances = _in_bands([row.upto for row in table.ceilings], value)
    pairs = [(chance, row) for chance, row in zip(chances, table.ceilings, strict=True) if chance]
    parts = tuple(Capped(own_cost, row.ceiling) for _, row in pairs)
    return Mixture(tuple(chance for chance, _ in pairs), parts)
