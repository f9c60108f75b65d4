"""Every limit as it stands on a day: the whole book, and the key that uses most of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from kernel.finding import Finding
from underwriting.holdings import store
from underwriting.holdings.exposed import exposures_of
from underwriting.portfolio.exposures import Exposures
from underwriting.portfolio.findings import means_findings
from underwriting.portfolio.headroom import Row, balance, ceiling
from underwriting.portfolio.keys import Key
from underwriting.portfolio.limits import Counts, Limits, Statutory


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the house stands against its limits.

    Attributes:
        exposures: with the means, and what was written since.
        rows: one for each limit on the whole book, one for each limit and dimension on keys.
        findings: that the means are not stated, or too old.
    """

    exposures: Exposures
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def limits_today(session: Session, limits: Limits, currency: str, on: date) -> Standing:
    """Return every limit in one currency with what it leaves; nothing is added.

    Without stated means no statutory limit can be shown, and a finding says so.
    """
    exposures = exposures_of(session, (), currency, on)
    rows = (
        *(row for limit in limits.statutory for row in _statutory(session, limit, exposures, on)),
        *_house(session, limits, currency, on),
    )
    return Standing(exposures, rows, tuple(means_findings(exposures, limits, on)))


def _statutory(session: Session, limit: Statutory, exposures: Exposures, on: date) -> Iterator[Row]:
    means, currency = exposures.means, exposures.currency
    if means is None:
        return
    most = ceiling(limit, means)
    if limit.counts is not Counts.KEY:
        used = balance(limit, exposures, on)
        yield Row(limit.grounds, True, None, used, 0, most, currency)
    for dimension in limit.dimensions:
        found = store.largest_kept(session, dimension, limit.products, currency, on)
        key, used = found or (Key(dimension, ""), 0)
        yield Row(limit.grounds, True, key, used, 0, most, currency)


def _house(session: Session, limits: Limits, currency: str, on: date) -> Iterator[Row]:
    for dimension, own in limits.ceilings.items():
        found = store.accumulations(session, dimension, on, limit=1, currency=currency)
        key, used = (found[0].key, found[0].held.minor) if found else (Key(dimension, ""), 0)
        yield Row(own.grounds, False, key, used, 0, own.minor(currency), currency)
