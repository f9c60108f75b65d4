"""The quote letter, filled from a priced proposal."""

from datetime import date
from typing import Any

from documents.forms.quote_letter import Loan, Payer, PremiumLine, QuoteLetter
from underwriting.papers import parts
from underwriting.product import Product
from underwriting.receipt import Priced
from underwriting.rules.contract import Contract


def quote_letter(
    priced: Priced,
    product: Product,
    *,
    number: str,
    insurer: str,
    bank: str,
    valid_until: date,
    receipt_sha256: str,
) -> QuoteLetter:
    """Return the letter as it is printed."""
    contract, scheme = priced.contract, priced.inputs.scheme.scheme
    risk: Any = priced.inputs.risk
    return QuoteLetter(
        number=number,
        insurer_name=insurer,
        issued_on=priced.inputs.on,
        valid_until=valid_until,
        borrower=contract.policyholder,
        borrower_register_id=contract.policyholder_id,
        bank=bank,
        product_zh=product.zh,
        product_en=product.en,
        loan=_loan(contract),
        insured_sum=contract.sum_insured,
        covered_from=contract.period.start,
        covered_until=contract.period.end,
        waiting_days=contract.waiting_days,
        rights=parts.rights_of(risk, contract.loan.currency),
        premium_lines=tuple(
            PremiumLine(line.zh, line.en, line.basis, line.amount) for line in priced.premium.lines
        ),
        premium=priced.premium.total,
        payers=tuple(Payer(payer.payer, payer.amount) for payer in priced.premium.payers),
        scheme=parts.scheme_of(scheme, contract.loan, contract.tier),
        outcome=priced.outcome.value,
        findings=parts.findings_of(priced.findings),
        notes=(*parts.limits_of(scheme), *parts.notes_of(priced.findings)),
        receipt_hash=receipt_sha256,
    )


def _loan(contract: Contract) -> Loan:
    return Loan(
        amount=contract.loan,
        term_months=contract.term_months,
        annual_rate=parts.percent(contract.annual_rate),
        repayment=parts.PLANS[contract.plan],
        drawdown_on=contract.drawdown,
    )
