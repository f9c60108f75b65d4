"""What payees are to be given and must hand back when recoveries are given back anew."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlmodel import Session

from claims.disposal.account import Balance
from claims.disposal.owed_first import owed_on_calls
from claims.facts import Case
from claims.rules.disposal.bookings import payback_moves
from kernel.db import books
from kernel.desk import Desk
from kernel.journal import entry

_NOTHING: Final = Balance("", 0, 0)


def order(
    session: Session,
    case: Case,
    before: Iterable[Balance],
    after: Iterable[Balance],
    *,
    desk: Desk,
) -> None:
    """Bring books and orders of every payee from where it stood to where it stands.

    What it must hand back becomes a receivable. An order is of the difference only, `give_back` or
    `hand_back`; what of an earlier one is not carried out and no longer due is `…_withdrawn`. So
    all orders of a payee, less what was withdrawn, come to what it is due. An order to give says
    what the payee owes on calls (`set_off_first_minor`): it is paid out above that alone.
    """
    stood = {one.payee: one for one in before}
    stands = {one.payee: one for one in after}
    _book(session, case, stood, stands, desk=desk)
    subject, owed = books.Subject("claim", case.claim.id), owed_on_calls(session, case.claim.id)
    for payee, now in stands.items():
        for topic, minor in _changes(stood.get(payee, _NOTHING), now):
            told = {"party": payee, "amount_minor": minor, "currency": case.claim.currency}
            if topic == "give_back" and owed.get(payee):
                told["set_off_first_minor"] = owed[payee]
            books.enqueue(session, subject, topic, told, at=desk.at)


def _changes(before: Balance, now: Balance) -> Iterable[tuple[str, int]]:
    """Yield topic and minor units of each message that a payee's new standing asks for."""
    for topic, change in (
        ("give_back", now.to_give - before.to_give),
        ("hand_back", now.to_hand_back - before.to_hand_back),
    ):
        if change:
            yield topic if change > 0 else f"{topic}_withdrawn", abs(change)


def _book(
    session: Session,
    case: Case,
    before: Mapping[str, Balance],
    after: Mapping[str, Balance],
    *,
    desk: Desk,
) -> None:
    """Turn what a payee must hand back into a receivable, or less of it into none."""
    subject = books.Subject("claim", case.claim.id)
    moves = [
        move
        for payee, now in after.items()
        for move in payback_moves(payee, before.get(payee, _NOTHING).to_hand_back, now.to_hand_back)
    ]
    memo = f"recoveries of claim {case.claim.number} to be handed back"
    key = f"payback:{case.claim.id}:{len(books.events(session, subject)) + 1}"
    posting = entry(memo, desk.on, case.claim.currency, moves)
    books.post(session, posting, subject=subject, key=key, at=desk.at)
