"""Every query of letters, as named functions of a session. Nothing here decides."""

from collections.abc import Iterator

from sqlmodel import Session, col, func, select

from kernel.plain import read_plain
from underwriting.guarantees.tables import (
    LetterDeclarationRow,
    LetterDemandRow,
    LetterRegisterRow,
    LetterRow,
    LetterUseRow,
    LetterVersionRow,
)
from underwriting.letters.moves import ENDED, OPEN_EDITIONS
from underwriting.letters.terms import LetterTerms
from underwriting.store import PolicyRow, add, missing, page

__all__ = [
    "LetterDeclarationRow",
    "LetterDemandRow",
    "LetterRegisterRow",
    "LetterRow",
    "LetterUseRow",
    "LetterVersionRow",
    "add",
]  # what the houses above may name


def letter(session: Session, id_: str, *, lock: bool = False) -> LetterRow:
    """Return a letter, held against other writers where `lock`.

    Raises:
        NotFound: there is none.
    """
    row = session.get(LetterRow, id_, with_for_update=lock or None)
    if row is None:
        raise missing("letter")
    return row


def letter_named(session: Session, name: str) -> LetterRow:
    """Return a letter by its id or number.

    Raises:
        NotFound: there is none.
    """
    query = select(LetterRow).where((LetterRow.id == name) | (LetterRow.number == name))
    row = session.exec(query).one_or_none()
    if row is None:
        raise missing("letter")
    return row


def letters(
    session: Session, *, client_id: str | None, after: str | None, limit: int
) -> list[LetterRow]:
    """Return letters, newest first, of one client or of all, after the letter `after`."""
    query = select(LetterRow)
    if client_id is not None:
        query = query.where(LetterRow.client_id == client_id)
    return page(session, query, LetterRow, after=after, limit=limit)


def letters_with_policies(
    session: Session, currency: str
) -> tuple[tuple[LetterRow, PolicyRow], ...]:
    """Return every letter in a currency with its policy, by number."""
    query = (
        select(LetterRow, PolicyRow)
        .join(PolicyRow, col(PolicyRow.id) == LetterRow.policy_id)
        .where(LetterRow.currency == currency)
        .order_by(col(LetterRow.number))
    )
    return tuple((letter, policy) for letter, policy in session.exec(query))


_ENDED = tuple(state.value for state in ENDED)


def open_letters_of(session: Session, policy_id: str) -> tuple[LetterRow, ...]:
    """Return the letters under a policy that have not ended, by number.

    It is one at most, unless a demand was recorded so late that its letter came back beside the
    next.
    """
    query = select(LetterRow).where(
        LetterRow.policy_id == policy_id, col(LetterRow.state).not_in(_ENDED)
    )
    return tuple(session.exec(query.order_by(col(LetterRow.number))))


def secured(session: Session) -> Iterator[tuple[str, frozenset[tuple[str, str | None]]]]:
    """Yield each edition of an open letter that counts or may: its number, what secures it.

    Rights are named by their numbers and the registrations of the pledges on them.
    """
    in_force = col(LetterVersionRow.edition) == col(LetterRow.edition)
    undecided = col(LetterVersionRow.state).in_([state.value for state in OPEN_EDITIONS])
    query = (
        select(LetterRow.number, LetterVersionRow.terms)
        .join(LetterVersionRow, col(LetterVersionRow.letter_id) == col(LetterRow.id))
        .where(col(LetterRow.state).not_in(_ENDED), in_force | undecided)
        .order_by(col(LetterRow.number), col(LetterVersionRow.edition))
    )
    for number, terms in session.exec(query.execution_options(yield_per=500)):
        rights = terms["security"]
        yield number, frozenset((one["number"], one["registration"]) for one in rights)


def open_terms(session: Session, row: LetterRow) -> tuple[LetterTerms, ...]:
    """Return what a letter that has not ended says or may come to say.

    The terms of the edition in force, and those of an amendment on which nobody has decided.
    """
    found = [version(session, row.id, row.edition)]
    last = newest(session, row.id)
    if last.edition != row.edition and last.state in OPEN_EDITIONS:
        found.append(last)
    return tuple(map(terms_of, found))


