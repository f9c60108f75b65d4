"""ACT: a letter of guarantee is drafted under a bound policy; nothing leaves the house yet."""

from collections.abc import Iterator

from sqlmodel import Session

from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, Invalid
from kernel.finding import Effect, Finding
from kernel.plain import plain
from underwriting.guarantees import store
from underwriting.guarantees.drafting import (
    Foundation,
    Identity,
    foundation,
    terms_of_policy,
)
from underwriting.guarantees.known import evidence_of
from underwriting.guarantees.parts import foreign_faults
from underwriting.guarantees.pledged_elsewhere import pledged_elsewhere
from underwriting.guarantees.record import told
from underwriting.guarantees.stated import LetterStated
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.content import content_hash
from underwriting.letters.moves import State, move
from underwriting.letters.number import letter_number
from underwriting.letters.refusals import refusals
from underwriting.letters.terms import LetterTerms
from underwriting.standards.iso.undertaking import tsrv001
from underwriting.standards.mt.undertaking import mt760

LINE = "CGL"
"""Code of customs guarantee letters in their numbers."""


def preview_letter(
    session: Session, policy_id: str, stated: LetterStated, *, desk: Desk, demonstration: bool
) -> tuple[LetterTerms, tuple[Finding, ...]]:
    """Return the letter that a draft would be, and every ground on which it is refused.

    Raises:
        As `draft_letter`, but for the grounds; they come along where districts or rights that the
        policy does not have are stated, for then there is no letter to show.
    """
    found = foundation(session, policy_id)
    number, version, *_ = _numbered(session, _open(session, found), desk)
    identity = Identity(number, version, desk.on, desk.insurer, demonstration)
    terms = terms_of_policy(found, stated, identity)
    grounds = _grounds(session, found, stated, terms)
    if faults := foreign_faults(found.risk, stated):
        check_grounds(grounds, faults)
    return terms, grounds


def draft_letter(
    session: Session, policy_id: str, stated: LetterStated, *, desk: Desk, demonstration: bool
) -> LetterRow:
    """Draft a letter; one that customs refused is corrected by the next edition of it.

    `demonstration` says that a self-made authority will sign it.

    Raises:
        NotFound: there is no such policy.
        Conflict: it is no customs guarantee, or a letter under it is open.
        Invalid: `letter-refused`, with every ground on which it may not be issued, and every
            district or right that is stated and the policy does not have.
    """
    found = foundation(session, policy_id, lock=True)
    row = _open(session, found)
    number, version, sequence = _numbered(session, row, desk)
    identity = Identity(number, version, desk.on, desk.insurer, demonstration)
    terms = terms_of_policy(found, stated, identity)
    check_grounds(_grounds(session, found, stated, terms), foreign_faults(found.risk, stated))
    if row is None:
        row = _row(session, found, terms, sequence, desk)
    else:
        _restate(session, row, terms)
    propose(session, row, terms, "letter", desk=desk)
    told(session, row, "drafted", {"edition": version, "policy": found.policy.number}, desk=desk)
    return row


def _grounds(
    session: Session, found: Foundation, stated: LetterStated, terms: LetterTerms
) -> tuple[Finding, ...]:
    """Return every ground: of the law, of other letters, of the messages that carry it."""
    return (
        *refusals(terms, evidence_of(found, stated, terms)),
        *pledged_elsewhere(session, terms),
        *_uncarried(terms),
    )


def _uncarried(terms: LetterTerms) -> Iterator[Finding]:
    """Yield what a message has no room for: found now, and not when the letter is signed."""
    for write in (mt760, tsrv001):
        try:
            write(terms)
        except Invalid as refused:
            for fault in refused.faults:
                yield Finding(
                    "message-limit", Effect.DECLINE,
                    f"{fault.field} {fault.problem}", f"报文字段放不下：{fault.field}",
                    "MT760 and tsrv.001", fault.cure,
                )  # fmt: skip


def check_grounds(grounds: tuple[Finding, ...], faults: tuple[Fault, ...] = ()) -> None:
    """Refuse a letter on all its grounds at once, after the faults of what is stated.

    Raises:
        Invalid: `letter-refused`.
    """
    legal = [Fault(f"letter.{one.code}", f"{one.en} {one.zh}", one.cure) for one in grounds]
    if legal or faults:
        raise Invalid("letter-refused", *faults, *legal)


def propose(
    session: Session, row: LetterRow, terms: LetterTerms, kind: str, *, desk: Desk, reason: str = ""
) -> LetterVersionRow:
    """Write an edition as a draft."""
    return store.add(
        session,
        LetterVersionRow(
            id=new_id("lv"),
            created_at=desk.at,
            letter_id=row.id,
            edition=terms.version,
            kind=kind,
            state=State.DRAFT.value,
            terms=plain(terms),
            content_hash=content_hash(terms),
            maker=desk.actor,
            reason=reason,
        ),
    )


def _open(session: Session, found: Foundation) -> LetterRow | None:
    """Return the letter that customs refused and is corrected; None where a new one is drafted."""
    rows = store.open_letters_of(session, found.policy.id)
    cure = "amend, release or withdraw it first"
    faults = [
        Fault("policy_id", f"letter {row.number} under this policy is {row.state}", cure)
        for row in rows
        if row.state != State.REFUSED
    ]
    if faults:
        raise Conflict("letter-open", *faults)
    return rows[0] if rows else None


def _numbered(session: Session, row: LetterRow | None, desk: Desk) -> tuple[str, int, int]:
    """Return number, edition and sequence: those of the letter that is corrected, or new ones."""
    if row is not None:
        return row.number, store.newest(session, row.id).edition + 1, row.sequence
    sequence = store.next_sequence(session, desk.on.year)
    return letter_number(LINE, desk.on.year, sequence), 1, sequence


def _row(
    session: Session, found: Foundation, terms: LetterTerms, sequence: int, desk: Desk
) -> LetterRow:
    return store.add(
        session,
        LetterRow(
            id=new_id("lt"),
            created_at=desk.at,
            number=terms.number,
            year=desk.on.year,
            sequence=sequence,
            policy_id=found.policy.id,
            client_id=found.policy.client_id,
            state=State.DRAFT.value,
            currency=terms.amount.currency,
            limit_minor=terms.amount.minor,
            edition=terms.version,
            usable_from=terms.usable_from,
            usable_until=terms.usable_until,
            claim_until=terms.claim_until,
        ),
    )


def _restate(session: Session, row: LetterRow, terms: LetterTerms) -> None:
    """Let a refused letter be the draft of its next edition.

    The register is not told: the edition that was signed stays refused there.
    """
    row.state = move(row.state, State.DRAFT)
    session.add(row)
    row.edition, row.limit_minor = terms.version, terms.amount.minor
    row.usable_from, row.usable_until = terms.usable_from, terms.usable_until
    row.claim_until = terms.claim_until
