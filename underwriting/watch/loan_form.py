"""A loan event as it is sent, and what each kind has to say."""

from collections.abc import Iterator
from typing import Final

from pydantic import Field

from kernel.errors import Fault
from kernel.wire import Code, Day, Identifier, MoneyWire, Wire, Words
from underwriting.watch.loan_event import NEEDS_CONSENT, LoanClass, LoanEvent
from underwriting.watch.loan_event import LoanEventKind as Kind

_AMOUNTS: Final = ("principal", "interest")
_MUST: Final = {
    Kind.DISBURSED: ("principal",),
    Kind.PREPAID: ("principal",),
    Kind.OVERDUE: ("since",),
    Kind.EXTENSION_ASKED: ("until",),
    Kind.EXTENDED: ("until",),
    Kind.REDRAWN: ("principal",),
    Kind.REFINANCED: ("reference",),
    Kind.RECLASSIFIED: ("loan_class",),
    Kind.WITHDRAWN: ("withdraws",),
}
"""What a kind cannot do without; a repayment and an overdue state some amount besides."""

_MAY: Final = {
    Kind.REPAID: _AMOUNTS,
    Kind.PREPAID: _AMOUNTS,
    Kind.DISBURSED: ("principal",),
    Kind.REDRAWN: ("principal",),
    Kind.REFINANCED: ("principal",),
    Kind.OVERDUE: (*_AMOUNTS, "since"),
    Kind.EXTENSION_ASKED: ("until",),
    Kind.EXTENDED: ("until",),
    Kind.RESCHEDULED: ("until",),
    Kind.RECLASSIFIED: ("loan_class",),
    Kind.WITHDRAWN: ("withdraws",),
}
"""What it may state; every kind may state a reference, and a consent where it needs one."""

_SOME: Final = (Kind.REPAID, Kind.OVERDUE)


class LoanEventForm(Wire):
    """One thing that happened to the loan."""

    key: Code = Field(description="Your own name for this event; sent again, it counts once")
    kind: Kind
    happened_on: Day
    principal: MoneyWire | None = None
    interest: MoneyWire | None = None
    since: Day | None = Field(None, description="Overdue: the day on which it fell due")
    until: Day | None = Field(None, description="Extension, new schedule: the last day due")
    loan_class: LoanClass | None = None
    withdraws: Code | None = Field(None, description="Key of the event that is taken back")
    consent_id: Identifier | None = Field(None, description="The leave that it rests on")
    reference: Words | None = Field(None, description="Slip, notice, or the new contract's number")

    def event(self, seq: int) -> LoanEvent:
        """Read it; amounts are checked by `faults` first."""
        plain = ("key", "kind", "happened_on", "since", "until", "loan_class", "withdraws",
                 "consent_id", "reference")  # fmt: skip
        amounts = {
            name: money.money(name).minor
            for name in _AMOUNTS
            if (money := getattr(self, name)) is not None
        }
        return LoanEvent(seq=seq, **{name: getattr(self, name) for name in plain}, **amounts)

    def faults(self, place: str, currency: str) -> Iterator[Fault]:
        """Yield all that is wrong with what it states, by itself."""
        for name in _MUST.get(self.kind, ()):
            if getattr(self, name) is None:
                yield Fault(f"{place}.{name}", "is missing", f"{self.kind} states it")
        may = {*_MAY.get(self.kind, ()), *(("consent_id",) if self.kind in NEEDS_CONSENT else ())}
        for name in (*_AMOUNTS, "since", "until", "loan_class", "withdraws", "consent_id"):
            if name not in may and getattr(self, name) is not None:
                yield Fault(f"{place}.{name}", f"is not for {self.kind}", "leave it out")
        yield from self._amounts(place, currency)
        if self.since is not None and self.since > self.happened_on:
            words = f"{self.since} is after {self.happened_on}, when it was reported"
            yield Fault(f"{place}.since", words, "state the day on which it fell due")

    def _amounts(self, place: str, currency: str) -> Iterator[Fault]:
        stated = [(name, getattr(self, name)) for name in _AMOUNTS]
        given = [(name, money) for name, money in stated if money is not None]
        for name, money in given:
            if money.currency != currency:
                words = f"is in {money.currency}; the loan is in {currency}"
                yield Fault(f"{place}.{name}.currency", words, f"give it in {currency}")
            elif name in _MUST.get(self.kind, ()) and money.money(f"{place}.{name}").minor == 0:
                yield Fault(f"{place}.{name}", "is nothing", "give more than nothing")
        whole = [money for _, money in given if money.currency == currency]
        if self.kind in _SOME and not any(money.money(place).minor for money in whole):
            yield Fault(f"{place}.principal", "is missing", "state principal, interest or both")
