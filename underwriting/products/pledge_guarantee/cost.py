"""What the loan costs its borrower in all, and the caps on it: called once the premium is built."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import isinf
from typing import Any, NamedTuple

from kernel.finding import Effect, Finding
from kernel.money import Money
from kernel.sharing import Scheme
from underwriting.pricing.effective_cost import effective_rate
from underwriting.pricing.expected_loss import MONTHS_PER_YEAR
from underwriting.pricing.premium import payers_of
from underwriting.products.pledge_guarantee.flows import fees_of, flows_of
from underwriting.rules.contract import Contract


class Cost(NamedTuple):
    """What a loan costs a year, per 1.

    Attributes:
        premium: the whole premium over what is owed, balance-years.
        nominal: interest, and the borrower's own premium and fees over balance-years.
        effective: the internal rate of return of all that the borrower gets and pays.
    """

    premium: Fraction
    nominal: Fraction
    effective: float


_WORDS: Mapping[str, tuple[str, str]] = {
    "premium": ("the premium is {cost} of principal a year", "保险费率为每年 {cost}"),
    "nominal": (
        "interest, premium and fees are {cost} a year", "利息、保费及费用合计为每年 {cost}",
    ),
    "effective": (
        "the loan costs {cost} a year in all, by its internal rate of return",
        "综合年化成本（内部收益率）为 {cost}",
    ),
}  # fmt: skip


def cost_of(contract: Contract, premium: Money) -> Cost:
    """Return what the loan costs a year with this premium; exact but for the internal rate."""
    years = Fraction(sum(contract.lent.balances), MONTHS_PER_YEAR)
    own = payers_of(premium, contract.policyholder, contract.subsidy)[-1].amount.minor
    added = Fraction(own + fees_of(contract)) / years
    return Cost(
        Fraction(premium.minor) / years,
        contract.lent.annual_rate + added,
        effective_rate(flows_of(contract, premium)),
    )


def cost_findings(
    contract: Contract, premium: Money, terms: Mapping[str, Any], scheme: Scheme
) -> tuple[Finding, ...]:
    """Return what is above a cap, and what the loan costs in all.

    Args:
        contract: as it would be bound.
        premium: in all, tax and subsidised part included.
        terms: the tariff; `[cost_caps]` states measure, most, clause, and the scheme it is of.
        scheme: of the proposal.
    """
    cost = cost_of(contract, premium)
    return (*_above(cost, terms["cost_caps"], scheme.code), _in_all(cost))


def _above(cost: Cost, caps: Mapping[str, Mapping[str, Any]], scheme: str) -> Iterator[Finding]:
    for name, cap in caps.items():
        figure, most = getattr(cost, cap["measure"]), Fraction(cap["most"])
        if cap.get("scheme", scheme) == scheme and figure > most:
            en, zh = (words.format(cost=_shown(figure)) for words in _WORDS[cap["measure"]])
            doubt = f"; unverified: {cap['unverified']}" if "unverified" in cap else ""
            yield Finding(
                f"cost-cap-{name}",
                Effect.REFER,
                f"{en}, above {_shown(most)}{doubt}",
                f"{zh}，高于 {_shown(most)}",
                cap["clause"],
                "lower the premium within authority, the interest or the fees, or have it approved",
            )


def _in_all(cost: Cost) -> Finding:
    return Finding(
        "cost-in-all",
        Effect.INFORM,
        f"{_WORDS['effective'][0].format(cost=_shown(cost.effective))}; premium "
        f"{_shown(cost.premium)} of principal a year, all in {_shown(cost.nominal)} nominal",
        _WORDS["effective"][1].format(cost=_shown(cost.effective)),
        "tariff: cost_caps",
        "a lower premium, rate or fee lowers it",
    )


def _shown(figure: float | Fraction) -> str:
    """Return a rate in per cent; two decimals."""
    return "without bound" if isinf(figure) else f"{float(figure):.2%}"
