"""What is known beside the terms of a letter: from its policy, and from what is stated.

of_policy(found, terms) -> Evidence         what the policy alone says
evidence_of(found, stated, terms) -> Evidence
"""

from dataclasses import replace

from kernel.money import Money
from underwriting.guarantees.drafting import Foundation
from underwriting.guarantees.stated import LetterStated
from underwriting.letters.evidence import Evidence
from underwriting.letters.terms import LetterTerms
from underwriting.products.customs_guarantee.clock import last_due
from underwriting.products.customs_guarantee.highest import highest_tax


def of_policy(found: Foundation, terms: LetterTerms) -> Evidence:
    """Return what the policy says: the last day on which tax falls due follows the letter's use.

    Who issues and what is pledged is not asked for: a change of days does not look into it anew.
    """
    use = found.risk.use.model_copy(update={"usable_until": terms.usable_until})
    return Evidence(
        highest_tax=Money(highest_tax(found.risk, found.tariff), terms.amount.currency),
        last_due=last_due(use, found.tariff),
        debtor_credit=found.risk.importer.credit.value,
        issuer_kind="insurer",
        usable_months=int(found.tariff["limits"]["usable_months"]),
        pledged=True,
    )


def evidence_of(found: Foundation, stated: LetterStated, terms: LetterTerms) -> Evidence:
    """Return all that is known: of the policy, who issues, the pledge and the arrears before it."""
    dates = [one.registered_on for one in stated.pledges]
    every = len(dates) == len(found.risk.rights)
    arrears = found.risk.arrears
    checked = stated.arrears_checked_on or (arrears.checked_on if arrears else None)
    owed = stated.arrears_amount or (arrears.amount if arrears else None)
    return replace(
        of_policy(found, terms),
        issuer_kind=stated.guarantor.kind,
        pledge_registered_on=max(dates) if every else None,
        arrears_checked_on=checked,
        arrears=owed.money("arrears") if owed else None,
        accepted_rights=tuple(right.number for right in found.risk.rights),
    )
