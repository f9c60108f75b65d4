"""The terms of a cover in words, in the order in which they apply."""

from fractions import Fraction
from math import isfinite

from kernel.money import Money, round_half_up
from underwriting.pricing.aggregate.terms import CoverTerms
from underwriting.rules.contract import Term

UNLIMITED = "不设限 unlimited"


def listing(terms: CoverTerms, currency: str) -> tuple[Term, ...]:
    """Return every term in the order applied, those that do not bite too.

    >>> for term in listing(CoverTerms.none(), "CNY"):
    ...     print(term.code, "=", term.value)
    retention = CNY 0.00
    coinsurance = 0 %
    sublimit = 不设限 unlimited
    limit = 不设限 unlimited
    aggregate = 免赔 deductible CNY 0.00, 限额 limit 不设限 unlimited
    share = 100 %
    """
    first, last = _amount(terms.agg_deductible, currency), _amount(terms.agg_limit, currency)
    both = f"免赔 deductible {first}, 限额 limit {last}"
    return (
        Term("retention", "每次事故免赔额", "retention each event",
             _amount(terms.retention, currency)),
        Term("coinsurance", "被保险人共保比例", "insured's copay", f"{100 * terms.copay:.6g} %"),
        Term("sublimit", "每次事故分项限额", "sublimit each event",
             _amount(terms.sublimit, currency)),
        Term("limit", "每次事故限额", "limit each event", _amount(terms.limit, currency)),
        Term("aggregate", "年累计免赔额与限额", "annual aggregate deductible and limit", both),
        Term("share", "本方份额", "our share", f"{100 * terms.share:.6g} %"),
    )  # fmt: skip


def _amount(minor: float, currency: str) -> str:
    if not isfinite(minor):
        return UNLIMITED
    return str(Money(round_half_up(Fraction(minor)), currency))
