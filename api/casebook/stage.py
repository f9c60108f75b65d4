"""Set the stage for a walk: the desk of a day, the bank, the pools, the ratios, the proposal."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from kernel.desk import Desk
from kernel.money import Money, parse_minor
from kernel.sharing import CapPer, Scheme
from kernel.working_days import Calendar
from underwriting.portfolio.means import Means
from underwriting.product import Risk
from underwriting.products import product
from underwriting.register import (
    Measure,
    Opening,
    register_party,
    register_pool,
    state_measure,
)
from underwriting.rules.levels import LEVELS
from underwriting.state_means import state_means

_OFFICE_HOUR = 2  # UTC; ten in the morning in Shanghai


def desk_on(day: date, insurer: str, calendar: Calendar, actor: str = "casebook") -> Desk:
    """Return the desk of a business day, with the highest authority."""
    at = datetime(day.year, day.month, day.day, _OFFICE_HOUR, tzinfo=UTC)
    return Desk(at, day, actor, insurer, calendar, LEVELS[-1])


def open_house(
    session: Session, walk: Mapping[str, Any], scheme: Scheme, *, name: str, desk: Desk
) -> str:
    """Register the bank of a case and the means behind its scheme; return the bank's id.

    Ratios that a fuse watches are nought on this day; the case's own hold from the default on.
    """
    means_stated(session, walk["loan"]["currency"], desk=desk)
    bank = register_party(session, "bank", f"贷款银行 {name}", _register_id(name), desk=desk)
    register_means(session, walk, scheme, bank.id, desk=desk)
    return bank.id


def register_means(
    session: Session, walk: Mapping[str, Any], scheme: Scheme, client_id: str, *, desk: Desk
) -> None:
    """Register the money behind a scheme, and its ratios: nought on this day."""
    for cap in scheme.caps:
        if cap.per is CapPer.POOL_BALANCE:
            means = Money.of(walk["balances"][cap.party], walk["loan"]["currency"])
            register_pool(session, scheme, cap.party, means, portfolio=None, desk=desk)
        elif cap.per is CapPer.PORTFOLIO:
            _portfolio(session, walk, scheme, cap.party, desk=desk)
    for measure in dict.fromkeys(fuse.measure for fuse in scheme.fuses):
        stated = Measure(measure, Fraction(0), desk.on, "at the quote of the case")
        state_measure(session, scheme, client_id, stated, desk=desk)


def means_stated(session: Session, currency: str, *, desk: Desk) -> None:
    """State the insurer's own figures of the last quarter: hypothetical, and ample."""
    state_means(session, _means(currency, desk.on), desk=desk)


def _means(currency: str, on: date) -> Means:
    billion = Money.of("1000000000", currency).minor
    return Means(
        currency=currency,
        as_of=date(on.year, (on.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1),
        source="hypothetical figures of the casebook",
        net_assets=20 * billion,
        capital_and_reserves=20 * billion,
        retained_premium=billion,
        retained_guarantee=10 * billion,
        retained_financing=5 * billion,
        small_business_share=Fraction(2, 5),
        core_solvency=Fraction(2),
        comprehensive_solvency=Fraction(5, 2),
    )


def before_settling(
    session: Session, walk: Mapping[str, Any], scheme: Scheme, client_id: str, *, desk: Desk
) -> None:
    """State what the case says of the day of settlement: ratios, and the year's payments."""
    for measure, ratio in (walk.get("ratios") or {}).items():
        stated = Measure(measure, Fraction(str(ratio)), desk.on, "stated by the case")
        state_measure(session, scheme, client_id, stated, desk=desk)
    currency = walk["loan"]["currency"]
    for cap in scheme.caps:
        paid = parse_minor((walk.get("paid_this_year") or {}).get(cap.party, "0"), currency)
        if cap.per is CapPer.YEAR and paid:
            means = Money(paid, currency) + Money.of(walk["loan"]["amount"], currency)
            register_pool(
                session,
                scheme,
                cap.party,
                means,
                portfolio=None,
                desk=desk,
                opening=Opening(paid, paid),
            )


def _portfolio(
    session: Session, walk: Mapping[str, Any], scheme: Scheme, party: str, *, desk: Desk
) -> None:
    currency = walk["loan"]["currency"]
    volume = Money.of(walk["portfolio"]["volume"], currency)
    drawn = parse_minor(walk["portfolio"]["paid"], currency)
    opening = Opening(drawn, drawn)
    register_pool(session, scheme, party, volume, portfolio=volume, desk=desk, opening=opening)


def proposal(walk: Mapping[str, Any], name: str, borrower: str) -> Risk:
    """Return the proposal of a case, checked by the product's own form."""
    loan, currency = walk["loan"], walk["loan"]["currency"]
    appraised_on = loan["drawdown"] - timedelta(days=40)
    rights = [
        {
            **{key: right[key] for key in ("kind", "number", "title", "office")},
            **{key: right[key].isoformat() for key in ("filed", "granted", "expires")},
            "owner": borrower,
            "appraised": {"amount": right["appraised"], "currency": currency},
            "appraised_on": appraised_on.isoformat(),
            "appraiser": "评估机构 appraiser of the case",
        }
        for right in walk["rights"]
    ]
    tier = {"tier": loan["tier"]} if loan.get("tier") else {}
    risk = {
        "product": "pledge_guarantee",
        "borrower": {
            "name": borrower,
            "register_id": _register_id(name),
            "grade": walk["grade"],
            **tier,
        },
        "loan": {
            "contract": f"CASE-{name}",
            "amount": {"amount": loan["amount"], "currency": currency},
            "annual_rate": loan["annual_rate"],
            "term_months": loan["term_months"],
            "drawdown": loan["drawdown"].isoformat(),
            "plan": loan["plan"],
            "purpose": "流动资金 working capital",
            "refinancing": False,
            "ip_share": loan.get("ip_share", "1"),
        },
        "rights": rights,
        "cover": {"scheme": walk["scheme"], "issuer": walk["issuer"]},
    }
    return product("pledge_guarantee").risk.model_validate(risk, strict=False)


def _register_id(name: str) -> str:
    return name.upper().replace(".", "-")[:32]
