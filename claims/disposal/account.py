"""Where each payee of a claim stands with its recoveries, now and over a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims import store as claims
from claims.disposal import store
from claims.disposal.tables import RecoverySharingRow
from claims.facts import Case
from claims.rules.disposal.bookings import BANK, BEYOND, DEBTOR, by_payee, owed_back
from claims.rules.disposal.chronology import totals
from kernel.errors import invalid


@dataclass(frozen=True, slots=True)
class Balance:
    """A payee, minor units.

    Attributes:
        payee: a party, `bank` or `policyholder`.
        due: of all recoveries.
        given: so far, less what it handed back.
    """

    payee: str
    due: int
    given: int

    @property
    def to_give(self) -> int:
        """What it is still to be given."""
        return max(0, self.due - self.given)

    @property
    def to_hand_back(self) -> int:
        """What it must hand back."""
        return owed_back(self.due, self.given)


@dataclass(frozen=True, slots=True)
class Movement:
    """What one edition of a recovery, or a payment, changed for a payee, minor units.

    Attributes:
        booked_on: business date.
        payee: whom it concerns.
        reference: of the recovery or the payment.
        why: `recovered`, what brought a later edition about, `paid` or `handed_back`.
        due: change of what is due.
        given: change of what was given.
    """

    booked_on: date
    payee: str
    reference: str
    why: str
    due: int
    given: int


@dataclass(frozen=True, slots=True)
class PayeeAccount:
    """A payee over a period.

    Attributes:
        opening: where it stood before the first day.
        closing: where it stood after the last.
        movements: in between, by day.
    """

    opening: Balance
    closing: Balance
    movements: tuple[Movement, ...]


def balances(session: Session, case: Case) -> tuple[Balance, ...]:
    """Return where every payee but the issuer stands today, by name."""
    issuer = case.contract.issuer
    return tuple(one for one in _stand(movements(session, case)) if one.payee != issuer)


def accounts(session: Session, case: Case, opens: date, closes: date) -> tuple[PayeeAccount, ...]:
    """Return every payee's account of a period, by name; the issuer's own part is given at once."""
    moved = [one for one in movements(session, case) if one.booked_on <= closes]
    before = {one.payee: one for one in _stand(one for one in moved if one.booked_on < opens)}
    return tuple(
        PayeeAccount(
            before.get(end.payee, Balance(end.payee, 0, 0)),
            end,
            tuple(
                one for one in moved if one.payee == end.payee and opens <= one.booked_on <= closes
            ),
        )
        for end in _stand(moved)
    )


def check_payee(case: Case, party: str) -> None:
    """Refuse who can be no payee of a claim, whatever comes in.

    Raises:
        Invalid: it is no party of the scheme, nor the bank or the policyholder.
    """
    payees = dict.fromkeys((*case.scheme.scheme.parties, BANK, DEBTOR))
    if party not in payees:
        cure = f"use one of {', '.join(payees)}"
        raise invalid("party", f"{party!r} is no payee of this claim", cure)


def movements(session: Session, case: Case) -> tuple[Movement, ...]:
    """Return everything that changed what payees are due or were given, by day."""
    rows = {row.id: row for row in claims.recoveries(session, case.claim.id)}
    earlier: dict[str, RecoverySharingRow] = {}
    found = []
    for one in store.sharings(session, case.claim.id):
        now, last = _dues(case, one), earlier.get(one.recovery_id)
        before = _dues(case, last) if last else {}
        earlier[one.recovery_id] = one
        for payee in sorted({*now, *before}):
            change = now.get(payee, 0) - before.get(payee, 0)
            own = change if payee == case.contract.issuer else 0
            moved = Movement(
                one.booked_on, payee, rows[one.recovery_id].reference, one.why, change, own
            )
            found += [moved] if change else []
    for paid in store.payments(session, case.claim.id):
        why = "paid" if paid.amount_minor > 0 else "handed_back"
        found.append(
            Movement(paid.booked_on, paid.payee, paid.reference, why, 0, paid.amount_minor)
        )
    return tuple(sorted(found, key=lambda one: one.booked_on))  # stable: as they were entered


def _dues(case: Case, edition: RecoverySharingRow) -> dict[str, int]:
    """Return payee -> what it is due; what was paid beyond the cover is the issuer's own."""
    own = {case.contract.issuer: edition.parts.get(BEYOND, 0)}
    borne = {party: minor for party, minor in edition.parts.items() if party != BEYOND}
    return by_payee(totals((borne, own)) if own else borne, edition.surplus_minor)


def _stand(moved: Iterable[Movement]) -> tuple[Balance, ...]:
    every = tuple(moved)
    due = totals({one.payee: one.due} for one in every)
    given = totals({one.payee: one.given} for one in every)
    return tuple(Balance(payee, due[payee], given[payee]) for payee in sorted(due))
