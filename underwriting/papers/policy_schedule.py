"""The policy schedule, filled from what binding freezes."""

from datetime import date
from typing import Any

from documents.forms.policy_schedule import Contracting, Instalment, PolicySchedule
from documents.forms.rows import Explanation
from underwriting.papers import parts
from underwriting.papers.wording import clauses_of
from underwriting.product import Product
from underwriting.receipt import Priced


def policy_schedule(
    priced: Priced,
    product: Product,
    *,
    number: str,
    insurer: str,
    client: Contracting,
    on: date,
    explanations: tuple[Explanation, ...] = (),
    unexplained: tuple[str, ...] = (),
) -> PolicySchedule:
    """Return the schedule as it is printed, with what is on record of the explanation."""
    contract, scheme = priced.contract, priced.inputs.scheme.scheme
    loan = contract.loan
    risk: Any = priced.inputs.risk
    holder = Contracting(contract.policyholder, contract.policyholder_id)
    return PolicySchedule(
        number=number,
        insurer_name=insurer,
        issued_on=on,
        product_zh=product.zh,
        product_en=product.en,
        policyholder=holder,
        insured=_named(contract.insured, holder, client),
        beneficiary=_named(contract.beneficiary, holder, client),
        covered_from=contract.period.start,
        covered_until=contract.period.end,
        cover=f"{product.zh} {product.en}" + (f": {loan.contract}" if loan else ""),
        insured_sum=contract.sum_insured,
        waiting_days=contract.waiting_days,
        premium=priced.premium.total,
        instalments=_instalments(priced, product),
        scheme=parts.scheme_of(scheme, contract.amount, contract.tier),
        limits=parts.limits_of(scheme),
        recovery_rule=parts.RECOVERY_RULES[scheme.recovery],
        rights=parts.rights_of(risk, contract.currency),
        terms=(*parts.terms_of(contract), *parts.loan_facts_of(contract)),
        clauses=clauses_of(product, contract, scheme.code),
        special_conditions=_special(contract.issuer, contract.settles, scheme.source),
        place="",
        signed_on=on,
        explanations=explanations,
        unexplained=unexplained,
    )


def _instalments(priced: Priced, product: Product) -> tuple[Instalment, ...]:
    """Return who pays what by when: public payers at once, the policyholder as agreed."""
    contract, (*public, own) = priced.contract, priced.premium.payers
    at_once = [Instalment(one.payer, contract.period.start, one.amount) for one in public]
    if product.instalments is None:
        return (*at_once, Instalment(own.payer, contract.period.start, own.amount))
    falls = product.instalments(contract, own.amount)
    return (*at_once, *(Instalment(own.payer, one.on, one.money) for one in falls))


def _named(role: str, holder: Contracting, client: Contracting) -> Contracting:
    """Return who is meant by `client` or `policyholder`; else the name itself."""
    known = {"client": client, "policyholder": holder}
    return known.get(role) or Contracting(role, "")


def _special(issuer: str, settles: str, source: str) -> tuple[str, ...]:
    pays = {
        "several": "各方各自向被保险人赔付。 Each party pays the insured its own share.",
        "lead": "出单方先行赔付全部份额，再向各方追收。 "
        "The issuer pays for all and calls on the others.",
    }
    return (
        f"出单方在方案中的身份：{issuer}。 The issuer's place in the scheme: {issuer}.",
        pays[settles],
        f"方案来源 source of the scheme: {source}",
    )
