"""The statutory clocks of a claim. Insurance Law (2015) counts calendar days.

Interpretation II art. 15: the clock starts when claim and papers first reach the insurer; the
days between the request for papers and their arrival do not count.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.period import add_days, add_months

ASSESS_DAYS = 30
PAY_DAYS = 10
REFUSE_DAYS = 3
ADVANCE_DAYS = 60
LIMITATION_MONTHS = 24


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """What is known of a claim's course; None is not yet.

    Attributes:
        known_on: the day the bank knew of the default.
        notified_on: the day the claim reached the insurer.
        requested_on: the day missing papers were asked for.
        completed_on: the day the papers were complete.
        assessed_on: the day of the decision.
        agreed_on: the day the amount was agreed.
        settled_on: the day of payment.
        payable_from: first day after the waiting period: no payment is due before it.
        denied: the decision was a refusal.
    """

    known_on: date
    notified_on: date
    requested_on: date | None = None
    completed_on: date | None = None
    assessed_on: date | None = None
    agreed_on: date | None = None
    settled_on: date | None = None
    payable_from: date | None = None
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock.

    Attributes:
        code: stable, for programs.
        zh: what must be done, in Chinese.
        en: the same in English.
        clause: the article.
        due: last day; None while the clock stands still.
        done_on: the day it was done; None is open.
    """

    code: str
    zh: str
    en: str
    clause: str
    due: date | None
    done_on: date | None

    def late(self, on: date) -> bool:
        """Say whether it was missed, or is being missed on `on`."""
        return self.due is not None and (self.done_on or on) > self.due

    def json(self) -> dict[str, Any]:
        """The clock as it crosses the wire."""
        return {
            "code": self.code,
            "words": self.en,
            "words_zh": self.zh,
            "clause": self.clause,
            "due": self.due and self.due.isoformat(),
            "done_on": self.done_on and self.done_on.isoformat(),
        }


def deadlines(file: ClaimFile) -> tuple[Deadline, ...]:
    """Return every clock that runs or has run."""
    paused = file.requested_on is not None and file.completed_on is None
    days_out = 0
    if file.requested_on and file.completed_on:
        days_out = (file.completed_on - file.requested_on).days
    complete = file.completed_on or file.notified_on
    assess = None if paused else add_days(file.notified_on, ASSESS_DAYS + days_out)
    payable = file.payable_from or file.notified_on
    advance = None if paused else max(add_days(complete, ADVANCE_DAYS), payable)
    clocks = [
        Deadline("assess", "核定", "assess the claim", "保险法 Insurance Law art. 23",
                 assess, file.assessed_on),
        Deadline("advance", "先行支付可确定的数额", "pay what can be ascertained in advance",
                 "保险法 Insurance Law art. 25", advance, file.settled_on),
        Deadline("limitation", "诉讼时效", "limitation of the bank's claim",
                 "保险法 Insurance Law art. 26", add_months(file.known_on, LIMITATION_MONTHS),
                 file.settled_on),
    ]  # fmt: skip
    if file.agreed_on:
        clocks.append(
            Deadline("pay", "达成协议后赔付", "pay after agreement", "保险法 Insurance Law art. 23",
                     pay_by(file.agreed_on, payable), file.settled_on)
        )  # fmt: skip
    if file.denied and file.assessed_on:
        clocks.append(
            Deadline("refuse", "发出拒赔通知并说明理由", "send the refusal with its reasons",
                     "保险法 Insurance Law art. 24", add_days(file.assessed_on, REFUSE_DAYS),
                     file.assessed_on)
        )  # fmt: skip
    return tuple(clocks)


def pay_by(agreed_on: date, payable_from: date) -> date:
    """Return the last day of payment: 10 days after agreement, or after the waiting period.

    >>> pay_by(date(2026, 3, 20), date(2026, 5, 31))
    datetime.date(2026, 6, 10)
    """
    return add_days(max(agreed_on, payable_from), PAY_DAYS)
