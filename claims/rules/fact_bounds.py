"""What the facts of a claim cannot be: ahead, out of their order, won and lost, more than asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.rules.kinds.cut import stated_minor
from claims.rules.kinds.kind import FactAsked, Kind
from kernel.errors import Fault, Invalid
from kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What facts are held against.

    Attributes:
        on: business date.
        currency: of the claim.
        asked: line -> minor units asked so far.
        file: of the claim before; empty at notice.
        event_on: day of the insured event, where a notice states the facts; None later.
    """

    on: date
    currency: str
    asked: Mapping[str, int]
    file: Mapping[str, Any]
    event_on: date | None = None


def bounded(kind: Kind, facts: Mapping[str, Any], standing: Standing) -> dict[str, Any]:
    """Return facts as the file is to keep them, with None for each that another takes the place of.

    A decision in force takes the place of the one before it: who loses and then wins on appeal
    has won.

    Args:
        kind: of the claim.
        facts: as `facts_in` returns them, what is stated now.
        standing: what they are held against.

    Raises:
        Invalid: a day lies ahead, comes before the one it follows, or after the event of the
            notice; two facts are stated of which one can be; or a part is more than its line
            asks. All of them at once.
    """
    faults = [fault for one in kind.facts for fault in _faults(one, kind, facts, standing)]
    if faults:
        raise Invalid("invalid", *faults)
    replaced = [one.instead_of for one in kind.facts if one.instead_of and facts.get(one.name)]
    return {**{name: None for name in replaced if standing.file.get(name)}, **facts}


def _faults(
    one: FactAsked, kind: Kind, facts: Mapping[str, Any], standing: Standing
) -> Iterator[Fault]:
    field, value = f"facts.{one.name}", facts.get(one.name)
    if one.form == "date":
        yield from _of_day(one, kind, facts, standing)
    if value and one.instead_of and facts.get(one.instead_of):
        words = f"stands beside {one.instead_of}: it is one of the two, not both"
        yield Fault(field, words, "state the decision that is in force, and no other")
    if value and one.part_of:
        part = stated_minor(facts, one.name, standing.currency)
        whole = standing.asked.get(one.part_of, 0)
        if part > whole:
            words = f"is more than what is asked of {one.part_of}"
            cure = f"give a part of {Money(whole, standing.currency)}, or ask for more first"
            yield Fault(field, words, cure)


def _of_day(
    one: FactAsked, kind: Kind, facts: Mapping[str, Any], standing: Standing
) -> Iterator[Fault]:
    if day := _day(facts, one.name):
        if day > standing.on:
            yield Fault(f"facts.{one.name}", f"{day} lies ahead", f"give a day up to {standing.on}")
        elif one.until_event and standing.event_on and day > standing.event_on:
            words = f"{day} is after the {kind.event_en}, {standing.event_on}"
            yield Fault(f"facts.{one.name}", words, f"give a day up to {standing.event_on}")
    if one.since and (one.name in facts or one.since in facts):
        known = {**standing.file, **facts}
        day, first = _day(known, one.name), _day(known, one.since)
        if day and first and day < first:
            named = next(fact for fact in kind.facts if fact.name == one.since)
            field = one.name if one.name in facts else one.since
            words = f"the {one.en}, {day}, is before the {named.en}, {first}"
            yield Fault(f"facts.{field}", words, "put the wrong one of the two days right")


def _day(facts: Mapping[str, Any], name: str) -> date | None:
    value = facts.get(name)
    return date.fromisoformat(value) if value else None
