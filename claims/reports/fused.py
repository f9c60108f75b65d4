"""Every fuse that concerns a party, bank by bank, as the books knew it on a day."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session, col, select

from claims.reports.day import known_by
from claims.rules.reporting.fuse_state import FuseStands, Stated, fuse_stands
from kernel.sharing import Fuse, Scheme
from underwriting import store as contracts
from underwriting.store import MeasureRow


@dataclass(frozen=True, slots=True)
class Fused:
    """A fuse on one bank.

    Attributes:
        measure: name of the ratio.
        above: the fuse blows above it.
        effect: what it stops.
        bank_id: whose ratio; empty where none was ever stated.
        bank: its name.
        stands: how it stands; None where no ratio is stated.
    """

    measure: str
    above: Fraction
    effect: str
    bank_id: str
    bank: str
    stands: FuseStands | None


def fuses_on(session: Session, scheme: Scheme, party: str, on: date) -> tuple[Fused, ...]:
    """Return the fuses of a party in the order of the scheme, banks by name."""
    mine = [fuse for fuse in scheme.fuses if party in fuse.parties]
    return tuple(found for fuse in mine for found in _each(session, scheme, fuse, on))


def _each(session: Session, scheme: Scheme, fuse: Fuse, on: date) -> tuple[Fused, ...]:
    query = select(MeasureRow).where(
        MeasureRow.scheme_code == scheme.code,
        MeasureRow.measure == fuse.measure,
        col(MeasureRow.as_of) <= on,
        col(MeasureRow.created_at) <= known_by(on),
    )
    by_bank: dict[str, list[Stated]] = {}
    for row in session.exec(query.order_by(col(MeasureRow.as_of))):
        by_bank.setdefault(row.bank_id, []).append(Stated(row.as_of, Fraction(row.ratio)))
    names = {bank_id: contracts.party(session, bank_id).name for bank_id in by_bank}
    plain = (fuse.measure, fuse.above, fuse.effect.value)
    if not by_bank:
        return (Fused(*plain, "", "", None),)
    return tuple(
        Fused(*plain, bank_id, names[bank_id], fuse_stands(by_bank[bank_id], fuse.above))
        for bank_id in sorted(by_bank, key=lambda one: (names[one], one))
    )
