"""The policy schedule, filled from what binding freezes."""

from datetime import date
from typing import Any

from documents.forms.policy_schedule import Contracting, Instalment, PolicySchedule
from documents.wording import clauses, placeholders
from underwriting.papers import parts
from underwriting.product import Product
from underwriting.receipt import Priced


def policy_schedule(
    priced: Priced,
    product: Product,
    *,
    number: str,
    insurer: str,
    bank: Contracting,
    on: date,
) -> PolicySchedule:
    """Return the schedule as it is printed."""
    contract, scheme = priced.contract, priced.inputs.scheme.scheme
    risk: Any = priced.inputs.risk
    values = {
        "waiting_days": str(contract.waiting_days),
        "notice_days": str(contract.notice_days),
        "scheme": scheme.code,
    }
    named = {name: values[name] for name in placeholders(product.wording)}
    return PolicySchedule(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        product_zh=product.zh,
        product_en=product.en,
        policyholder=Contracting(contract.policyholder, contract.policyholder_id),
        insured=bank,
        beneficiary=bank,
        covered_from=contract.period.start,
        covered_until=contract.period.end,
        cover=f"{product.zh} {product.en}: {contract.loan_contract}",
        insured_sum=contract.sum_insured,
        waiting_days=contract.waiting_days,
        premium=priced.premium.total,
        instalments=tuple(
            Instalment(payer.payer, contract.period.start, payer.amount)
            for payer in priced.premium.payers
        ),
        scheme=parts.scheme_of(scheme, contract.loan, contract.tier),
        limits=parts.limits_of(scheme),
        recovery_rule=parts.RECOVERY_RULES[scheme.recovery],
        rights=parts.rights_of(risk, contract.loan.currency),
        clauses=clauses(product.wording, named),
        special_conditions=_special(contract.issuer, contract.settles, scheme.source),
        place="",
        signed_on=on,
    )


def _special(issuer: str, settles: str, source: str) -> tuple[str, ...]:
    pays = {
        "several": "各方各自向被保险人赔付。 Each party pays the bank its own share.",
        "lead": "出单方先行赔付全部份额，再向各方追收。 "
        "The issuer pays for all and calls on the others.",
    }
    return (
        f"出单方在方案中的身份：{issuer}。 The issuer's place in the scheme: {issuer}.",
        pays[settles],
        f"方案来源 source of the scheme: {source}",
    )
