"""What an amendment changes, as lines, and terms with the changes applied.

A list is replaced as a whole. What falls away is stated under the label CANCEL, by its own label.
"""

from collections.abc import Iterable

from kernel.errors import Fault, Invalid, invalid
from underwriting.letters.terms import LetterTerms
from underwriting.standards.lines import Line, stated
from underwriting.standards.mapping import Way, by_label

CANCEL = "CANCEL"
_FIXED = ("NUMBER",)


def _units(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return the lines by field, those of a list together."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        row = by_label().get(line.label)
        if row is None:
            raise invalid(line.label, "is not a label we know", "use the labels of the table")
        found.setdefault(row.listed or row.field, []).append(line)
    return found


def changes(before: LetterTerms, after: LetterTerms, way: Way) -> tuple[Line, ...]:
    """Return what differs between two versions.

    Raises:
        Invalid: the number or the currency differs, the version does not grow, or no field that
            the message carries differs.
    """
    faults = list(_unchangeable(before, after))
    if faults:
        raise Invalid("not-exportable", *faults)
    old, new = _units(stated(before, way)), _units(stated(after, way))
    found: list[Line] = []
    for unit in (*old, *(one for one in new if one not in old)):
        if old.get(unit) != new.get(unit):
            found += new.get(unit) or [Line(CANCEL, old[unit][0].label)]
    if all(one.label == "VERSION" for one in found):
        raise invalid("version", "changes nothing that a message carries", "amend a field")
    return tuple(found)


def _unchangeable(before: LetterTerms, after: LetterTerms) -> Iterable[Fault]:
    if before.number != after.number:
        yield Fault("number", "differs", "an amendment keeps the number; issue another letter")
    if before.amount.currency != after.amount.currency:
        yield Fault("amount", "changes its currency", "issue another letter")
    if after.version <= before.version:
        yield Fault("version", "does not grow", "number the version after the one it amends")


def changed(before: Iterable[Line], stated_changes: Iterable[Line]) -> list[Line]:
    """Return the lines of terms with changes applied."""
    marks = list(stated_changes)
    gone = [one.text for one in marks if one.label == CANCEL]
    new = _units(one for one in marks if one.label != CANCEL)
    new |= {unit: [] for unit in _units(Line(label, "") for label in gone)}
    kept = {unit: lines for unit, lines in _units(before).items() if unit not in new}
    return [line for lines in (*kept.values(), *new.values()) for line in lines]
