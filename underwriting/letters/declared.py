"""What one declaration holds of a letter: reserved, then released, or demanded and then paid.

    reserved -> released | demanded -> paid | refused (its reserve stays, it may be demanded again)

Each step moves declaration and account together, so that nothing is released twice, no demand is
above what is reserved and its surcharge, and the declarations always add up to the account. All
amounts are whole minor units.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from kernel.errors import Conflict, Fault, invalid
from underwriting.letters.usage import Account, Use, after


class Standing(StrEnum):
    """Where a declaration stands."""

    RESERVED = "reserved"
    DEMANDED = "demanded"
    REFUSED = "refused"
    RELEASED = "released"
    PAID = "paid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a declaration holds, minor units.

    Attributes:
        reserved: still open; what is demanded is part of it.
        demanded: of the reserve, under a demand that is not answered.
        added: of the demanded, surcharge that was reserved with the demand.
        beyond: surcharge demanded beyond the amount, not answered.
        released: tax paid by the debtor.
        paid: paid to customs out of the amount.
        paid_beyond: surcharge paid to customs beyond the amount.
        refused: was the last demand refused?
    """

    reserved: int
    demanded: int = 0
    added: int = 0
    beyond: int = 0
    released: int = 0
    paid: int = 0
    paid_beyond: int = 0
    refused: bool = False

    def __post_init__(self) -> None:
        assert 0 <= self.added <= self.demanded <= self.reserved, "a demand is within its reserve"

    @property
    def standing(self) -> Standing:
        """Where it stands: an open demand first, then an open reserve, then how it ended."""
        if self.demanded or self.beyond:
            return Standing.DEMANDED
        if self.reserved:
            return Standing.REFUSED if self.refused else Standing.RESERVED
        if self.paid or self.paid_beyond:
            return Standing.PAID
        return Standing.RELEASED if self.released else Standing.EXPIRED


Held = tuple[Account, Declared]
"""The account and the declaration after a step."""

_ANSWERS: Final = (Use.PAY, Use.REFUSE_DEMAND, Use.EXTEND)


def reserve(account: Account, minor: int) -> Held:
    """Reserve for a declaration that has nothing of the letter yet.

    Raises:
        Conflict: `above-available`.
    """
    return after(account, Use.RESERVE, minor, restored=True), Declared(reserved=minor)


def release(account: Account, declared: Declared, minor: int, *, restored: bool) -> Held:
    """Release what the debtor has paid of the tax, all of it or a part.

    Raises:
        Conflict: `above-open`: more than is open and not demanded.
    """
    _open(account, declared, minor)
    left = after(account, Use.RELEASE, minor, restored=restored)
    return left, replace(
        declared, reserved=declared.reserved - minor, released=declared.released + minor
    )


def demand(
    account: Account, declared: Declared, tax: int, surcharge: int = 0, *, beyond: int | None = None
) -> Held:
    """Take up customs' demand.

    Args:
        account: of the letter.
        declared: what the declaration holds.
        tax: demanded, minor units; at most what is reserved; 0 where it was paid late and only
            the surcharge is open.
        surcharge: demanded, minor units.
        beyond: what the letter still pays of surcharge beyond its amount; None where surcharge
            counts within: then it is reserved with the demand out of what is available, and only
            what that does not hold comes out of the declaration's reserve, which is for its tax.

    Raises:
        Conflict: `above-open`, `above-available` or `above-surcharge-limit`, with the most
            that can be demanded; `demand-open` where one is not answered.
    """
    if min(tax, surcharge) < 0:
        raise invalid("amount", "is below nothing", "give 0 or more of tax and of surcharge")
    if declared.standing is Standing.DEMANDED:
        raise _no("demand-open", "a demand is not answered yet", "answer it first")
    if tax or not surcharge:
        _open(account, declared, tax)
    if beyond is not None:
        if surcharge > beyond:
            most = account.money(beyond)
            words = f"{account.money(surcharge)} of surcharge is above the {most} that is left"
            raise _no("above-surcharge-limit", words, f"demand at most {most} of surcharge")
        return account, replace(declared, demanded=tax, beyond=surcharge, refused=False)
    added = max(min(surcharge, account.available), tax + surcharge - declared.reserved)
    if added:
        account = after(account, Use.RESERVE, added, restored=True)
    held = replace(
        declared,
        reserved=declared.reserved + added,
        demanded=tax + surcharge,
        added=added,
        refused=False,
    )
    return account, held


