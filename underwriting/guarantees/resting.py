"""A letter rests on its policy: the policy does not end under it, nor does it go on without one."""

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session

from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting import store as contracts
from underwriting.guarantees import store
from underwriting.guarantees.tables import LetterRow
from underwriting.letters.terms import LetterTerms
from underwriting.rules.contract import Contract


def check_no_letter(session: Session, policy_id: str) -> None:
    """Refuse to take cover away while a letter under the policy has not ended.

    Raises:
        Conflict: `letter-open`, with every such letter.
    """
    faults = [
        Fault(
            "policy", f"bears letter {row.number}, which is {row.state}",
            "release or withdraw the letter first",
        )
        for row in store.open_letters_of(session, policy_id)
    ]  # fmt: skip
    if faults:
        raise Conflict("letter-open", *faults)


def check_bound(session: Session, row: LetterRow) -> None:
    """Refuse to go on with a letter whose policy was cancelled or undone.

    Raises:
        Conflict: `policy-not-in-force`.
    """
    policy = contracts.policy(session, row.policy_id)
    if policy.state != "bound":
        fault = Fault(
            "policy_id", f"the policy is {policy.state}", "withdraw or release the letter"
        )
        raise Conflict("policy-not-in-force", fault)


def check_letters_within(
    session: Session, policy_id: str, before: Contract, after: Contract
) -> None:
    """Refuse terms of a policy that insure less than a letter under it guarantees.

    What was less before, in books of an earlier release, may stay as it is.

    Raises:
        Conflict: `letter-above-policy`, with every letter, edition and field.
    """
    faults = [
        fault
        for row in store.open_letters_of(session, policy_id)
        for terms in store.open_terms(session, row)
        for fault in _above(terms, before.agreed, after.agreed, after.currency)
    ]
    if faults:
        raise Conflict("letter-above-policy", *faults)


def _above(terms: LetterTerms, before: Any, after: Any, currency: str) -> Iterator[Fault]:
    """Yield where the terms agreed anew fall below a letter, and below those of before."""
    named = f"letter {terms.number}, edition {terms.version},"
    old, new = (Money.of(one["amount"], currency) for one in (before, after))
    if new.minor < min(old.minor, terms.amount.minor):
        cure = f"insure {terms.amount} or more, or amend or release the letter first"
        yield Fault("amount", f"is {new}, and {named} guarantees {terms.amount}", cure)
    for field in ("usable_until", "claim_until"):
        day = getattr(terms, field).isoformat()
        if after[field] < min(before[field], day):
            cure = f"keep {day} or later, or amend or release the letter first"
            yield Fault(field, f"is {after[field]}, and {named} says {day}", cure)
