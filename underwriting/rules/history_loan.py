"""A guarantee that is renewed: its loan was repaid, or goes on without repayment of principal."""

from enum import StrEnum

from kernel.errors import Conflict, Fault, Invalid
from kernel.finding import Effect, Finding
from kernel.money import Money
from underwriting.rules.contract import Contract
from underwriting.rules.earning_cover import Repaid, owed
from underwriting.rules.loan_terms import LoanTerms


class Principal(StrEnum):
    """What becomes of the principal of the loan whose guarantee is renewed."""

    STILL_OWED = "still_owed"
    REPAID = "repaid"


def check_principal(
    old: LoanTerms | None,
    new: Contract,
    stated: Principal | None,
    *,
    confirmed: bool,
    refinancing: bool | None,
    repaid: Repaid | None,
) -> tuple[Finding, ...]:
    """Refuse a renewal that is not plain about the old loan; return what is to be flagged.

    Args:
        old: the loan that is guaranteed; None where none is.
        new: the terms of the next period.
        stated: what becomes of the old loan.
        confirmed: is there a statement that it was repaid?
        refinancing: does the new proposal say that it repays another loan? None: it does not say.
        repaid: repayments on record.

    Raises:
        Invalid: `stated` is missing, or contradicts the proposal or the record.
        Conflict: more is lent than is still owed.
    """
    if old is None:
        return ()
    if stated is None:
        cure = "say still_owed (renewal without repayment of principal) or repaid"
        raise _invalid("principal", "says nothing of the loan that is guaranteed", cure)
    if stated is Principal.REPAID:
        _check_repaid(refinancing=refinancing, confirmed=confirmed)
        return ()
    if refinancing is False:
        words = "says that no other loan is repaid, while the old one goes on"
        raise _invalid("risk.loan.refinancing", words, "state true")
    left = Money(owed(old, new.period.start, repaid), new.currency)
    if new.amount.minor > left.minor:
        words = f"is {new.amount}; of the old loan {left} is still owed on {new.period.start}"
        fault = Fault("risk.loan.amount", words, "renew no more than that; quote the rest anew")
        raise Conflict("more-than-owed", fault)
    return (_flag(old, left),)


def _check_repaid(*, refinancing: bool | None, confirmed: bool) -> None:
    if refinancing:
        words = "says that the new loan repays another, while the old one is said to be repaid"
        raise _invalid("risk.loan.refinancing", words, "state false, or principal still_owed")
    if not confirmed:
        raise _invalid("repaid", "is missing", "record who confirms the repayment, and where")


def _flag(old: LoanTerms, left: Money) -> Finding:
    return Finding(
        "renewed-without-repayment", Effect.INFORM,
        f"loan {old.contract} is renewed with {left} of principal still owed",
        f"贷款 {old.contract} 无还本续贷，尚欠本金 {left}",
        "wording: exclusions; refinanced loans were disputed up to retrial",
        "none needed where the insurer consents to the renewal of the loan",
    )  # fmt: skip


def _invalid(field: str, problem: str, cure: str) -> Invalid:
    return Invalid("principal-not-plain", Fault(field, problem, cure))
