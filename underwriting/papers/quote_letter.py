"""The quote letter, filled from a priced proposal."""

from datetime import date
from typing import Any

from documents.forms.quote_letter import Loan, Payer, PremiumLine, QuoteLetter
from underwriting.explain.who_pays import WhoPays
from underwriting.papers import parts
from underwriting.papers.who_pays import years_of
from underwriting.product import Product
from underwriting.receipt import Priced
from underwriting.rules.loan_terms import LoanTerms


def quote_letter(
    priced: Priced,
    product: Product,
    *,
    number: str,
    insurer: str,
    client: str,
    valid_until: date,
    receipt_sha256: str,
    who_pays: WhoPays | None = None,
) -> QuoteLetter:
    """Return the letter as it is printed; `who_pays` is its table of who pays what."""
    contract, scheme = priced.contract, priced.inputs.scheme.scheme
    risk: Any = priced.inputs.risk
    return QuoteLetter(
        number=number,
        insurer_name=insurer,
        issued_on=priced.inputs.on,
        valid_until=valid_until,
        borrower=contract.policyholder,
        borrower_register_id=contract.policyholder_id,
        client=client,
        product_zh=product.zh,
        product_en=product.en,
        loan=_loan(contract.loan) if contract.loan else None,
        insured_sum=contract.sum_insured,
        covered_from=contract.period.start,
        covered_until=contract.period.end,
        waiting_days=contract.waiting_days,
        rights=parts.rights_of(risk, contract.currency),
        terms=parts.terms_of(contract),
        premium_lines=tuple(
            PremiumLine(line.zh, line.en, line.basis, line.amount) for line in priced.premium.lines
        ),
        premium=priced.premium.total,
        payers=tuple(Payer(payer.payer, payer.amount) for payer in priced.premium.payers),
        scheme=parts.scheme_of(scheme, contract.amount, contract.tier),
        outcome=priced.outcome.value,
        findings=parts.findings_of(priced.findings),
        notes=(
            *_instalments(priced, product),
            *parts.limits_of(scheme),
            *parts.notes_of(priced.findings),
        ),
        receipt_hash=receipt_sha256,
        who_pays=years_of(who_pays) if who_pays else (),
    )


def _instalments(priced: Priced, product: Product) -> tuple[str, ...]:
    """Say when the premium falls due, where it is more than one sum."""
    if product.instalments is None:
        return ()
    falls = product.instalments(priced.contract, priced.premium.payers[-1].amount)
    if len(falls) == 1:
        return ()
    return tuple(f"{one.on} 应付 due: {one.money} ({one.basis})" for one in falls)


def _loan(loan: LoanTerms) -> Loan:
    return Loan(
        amount=loan.amount,
        term_months=loan.term_months,
        annual_rate=parts.percent(loan.annual_rate),
        repayment=parts.PLANS[loan.plan],
        drawdown_on=loan.drawdown,
    )
