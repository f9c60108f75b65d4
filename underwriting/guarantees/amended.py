"""How far an amended letter may go: within the policy that it rests on, and within the periods."""

from collections.abc import Iterator

from kernel.errors import Fault
from kernel.money import Money
from underwriting.guarantees.drafting import Foundation
from underwriting.guarantees.known import of_policy
from underwriting.letters.grounds.period import period_grounds
from underwriting.letters.terms import LetterTerms

_CURE = "have the policy changed or renewed first"


def beyond_policy(found: Foundation, before: LetterTerms, after: LetterTerms) -> Iterator[Fault]:
    """Yield where a letter would go further than its policy, or than it went before."""
    agreed = found.contract.agreed
    most = Money.of(agreed["amount"], before.amount.currency)
    if after.amount.minor > max(most.minor, before.amount.minor):
        yield Fault("amount", f"is above the {most} that the policy insures", _CURE)
    for field in ("usable_until", "claim_until"):
        last = max(agreed[field], getattr(before, field).isoformat())
        if getattr(after, field).isoformat() > last:
            yield Fault(field, f"is after {last}, the last day that the policy insures", _CURE)
    covered = {one["code"] for one in agreed["beneficiaries"]}
    covered |= {one.code for one in before.beneficiaries}
    for one in after.beneficiaries:
        if one.code not in covered:
            yield Fault("districts", f"{one.code} is not insured by the policy", _CURE)


def period_faults(found: Foundation, before: LetterTerms, after: LetterTerms) -> Iterator[Fault]:
    """Yield every ground in the days of an edition that changes them; as for a new letter."""
    if (before.usable_until, before.claim_until) == (after.usable_until, after.claim_until):
        return
    for one in period_grounds(after, of_policy(found, after)):
        yield Fault(f"letter.{one.code}", f"{one.en} {one.zh}", one.cure)
