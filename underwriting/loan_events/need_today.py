"""What level of authority leave for new terms needs, the policy's own old terms left out."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from kernel.finding import Finding
from kernel.money import Money
from underwriting.holdings.exposed import exposures_of
from underwriting.portfolio.keys import Dimension
from underwriting.product import Risk
from underwriting.rules.authority import needed
from underwriting.rules.contract import Contract
from underwriting.rules.need import Case, Need
from underwriting.rules.referral import STOPS, grade_in, months_of
from underwriting.tables import PolicyRow

_WHOSE = (Dimension.OBLIGOR, Dimension.GROUP)


def need_today(
    session: Session, policy: PolicyRow, new: tuple[Risk, Contract], on: date, *,
    findings: Iterable[Finding],
) -> Need:  # fmt: skip
    """Return the level for a policy under `new` terms, with every reason.

    The amount is what the obligor or its group has in force beside this policy, and the new
    sum insured.
    """
    risk, contract = new
    keys = [key for key in risk.asked().keys if key.dimension in _WHOSE]
    others = exposures_of(session, keys, contract.currency, on, but=policy.id).held.values()
    held = max((one.minor for one in others), default=0)
    loan = contract.loan
    return needed(
        Case(
            product=policy.product,
            total=Money(held + contract.sum_insured.minor, contract.currency),
            grade=grade_in(risk.model_dump(mode="json")),
            term_months=loan.term_months if loan else months_of(contract.json()["period"]),
            deviation=Fraction(0),
            codes=tuple(dict.fromkeys(one.code for one in findings if one.effect.value in STOPS)),
        )
    )
