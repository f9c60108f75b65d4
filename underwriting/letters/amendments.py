"""What changed between two versions of a letter, and whether it may.

    changes(before, after) -> every field that changed, with labels and both values
    amendment_faults(before, after, taken, consent) -> why it may not be amended so
    is_extension(before, after) -> only the two dates became later

Amendment binds customs when it agrees; what makes its position worse needs its word before it
is issued. Nobody amends the number, or puts another debtor or guarantor in the place of the
first: that is another letter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Final

from kernel.errors import Fault
from kernel.money import Money
from kernel.plain import plain
from underwriting.letters.labels import label
from underwriting.letters.terms import LetterTerms

FIXED: Final = (
    "number", "regime", "kind", "nature", "mode", "debtor.register_id",
    "guarantor.party.register_id", "usable_from", "effective_on",
)  # fmt: skip
"""Dotted paths that no amendment changes; a firm may change its name and seat."""

_DATES: Final = frozenset({"usable_until", "claim_until"})
_OWN: Final = frozenset({"version", "issued_on"})
"""What each version has of its own."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field that changed.

    Attributes:
        field: dotted path in the terms, lists by place.
        zh: its label.
        en: the same in English.
        before: value as plain JSON; None where it was not there.
        after: likewise.
    """

    field: str
    zh: str
    en: str
    before: Any
    after: Any


def changes(before: LetterTerms, after: LetterTerms) -> tuple[Change, ...]:
    """Return every field that changed, in the order of the letter; version and date left out.

    Money and lists of words are one field each; parties and districts are compared field by
    field.
    """
    return tuple(
        Change(field, *label(field), old, new)
        for field, old, new in _compared("", plain(before), plain(after))
        if field not in _OWN
    )


def is_extension(before: LetterTerms, after: LetterTerms) -> bool:
    """Say whether an amendment only extends: one or both dates later, and nothing else."""
    fields = {change.field for change in changes(before, after)}
    later = after.usable_until >= before.usable_until and after.claim_until >= before.claim_until
    return bool(fields) and fields <= _DATES and later


def amendment_faults(
    before: LetterTerms, after: LetterTerms, *, taken: int, consent: bool
) -> tuple[Fault, ...]:
    """Return why a version may not follow another; empty where it may.

    Args:
        before: version in force.
        after: the next.
        taken: reserved and drawn of the letter, minor units.
        consent: has customs agreed in writing to what makes its position worse?
    """
    return (
        *_version(before, after),
        *_fixed(before, after),
        *_below(after, taken),
        *(() if consent else _worse(before, after)),
    )


def _version(before: LetterTerms, after: LetterTerms) -> Iterator[Fault]:
    if after.version <= before.version:  # versions that customs refused leave gaps
        cure = f"make it version {before.version + 1} or later"
        yield Fault("version", f"{after.version} does not follow {before.version}", cure)
    if not changes(before, after):
        yield Fault("letter", "nothing is changed", "change at least one field")


def _fixed(before: LetterTerms, after: LetterTerms) -> Iterator[Fault]:
    for field in FIXED:
        at = attrgetter(field)
        if at(before) != at(after):
            yield Fault(field, "is never amended", "keep it, or issue another letter")


def _below(after: LetterTerms, taken: int) -> Iterator[Fault]:
    if after.amount.minor < taken:
        least = Money(taken, after.amount.currency)
        problem = f"{after.amount} is below the {least} that is reserved and drawn"
        yield Fault("amount", problem, f"leave at least {least}")


def _worse(before: LetterTerms, after: LetterTerms) -> Iterator[Fault]:
    """Yield what takes something from the beneficiary."""
    cure = "bring the beneficiary's written consent, or keep what was agreed"
    for field in ("claim_until", "usable_until"):
        if getattr(after, field) < getattr(before, field):
            yield Fault(field, f"is earlier than {getattr(before, field)}", cure)
    if after.amount.minor < before.amount.minor:
        yield Fault("amount", f"is below {before.amount}", cure)
    for code, role in _roles(before) - _roles(after):
        yield Fault("beneficiaries", f"{role} district {code} is taken out", cure)
    for field in ("taxes", "purposes"):
        lost = set(getattr(before, field)) - set(getattr(after, field))
        if lost:
            yield Fault(field, f"no longer holds {', '.join(sorted(lost))}", cure)
    if before.restored and not after.restored:
        yield Fault("restored", "the amount is no longer restored", cure)
    yield from _surcharge(before, after, cure)
    yield from _harder(before, after, cure)


def _surcharge(before: LetterTerms, after: LetterTerms, cure: str) -> Iterator[Fault]:
    """Yield where less of the late surcharge is paid: beyond the amount is more than within it."""
    old, new = (0 if one.surcharge.limit is None else one.surcharge.limit.minor
                for one in (before, after))  # fmt: skip
    if new < old:
        yield Fault("surcharge.limit", "less surcharge is paid beyond the amount", cure)
    if after.surcharge.rate_per_day < before.surcharge.rate_per_day:
        yield Fault("surcharge.rate_per_day", "less surcharge is paid a day", cure)


def _harder(before: LetterTerms, after: LetterTerms, cure: str) -> Iterator[Fault]:
    """Yield what makes demanding harder."""
    if set(after.demands.papers) - set(before.demands.papers):
        yield Fault("demands.papers", "asks for more than was agreed", cure)
    same = after.demands.day_kind == before.demands.day_kind
    if not same or after.demands.days > before.demands.days:
        yield Fault("demands.days", "payment may come later than agreed", cure)
    for field in ("partial", "multiple"):
        if getattr(before.demands, field) and not getattr(after.demands, field):
            yield Fault(f"demands.{field}", "is no longer allowed", cure)


def _roles(terms: LetterTerms) -> set[tuple[str, str]]:
    """Return each district with each role that it has."""
    return {
        (one.code, role)
        for one in terms.beneficiaries
        for role in (("registering", "declaring") if one.role == "both" else (one.role,))
    }


def _compared(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield path and both values of what differs; money and lists of words stay whole."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and "minor" not in old:
        for name in old:
            yield from _compared(f"{path}.{name}" if path else name, old[name], new[name])
    elif isinstance(old, list) and isinstance(new, list) and _parts(old) and _parts(new):
        for place in range(max(len(old), len(new))):
            one, other = (side[place] if place < len(side) else None for side in (old, new))
            yield from _compared(f"{path}[{place}]", one, other)
    else:
        yield path, old, new


def _parts(items: list[Any]) -> bool:
    return all(isinstance(one, dict) for one in items)
