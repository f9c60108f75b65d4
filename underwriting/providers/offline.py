"""The offline provider: a file of rights, every row checked, each right in one or more versions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kernel.errors import Fault, Invalid
from underwriting.providers.columns import record_of
from underwriting.providers.record import RightRecord, plain
from underwriting.providers.rows import rows_of

MOST_FAULTS: Final = 50
"""Faults that one refusal names; a broken file of a million rows shows its beginning."""


@dataclass(frozen=True, slots=True)
class OfflineProvider:
    """Rights from a file; see `PatentProvider`.

    Attributes:
        source: name of the file.
        versions: office and plain number -> its records, oldest first.
    """

    source: str
    versions: Mapping[tuple[str, str], tuple[RightRecord, ...]]

    def right(
        self, number: str, office: str = "CN", *, on: date | None = None
    ) -> RightRecord | None:
        """Return the newest record taken on or before `on`; None where there is none."""
        known = self.versions.get((office, plain(number, office)), ())
        return next((one for one in reversed(known) if on is None or one.as_of <= on), None)

    def __len__(self) -> int:
        return len(self.versions)


def read_rights(text: str, name: str) -> OfflineProvider:
    """Read a file of rights.

    Args:
        text: the whole file.
        name: of the file, `*.csv` or `*.json`, for people.

    Raises:
        Invalid: every faulty row with file, row, column and cure, up to 50; a right that stands
            twice for one day.
    """
    faults: list[Fault] = []
    placed: list[tuple[str, RightRecord]] = []
    for place, row in rows_of(text, name):
        read = record_of(row, place, name)
        if isinstance(read, RightRecord):
            placed.append((place, read))
        else:
            faults += read
    versions = _sorted(placed, faults)
    if faults:
        raise Invalid("patents-invalid", *faults[:MOST_FAULTS])
    return OfflineProvider(name, versions)


def _sorted(
    placed: Iterable[tuple[str, RightRecord]], faults: list[Fault]
) -> dict[tuple[str, str], tuple[RightRecord, ...]]:
    """Gather the versions of each right; two of one day are a fault."""
    first: dict[tuple[tuple[str, str], date], str] = {}
    found: dict[tuple[str, str], list[RightRecord]] = {}
    for place, record in placed:
        earlier = first.setdefault((record.key, record.as_of), place)
        if earlier != place:
            problem = f"{record.number} of {record.as_of} stands in {earlier} too"
            faults.append(Fault(f"{place}: number", problem, "keep one of the two"))
        found.setdefault(record.key, []).append(record)
    return {
        key: tuple(sorted(records, key=lambda one: one.as_of)) for key, records in found.items()
    }
