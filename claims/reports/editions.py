"""Every edition of the recoveries under a scheme, with the edition before it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from claims.disposal.store import RecoverySharingRow
from claims.tables import ClaimRow, RecoveryRow
from underwriting.store import PolicyRow


@dataclass(frozen=True, slots=True)
class CameBack:
    """What one edition of a recovery changed; the first one brings all of it.

    Attributes:
        claim: the row.
        recovery: the row; its own figures are those of today.
        edition: as it was booked.
        before: the edition that it corrects; None where it is the first.
    """

    claim: ClaimRow
    recovery: RecoveryRow
    edition: RecoverySharingRow
    before: RecoverySharingRow | None

    @property
    def booked_on(self) -> date:
        """Business date of this edition."""
        return self.edition.booked_on

    @property
    def corrects(self) -> date | None:
        """The day on which the edition before was booked; None where nothing is corrected."""
        return self.before.booked_on if self.before else None

    @property
    def net(self) -> int:
        """What it changed of the net recovery, minor units."""
        return self.edition.net_minor - (self.before.net_minor if self.before else 0)

    def own(self, party: str) -> int:
        """What it changed of a party's part, minor units."""
        was = self.before.parts.get(party, 0) if self.before else 0
        return int(self.edition.parts.get(party, 0) - was)


def editions_under(session: Session, scheme: str, currency: str) -> Iterator[CameBack]:
    """Yield every edition under a scheme in a currency, by claim, recovery and edition."""
    query = (
        select(ClaimRow, RecoveryRow, RecoverySharingRow)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(RecoveryRow, col(RecoveryRow.claim_id) == ClaimRow.id)
        .join(RecoverySharingRow, col(RecoverySharingRow.recovery_id) == RecoveryRow.id)
        .where(PolicyRow.scheme_code == scheme, RecoveryRow.currency == currency)
        .order_by(
            col(ClaimRow.number), col(RecoveryRow.sequence), col(RecoverySharingRow.edition)
        )
    )  # fmt: skip
    last: RecoverySharingRow | None = None
    for claim, recovery, edition in session.exec(query):
        before = last if last is not None and last.recovery_id == recovery.id else None
        yield CameBack(claim, recovery, edition, before)
        last = edition
