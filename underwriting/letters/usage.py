"""What is still free of a letter: two-phase, and never below nothing.

    available = limit - reserved - drawn

A declaration first reserves; when its tax is paid the reserve is free again, or used up where
the letter is not restored; when customs demands, what is paid is gone for good. All amounts are
whole minor units of the letter's currency. `declared` keeps each declaration apart.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from kernel.errors import Conflict, Fault, invalid
from kernel.money import Money


class Use(StrEnum):
    """What happens to the limit."""

    RESERVE = "reserve"
    RELEASE = "release"
    DEMAND = "demand"
    REFUSE_DEMAND = "refuse_demand"
    EXTEND = "extend"
    PAY = "pay"
    AMEND = "amend"
    EXPIRE = "expire"
    REVIVE = "revive"


@dataclass(frozen=True, slots=True)
class Account:
    """The limit and what is taken of it, minor units.

    Attributes:
        limit: guaranteed by the version in force.
        reserved: for declarations whose tax is open.
        drawn: taken for good: paid on demand, or tax paid under a letter that is not restored.
        currency: of the letter; nothing is reckoned with it, refusals name their amounts in it.
    """

    limit: int
    reserved: int = 0
    drawn: int = 0
    currency: str = "CNY"

    def __post_init__(self) -> None:
        assert self.reserved >= 0, "nothing negative is reserved"
        assert self.drawn >= 0, "nothing negative is drawn"
        assert self.available >= 0, "no more is taken than is guaranteed"

    @property
    def available(self) -> int:
        """What declarations may still reserve, minor units; never negative."""
        return self.limit - self.reserved - self.drawn

    def money(self, minor: int) -> Money:
        """Return minor units as people read them."""
        return Money(minor, self.currency)


def after(account: Account, use: Use, minor: int, *, restored: bool) -> Account:
    """Return the account after one use of `minor` units.

    - reserve: at most what is available.
    - release: tax was paid; free again where the letter is `restored`, else used up.
    - demand, refuse_demand, extend: the reserve stays; it must be there.
    - pay: out of the reserve, for good, whether the letter is restored or not.
    - amend: `minor` is the new limit; never below what is reserved and drawn.
    - expire: a reserve falls away unused.
    - revive: what fell away is reserved again, for a demand that had come in time.

    Raises:
        Invalid: the amount is not above nothing.
        Conflict: `above-available`, `above-reserved` or `below-taken`, with what is allowed.

    >>> after(Account(limit=100), Use.RESERVE, 60, restored=True).available
    40
    """
    if minor <= 0:
        raise invalid("amount", "is not above nothing", "give an amount above zero")
    if use is Use.AMEND:
        return _amended(account, minor)
    if use in (Use.RESERVE, Use.REVIVE):
        _at_most(account, minor, account.available, "available")
        return replace(account, reserved=account.reserved + minor)
    _at_most(account, minor, account.reserved, "reserved")
    if use in (Use.DEMAND, Use.REFUSE_DEMAND, Use.EXTEND):
        return account
    taken = use is Use.PAY or (use is Use.RELEASE and not restored)
    return replace(
        account,
        reserved=account.reserved - minor,
        drawn=account.drawn + minor if taken else account.drawn,
    )


def _amended(account: Account, limit: int) -> Account:
    taken = account.reserved + account.drawn
    if limit < taken:
        least = account.money(taken)
        fault = Fault(
            "amount",
            f"{account.money(limit)} is below the {least} that is reserved or drawn",
            f"leave at least {least}, or wait until declarations are released",
        )
        raise Conflict("below-taken", fault)
    return replace(account, limit=limit)


def _at_most(account: Account, minor: int, most: int, name: str) -> None:
    if minor > most:
        allowed = account.money(most)
        fault = Fault(
            "amount",
            f"{account.money(minor)} is above the {allowed} that is {name}",
            f"give at most {allowed}",
        )
        raise Conflict(f"above-{name}", fault)
