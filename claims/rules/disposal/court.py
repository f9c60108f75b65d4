"""What a court auction of a right is bound by; figures in `court.toml`, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files

from kernel.errors import Fault
from kernel.money import Money, round_half_up
from kernel.period import add_days, add_months


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with where it comes from."""

    value: Fraction
    source: str
    grade: str


@cache
def court() -> Mapping[str, Figure]:
    """Return every figure by its name."""
    stated = tomllib.loads(files(__package__).joinpath("court.toml").read_text(encoding="utf-8"))
    del stated["version"]
    return {
        name: Figure(Fraction(row["value"]), row["source"], row["grade"])
        for name, row in stated.items()
    }


def days(name: str) -> int:
    """Return a figure that counts days, hours, months or times.

    >>> days("relist_days")
    30
    """
    return int(court()[name].value)


@dataclass(frozen=True, slots=True)
class Offered:
    """How a lot is put up.

    Attributes:
        turn: 1 for the first listing, one more for each further one.
        valued: newest valuation, minor units.
        valued_on: its day.
        before: reserve price of the listing before, minor units; None on the first.
        reserve: lowest price, minor units.
        deposit: of each bidder, minor units.
        currency: of these amounts.
        listed_on: day of the notice.
        opens_on: business date of the first bidding.
        hours: from the opening to the close of bidding.
    """

    turn: int
    valued: int
    valued_on: date
    before: int | None
    reserve: int
    deposit: int
    currency: str
    listed_on: date
    opens_on: date
    hours: timedelta


def least_reserve(valued: int, before: int | None) -> int:
    """Return the lowest reserve price that is allowed, minor units.

    First 70 % of the valuation, then 80 % of the reserve price before, rounded half up.

    >>> least_reserve(300_000_000, None), least_reserve(300_000_000, 210_000_000)
    (210000000, 168000000)
    """
    if before is None:
        return round_half_up(valued * court()["first_reserve"].value)
    return round_half_up(before * (1 - court()["reduction"].value))


def check_offer(offered: Offered) -> tuple[Fault, ...]:
    """Return every fault of a listing by the rules of court auctions."""
    faults = [*_price(offered), *_deposit(offered), *_time(offered)]
    if offered.turn > days("auctions"):
        cure = "sell it at its market price, license it, or take it back"
        faults.append(Fault("lot", f"failed {offered.turn - 1} auctions", cure))
    return tuple(faults)


def _price(offered: Offered) -> list[Fault]:
    least = least_reserve(offered.valued, offered.before)
    if offered.reserve < least:
        told = Money(least, offered.currency)
        cure = f"ask at least {told} (Fa Shi 2016-18, art. 10 and 26)"
        return [Fault("reserve", f"is below {told}", cure)]
    if offered.before is not None and offered.reserve > offered.before:
        return [Fault("reserve", "is above that of the auction that failed", "ask less")]
    return []


def _deposit(offered: Offered) -> list[Fault]:
    least = round_half_up(offered.reserve * court()["least_deposit"].value)
    most = round_half_up(offered.reserve * court()["most_deposit"].value)
    if least <= offered.deposit <= most:
        return []
    low, high = Money(least, offered.currency), Money(most, offered.currency)
    cure = f"ask {low} to {high} (Fa Shi 2016-18, art. 17)"
    return [Fault("deposit", "is not 5 to 20 per cent of the reserve price", cure)]


def _time(offered: Offered) -> list[Fault]:
    faults = []
    notice = days("notice_days" if offered.turn == 1 else "notice_days_again")
    first = add_days(offered.listed_on, notice)
    if offered.opens_on < first:
        cure = f"open on {first} or later (Fa Shi 2016-18, art. 12 and 26)"
        faults.append(Fault("opens_at", f"is less than {notice} days after the notice", cure))
    hours = timedelta(hours=days("bidding_hours"))
    if offered.hours < hours:
        cure = "keep it open longer (Fa Shi 2016-18, art. 20)"
        faults.append(Fault("closes_at", f"leaves less than {hours} for bids", cure))
    stands = add_months(offered.valued_on, days("valuation_months"))
    if offered.listed_on > stands:
        faults.append(Fault("valuation", f"stood until {stands}", "have the lot valued again"))
    return faults
