"""What the tariff makes of a declaration: until when its tax may be paid, what lateness costs.

due_on(terms, declared_on, calendar) -> the earliest last day to pay the tax; None: no rule known
most_surcharge(uses, due, until, per_day) -> the most surcharge by the rule, minor units
in_force_from(session, row) -> the first day on which a demand can be one under the letter
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from kernel.period import add_days, add_months
from kernel.working_days import Calendar
from underwriting.guarantees import store
from underwriting.guarantees.tables import LetterRow, LetterUseRow
from underwriting.letters.terms import LetterTerms
from underwriting.letters.usage import Use
from underwriting.products.customs_guarantee import PRODUCT
from underwriting.products.customs_guarantee.clock import due
from underwriting.products.customs_guarantee.tax import late_surcharge

_AGGREGATED = "aggregated_collection"
_WORKING_DAYS = 5
"""Of the next month: what is collected in aggregate is paid by then (Tariff Law art. 43)."""


def due_on(terms: LetterTerms, declared_on: date, calendar: Calendar) -> date | None:
    """Return the earliest day that can be the last to pay the tax without surcharge.

    A letter may be for several purposes, and which of them a declaration used is not on record:
    the earliest is taken, so that no demand is held to be early that is not. None where the
    regime's term is not known.
    """
    if terms.regime not in PRODUCT.terms["regimes"]:
        return None
    days = []
    if _AGGREGATED in terms.purposes:
        month_end = add_days(add_months(declared_on.replace(day=1), 1), -1)
        days.append(calendar.earliest(month_end, _WORKING_DAYS))
    if set(terms.purposes) - {_AGGREGATED}:
        days.append(due(PRODUCT.terms, terms.regime, declared_on))
    return min(days, default=None)


def most_surcharge(
    uses: Iterable[LetterUseRow], due_day: date, until: date, per_day: Fraction
) -> int:
    """Return the most surcharge that can be open on a declaration, minor units.

    Each part of its tax bears `per_day` from the day after `due_day` to the day on which it was
    paid, or until the demand came; what was paid of surcharge is taken off.
    """
    open_tax = found = 0
    for use in uses:
        if use.event == Use.RESERVE:
            open_tax += use.amount_minor
        elif use.event in (Use.RELEASE, Use.PAY):
            days = (min(use.happened_on, until) - due_day).days
            found += late_surcharge(use.amount_minor, days, per_day)
            open_tax -= use.amount_minor
            found -= use.surcharge_minor if use.event == Use.PAY else 0
    return max(0, found + late_surcharge(open_tax, (until - due_day).days, per_day))


def in_force_from(session: Session, row: LetterRow) -> date:
    """Return the day on which a letter came into force: accepted, or issued where it says so."""
    first = store.terms_of(store.version(session, row.id, 1))
    if first.effective_on == "issue" or row.accepted_on is None:
        return first.issued_on
    return row.accepted_on
