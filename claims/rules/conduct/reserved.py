"""A reservation of rights: every ground at once, in time; the insurer may then pay defence cost.

Who pays defence cost with knowledge of a ground and says nothing leads the insured to rely on it
(good faith, Civil Code art. 7; Insurance Law arts 5 and 16). A ground that is reserved in time
stays open while cost is paid; one that is not is refused a payment until it is decided.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.rules.conduct.terms import reservation_days
from kernel.errors import Conflict, Fault, Invalid
from kernel.finding import Effect, Finding


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground that is reserved: code of its finding, clause, words in both languages."""

    code: str
    clause: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation as it stands.

    Attributes:
        grounds: codes.
        known_on: the day the insurer knew of the first of them.
        sent_on: the day it was sent.
        proven: is its sending shown?
        stands: neither lifted nor turned into a decision.
    """

    grounds: tuple[str, ...]
    known_on: date
    sent_on: date
    proven: bool
    stands: bool

    @property
    def in_time(self) -> bool:
        """Was it sent within the days?"""
        return self.sent_on <= reservation_days().by(self.known_on)

    @property
    def protects(self) -> bool:
        """Does it keep the grounds open while defence cost is paid?"""
        return self.stands and self.proven and self.in_time


def check_every_ground(
    stated: Sequence[Ground], found: Iterable[Finding], held: Iterable[str] = ()
) -> None:
    """Refuse a reservation that leaves out a ground that is known, or a ground without words.

    Args:
        stated: grounds of the reservation.
        found: findings on the day.
        held: codes that an earlier reservation keeps open.

    Raises:
        Invalid: all that is missing, at once.
    """
    if faults := list(_missing(stated, found, frozenset(held))):
        raise Invalid("reservation-incomplete", *faults)


def _missing(
    stated: Sequence[Ground], found: Iterable[Finding], held: frozenset[str]
) -> Iterator[Fault]:
    if not stated:
        yield Fault("grounds", "there is none", "state every ground with its clause")
    codes = [one.code for one in stated]
    for code in {code for code in codes if codes.count(code) > 1}:
        yield Fault(f"grounds.{code}", "is stated twice", "state it once")
    for one in found:
        if one.effect is Effect.DECLINE and one.code not in codes and one.code not in held:
            cure = f"state it: {one.clause}"
            yield Fault(f"grounds.{one.code}", "is a known ground and is left out", cure)


def open_grounds(reservations: Iterable[Reserved]) -> frozenset[str]:
    """Return the codes that are kept open by reservations that protect."""
    return frozenset(code for one in reservations if one.protects for code in one.grounds)


def check_payable(
    found: Iterable[Finding],
    reservations: Iterable[Reserved],
    lines: Iterable[str],
    defence: Iterable[str],
) -> None:
    """Refuse a payment over a ground that is not reserved, or of more than defence cost.

    Raises:
        Conflict: `not-covered`, with a fault for each ground and line.
    """
    grounds = [one for one in found if one.effect is Effect.DECLINE]
    held, cost = open_grounds(reservations), frozenset(defence)
    cure = "reserve rights on it in time with proof of sending, or decide the claim"
    faults = [
        Fault(f"findings.{one.code}", one.en, f"{one.cure}; or {cure}" if cost else one.cure)
        for one in grounds
        if one.code not in held
    ]
    if grounds and not faults:
        faults = [
            Fault(f"amounts.{line}", "is no defence cost: rights are reserved", "decide the claim")
            for line in lines
            if line not in cost
        ]
    if faults:
        raise Conflict("not-covered", *faults)


def late(one: Reserved) -> Iterator[Finding]:
    """Yield where a reservation came too late to keep its grounds open."""
    if not one.in_time:
        days = reservation_days()
        yield Finding(
            "reservation-late", Effect.REFER,
            f"rights were reserved on {one.sent_on}, later than {days.by(one.known_on)}",
            f"权利保留通知于 {one.sent_on} 发出，迟于 {days.by(one.known_on)}", days.clause,
            "decide on the ground without paying cost in reliance on the reservation",
            f"reservation of {one.sent_on}",
        )  # fmt: skip


def given_up(found: Iterable[Finding], codes: Iterable[str]) -> Iterator[Finding]:
    """Yield findings; a ground whose reservation was lifted refuses nothing any more."""
    lifted = frozenset(codes)
    for one in found:
        if one.code in lifted and one.effect is Effect.DECLINE:
            cure = "nothing to do: the reservation on it was lifted"
            yield replace(one, effect=Effect.INFORM, cure=cure)
        else:
            yield one
