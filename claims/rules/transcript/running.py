"""A loan account between two days: what is owed, and what accrues on it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Final

from claims.rules.interest import rate_time
from claims.rules.transcript.lending import OWED, Lending, Overdue
from kernel.money import round_half_up

_NOTHING: Final = {name: 0 for name in OWED if name != "principal"}
_ACCRUES: Final = ("interest", "penalty", "compound_interest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A loan account at the end of a day; amounts in minor units.

    Attributes:
        on: the day.
        drawn: principal paid out.
        repaid: principal paid back.
        owed: what was charged and not paid, by name, principal left out.
        accrued: since the last charge, exact, by name.
        surplus: paid beyond all that was owed.
        overdue_since: first day whose principal or interest was not paid; None where none is.
    """

    on: date
    drawn: int = 0
    repaid: int = 0
    owed: Mapping[str, int]
    accrued: Mapping[str, Fraction]
    surplus: int = 0
    overdue_since: date | None = None

    @property
    def principal(self) -> int:
        """Principal that is not paid back."""
        return self.drawn - self.repaid

    @property
    def balance(self) -> int:
        """All that is owed, without what has accrued since the last charge."""
        return self.principal + sum(self.owed.values()) - self.surplus

    def standing(self, name: str) -> int:
        """What is owed by name with what has accrued, rounded half up."""
        if name == "principal":
            return self.principal
        return self.owed[name] + round_half_up(self.accrued.get(name, Fraction(0)))


def opened(on: date) -> Running:
    """Return an account on which nothing has happened."""
    return Running(on=on, owed=_NOTHING, accrued=dict.fromkeys(_ACCRUES, Fraction(0)))


def overdue_principal(now: Running, lending: Lending) -> int:
    """Return the principal that was due and is not paid, at the end of the account's day."""
    return min(now.principal, max(0, lending.planned(now.on) - now.repaid))


def accrue(now: Running, lending: Lending, to: date) -> Running:
    """Return the account on a later day, with what has accrued; nothing does once it stops."""
    end = to if lending.stops_on is None else max(now.on, min(to, lending.stops_on))
    time = rate_time(lending.rates, lending.day_count, start=now.on, end=end)
    late, factor = overdue_principal(now, lending), lending.penalty_factor
    whole = lending.overdue is Overdue.WHOLE
    grown = {
        "interest": (now.principal - (late if whole else 0)) * time,
        "penalty": late * (factor if whole else factor - 1) * time,
        "compound_interest": now.owed["interest"] * factor * time if lending.compound else 0,
    }
    return replace(now, on=to, accrued={name: now.accrued[name] + grown[name] for name in _ACCRUES})


def charge(now: Running) -> tuple[Running, dict[str, int]]:
    """Charge what has accrued, each part rounded half up; return it by name beside the account."""
    charged = {name: round_half_up(now.accrued[name]) for name in _ACCRUES}
    owed = {name: minor + charged.get(name, 0) for name, minor in now.owed.items()}
    cleared = dict.fromkeys(_ACCRUES, Fraction(0))
    return replace(now, owed=owed, accrued=cleared), {
        name: minor for name, minor in charged.items() if minor
    }


def pay(now: Running, lending: Lending, minor: int) -> tuple[Running, dict[str, int]]:
    """Pay what is due in the order of the contract, then principal not yet due.

    Returns the account, and what the payment met by name; what is over is the `surplus`.
    """
    met: dict[str, int] = {}
    for name in (*lending.order, "ahead"):
        due = _due(now, lending, name)
        part = min(minor, due)
        if part:
            now = _met(now, name, part)
            name_ = "principal" if name == "ahead" else name
            met[name_] = met.get(name_, 0) + part
            minor -= part
    return replace(now, surplus=now.surplus + minor), met


def _due(now: Running, lending: Lending, name: str) -> int:
    if name == "principal":
        return overdue_principal(now, lending)
    return now.principal if name == "ahead" else now.owed[name]


def _met(now: Running, name: str, part: int) -> Running:
    if name in ("principal", "ahead"):
        return replace(now, repaid=now.repaid + part)
    return replace(now, owed={**now.owed, name: now.owed[name] - part})
