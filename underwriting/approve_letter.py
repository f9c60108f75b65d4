"""ACT: a second person approves a drafted letter or amendment."""

import json
from fractions import Fraction

from sqlmodel import Session

from kernel.desk import Desk
from kernel.errors import Fault, NotPermitted
from kernel.money import Money
from underwriting import store as contracts
from underwriting.guarantees import store
from underwriting.guarantees.record import become, stands, told
from underwriting.guarantees.resting import check_bound
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.moves import IN_FORCE, State
from underwriting.letters.terms import LetterTerms
from underwriting.rules.authority import needed
from underwriting.rules.need import Case, Need, check_level


def approve_letter(session: Session, letter_id: str, reason: str, *, desk: Desk) -> LetterRow:
    """Approve the newest edition of a letter.

    Raises:
        NotFound: there is no such letter.
        NotPermitted: `own-letter` or `above-authority`.
        Conflict: it is no draft, or its policy is no longer bound.
    """
    row = store.letter(session, letter_id, lock=True)
    check_bound(session, row)
    version = store.newest(session, row.id)
    stands(session, version, State.APPROVED)
    check_second(version, desk)
    check_level(desk.authority, need_of(session, row, store.terms_of(version)))
    version.approver = desk.actor
    if row.state not in IN_FORCE:
        become(session, row, State.APPROVED, desk=desk)
    told(session, row, "approved", {"edition": version.edition, "reason": reason}, desk=desk)
    return row


def check_second(version: LetterVersionRow, desk: Desk) -> None:
    """Refuse that who drafted an edition approves it, under whatever name: four eyes.

    Raises:
        NotPermitted: `own-letter`.
    """
    if desk.is_of(version.maker):
        fault = Fault("actor", "you drafted this yourself", "let a second person approve it")
        raise NotPermitted("own-letter", fault)


def need_of(session: Session, row: LetterRow, terms: LetterTerms) -> Need:
    """Return the level that a letter needs: by product, amount, grade and months of use."""
    policy = contracts.policy(session, row.policy_id)
    stored = json.loads(contracts.quote(session, policy.quote_id).receipt)
    months = (terms.usable_until.year - terms.usable_from.year) * 12
    months += terms.usable_until.month - terms.usable_from.month
    case = Case(
        product=policy.product,
        total=Money(terms.amount.minor, terms.amount.currency),
        grade=stored["inputs"]["risk"]["importer"]["grade"],
        term_months=max(months, 1),
        deviation=Fraction(0),
    )
    return needed(case)
