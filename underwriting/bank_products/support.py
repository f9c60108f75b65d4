"""What public payers bear of a loan's first year, by the subsidies of a product."""

from dataclasses import dataclass
from fractions import Fraction

from kernel.errors import invalid
from kernel.money import Money, round_half_up
from underwriting.bank_products.asked import LoanAsked
from underwriting.bank_products.kinds import Aid
from underwriting.bank_products.terms import BankProduct, Subsidy
from underwriting.pricing.plan import Plan, outstanding

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Support:
    """What one payer bears.

    Attributes:
        of: what it bears a part of.
        payer: who.
        cost: the whole of it in the first year; None where it is not stated.
        amount: what the payer bears; None likewise.
        cap: the most it pays in a year; None where that is not published.
    """

    of: Aid
    payer: str
    cost: Money | None
    amount: Money | None
    cap: Money | None


def support(product: BankProduct, loan: LoanAsked) -> tuple[Support, ...]:
    """Return what each payer bears in the first year: share x cost, at most the cap.

    Interest follows the plan of repayment, and is open where that is custom; a premium is taken
    over the loan. Fees of a guarantor or an appraiser are not stated with a loan: they stay open.

    Raises:
        Invalid: the loan is in another currency.
    """
    if loan.amount.currency != product.currency:
        raise invalid("loan.amount.currency", f"is not {product.currency}", "ask in it")
    return tuple(_support(one, loan) for one in product.subsidies)


def premium_subsidy(product: BankProduct) -> Subsidy | None:
    """Return the product's payer of part of the premium, for a proposal's `subsidy`."""
    return next((one for one in product.subsidies if one.of is Aid.PREMIUM), None)


def _support(subsidy: Subsidy, loan: LoanAsked) -> Support:
    whole = {Aid.INTEREST: _interest, Aid.PREMIUM: _premium}.get(subsidy.of, _unknown)(loan)
    if whole is None:
        return Support(subsidy.of, subsidy.payer, None, None, subsidy.cap)
    currency = loan.amount.currency
    part = round_half_up(whole * subsidy.share)
    if subsidy.cap is not None:
        part = min(part, subsidy.cap.minor)
    cost = Money(round_half_up(whole), currency)
    return Support(subsidy.of, subsidy.payer, cost, Money(part, currency), subsidy.cap)


def _interest(loan: LoanAsked) -> Fraction | None:
    """First year's interest, in minor units, before rounding."""
    if loan.annual_rate is None or loan.plan in (None, Plan.CUSTOM):
        return None
    rate, principal = Fraction(loan.annual_rate), loan.amount.money().minor
    owed = outstanding(loan.plan, principal, rate, loan.term_months)
    return sum(owed[:_MONTHS]) * rate / _MONTHS


def _premium(loan: LoanAsked) -> Fraction | None:
    if loan.premium_rate is None:
        return None
    return loan.amount.money().minor * Fraction(loan.premium_rate)


def _unknown(loan: LoanAsked) -> None:
    del loan
