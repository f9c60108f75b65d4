"""An insurer's own figures, a policy proposed, and what is held, with sensible defaults."""

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from kernel.db.row import new_id
from kernel.money import Money
from underwriting.portfolio.exposures import Exposures, Held
from underwriting.portfolio.headroom import Proposed
from underwriting.portfolio.keys import Dimension, Key
from underwriting.portfolio.means import Means
from underwriting.tables import PolicyRow, QuoteRow

OBLIGOR = Key(Dimension.OBLIGOR, "91442000MA4EXAMPL1")
GROUP = Key(Dimension.GROUP, "91442000MA4EXAMPL0")
FAMILY = Key(Dimension.FAMILY, "CN-FAMILY-1")
TODAY = date(2025, 3, 3)
AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
YUAN = 100
MILLION = 1_000_000 * YUAN


def a_means(**changes: Any) -> Means:
    """An insurer of a thousand million net assets at the end of 2024, sound in every ratio."""
    stated: dict[str, Any] = {
        "currency": "CNY",
        "as_of": date(2024, 12, 31),
        "source": "偿付能力报告 2024 Q4",
        "net_assets": 1_000 * MILLION,
        "capital_and_reserves": 800 * MILLION,
        "retained_premium": 500 * MILLION,
        "retained_guarantee": 2_000 * MILLION,
        "retained_financing": 1_500 * MILLION,
        "small_business_share": Fraction(1, 5),
        "core_solvency": Fraction(3, 2),
        "comprehensive_solvency": Fraction(2),
    }
    return Means(**(stated | changes))


def a_proposal(
    added: int = 3 * MILLION, retained: int | None = None, premium: int = 60_000 * YUAN, **more: Any
) -> Proposed:
    """A pledge guarantee of three million, half of it kept."""
    stated: dict[str, Any] = {
        "product": "pledge_guarantee",
        "keys": (OBLIGOR, GROUP, FAMILY),
        "added": Money(added, "CNY"),
        "retained": Money(added // 2 if retained is None else retained, "CNY"),
        "premium": Money(premium, "CNY"),
        "on": TODAY,
    }
    return Proposed(**(stated | more))


def held(means: Means | None = None, **sums: Held) -> Exposures:
    """What the books hold under the sample's keys, by lower-case dimension."""
    keys = {"obligor": OBLIGOR, "group": GROUP, "family": FAMILY}
    return Exposures("CNY", {keys[name]: one for name, one in sums.items()}, means)


def policy_rows(session: Session, client_id: str, count: int, **changes: Any) -> list[PolicyRow]:
    """Policies in the books with no more in them than a sum needs; their quotes beside them."""
    made = []
    for _ in range(count):
        stated: dict[str, Any] = {
            "id": new_id("po"),
            "number": new_id("po"),
            "state": "bound",
            "product": "pledge_guarantee",
            "currency": "CNY",
            "sum_insured_minor": 3 * MILLION,
            "premium_minor": 60_000 * YUAN,
            "starts_on": TODAY,
            "ends_on": date(2026, 3, 2),
        } | changes
        shared = {"created_at": AT, "client_id": client_id, "borrower_register_id": OBLIGOR.name}
        quote = quote_row(**shared, product=stated["product"], currency=stated["currency"])
        session.add(quote)
        session.flush()
        more = {"scheme_code": "x", "contract": {}, "scheme_text": "", "scheme_sha256": ""}
        made.append(PolicyRow(**shared, **stated, **more, quote_id=quote.id))
        session.add(made[-1])
    session.flush()
    return made


def quote_row(**changes: Any) -> QuoteRow:
    """A quote of three million that is bound, unless told otherwise; its receipt is empty."""
    stated: dict[str, Any] = {
        "id": new_id("qt"),
        "created_at": AT,
        "number": new_id("qt"),
        "state": "bound",
        "product": "pledge_guarantee",
        "borrower_register_id": OBLIGOR.name,
        "scheme_code": "x",
        "currency": "CNY",
        "loan_minor": 3 * MILLION,
        "sum_insured_minor": 3 * MILLION,
        "technical_minor": 60_000 * YUAN,
        "premium_minor": 60_000 * YUAN,
        "maker": "ac_maker",
        "quoted_on": TODAY,
        "valid_until": date(2025, 4, 2),
        "receipt": "{}",
        "receipt_sha256": "",
    }
    return QuoteRow(**(stated | changes))
