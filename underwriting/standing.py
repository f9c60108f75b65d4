"""What a scheme asks of the day, fetched from the books: balances, ratios, payments.

What is not registered is refused with its cure: missing is not zero and not unlimited.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlmodel import Session

from kernel.db.gather import flush
from kernel.errors import Conflict, Fault, Invalid
from kernel.money import Money
from kernel.sharing import Cap, CapPer, Facts, Portfolio, Scheme
from underwriting import store
from underwriting.means import Means, take_turns


@dataclass(frozen=True, slots=True)
class Charge:
    """When and in what a share is charged."""

    currency: str
    on: date
    at: datetime


def facts_of_the_day(
    session: Session,
    scheme: Scheme,
    *,
    client_id: str,
    loan_minor: int,
    currency: str,
    ip_share: Fraction,
    tier: str | None,
    on: date,
    lock: bool = False,
    means: Means | None = None,
) -> Facts:
    """Return the facts that `scheme` asks on `on`; pools are locked where `lock`.

    `means` are those that the act has read already, if any.

    Raises:
        Invalid: a pool, a portfolio or a ratio that the scheme needs is not registered;
            all of them at once.
    """
    faults: list[Fault] = _two_portfolios(scheme)
    balances: dict[str, int] = {}
    paid: dict[str, int] = {}
    portfolio: Portfolio | None = None
    means = means or Means(session, lock=lock)
    if lock:
        take_turns(session, scheme)
    for cap in sorted(scheme.caps, key=lambda cap: cap.party):  # one order of locking
        if cap.per is CapPer.YEAR:
            year = means.year(scheme.code, cap.party, currency, on.year)
            paid[cap.party] = year.paid_minor if year else 0
        elif cap.per in (CapPer.POOL_BALANCE, CapPer.PORTFOLIO):
            pool = means.pool(scheme.code, cap.party, currency)
            if pool is None or (cap.per is CapPer.PORTFOLIO and pool.portfolio_minor is None):
                faults.append(_not_registered(scheme, cap, currency))
            elif cap.per is CapPer.POOL_BALANCE:
                balances[cap.party] = pool.contributed_minor - pool.drawn_minor
            else:
                portfolio = Portfolio(pool.portfolio_minor or 0, pool.drawn_minor)
    ratios = _ratios(session, scheme, client_id, on, faults)
    if faults:
        raise Invalid("facts-missing", *faults)
    return Facts(
        loan_minor=loan_minor,
        ip_share=ip_share,
        tier=tier,
        balances=balances,
        paid_this_year=paid,
        portfolio=portfolio,
        ratios=ratios,
    )


def _ratios(
    session: Session, scheme: Scheme, client_id: str, on: date, faults: list[Fault]
) -> dict[str, Fraction]:
    """Return the newest statement of each ratio; a missing one is added to `faults`."""
    ratios: dict[str, Fraction] = {}
    for measure in dict.fromkeys(fuse.measure for fuse in scheme.fuses):
        stated = store.latest_measure(session, scheme.code, client_id, measure, on)
        if stated is None:
            faults.append(
                Fault(
                    f"ratios.{measure}",
                    f"is not stated for this bank, and a fuse of {scheme.code} watches it",
                    "state it: POST /v1/measures",
                )
            )
        else:
            ratios[measure] = Fraction(stated.ratio)
    return ratios


def _two_portfolios(scheme: Scheme) -> list[Fault]:
    """Return a fault where two parties are capped per portfolio: the books keep one figure."""
    capped = {cap.party for cap in scheme.caps if cap.per is CapPer.PORTFOLIO}
    if len(capped) < 2:  # noqa: PLR2004 - one is enough
        return []
    parties = ", ".join(sorted(capped))
    cure = "state the cap of one party only, or share under two schemes"
    return [Fault("scheme.caps", f"{parties} are each capped per portfolio", cure)]


def _not_registered(scheme: Scheme, cap: Cap, currency: str) -> Fault:
    what = "the agreed portfolio" if cap.per is CapPer.PORTFOLIO else "the pool's money"
    return Fault(
        f"pools.{scheme.code}.{cap.party}",
        f"{what} in {currency} is not registered, and a cap counts it",
        "register it: POST /v1/pools",
    )


def counts(scheme: Scheme, party: str) -> bool:
    """Say whether a cap of the scheme counts what this party has paid against its means."""
    return any(
        cap.party == party and cap.per in (CapPer.POOL_BALANCE, CapPer.PORTFOLIO)
        for cap in scheme.caps
    )


def draw(
    session: Session,
    scheme: Scheme,
    party: str,
    minor: int,
    currency: str,
    *,
    means: Means | None = None,
) -> None:
    """Count against a party's pool what it pays, minor units; below nought, what it gets back.

    `means` are those that the act has read and locked already, if any.

    Raises:
        Conflict: `pool-short`, the party has more to pay than was contributed: a cap per portfolio
            leaves it so, or what it got back was spent before it must be handed back.
    """
    if not minor or not counts(scheme, party):
        return
    take_turns(session, scheme)
    pool = (means or Means(session, lock=True)).pool(scheme.code, party, currency)
    if pool is None:
        return
    pool.drawn_minor += minor
    assert pool.drawn_minor >= 0, "no pool gets back more than it paid"
    if pool.drawn_minor > pool.contributed_minor:
        short = Money(pool.drawn_minor - pool.contributed_minor, currency)
        words = f"lacks {short} of what {party} owes under {scheme.code}"
        cure = "record its contribution: POST /v1/pools/{id}/contributions"
        raise Conflict("pool-short", Fault(f"pools.{party}", words, cure))
    session.add(pool)
    flush(session)


def charge_year(
    session: Session, scheme: Scheme, party: str, minor: int, *, loss: Charge, means: Means
) -> None:
    """Count a party's share of a loss against its year, where a cap counts the year.

    What is recovered later leaves the year's payments as they were made.
    """
    if any(cap.party == party and cap.per is CapPer.YEAR for cap in scheme.caps):
        year = means.year_opened(scheme.code, party, loss.currency, loss.on.year, at=loss.at)
        year.paid_minor += minor
        session.add(year)
        flush(session)
