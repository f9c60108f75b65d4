"""Audit of calls: what each party owes is paid or awaited, and the journal says the same."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sqlalchemy import func
from sqlmodel import Session, col, select

from claims import store as claims
from claims.calls import store
from claims.calls.moves import OPEN, State
from claims.calls.paid import awaited, in_default, net_paid
from claims.calls.tables import CallPaymentRow, CallRow
from claims.calls.waiting import Filing
from claims.facts import Case, case_of
from claims.tables import ClaimRow, SettlementRow
from kernel.db.tables import JournalRow, PostingRow
from kernel.errors import Fault
from kernel.money import Money
from kernel.sharing import UNCOVERED

_CURE = "compare the calls of the claim with its journal"


def verify_calls(session: Session) -> tuple[Fault, ...]:
    """Return a fault for each claim whose calls, payments, shares and journal disagree.

    Of each party: its share in the newest settlement is what it paid, net of refunds, what is
    awaited of it and what waits for the final loss; in default its share is nothing, and what it
    paid is held. The journal's balances of the claim are these amounts to the minor unit.
    """
    settled = select(SettlementRow.claim_id).distinct()
    found = session.exec(select(ClaimRow).where(col(ClaimRow.id).in_(settled)))
    return tuple(fault for claim in found for fault in _claim(session, claim.id))


def _claim(session: Session, claim_id: str) -> Iterator[Fault]:
    case, calls = case_of(session, claim_id), store.of_claim(session, claim_id)
    for row in calls:
        yield from _call(session, row)
    due, balances = due_of(session, case), _balances(session, claim_id)
    waiting = {
        row.party: row.amount_minor
        for row in store.filings(session, claim_id)
        if row.state != Filing.FILED
    }
    for party in sorted({*due, *waiting, *(row.party for row in calls)}):
        mine = tuple(row for row in calls if row.party == party)
        owed = due.get(party, 0), waiting.get(party, 0)
        tests = _default_tests if party in case.claim.file.get("defaulted", ()) else _tests
        for holds, problem in tests(case, party, owed, mine, balances):
            if not holds:
                yield Fault(f"claim {case.claim.number}, {party}", problem, _CURE)


def due_of(session: Session, case: Case) -> dict[str, int]:
    """Return what each party that is called owes by the newest settlement, minor units."""
    assert case.standing is not None, "the claim is settled"
    sides = case.sides
    return {
        share.party: share.paid_minor
        for share in claims.shares(session, case.standing.id)
        if share.party not in (sides.issuer, sides.bank, UNCOVERED)
    }


Tests = Iterator[tuple[bool, str]]


def _tests(
    case: Case,
    party: str,
    owed: tuple[int, int],
    mine: tuple[CallRow, ...],
    balances: Mapping[str, int],
) -> Tests:
    due, waits = owed
    told = _telling(case)
    paid, left = net_paid(mine), awaited(mine)
    yield (
        due == paid + left + waits,
        (f"owes {told(due)}, paid {told(paid)}, called {told(left)}, waiting {told(waits)}"),
    )
    yield sum(row.state in OPEN for row in mine) <= 1, "more than one call is open"
    yield in_default(mine) == 0, "a call is in default and the party is not"
    for account, minor in _receivable(case, party, due - paid):
        yield balances.get(account, 0) == minor, f"{account} is not {told(minor)}"
    for account in _held(case, party):
        yield balances.get(account, 0) == 0, f"{account} is not empty"


def _default_tests(
    case: Case,
    party: str,
    owed: tuple[int, int],
    mine: tuple[CallRow, ...],
    balances: Mapping[str, int],
) -> Tests:
    paid, arrears = net_paid(mine), in_default(mine)
    told = _telling(case)
    yield owed == (0, 0), f"is in default and bears {told(owed[0])}"
    yield arrears > 0, "is in default and owes nothing"
    yield not any(row.state in OPEN for row in mine), "is in default and called"
    for account, minor in _receivable(case, party, 0):
        yield balances.get(account, 0) == minor, f"{account} is not {told(minor)}"
    held, in_arrears, *memo = _held(case, party)
    yield balances.get(in_arrears, 0) == arrears, f"{in_arrears} is not {told(arrears)}"
    yield balances.get(held, 0) == -paid, f"{held} is not {told(-paid)}"
    for account in memo:
        yield balances.get(account, 0) == paid, f"{account} is not {told(paid)}"


def _telling(case: Case) -> Callable[[int], Money]:
    """Return what tells an amount of a claim."""
    return partial(Money, currency=case.claim.currency)


def _receivable(case: Case, party: str, minor: int) -> tuple[tuple[str, int], ...]:
    if case.sides.lead:
        return ((f"share_receivable:{party}", minor),)
    return ((f"memo_call:{party}", minor), (f"memo_owed_to_bank:{party}", -minor))


def _held(case: Case, party: str) -> tuple[str, ...]:
    if case.sides.lead:
        return (f"held_in_default:{party}", f"share_in_default:{party}")
    return (
        f"memo_held_in_default:{party}",
        f"share_in_default:{party}",
        f"memo_held_by_bank:{party}",
    )


def _call(session: Session, row: CallRow) -> Iterator[Fault]:
    paid = session.exec(
        select(func.sum(CallPaymentRow.amount_minor)).where(CallPaymentRow.call_id == row.id)
    ).one()
    ended = row.state in (State.PAID, State.RECEIPTED)
    words = store.answers(session, row.id)
    tests = [
        (row.paid_minor == int(paid or 0), "its payments are not what it says was paid"),
        (ended == (row.open_minor == 0), "it is paid in state but not in money, or the reverse"),
        (
            [word.sequence for word in words] == list(range(1, len(words) + 1)),
            "a word of its dialogue is missing",
        ),
    ]
    for holds, problem in tests:
        if not holds:
            yield Fault(f"call {row.id}", problem, _CURE)


def _balances(session: Session, claim_id: str) -> dict[str, int]:
    """Return account -> debits less credits, of the entries about one claim."""
    account = col(PostingRow.account)
    sums = (
        select(account, func.sum(PostingRow.amount_minor))
        .join(JournalRow, col(JournalRow.id) == PostingRow.entry_id)
        .where(JournalRow.subject_type == "claim", JournalRow.subject_id == claim_id)
        .group_by(account)
    )
    return {name: int(total) for name, total in session.exec(sums)}
