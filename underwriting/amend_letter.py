"""ACT: an amendment or extension of a letter in force is drafted; it takes the letter's own way."""

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from underwriting.draft_letter import propose
from underwriting.guarantees import store
from underwriting.guarantees.account import account_of
from underwriting.guarantees.amended import beyond_policy, period_faults
from underwriting.guarantees.drafting import Foundation, foundation
from underwriting.guarantees.record import told
from underwriting.guarantees.stated import ChangeStated
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.amendments import amendment_faults, is_extension
from underwriting.letters.latin import foreign_words
from underwriting.letters.moves import IN_FORCE, OPEN_EDITIONS, State
from underwriting.letters.terms import District, LetterTerms
from underwriting.reserve_tax import check_currency


def amend_letter(
    session: Session, letter_id: str, stated: ChangeStated, *, desk: Desk
) -> LetterVersionRow:
    """Draft the next edition of a letter; a second person approves it, and customs decides.

    A letter that is demanded can only be extended, which is what the demand may ask for.

    Raises:
        NotFound: there is no such letter.
        Conflict: it is not in force or its policy is not, another edition is open, or a demand is.
        Invalid: `letter-not-amended`, with every reason: nothing is changed, what was taken is
            above the new amount, the beneficiary's consent is missing, the policy insures less,
            and every ground in the new days.
    """
    row = store.letter(session, letter_id, lock=True)
    before = _before(session, row)
    after = _after(row, before, stated, store.newest(session, row.id).edition + 1)
    found = foundation(session, row.policy_id)
    faults = _faults(found, row, before, after, consent=stated.consent is not None)
    if faults:
        raise Invalid("letter-not-amended", *faults)
    extends = is_extension(before, after)
    if row.state == State.DEMANDED and not extends:
        fault = Fault("state", "a demand is not answered", "answer it first, or only extend")
        raise Conflict("demand-open", fault)
    kind = "extension" if extends else "amendment"
    version = propose(session, row, after, kind, desk=desk, reason=stated.reason)
    payload = {"edition": version.edition, "reason": stated.reason, "consent": stated.consent}
    told(session, row, f"{kind}_drafted", payload, desk=desk)
    return version


def _before(session: Session, row: LetterRow) -> LetterTerms:
    """Return the terms in force of a letter that can be amended now."""
    if row.state not in IN_FORCE:
        cure = "draft it anew" if row.state == State.REFUSED else "wait until customs accepts it"
        raise Conflict("letter-not-in-force", Fault("state", f"the letter is {row.state}", cure))
    newest = store.newest(session, row.id)
    if newest.state in OPEN_EDITIONS:
        words = f"edition {newest.edition} is {newest.state}"
        cure = "let customs decide on it, or withdraw it"
        raise Conflict("amendment-open", Fault("edition", words, cure))
    return store.terms_in_force(session, row)


def _after(row: LetterRow, before: LetterTerms, stated: ChangeStated, edition: int) -> LetterTerms:
    changed: dict[str, Any] = {
        name: getattr(stated, name)
        for name in ("usable_until", "claim_until")
        if getattr(stated, name) is not None
    }
    if stated.amount:
        amount = stated.amount.money("amount")
        check_currency(row, amount.currency, "amount")
        changed["amount"] = amount
    added = tuple(
        District(code=one.code, zh=one.zh, en=one.en, role="declaring") for one in stated.districts
    )
    beneficiaries = before.beneficiaries + added
    return replace(before, version=edition, beneficiaries=beneficiaries, **changed)


def _faults(
    found: Foundation, row: LetterRow, before: LetterTerms, after: LetterTerms, *, consent: bool
) -> list[Fault]:
    """Return why an edition may not follow; editions that were refused leave gaps."""
    account = account_of(row)
    taken = account.reserved + account.drawn
    follows = replace(after, version=before.version + 1)
    faults = [*amendment_faults(before, follows, taken=taken, consent=consent)]
    codes = [one.code for one in after.beneficiaries]
    faults += [
        Fault("districts", f"{code} is a beneficiary already", "leave it out")
        for code in {one for one in codes if codes.count(one) > 1}
    ]
    faults += [
        Fault(one.field, "has words that no message can carry", "write plain English")
        for one in foreign_words(after)
    ]
    return [*faults, *beyond_policy(found, before, after), *period_faults(found, before, after)]