def payable(
    account: Account, declared: Declared, tax: int, surcharge: int = 0, *, beyond: int | None = None
) -> tuple[int, int]:
    """Return how much of a tax and a surcharge can be demanded, both in minor units.

    The arguments are those of `demand`, which takes what is returned unless both are 0. The tax
    comes first: what it leaves of the reserve is what the surcharge may still fall back on.

    >>> payable(Account(limit=100, reserved=90), Declared(reserved=60), 70, 20)
    (60, 10)
    """
    free = declared.reserved - declared.demanded
    taken = min(tax, free)
    most = account.available + free - taken if beyond is None else beyond
    return taken, min(surcharge, most)


def answer(account: Account, declared: Declared, use: Use) -> Held:
    """Answer the open demand: pay it whole, refuse it, or extend the letter in its place.

    What is paid is gone for good. Refused or extended, the reserve stays for the tax; the
    surcharge that was reserved with the demand is free again.

    Raises:
        Conflict: `no-demand`: there is none, or it was answered.
    """
    assert use in _ANSWERS, f"{use} answers no demand"
    if declared.standing is not Standing.DEMANDED:
        raise _no("no-demand", "no demand is open", "record the demand first")
    answered = replace(declared, demanded=0, added=0, beyond=0, refused=use is Use.REFUSE_DEMAND)
    if use is Use.PAY:
        paid = replace(
            answered,
            reserved=declared.reserved - declared.demanded,
            paid=declared.paid + declared.demanded,
            paid_beyond=declared.paid_beyond + declared.beyond,
        )
        if declared.demanded:
            account = after(account, Use.PAY, declared.demanded, restored=False)
        return account, paid
    if declared.added:
        account = after(account, Use.EXPIRE, declared.added, restored=True)
    return account, replace(answered, reserved=declared.reserved - declared.added)


def expire(account: Account, declared: Declared) -> Held:
    """Let an open reserve fall away when the letter has ended.

    Raises:
        Conflict: `demand-open`: a demand that came in time is answered first.
    """
    if declared.standing is Standing.DEMANDED:
        raise _no("demand-open", "a demand that came in time is not answered", "answer it first")
    if declared.reserved == 0:
        return account, declared
    left = after(account, Use.EXPIRE, declared.reserved, restored=True)
    return left, replace(declared, reserved=0)


def revive(account: Account, declared: Declared, minor: int) -> Held:
    """Reserve again what fell away when the letter expired: a demand had come in time.

    Raises:
        Conflict: `above-available`.
    """
    left = after(account, Use.REVIVE, minor, restored=True)
    return left, replace(declared, reserved=declared.reserved + minor)


def beyond_left(limit: int | None, held: Iterable[Declared]) -> int | None:
    """Return what a letter still pays of surcharge beyond its amount; None where it is within.

    `limit` is that of the terms, minor units; `held` is every declaration of the letter.

    >>> beyond_left(50, [Declared(reserved=0, paid_beyond=20)]), beyond_left(None, [])
    (30, None)
    """
    if limit is None:
        return None
    return limit - sum(one.beyond + one.paid_beyond for one in held)


def _open(account: Account, declared: Declared, minor: int) -> None:
    most = declared.reserved - declared.demanded
    if minor <= 0:
        raise invalid("amount", "is not above nothing", "give an amount above zero")
    if minor > most:
        left = account.money(most)
        words = f"{account.money(minor)} is above the {left} that is open of this declaration"
        raise _no("above-open", words, f"give at most {left}" if most else "nothing is open")


def _no(code: str, problem: str, cure: str) -> Conflict:
    return Conflict(code, Fault("declaration", problem, cure))
