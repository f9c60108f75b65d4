"""Audit of letters: each account is the sum of its uses, its declarations and its payments."""

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from kernel.db.tables import JournalRow, PostingRow
from kernel.errors import Fault
from underwriting.guarantees import store
from underwriting.guarantees.register import STANDS, standing, verify_register
from underwriting.guarantees.tables import (
    LetterDemandRow,
    LetterRow,
    LetterUseRow,
    LetterVersionRow,
)
from underwriting.letters.content import content_hash

_CURE = "compare it with its events of use"
_RECOURSE = "letter_recourse:policyholder"


def verify_letters(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each letter whose figures disagree, and each break of the register."""
    faults: list[Fault] = []
    for row in session.exec(select(LetterRow).order_by(col(LetterRow.id))):
        faults += _account(row, store.uses(session, row.id))
        faults += _declarations(session, row)
        faults += _editions(session, row)
    return (*faults, *_recourse(session), *verify_register(session))


def _account(row: LetterRow, uses: tuple[LetterUseRow, ...]) -> Iterator[Fault]:
    """Yield where the account is not the running sum of its uses."""
    reserved = drawn = 0
    for place, use in enumerate(uses, start=1):
        reserved += use.reserved_change_minor
        drawn += use.drawn_change_minor
        if (use.seq, use.reserved_minor, use.drawn_minor) != (place, reserved, drawn):
            yield _fault(row, f"use {use.seq} is not the sum of those before it")
    if (row.reserved_minor, row.drawn_minor) != (reserved, drawn):
        stands = f"{row.reserved_minor} reserved and {row.drawn_minor} drawn"
        yield _fault(row, f"{stands} are not the uses' {reserved} and {drawn} (minor units)")
    if uses and uses[-1].limit_minor != row.limit_minor:
        yield _fault(row, f"limit {row.limit_minor} is not that of its last use")


def _declarations(session: Session, row: LetterRow) -> Iterator[Fault]:
    held = store.declarations(session, row.id)
    if sum(one.reserved_minor for one in held) != row.reserved_minor:
        yield _fault(row, "what is reserved is not that of its declarations")
    demands = store.demands(session, row.id)
    for one in demands:
        asked = one.tax_minor + one.surcharge_minor
        if not 0 <= one.paid_minor <= asked or (one.state == "paid") != bool(one.paid_minor):
            yield _fault(row, f"demand {one.reference} is {one.state} with {one.paid_minor} paid")
    paid = sum(one.paid_minor + one.paid_beyond_minor for one in held)
    if paid != sum(one.paid_minor for one in demands):
        yield _fault(row, "what its declarations were paid is not what its demands were")


def _editions(session: Session, row: LetterRow) -> Iterator[Fault]:
    for version in store.versions(session, row.id):
        terms = store.terms_of(version)
        if content_hash(terms) != version.content_hash:
            yield _fault(row, f"edition {version.edition} is not what its hash says")
        if version.edition == row.edition and terms.amount.minor != row.limit_minor:
            yield _fault(row, f"limit {row.limit_minor} is not that of edition {row.edition}")
        yield from _standing(session, row, version)


def _standing(session: Session, row: LetterRow, version: LetterVersionRow) -> Iterator[Fault]:
    """Yield where the register says otherwise than the books how an edition stands."""
    line = standing(session, row.number, version.edition)
    if line is None:
        return
    if version.edition < row.edition:
        agrees = line.status not in STANDS
    else:
        agrees = line.status == (row if version.edition == row.edition else version).state
    if not agrees:
        yield _fault(row, f"edition {version.edition} stands as {line.status} in the register")


def _recourse(session: Session) -> Iterator[Fault]:
    """Yield where payments under letters are not what the journal booked for letters.

    Claims settle against the same account, and are audited with the claims.
    """
    paid: dict[str, int] = {}
    for one in session.exec(select(LetterDemandRow)):
        paid[one.currency] = paid.get(one.currency, 0) + one.paid_minor
    for currency, minor in paid.items():
        owed = _booked(session, currency)
        if owed != minor:
            words = f"{owed} owed for letters is not the {minor} paid ({currency}, minor units)"
            yield Fault("letters", words, "find the posting that is missing")


def _booked(session: Session, currency: str) -> int:
    """Return what entries about letters hold the debtors to owe, minor units."""
    query = (
        select(func.sum(PostingRow.amount_minor))
        .join(JournalRow, col(JournalRow.id) == PostingRow.entry_id)
        .where(
            PostingRow.account == _RECOURSE,
            PostingRow.currency == currency,
            JournalRow.subject_type == "letter",
        )
    )
    return int(session.exec(query).one() or 0)


def _fault(row: LetterRow, problem: str) -> Fault:
    return Fault(f"letter {row.number}", problem, _CURE)
