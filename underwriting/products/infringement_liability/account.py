"""From the kinds of claim to the account of a price: by cause, by month, and after each term."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.severity.laws.normal import FloatArray
from underwriting.pricing.aggregate import Distribution
from underwriting.pricing.expected_loss import MonthLoss
from underwriting.pricing.margin import MarginRates, margin_of
from underwriting.pricing.view import Margin, Peril, Step
from underwriting.products.infringement_liability.claims_made import MONTHS_PER_YEAR
from underwriting.products.infringement_liability.kinds import Kind
from underwriting.products.infringement_liability.room import Room
from underwriting.products.infringement_liability.wanted import Defence
from underwriting.products.infringement_liability.year import Claims, first_come

PERILS = {
    "competitor_suits": ("竞争者诉讼", "suits of competitors"),
    "npe_suits": ("非执业实体诉讼", "suits of non-practising entities"),
    "known_matters": ("已知事项", "known matters at a higher retention"),
    "exhibitions": ("展会措施", "measures at trade fairs"),
}
"""Causes of loss: code, and title in both languages."""

_STEPS = (
    ("ground_up", "全部损失", "ground-up loss"),
    ("retention", "免赔额后", "after the retention"),
    ("coinsurance", "共保比例后", "after coinsurance"),
    ("sublimit", "分项限额后", "after stage caps and sublimits"),
    ("limit", "每次索赔限额后", "after the limit any one claim"),
    ("aggregate", "累计限额后", "after the aggregate"),
    ("share", "本方份额后", "after the share"),
)


@dataclass(frozen=True, eq=False)
class Account:
    """What a price is made of; amounts in minor units, discounted, the issuer's share.

    Attributes:
        perils: expected loss by cause.
        margin: for bearing the risk.
        rows: expected loss by month.
        steps: what each term leaves of all of it.
        claims: expected number of demands and suits in the period.
        mean_claim: expected payment on one of them, before aggregate and share.
    """

    perils: tuple[Peril, ...]
    margin: Margin
    rows: tuple[MonthLoss, ...]
    steps: tuple[Step, ...]
    claims: float
    mean_claim: float


def account_of(room: Room, kinds: Sequence[Kind], share: float) -> Account:
    """Return the account of all kinds of claim, the issuer bearing `share` of each payment."""
    towers = _towers(room, kinds)
    aggregate = float(room.risk.money("aggregate").minor)
    years = [first_come(tower, aggregate) for tower in towers]
    value = discounts(room)
    monthly = np.sum([months for months, _ in years], axis=0) * value * share
    numbers = np.sum([kind.months for kind in kinds], axis=0)
    before = sum(kind.months * kind.outcomes.rungs[-1] for kind in kinds)
    return Account(
        perils=_perils(kinds, monthly, value),
        margin=_margin(room, [law.scaled(share) for _, law in years]),
        rows=_rows(room, numbers, monthly, value),
        steps=_steps(kinds, value, float(monthly.sum()), share),
        claims=float(numbers.sum()),
        mean_claim=float(np.sum(before)) / max(float(numbers.sum()), 1e-300),
    )


def discounts(room: Room) -> FloatArray:
    """Return the value today of one unit paid on a claim of each month, `[n_months]`."""
    middle = (np.arange(len(room.exposure)) + 0.5) / MONTHS_PER_YEAR
    until = middle + float(room.basis.terms["years_to_payment"])
    return np.asarray((1.0 + float(room.basis.terms["discount_rate"])) ** -until)


def _towers(room: Room, kinds: Sequence[Kind]) -> list[list[Claims]]:
    """Return what erodes one aggregate: all together, or cost and damages apart.

    Kinds that come to the same, such as suits of both plaintiffs without an NPE sublimit, are one.
    """
    months: dict[int, FloatArray] = {}
    for kind in kinds:
        months[id(kind.outcomes)] = months.get(id(kind.outcomes), 0.0) + kind.months
    pairs = [(one, months[key]) for key, one in {id(k.outcomes): k.outcomes for k in kinds}.items()]
    if room.risk.cover.defence is Defence.INSIDE:
        return [[Claims(number, one.weight, one.total) for one, number in pairs]]
    return [
        [Claims(number, one.weight, one.damages) for one, number in pairs],
        [Claims(number, one.weight, one.cost) for one, number in pairs],
    ]


def _perils(kinds: Sequence[Kind], monthly: FloatArray, value: FloatArray) -> tuple[Peril, ...]:
    """Share the whole among causes as their payments before the aggregate."""
    parts = dict.fromkeys(PERILS, 0.0)
    for kind in kinds:
        parts[kind.peril] += float(kind.months @ value) * float(kind.outcomes.rungs[-1])
    whole, before = float(monthly.sum()), sum(parts.values())
    numbers = {code: sum(float(k.months.sum()) for k in kinds if k.peril == code) for code in parts}
    return tuple(
        Peril(
            code, *PERILS[code],
            f"{numbers[code]:.4g} claims expected x what each pays, under one aggregate",
            whole * part / before if before else 0.0,
        )
        for code, part in parts.items()
        if numbers[code] > 0
    )  # fmt: skip


def _margin(room: Room, laws: Sequence[Distribution]) -> Margin:
    """Return the margin: that of each tower alone, added up."""
    rates = MarginRates.of(room.basis.terms)
    years = room.risk.cover.months / MONTHS_PER_YEAR
    each = [margin_of(law, rates, years) for law in laws]
    return Margin(each[0].method, each[0].basis, sum(one.amount for one in each))


def _rows(
    room: Room, numbers: FloatArray, monthly: FloatArray, value: FloatArray
) -> tuple[MonthLoss, ...]:
    most = room.risk.most_payable.minor
    chances = -np.expm1(-numbers)
    paid = np.divide(monthly / value, chances, out=np.zeros_like(chances), where=chances > 0)
    return tuple(
        MonthLoss(month + 1, float(chances[month]), most, round(float(paid[month])), 0,
                  float(monthly[month]))
        for month in range(len(numbers))
    )  # fmt: skip


def _steps(
    kinds: Sequence[Kind], value: FloatArray, whole: float, share: float
) -> tuple[Step, ...]:
    rungs = sum(float(kind.months @ value) * kind.outcomes.rungs for kind in kinds)
    left = [*np.asarray(rungs).tolist(), whole / share, whole]
    basis = "expected, discounted, over the period"
    return tuple(Step(*words, basis, amount) for words, amount in zip(_STEPS, left, strict=True))
