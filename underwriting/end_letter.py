"""ACT: a letter ends: released, revoked, withdrawn before it counts, or expired."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from documents.blocks import Label
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting.guarantees import store
from underwriting.guarantees.account import (
    Event,
    account_of,
    declared_of,
    paid_under,
    record_held,
)
from underwriting.guarantees.open_demands import open_demands
from underwriting.guarantees.paper import Drawn, Sheet, check_same
from underwriting.guarantees.record import become, registered, stands, told
from underwriting.guarantees.sheets import code_url, sheet
from underwriting.guarantees.stated import EndStated
from underwriting.guarantees.tables import LetterRow, LetterVersionRow
from underwriting.letters.clocks import last_day_of_demand
from underwriting.letters.declared import expire
from underwriting.letters.guards import check_expired, check_releasable, check_revocable
from underwriting.letters.moves import IN_FORCE, MOVES, State, move
from underwriting.letters.usage import Use
from underwriting.papers.letter_ends import letter_release, letter_revocation


def release_sheets(
    session: Session, letter_id: str, stated: EndStated, *, desk: Desk, public_url: str
) -> tuple[Sheet, ...]:
    """Return the notice of release.

    Raises:
        NotFound: there is no such letter.
        Conflict: it is not in force; `still-open` or `irrevocable` without the beneficiary's
            written release.
    """
    row = store.letter(session, letter_id)
    move(row.state, State.RELEASED)
    written = stated.released_by is not None
    left = Money(row.limit_minor - row.drawn_minor, row.currency)
    reserved = Money(row.reserved_minor, row.currency)
    check_releasable(left, reserved, written_release=written)
    version = store.version(session, row.id, row.edition)
    terms, number = store.terms_of(version), f"{row.number}-L"
    form = letter_release(
        terms,
        number=number,
        on=desk.on,
        grounds=Label(stated.grounds_zh, stated.grounds_en),
        reference=stated.released_by or "",
        paid=Money(paid_under(session, row), row.currency),
        code_url=code_url(public_url, version),
        content_hash=version.content_hash,
    )
    return (sheet(form, terms, number),)


def release_letter(
    session: Session,
    letter_id: str,
    stated: EndStated,
    papers: Sequence[Drawn],
    *,
    desk: Desk,
    public_url: str,
) -> LetterRow:
    """Release a letter: what is still reserved falls away.

    Raises:
        As `release_sheets`; Conflict `demand-open` or `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    sheets = release_sheets(session, row.id, stated, desk=desk, public_url=public_url)
    check_same(papers, sheets)
    _let_go(session, row, desk=desk)
    _drop_open_edition(session, row, desk=desk)
    become(session, row, State.RELEASED, desk=desk, papers=papers, reason=stated.grounds_en)
    told(session, row, "released", {"released_by": stated.released_by}, desk=desk)
    return row


def revocation_sheets(
    session: Session, letter_id: str, stated: EndStated, *, desk: Desk, public_url: str
) -> tuple[Sheet, ...]:
    """Return the notice of revocation.

    Raises:
        NotFound: there is no such letter.
        Conflict: `irrevocable`: it is in force and customs has not released it in writing.
    """
    row = store.letter(session, letter_id)
    move(row.state, State.REVOKED)
    version = store.version(session, row.id, row.edition)
    terms, number = store.terms_of(version), f"{row.number}-X"
    written = stated.released_by is not None
    check_revocable(terms, row.state, written_release=written)
    form = letter_revocation(
        terms,
        number=number,
        on=desk.on,
        grounds=Label(stated.grounds_zh, stated.grounds_en),
        consent=stated.released_by,
        code_url=code_url(public_url, version),
        content_hash=version.content_hash,
    )
    return (sheet(form, terms, number),)


def revoke_letter(
    session: Session,
    letter_id: str,
    stated: EndStated,
    papers: Sequence[Drawn],
    *,
    desk: Desk,
    public_url: str,
) -> LetterRow:
    """Revoke a letter: its signed file stays intact, the register says that it is void.

    Raises:
        As `revocation_sheets`; Conflict `demand-open` or `changed-meanwhile`.
    """
    row = store.letter(session, letter_id, lock=True)
    sheets = revocation_sheets(session, row.id, stated, desk=desk, public_url=public_url)
    check_same(papers, sheets)
    _let_go(session, row, desk=desk)
    _drop_open_edition(session, row, desk=desk)
    become(session, row, State.REVOKED, desk=desk, papers=papers, reason=stated.grounds_en)
    told(session, row, "revoked", {"released_by": stated.released_by}, desk=desk)
    return row


def expire_letter(session: Session, letter_id: str, *, desk: Desk) -> LetterRow:
    """Let a letter expire on the day after its last day of demand.

    Raises:
        NotFound: there is no such letter.
        Conflict: `not-expired` or `demand-open`.
    """
    row = store.letter(session, letter_id, lock=True)
    terms = store.terms_in_force(session, row)
    open_ = len(open_demands(session, row))
    last = last_day_of_demand(terms.claim_until, desk.calendar, on=desk.on)
    check_expired(terms, desk.on, open_demands=open_, last=last)
    _let_go(session, row, desk=desk)
    _drop_open_edition(session, row, desk=desk)
    become(session, row, State.EXPIRED, desk=desk, reason=f"no demand until {last}")
    told(session, row, "expired", {"on": desk.on.isoformat()}, desk=desk)
    return row


def withdraw_letter(session: Session, letter_id: str, reason: str, *, desk: Desk) -> LetterRow:
    """Withdraw a letter that is not in force, or the open amendment of one that is.

    Raises:
        NotFound: there is no such letter.
        Conflict: nothing is open that can be withdrawn; or `irrevocable`, where it took effect
            when it left the house.
    """
    row = store.letter(session, letter_id, lock=True)
    version = store.newest(session, row.id)
    if row.state not in IN_FORCE:
        check_revocable(store.terms_of(version), row.state, written_release=False)
    stands(session, version, State.LAPSED)
    version.reason = reason
    if row.state in IN_FORCE:
        _lapsed(session, row, version, reason, desk=desk)
    else:
        become(session, row, State.LAPSED, desk=desk, reason=reason)
    payload = {"edition": version.edition, "reason": reason}
    told(session, row, "withdrawn", payload, desk=desk)
    return row


def _let_go(session: Session, row: LetterRow, *, desk: Desk) -> None:
    """Let every open reserve of a letter fall away.

    Raises:
        Conflict: `demand-open`.
    """
    if open_demands(session, row):
        fault = Fault("state", "a demand is not answered", "pay or refuse it first")
        raise Conflict("demand-open", fault)
    uses = store.uses(session, row.id)
    fallen = Counter(one.declaration for one in uses if one.event == Use.EXPIRE)
    for kept in store.declarations(session, row.id):
        if not kept.reserved_minor:
            continue
        event = Event(
            use=Use.EXPIRE,
            declaration=kept.number,
            reference=_time(fallen[kept.number]),
            district=kept.district,
            taxes=(),
            amount=kept.reserved_minor,
            on=desk.on,
        )
        held = expire(account_of(row), declared_of(kept))
        record_held(session, row, kept, event, held, desk=desk)


def _time(before: int) -> str:
    """Return what tells the ends of a letter apart that was demanded once more after the first."""
    return str(before + 1) if before else ""


def _drop_open_edition(session: Session, row: LetterRow, *, desk: Desk) -> None:
    """Drop an amendment on which nobody has decided: the letter has ended before."""
    version = store.newest(session, row.id)
    if version.edition != row.edition and State.LAPSED in MOVES[State(version.state)]:
        stands(session, version, State.LAPSED)
        _lapsed(session, row, version, "the letter ended before", desk=desk)


def _lapsed(
    session: Session, row: LetterRow, version: LetterVersionRow, reason: str, *, desk: Desk
) -> None:
    """Write into the register that an edition never came into force."""
    status = State.LAPSED.value
    registered(session, row, version.edition, status, desk=desk, reason=reason)
