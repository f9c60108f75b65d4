"""What a kind of claim must state, so that one engine serves all of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from claims.rules.line import Line
from claims.rules.loan_record import LoanRecord
from kernel.sharing import Loss, LossBase
from underwriting.rules.contract import Contract

CASH: Final = "cash"
"""The account of money that is paid out."""


@dataclass(frozen=True, slots=True)
class Used:
    """What earlier settlements of a policy have used of its aggregates, minor units.

    Attributes:
        paid: by line, payments less repayments, of all other claims.
        by_right: the same by number of the right.
    """

    paid: Mapping[str, int] = field(default_factory=dict)
    by_right: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All lines."""
        return sum(self.paid.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What is worked out: a claim as it stands.

    Attributes:
        contract: frozen in the policy.
        event_on: day of the insured event.
        asked: line -> minor units, all that was asked so far.
        adjusted: line -> (minor units allowed, why not more).
        file: facts established so far, as the claim's file holds them.
        loss_base: what the scheme shares.
        room: sum insured still free, minor units.
        used: of the aggregates.
        record: what the loan's own record says; None where there is no loan, or no record.
    """

    contract: Contract
    event_on: date
    asked: Mapping[str, int]
    adjusted: Mapping[str, tuple[int, str]]
    file: Mapping[str, Any]
    loss_base: LossBase
    room: int
    used: Used = field(default_factory=Used)
    record: LoanRecord | None = None


@dataclass(frozen=True, slots=True)
class FactAsked:
    """A fact that a kind keeps in the file of a claim, beside conduct.

    Attributes:
        name: key of the file.
        form: `date`, `text`, `code`, `flag`, `money`, or `record`: several facts, each a text or
            a flag.
        zh: what it is, in Chinese.
        en: the same in English.
        at_notice: must the notice state it?
        days: of a record, the names of its parts that are days.
        since: the day that it does not come before, a fact too.
        until_event: is it, as a notice states it, up to the day of the insured event?
        instead_of: the fact that it cannot stand beside, and takes the place of.
        part_of: the line of which an amount is a part.
    """

    name: str
    form: str
    zh: str
    en: str
    at_notice: bool = False
    days: tuple[str, ...] = ()
    since: str = ""
    until_event: bool = False
    instead_of: str = ""
    part_of: str = ""


def day_alone(file: Mapping[str, Any]) -> tuple[str, ...]:  # noqa: ARG001 - kinds are asked alike
    """Return nothing: the day of the event is its whole key."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of claim.

    Attributes:
        code: `default`, `enforcement`, `liability` or `customs`.
        product: code of the product whose policies it is claimed under.
        zh: what it is called, in Chinese.
        en: the same in English.
        event_zh: what the day of the insured event is, in Chinese.
        event_en: the same in English.
        insured: who claims, in Chinese and in English.
        debtor: the policyholder, likewise.
        payment: what is paid, likewise.
        lines: line -> its words, in the order in which the limit is filled.
        facts: what its file keeps beside conduct.
        approve: what is approved of each line, cumulative over the life of the claim.
        loss: approved lines and currency -> what the scheme shares.
        to_third_party: lines that are paid to the third party and not to the insured, unless
            the insured has paid it.
        beside: lines that stand beside the sum insured and do not use it up.
        awaits: line -> the fact, of a decision in force, without which nothing of it is paid yet.
        pays_from: the account that meets a payment: `cash`, or that of what was paid before.
        shares: loss base of a scheme -> what of this kind it takes in, in Chinese and English; one
            that is not here is said as it stands.
        apart: file -> names that tell its event from others of the same day; none: the day does.
    """

    code: str
    product: str
    zh: str
    en: str
    event_zh: str
    event_en: str
    insured: str
    debtor: str
    payment: str
    lines: Mapping[str, str]
    facts: tuple[FactAsked, ...]
    approve: Callable[[Stated], tuple[Line, ...]]
    loss: Callable[[Sequence[Line], str], Loss]
    to_third_party: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    awaits: Mapping[str, str] = field(default_factory=dict)
    pays_from: str = CASH
    shares: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    apart: Callable[[Mapping[str, Any]], tuple[str, ...]] = day_alone

    def event_key(self, file: Mapping[str, Any]) -> str:
        """Return what tells the event of a claim from others of its day; empty: the day does."""
        named = self.apart(file)
        return "/".join(named) if any(named) else ""

    def same_event(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Are two events of one day the same? They are where no name that both state differs."""
        pairs = zip(self.apart(one), self.apart(other), strict=True)
        return not any(ours and theirs and ours != theirs for ours, theirs in pairs)
