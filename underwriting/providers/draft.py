"""From a record to the draft of a pledged right: what it says, and what is missing by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from underwriting.providers.record import Entry, RightRecord
from underwriting.providers.term import SOURCE, end_of_term

_PLAIN: Final = ("kind", "number", "title", "office", "owner", "family", "standard")
_DAYS: Final = ("filed", "granted", "expires", "fees_paid_until")
_NEEDED: Final = ("title", "owner", "filed", "expires")
"""What the form of a pledge cannot do without."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a record does not say.

    Attributes:
        field: of the form of a pledged right.
        needed: whether the form cannot do without it; else a test stays untested.
        cure: what to do about it.
    """

    field: str
    needed: bool
    cure: str


@dataclass(frozen=True, slots=True)
class RightDraft:
    """A pledged right as far as a record goes.

    Attributes:
        record: where it comes from.
        fields: of the form `PledgedRight`, as on the wire.
        missing: what the record does not say.
        derived: field -> on what it rests, where the record does not state it itself.
    """

    record: RightRecord
    fields: Mapping[str, Any]
    missing: tuple[Missing, ...]
    derived: Mapping[str, str]

    def with_value(self, appraised: Mapping[str, str], on: date, appraiser: str) -> dict[str, Any]:
        """Return the whole form with its appraisal, as on the wire."""
        added = {"appraised": appraised, "appraised_on": on.isoformat(), "appraiser": appraiser}
        return {**self.fields, **added}


def draft(record: RightRecord, on: date) -> RightDraft:
    """Draft a pledged right from what a source knew; nothing is made up."""
    fields: dict[str, Any] = {
        name: value for name in _PLAIN if (value := getattr(record, name)) is not None
    }
    derived: dict[str, str] = {}
    days = {name: getattr(record, name) for name in _DAYS}
    if days["expires"] is None and record.filed is not None:
        days["expires"] = end_of_term(record.kind, record.office, record.filed)
        if days["expires"] is not None:
            derived["expires"] = SOURCE
    fields |= {name: value.isoformat() for name, value in days.items() if value is not None}
    if record.co_owners is not None:
        fields["co_owners"] = list(record.co_owners)
    if record.ipc:
        fields["technology"] = record.ipc[0].partition("/")[0][:4]
    fields |= {name: flag for name, flag in _flags(record, on) if flag is not None}
    return RightDraft(record, fields, tuple(_missing(record, fields, on)), derived)


def _flags(record: RightRecord, on: date) -> Iterator[tuple[str, bool | None]]:
    for name, listed in (
        ("in_dispute", record.disputes),
        ("invalidation_pending", record.invalidations),
        ("pledged_elsewhere", record.pledges),
    ):
        yield name, None if listed is None else _open(listed, on)


def _open(listed: tuple[Entry, ...], on: date) -> bool:
    return any(entry.open_on(on) for entry in listed)


def _missing(record: RightRecord, fields: Mapping[str, Any], on: date) -> Iterator[Missing]:
    """Name what the form asks for, then what a test of the pledge would read."""
    for name in _NEEDED:
        if name not in fields:
            yield Missing(name, needed=True, cure=f"state it; {record.source} does not")
    for name in ("appraised", "appraised_on", "appraiser"):
        yield Missing(name, needed=True, cure="have it valued; a register holds no value")
    for name in ("granted", "fees_paid_until", "co_owners"):
        if name not in fields:
            yield Missing(name, needed=False, cure="read it from the register extract")
    for name, flag in _flags(record, on):
        if flag is None:
            yield Missing(name, needed=False, cure="state whether there is one, on a register day")
