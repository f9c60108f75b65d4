"""The terms of the cover in words, in the order in which they apply, and its particulars."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.money import Money
from underwriting.products.infringement_loss.perils import WORDS
from underwriting.products.infringement_loss.risk import InfringementLossRisk
from underwriting.products.infringement_loss.wanted import AggregateBasis
from underwriting.rules.contract import Term

_COUNTED = {
    AggregateBasis.POLICY_PERIOD: "整个保险期间 the whole period",
    AggregateBasis.POLICY_YEAR: "每个保险年度 each policy year",
}


def terms_of(risk: InfringementLossRisk, share: Fraction) -> tuple[Term, ...]:
    """Return every term, those that do not bite too."""
    return tuple(_terms(risk, share))


def _terms(risk: InfringementLossRisk, share: Fraction) -> Iterator[Term]:
    yield Term("retention", "每案免赔额", "retention, any one matter", _money(risk, "retention"))
    part = f"被保险人 the insured {percent(risk.copay)}"
    yield Term("coinsurance", "共保比例", "coinsurance", part)
    for name in risk.cover.perils.taken:
        zh, en = WORDS[name]
        value = _money(risk, f"perils.{name}.sublimit")
        yield Term("sublimit", f"{zh}每案限额", f"{en}, any one matter", value)
    yield Term("limit", "每案赔偿限额", "limit, any one matter", _money(risk, "limit"))
    counted = _COUNTED[risk.cover.aggregate_basis]
    right, whole = _money(risk, "per_right"), _money(risk, "aggregate")
    yield Term("per_right", "单项权利累计限额", "aggregate, any one right", f"{right} ({counted})")
    yield Term("aggregate", "累计赔偿限额", "aggregate, all rights", f"{whole} ({counted})")
    yield Term("repayment", "经济利益返还", "repayment out of economic benefit", _repaid(risk))
    if risk.cover.insured_value is not None:
        value = _money(risk, "insured_value")
        bears = f"保险金额与保险价值之比 sum insured {risk.sum_insured} over a value of {value}"
        yield Term("average", "比例赔偿", "average", bears)
    yield Term("share", "保险人份额", "the insurer's share", percent(share))


def particulars(risk: InfringementLossRisk) -> list[list[str]]:
    """Return label in Chinese, label in English and value of what else the schedule prints."""
    back = risk.cover.retroactive_months
    left_out = [name for name in WORDS if name not in risk.cover.perils.taken]
    rows = [["追溯期", "retroactive period", f"{back} 个月 months"]]
    if left_out:
        named = "；".join(f"{WORDS[name][0]} {WORDS[name][1]}" for name in left_out)
        rows.append(["不承保", "not covered", named])
    return [*rows, *([*_KNOWN, _known(one.infringer, right.number)]
                     for right in risk.rights for one in right.known)]  # fmt: skip


_KNOWN = ("除外的已知侵权", "known infringement, not covered")


def _known(infringer: str, number: str) -> str:
    return f"{infringer} / {number}"


def percent(share: Fraction) -> str:
    """Write an exact share as a percentage.

    >>> percent(Fraction(1, 8))
    '12.5 %'
    """
    return f"{float(100 * share):.6g} %"


def _money(risk: InfringementLossRisk, name: str) -> str:
    minor = risk.minor(name)
    return "不另设 none of its own" if minor is None else str(Money(minor, risk.currency))


def _repaid(risk: InfringementLossRisk) -> str:
    if risk.cover.economic_benefit is None:
        return "不适用 not agreed"
    exempt = _money(risk, "economic_benefit.exempt")
    return f"实物利益免返还额 first {exempt} of a benefit in kind is exempt"
