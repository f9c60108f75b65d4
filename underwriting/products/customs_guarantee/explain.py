"""What a receipt says of a customs guarantee's price: perils, steps, drivers."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from kernel.money import minor_digits
from kernel.period import DAYS_PER_YEAR
from underwriting.pledge.laws import Laws
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR, MonthLoss
from underwriting.pricing.view import Peril, Step
from underwriting.products.customs_guarantee.highest import highest_tax, tax_of_a_declaration
from underwriting.products.customs_guarantee.letter import Letter
from underwriting.products.customs_guarantee.risk import CustomsGuaranteeRisk


def perils_of(months: Sequence[MonthLoss]) -> tuple[Peril, ...]:
    """Split the pure premium into tax that is not paid and surcharge for paying it late."""
    tax, surcharge = (sum(row.parts[place] for row in months) for place in (0, 1))
    words = "sum over months of P(default) x (paid - got back from the pledge)"
    return (
        Peril("tax_default", "进口税款未缴", "import tax unpaid", words, tax),
        Peril("late_surcharge", "滞纳金", "late surcharge", words, surcharge),
    )


def steps_of(letter: Letter, per_day: float, months: Sequence[MonthLoss]) -> tuple[Step, ...]:
    """Return what limit, share and the pledge leave of the payments."""
    default = np.array([row.default_probability for row in months]) * letter.at_claim
    asked = float(default @ letter.drawn.asked) * (1.0 + per_day * letter.paid.days)
    paid = float(default @ letter.expected)
    return (
        Step("ground_up", "未限额前", "before any term",
             "open tax and surcharge, discounted", asked),
        Step("limit", "责任限额", "limit", "the amount, restored as tax is paid", paid),
        Step("share", "本方份额", "our share", f"{letter.share:g} of it", paid * letter.share),
        Step("recovery", "质押变现", "recovery", "what the pledge gives back, discounted",
             sum(row.expected_loss for row in months)),
    )  # fmt: skip


def drivers_of(
    risk: CustomsGuaranteeRisk, letter: Letter, laws: Laws, terms: Mapping[str, Any]
) -> dict[str, float]:
    """Return the figures that drive the price; amounts in whole yuan."""
    chances, levels = letter.drawn.chances, letter.drawn.levels
    worst = int(np.argmax(letter.expected))
    amount, unit = risk.amount.minor, 10 ** minor_digits(risk.currency)
    return {
        "default_probability_1y": laws.borrower.default_between(0.0, 1.0),
        "highest_tax": highest_tax(risk, terms) / unit,
        "drawn_at_default": float(chances[worst] @ levels) / amount,
        "limit_used_up": float(chances[worst][levels >= amount].sum()),
        "surcharge_days": float(letter.paid.days),
        "turns": _turns(risk),
        "amount_to_value": amount_to_value(risk),
        "outranking": letter.before / unit,
    }


def _turns(risk: CustomsGuaranteeRisk) -> float:
    """Return the tax secured over the usable days, over the amount."""
    months = risk.use.days * MONTHS_PER_YEAR / DAYS_PER_YEAR
    many = 1.0 if risk.use.declarations_per_month is None else risk.use.turnover * months
    return many * tax_of_a_declaration(risk.goods) / risk.amount.minor


def amount_to_value(risk: CustomsGuaranteeRisk) -> float:
    """Return the amount over the appraised value of the pledge less the stated haircuts."""
    value = sum(
        right.appraised.money().minor * (1 - Fraction(right.haircut or 0)) for right in risk.rights
    )
    return float(risk.amount.minor / value) if value else float("inf")
