"""The figures of a firm's rights, counted from their records; what is silent is left out."""

from collections.abc import Sequence
from datetime import date

from kernel.period import DAYS_PER_YEAR
from underwriting.innovation.stated import Innovation
from underwriting.providers.record import RightRecord


def innovation_of(
    records: Sequence[RightRecord],
    on: date,
    *,
    rd_intensity: float | None = None,
    rd_staff: float | None = None,
) -> Innovation:
    """Count what a firm's records say on a day; R&D is not in a register and is stated beside.

    Rights that are not in force do not count. A mean is taken over the records that state the
    figure, and is missing where none does. No right at all is known to be nothing: 0 throughout.
    """
    alive = [one for one in records if _in_force(one, on)]
    inventions = [one for one in alive if one.kind == "invention"]
    left = [(one.expires - on).days / DAYS_PER_YEAR for one in alive if one.expires is not None]
    silent = bool(alive) and all(one.ipc is None for one in alive)
    classes = {name.partition("/")[0][:4] for one in alive for name in one.ipc or ()}
    return Innovation(
        rights=len(alive),
        invention_share=len(inventions) / len(alive) if alive else 0.0,
        claims=_mean([one.claims for one in inventions]),
        breadth=None if silent else len(classes),
        citations=_mean([one.citations for one in alive]),
        years_left=sum(left) / len(left) if left else _mean([None] * len(alive)),
        rd_intensity=rd_intensity,
        rd_staff=rd_staff,
    )


def _in_force(record: RightRecord, on: date) -> bool:
    """A right stands where its status says so, or, without one, while its term runs."""
    if record.status is not None:
        return record.status == "in_force"
    granted = record.granted is not None and record.granted <= on
    return granted and (record.expires is None or record.expires > on)


def _mean(stated: Sequence[int | None]) -> float | None:
    """Mean of what is stated; nought of no right, None where all are silent."""
    known = [one for one in stated if one is not None]
    if known:
        return sum(known) / len(known)
    return None if stated else 0.0
