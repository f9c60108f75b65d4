"""What passes to an insurer that paid, and what may stand against it (Insurance Law 60-63)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kernel.errors import invalid
from kernel.finding import Effect, Finding
from kernel.money import allocate, weights_of


@dataclass(frozen=True, slots=True)
class Waiver:
    """The insured gave up a right against who is liable.

    Attributes:
        on: the day of it.
        minor: the part given up, minor units.
        known: was it stated before the contract was made?
        by_fault: was recourse blocked by intent or gross negligence, without a waiver?
    """

    on: date
    minor: int
    known: bool = False
    by_fault: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """What passes over, minor units.

    Attributes:
        paid: what the insurer paid: never more passes.
        received: what the insured already had on what was paid.
        waived: what its waivers before payment, and its fault whenever, took away.
        taken: what is left to claim.
    """

    paid: int
    received: int
    waived: int
    taken: int


def passed(paid: int, received: int, waivers: Sequence[Waiver], paid_on: date) -> Passed:
    """Return what an insurer may claim in its own name (art. 60 and 61).

    What the insured gave up before payment is lost to the insurer, which may ask it back of the
    insured; so is what it made impossible by intent or gross negligence, whenever that was. What
    it gave up after payment is void and takes nothing away.

    >>> passed(100, 30, [Waiver(date(2026, 7, 1), 50)], date(2026, 6, 1)).taken
    70
    >>> passed(100, 30, [Waiver(date(2026, 7, 1), 50, by_fault=True)], date(2026, 6, 1)).taken
    20
    """
    lost = sum(one.minor for one in waivers if one.by_fault or one.on <= paid_on)
    taken = max(0, paid - received - lost)
    return Passed(paid, received, min(lost, paid), taken)


def waiver_findings(waivers: Sequence[Waiver], paid_on: date) -> tuple[Finding, ...]:
    """Return what each waiver does, after art. 61 and Interpretation IV, art. 9 to 11."""
    return tuple(_of(one, paid_on) for one in waivers)


def _of(one: Waiver, paid_on: date) -> Finding:
    if one.by_fault:
        return Finding(
            "recourse-blocked", Effect.CUT,
            "the insured made recourse impossible by intent or gross negligence",
            "被保险人故意或者因重大过失致使保险人不能行使代位求偿权",
            "保险法 Insurance Law art. 61(3)", "deduct the part from the payment, or have it back",
        )  # fmt: skip
    if one.on > paid_on:
        return Finding(
            "waiver-void", Effect.INFORM,
            f"the insured waived on {one.on}, after payment and without consent: void",
            f"被保险人于{one.on}（赔付之后）未经同意放弃权利，该行为无效",
            "保险法 Insurance Law art. 61(2)", "tell the debtor that the waiver is void",
        )  # fmt: skip
    if one.known:
        return Finding(
            "waiver-before-contract", Effect.CUT,
            "the insured waived before the contract was made and said so: no recourse for it",
            "被保险人在订立合同前已放弃并告知：就相应部分不得代位求偿",
            "保险法解释四 Interpretation IV art. 9", "",
        )  # fmt: skip
    return Finding(
        "waiver-before-payment", Effect.CUT,
        f"the insured waived on {one.on}, before payment: the insurer owes nothing for it",
        f"被保险人于{one.on}（赔付之前）放弃权利：保险人就该部分不承担赔偿责任",
        "保险法 Insurance Law art. 61(1)", "have what was paid for it back from the insured",
    )  # fmt: skip


def contributions(minor: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Share what the debtor does not pay among co-guarantors by agreed shares.

    `shares` are of all who are bound, the one that paid among them; together they are one
    (Interpretation on Security, art. 13). Exact, by largest remainder.

    Raises:
        Invalid: the shares do not sum to one.

    >>> contributions(100, {"us": Fraction(1, 3), "other": Fraction(2, 3)})
    {'us': 33, 'other': 67}
    """
    if sum(shares.values()) != 1 or min(shares.values()) < 0:
        raise invalid("shares", "do not sum to one", "state every co-guarantor's agreed share")
    return dict(zip(shares, allocate(minor, weights_of(shares.values())), strict=True))
