"""The money of a scheme's parties, as one act reads it: pools and years, each of them once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlmodel import Session

from kernel.db.row import new_id
from kernel.db.turn import take_turn
from kernel.sharing import CapPer, Scheme
from underwriting import store
from underwriting.tables import PoolRow, PoolYearRow

_COUNTED: Final = (CapPer.POOL_BALANCE, CapPer.PORTFOLIO)
_KEPT: Final = (*_COUNTED, CapPer.YEAR)
"""Caps whose use stands in the books, where acts meet that charge them."""


def take_turns(session: Session, *schemes: Scheme) -> None:
    """Queue for the pools and years of schemes; for none where no cap counts any.

    Raises:
        Awaited: the turn is not this act's yet (`kernel.db.turn.take_turn`).
    """
    kept = {one.code for one in schemes if any(cap.per in _KEPT for cap in one.caps)}
    take_turn(session, *(f"scheme:{code}" for code in sorted(kept)))


class Means:
    """Pools and years that an act has read.

    What was read is what stands: a pool is held since, and nobody else writes in this transaction.
    """

    def __init__(self, session: Session, *, lock: bool) -> None:
        """Nothing is read yet; pools are held against other writers where `lock`."""
        self._session, self._lock = session, lock
        self._pools: dict[tuple[str, str, str], PoolRow | None] = {}
        self._years: dict[tuple[str, str, str, int], PoolYearRow | None] = {}

    def read(self, schemes: Iterable[tuple[Scheme, str]]) -> None:
        """Read, and hold, every pool that a cap of a scheme counts in a currency."""
        counted = {
            (scheme.code, cap.party, currency)
            for scheme, currency in schemes
            for cap in scheme.caps
            if cap.per in _COUNTED
        }
        for key in sorted(counted):  # one order of locking
            self.pool(*key)

    def pool(self, scheme_code: str, party: str, currency: str) -> PoolRow | None:
        """Return what is counted for one party of a scheme, if it is registered."""
        key = (scheme_code, party, currency)
        if key not in self._pools:
            self._pools[key] = store.pool(self._session, *key, lock=self._lock)
        return self._pools[key]

    def year(self, scheme_code: str, party: str, currency: str, year: int) -> PoolYearRow | None:
        """Return what one party of a scheme was charged in a year, if anything."""
        key = (scheme_code, party, currency, year)
        if key not in self._years:
            self._years[key] = store.pool_year(self._session, *key)
        return self._years[key]

    def year_opened(
        self, scheme_code: str, party: str, currency: str, year: int, *, at: datetime
    ) -> PoolYearRow:
        """Return the year of one party of a scheme; before its first charge it is opened."""
        found = self.year(scheme_code, party, currency, year)
        if found is None:
            found = store.add(
                self._session,
                PoolYearRow(
                    id=new_id("py"),
                    created_at=at,
                    scheme_code=scheme_code,
                    party=party,
                    currency=currency,
                    year=year,
                    paid_minor=0,
                ),
            )
            self._years[scheme_code, party, currency, year] = found
        return found