def next_sequence(session: Session, year: int) -> int:
    """Return the number after the last one of a year; the UNIQUE key settles a race."""
    query = select(func.max(LetterRow.sequence)).where(LetterRow.year == year)
    return (session.exec(query).one() or 0) + 1


def versions(session: Session, letter_id: str) -> tuple[LetterVersionRow, ...]:
    """Return every edition of a letter, oldest first."""
    query = select(LetterVersionRow).where(LetterVersionRow.letter_id == letter_id)
    return tuple(session.exec(query.order_by(col(LetterVersionRow.edition))))


def version(session: Session, letter_id: str, edition: int) -> LetterVersionRow:
    """Return one edition of a letter.

    Raises:
        NotFound: there is none.
    """
    query = select(LetterVersionRow).where(
        LetterVersionRow.letter_id == letter_id, LetterVersionRow.edition == edition
    )
    row = session.exec(query).one_or_none()
    if row is None:
        raise missing("edition", "edition")
    return row


def newest(session: Session, letter_id: str) -> LetterVersionRow:
    """Return the last edition of a letter, whether it is in force or only proposed."""
    return versions(session, letter_id)[-1]


def terms_of(row: LetterVersionRow) -> LetterTerms:
    """Read the terms of an edition back."""
    return read_plain(LetterTerms, row.terms)


def terms_in_force(session: Session, row: LetterRow) -> LetterTerms:
    """Return the terms of the edition in force, before acceptance of the one proposed."""
    return terms_of(version(session, row.id, row.edition))


def declaration(session: Session, letter_id: str, number: str) -> LetterDeclarationRow | None:
    """Return what a declaration has taken of a letter, if anything."""
    query = select(LetterDeclarationRow).where(
        LetterDeclarationRow.letter_id == letter_id, LetterDeclarationRow.number == number
    )
    return session.exec(query).one_or_none()


def declarations(session: Session, letter_id: str) -> tuple[LetterDeclarationRow, ...]:
    """Return every declaration that used a letter, in the order in which they did."""
    query = select(LetterDeclarationRow).where(LetterDeclarationRow.letter_id == letter_id)
    order = (col(LetterDeclarationRow.created_at), col(LetterDeclarationRow.number))
    return tuple(session.exec(query.order_by(*order)))


def use(
    session: Session, letter_id: str, declaration_: str, event: str, reference: str
) -> LetterUseRow | None:
    """Return an event of use by what makes it the same event, if it is on record."""
    query = select(LetterUseRow).where(
        LetterUseRow.letter_id == letter_id,
        LetterUseRow.declaration == declaration_,
        LetterUseRow.event == event,
        LetterUseRow.reference == reference,
    )
    return session.exec(query).one_or_none()


def uses(session: Session, letter_id: str) -> tuple[LetterUseRow, ...]:
    """Return every event of use of a letter, in order."""
    query = select(LetterUseRow).where(LetterUseRow.letter_id == letter_id)
    return tuple(session.exec(query.order_by(col(LetterUseRow.seq))))


def last_use(session: Session, letter_id: str) -> int:
    """Return the number of the last event of use; 0 before the first."""
    query = select(func.max(LetterUseRow.seq)).where(LetterUseRow.letter_id == letter_id)
    return session.exec(query).one() or 0


def demand(session: Session, letter_id: str, reference: str) -> LetterDemandRow | None:
    """Return customs' demand by its own number, if it was received."""
    query = select(LetterDemandRow).where(
        LetterDemandRow.letter_id == letter_id, LetterDemandRow.reference == reference
    )
    return session.exec(query).one_or_none()


def demand_named(session: Session, letter_id: str, reference: str) -> LetterDemandRow:
    """Return customs' demand by its own number.

    Raises:
        NotFound: none of that number was received.
    """
    row = demand(session, letter_id, reference)
    if row is None:
        raise missing("demand", "reference")
    return row


def demands(session: Session, letter_id: str) -> tuple[LetterDemandRow, ...]:
    """Return every demand under a letter, oldest first."""
    query = select(LetterDemandRow).where(LetterDemandRow.letter_id == letter_id)
    order = (col(LetterDemandRow.created_at), col(LetterDemandRow.reference))
    return tuple(session.exec(query.order_by(*order)))
