"""The caps on a party of a scheme, and what of each is used on a day."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from claims.reports.day import known_by
from claims.reports.moved import Whose
from claims.tables import ClaimRow, SettlementRow, ShareRow
from kernel.money import round_half_up
from kernel.sharing import Cap, CapPer, Scheme
from kernel.sharing.scheme import minor_of
from underwriting import store as contracts
from underwriting.store import PolicyRow, PoolRow


@dataclass(frozen=True, slots=True)
class Capped:
    """A cap.

    Attributes:
        per: what it is counted against.
        most: minor units; None where it is of every loan by itself, or no portfolio is agreed.
        used: of it, minor units; None where nothing adds up.
        then: who bears what it cuts; empty: as the scheme's residual.
    """

    per: str
    most: int | None
    used: int | None
    then: str


def caps_on(
    session: Session, scheme: Scheme, pool: PoolRow, on: date, *, contributed: int, drawn: int
) -> tuple[Capped, ...]:
    """Return the caps on a pool's party in the order of the scheme.

    `contributed` and `drawn` are the pool's own until that day, minor units.
    """

    def one(cap: Cap) -> Capped:
        then = cap.then or ""
        if cap.per is CapPer.POOL_BALANCE:
            return Capped(cap.per.value, contributed, drawn, then)
        if cap.per is CapPer.PORTFOLIO:
            volume, rate = pool.portfolio_minor, cap.rate
            most = None if volume is None or rate is None else round_half_up(volume * rate)
            return Capped(cap.per.value, most, drawn, then)
        assert cap.amount is not None, "a cap per loan or year states its amount"
        most = minor_of(cap.amount, pool.currency)
        used = None if cap.per is CapPer.LOAN else used_in_year(session, Whose.pool(pool), on)
        return Capped(cap.per.value, most, used, then)

    return tuple(one(cap) for cap in scheme.caps if cap.party == pool.party)


def used_in_year(session: Session, of: Whose, on: date) -> int:
    """Return what a party was charged until a day for claims of its year, minor units.

    A claim belongs to the year of its first settlement; what the party had paid that year before
    it came into these books is the counter less all that these books charged.
    """
    year = contracts.pool_year(session, of.scheme, of.party, of.currency, on.year)
    all_of_it = _charged(session, of, on.year, date.max)
    before = year.paid_minor - all_of_it if year and year.created_at <= known_by(on) else 0
    return before + _charged(session, of, on.year, on)


def _charged(session: Session, of: Whose, year: int, until: date) -> int:
    """Return the shares of the newest settlements until a day that count in a year."""
    query = (
        select(SettlementRow, ShareRow)
        .join(ClaimRow, col(ClaimRow.id) == SettlementRow.claim_id)
        .join(PolicyRow, col(PolicyRow.id) == ClaimRow.policy_id)
        .join(ShareRow, col(ShareRow.settlement_id) == SettlementRow.id)
        .where(PolicyRow.scheme_code == of.scheme, ShareRow.party == of.party)
        .where(SettlementRow.currency == of.currency)
        .where(col(SettlementRow.settled_on) <= until)
        .where(col(SettlementRow.counts_on).between(date(year, 1, 1), date(year, 12, 31)))
        .order_by(col(SettlementRow.claim_id), col(SettlementRow.sequence))
    )
    newest = {row.claim_id: share.paid_minor for row, share in session.exec(query)}
    return sum(newest.values())
