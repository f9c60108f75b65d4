"""Whether who sits at the desk may decide on a quote, and the pack that a decision rests on."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from kernel.desk import Desk
from kernel.money import Money
from underwriting.holdings.obligor import obligor_total, others_of
from underwriting.portfolio.exposures import Exposures
from underwriting.pricing.offered import deviation
from underwriting.rules.authority import needed
from underwriting.rules.need import Need, check_level
from underwriting.rules.referral import case_of, referral
from underwriting.tables import QuoteRow


def need_of(
    session: Session, row: QuoteRow, on: date, *, receipt: Mapping[str, Any] | None = None
) -> Need:
    """Return the level that a decision on a stored quote needs today, with its reasons.

    What is in force and on offer to the obligor today is added, so that no limit is split.
    """
    stored = receipt or json.loads(row.receipt)
    this = Money(row.sum_insured_minor, row.currency)
    keys = Exposures.of(stored["inputs"]["exposures"]).held
    total = obligor_total(session, keys, this, on, but=row.id)
    offered, technical = _prices(row)
    return needed(case_of(stored, total=total, deviation=deviation(technical, offered)))


def authorise(session: Session, row: QuoteRow, *, desk: Desk) -> Need:
    """Return what a decision on a quote needs, if who sits at the desk has it.

    Raises:
        NotPermitted: `above-authority`, with every reason and who may decide.
    """
    need = need_of(session, row, desk.on)
    check_level(desk.authority, need)
    return need


def referral_of(session: Session, row: QuoteRow, on: date) -> dict[str, Any]:
    """Return the referral pack of a stored quote, as it stands today."""
    receipt = json.loads(row.receipt)
    offered, technical = _prices(row)
    return referral(
        receipt,
        technical=technical,
        offered=offered,
        others=others_of(session, row.borrower_register_id, on, but=row.id),
        need=need_of(session, row, on, receipt=receipt),
    )


def _prices(row: QuoteRow) -> tuple[Money, Money]:
    """Return the offered and the technical premium."""
    return Money(row.premium_minor, row.currency), Money(row.technical_minor, row.currency)
