"""The clocks of a claim: what the statutes and the contract give each side, and by when.

Insurance Law (2015) counts calendar days, the first day not included. Interpretation II art. 15:
the clock starts when claim and papers first reach the insurer; the days between the request for
papers and their arrival do not count. A pool's own days for filing are working days; whoever
knows the calendar counts them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from claims.rules.deadline import Deadline, clock
from claims.rules.limitation import LIMITATION_MONTHS, barred_after
from claims.rules.pauses import Pause, in_hand, merged, run_out
from kernel.period import add_days

__all__ = ["LIMITATION_MONTHS", "ClaimFile", "Deadline", "Filing", "advance_by", "deadlines",
           "pay_by"]  # fmt: skip

ASSESS_DAYS: Final = 30
PAY_DAYS: Final = 10
REFUSE_DAYS: Final = 3
ADVANCE_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Filing:
    """A pool that waits for the final loss, and its own days.

    Attributes:
        party: of the scheme.
        due: last day; None until the final loss is fixed.
        filed_on: None is not yet.
    """

    party: str
    due: date | None
    filed_on: date | None


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What is known of a claim's course; None is not yet.

    Attributes:
        known_on: the day the bank knew of the default.
        notified_on: the day the claim reached the insurer.
        requested_on: the day missing papers were asked for; used where `pauses` is empty.
        completed_on: the day the papers were complete.
        assessed_on: the day of the decision.
        agreed_on: the day the amount was agreed.
        first_assessed_on: the day of the first decision, where it was taken up again since.
        first_agreed_on: the day its amount was agreed.
        settled_on: the day of payment.
        payable_from: first day after the waiting period: no payment is due before it.
        denied: the decision was a refusal.
        pauses: every time that papers were out.
        advanced_on: the day of the first payment on account.
        acknowledged: days on which the insurer acknowledged the claim.
        notice_days: the insured's days to notify; None where the contract sets none.
        assess_days: agreed days of assessment, else the statute's 30.
        pay_days: agreed days of payment, else the statute's 10.
        filings: with pools that pay on the final loss.
    """

    known_on: date
    notified_on: date
    requested_on: date | None = None
    completed_on: date | None = None
    assessed_on: date | None = None
    agreed_on: date | None = None
    settled_on: date | None = None
    first_assessed_on: date | None = None
    first_agreed_on: date | None = None
    payable_from: date | None = None
    denied: bool = False
    pauses: tuple[Pause, ...] = ()
    advanced_on: date | None = None
    acknowledged: tuple[date, ...] = ()
    notice_days: int | None = None
    assess_days: int = ASSESS_DAYS
    pay_days: int = PAY_DAYS
    filings: tuple[Filing, ...] = ()

    @property
    def out(self) -> tuple[Pause, ...]:
        """The pauses, in order and none over another."""
        if self.pauses or self.requested_on is None:
            return merged(self.pauses)
        return (Pause(self.requested_on, self.completed_on),)


def deadlines(file: ClaimFile) -> tuple[Deadline, ...]:
    """Return every clock that runs or has run."""
    return (*_before(file), *_after(file), *_filings(file))


def _before(file: ClaimFile) -> Iterator[Deadline]:
    """Yield the clocks of a claim that is not decided; they stop at its first decision."""
    assessed = file.first_assessed_on or file.assessed_on
    agreed = file.first_agreed_on or file.agreed_on
    decided = agreed or (assessed if file.denied else None)
    paid_on = file.advanced_on or decided or file.settled_on
    payable = file.payable_from or file.notified_on
    yield _standing(file, "assess", file.notified_on, file.assess_days, done_on=assessed)
    yield _standing(
        file, "advance", _complete(file), ADVANCE_DAYS, done_on=paid_on, earliest=payable
    )
    yield clock("limitation", barred_after(file.known_on, file.acknowledged), file.settled_on)
    if file.notice_days is not None:
        yield clock("notice", add_days(file.known_on, file.notice_days), file.notified_on)


def _standing(
    file: ClaimFile,
    code: str,
    start: date | None,
    days: int,
    *,
    done_on: date | None,
    earliest: date | None = None,
) -> Deadline:
    """Return a clock that stands still while papers are out; `earliest` may be its last day."""
    due = run_out(start, days, file.out) if start else None
    if due:
        return clock(code, max(due, earliest or due), done_on)
    since = file.out[-1].since
    kept = in_hand(start, days, file.out, since) if start else days
    return clock(code, None, done_on, stands_since=since, kept=kept)


def _complete(file: ClaimFile) -> date | None:
    """Return the day on which claim and papers were first here; None is not yet."""
    return file.out[0].until if file.out else file.completed_on or file.notified_on


def advance_by(file: ClaimFile, stated_on: date) -> date | None:
    """Return the last day to pay what was stated on a day, as far as it can be ascertained.

    Sixty days run from the papers, or from the day it was stated where that is later. None while
    papers are missing: the clock stands still.
    """
    complete = _complete(file)
    due = complete and run_out(max(complete, stated_on), ADVANCE_DAYS, file.out)
    return due and max(due, file.payable_from or due)


def _after(file: ClaimFile) -> Iterator[Deadline]:
    """Yield the clocks that a decision starts."""
    if file.agreed_on:
        payable = file.payable_from or file.notified_on
        due = pay_by(file.agreed_on, payable, days=file.pay_days)
        yield clock("pay", due, file.settled_on)
    if file.denied and file.assessed_on:
        yield clock("refuse", add_days(file.assessed_on, REFUSE_DAYS), file.assessed_on)


def _filings(file: ClaimFile) -> Iterator[Deadline]:
    for one in file.filings:
        yield clock("pool_filing", one.due, one.filed_on, of=one.party)


def pay_by(agreed_on: date, payable_from: date, *, days: int = PAY_DAYS) -> date:
    """Return the last day of payment: 10 days after agreement, or after the waiting period.

    Where the contract gives other `days`, those (Insurance Law art. 23 para. 1).

    >>> pay_by(date(2026, 3, 20), date(2026, 5, 31))
    datetime.date(2026, 6, 10)
    """
    return add_days(max(agreed_on, payable_from), days)
