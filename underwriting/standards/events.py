"""What happens to a letter, as messages carry it: demand, refusal, reduction, answer, end."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Demanded:
    """A demand for payment.

    Attributes:
        reference: of the beneficiary, at most 16 characters.
        on: its date.
        amount: demanded.
        extend_to: the day wished where more time would do instead; None where it would not.
        complete: do all papers come with it?
        statement_en: what it states.
        statement_zh: the same in Chinese; None where a message carried none.
    """

    reference: str
    on: date
    amount: Money
    extend_to: date | None = None
    complete: bool
    statement_en: str
    statement_zh: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One ground of refusal; `zh` is None where a message carried none."""

    en: str
    zh: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The one complete notice that a demand is refused.

    Attributes:
        reference: of the notice, at most 16 characters.
        demand: reference of the demand.
        demanded_at: when it was presented; an MT carries the day alone, and midnight is read.
        amount: demanded.
        grounds: all of them, at least one.
        papers: held at the beneficiary's disposal, or sent back.
    """

    reference: str
    demand: str
    demanded_at: datetime
    amount: Money
    grounds: tuple[Ground, ...]
    papers: Literal["hold", "return"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """A reduction of the amount, or the release of all of it.

    Attributes:
        reference: of the advice, at most 16 characters.
        on: from this day.
        less: by how much.
        left: what is still guaranteed; nothing where it is released.
    """

    reference: str
    on: date
    less: Money
    left: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The beneficiary's answer to an amendment.

    Attributes:
        amendment: its number, 1 for the first.
        accepted: is it agreed to?
        reason_en: why not; None where it is accepted or none is given.
    """

    amendment: int
    accepted: bool
    reason_en: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The end of a letter.

    Attributes:
        on: from this day.
        reason: the first four have codes of the standard (their names are from memory), the
            others go as our own words.
        words: more on it, each at most 2,000 characters, at most five.
    """

    on: date
    reason: Literal[
        "refused",
        "not_accepted",
        "business_finished",
        "without_expiry",
        "released",
        "expired",
        "paid_out",
        "revoked",
    ]
    words: tuple[str, ...] = ()
