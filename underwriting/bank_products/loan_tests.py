"""Whether a loan is one that the product gives: amount, term, plan, price, share of IP."""

from collections.abc import Iterator
from fractions import Fraction

from kernel.finding import Finding
from kernel.money import Money
from underwriting.bank_products.asked import FirmFacts, LoanAsked
from underwriting.bank_products.limits import limit_of
from underwriting.bank_products.terms import BankProduct
from underwriting.bank_products.words import asked_for, refused


def amount_tests(product: BankProduct, firm: FirmFacts, amount: Money) -> Iterator[Finding]:
    """Yield what speaks against the amount, which is in the product's currency."""
    if product.least is not None and amount.minor < product.least.minor:
        yield refused(
            product, "loan-small", "loan.least",
            (f"the loan {amount} is below {product.least}", f"贷款 {amount} 低于 {product.least}"),
            f"ask for {product.least} or more",
        )  # fmt: skip
    limit, missing = limit_of(product, firm)
    if limit is not None and amount.minor > limit.minor:
        yield refused(
            product, "loan-large", "loan.most, limits",
            (f"the loan {amount} is above {limit}", f"贷款 {amount} 超过 {limit}"),
            f"ask for {limit} or less" if limit.minor else "earn a row of the limits first",
        )  # fmt: skip
    for words in missing:
        yield asked_for(product, "limits", words)


def term_tests(product: BankProduct, loan: LoanAsked) -> Iterator[Finding]:
    """Yield what speaks against term, plan and share of IP."""
    yield from _months(product, loan)
    yield from _plan(product, loan)
    yield from _share(product, loan)


def _months(product: BankProduct, loan: LoanAsked) -> Iterator[Finding]:
    if (
        product.months is not None
        and not product.months[0] <= loan.term_months <= product.months[1]
    ):
        low, high = product.months
        yield refused(
            product, "term", "loan.months",
            (f"the term of {loan.term_months} months is not from {low} to {high}",
             f"期限 {loan.term_months} 个月不在 {low} 至 {high} 个月之内"),
            f"ask for {low} to {high} months",
        )  # fmt: skip


def _plan(product: BankProduct, loan: LoanAsked) -> Iterator[Finding]:
    if product.plans and loan.plan is None:
        yield asked_for(product, "plans", ("the plan of repayment", "还款方式"))
    elif product.plans and loan.plan not in product.plans:
        wanted = ", ".join(product.plans)
        yield refused(
            product, "plan", "plans",
            (f"it is not repaid as {loan.plan}", f"不支持还款方式 {loan.plan}"),
            f"choose {wanted}",
        )  # fmt: skip


def _share(product: BankProduct, loan: LoanAsked) -> Iterator[Finding]:
    if product.ip_share is None:
        return
    if loan.ip_share is None:
        yield asked_for(product, "loan.ip_share", ("the part that IP secures", "知识产权担保占比"))
    elif Fraction(loan.ip_share) < product.ip_share:
        yield refused(
            product, "ip-share", "loan.ip_share",
            (f"IP secures {loan.ip_share} of the loan, less than {product.ip_share}",
             f"知识产权担保占比 {loan.ip_share}，低于 {product.ip_share}"),
            f"secure {product.ip_share} of it by IP",
        )  # fmt: skip
