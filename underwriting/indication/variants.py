"""The proposals that an indication prices: one for each combination of what was assumed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any, Final

from kernel.errors import Fault, Invalid
from kernel.money import Money, allocate, round_half_up
from underwriting.indication.asked import IndicationAsked
from underwriting.indication.assumed import Assumption
from underwriting.providers import RightDraft

NOBODY: Final = "INDICATION"
"""Register number of a borrower that is not stated: nothing is in force for it."""

WORD: Final = "意向 indication"
"""Stands where a proposal wants a text that an indication does not know."""

Choice = Mapping[str, str]
"""Assumed field -> the value taken."""


def variants(
    asked: IndicationAsked,
    drafts: Sequence[RightDraft],
    ranged: Sequence[Assumption],
    on: date,
) -> Iterator[tuple[Choice, dict[str, Any]]]:
    """Yield (choice, proposal as JSON) for each combination of the ranged assumptions.

    Raises:
        Invalid: a record lacks what no proposal can do without.
    """
    _check_needed(drafts)
    names = [one.field for one in ranged]
    for values in product(*(one.values for one in ranged)):
        choice = dict(zip(names, values, strict=True))
        yield choice, _proposal(asked, drafts, choice, on)


def _check_needed(drafts: Sequence[RightDraft]) -> None:
    faults = [
        Fault(f"rights[{number}].{missing.field}", "is not in the record", missing.cure)
        for number, one in enumerate(drafts)
        for missing in one.missing
        if missing.needed and missing.field in ("owner", "filed", "expires")
    ]
    if faults:
        raise Invalid("record-thin", *faults)


def _proposal(
    asked: IndicationAsked, drafts: Sequence[RightDraft], choice: Choice, on: date
) -> dict[str, Any]:
    rights = zip(drafts, _values(asked, choice), strict=True)
    borrower = {
        "name": asked.borrower or drafts[0].fields["owner"],
        "register_id": asked.register_id or NOBODY,
        "grade": asked.grade.value if asked.grade else choice["grade"],
        "tier": asked.tier,
    }
    return {
        "product": "pledge_guarantee",
        "borrower": borrower,
        "loan": _loan(asked, choice, on),
        "rights": [
            {
                "title": one.record.number,
                "valued_by": "negotiated",
                **one.with_value(_wire(value), on, WORD),
            }
            for one, value in rights
        ],
        "cover": {"scheme": asked.scheme or choice["scheme"]},
    }


def _loan(asked: IndicationAsked, choice: Choice, on: date) -> dict[str, Any]:
    return {
        "contract": WORD,
        "amount": asked.loan.model_dump(),
        "annual_rate": asked.annual_rate or choice["annual_rate"],
        "term_months": asked.term_months,
        "drawdown": on.isoformat(),
        "plan": asked.plan or "bullet",
        "purpose": WORD,
        "refinancing": False,
        "ip_share": asked.ip_share or "1",
    }


def _values(asked: IndicationAsked, choice: Choice) -> list[Money]:
    """Return each right's value: as stated; the others share the multiple of the loan evenly."""
    loan = asked.loan.money("loan")
    stated = [right.appraised.money("appraised") if right.appraised else None
              for right in asked.rights]  # fmt: skip
    bare = [place for place, value in enumerate(stated) if value is None]
    if bare:
        multiple = asked.value_multiple or float(choice["value_multiple"])
        whole = round_half_up(Fraction(str(multiple)) * loan.minor)
        for place, part in zip(bare, allocate(whole, [1] * len(bare)), strict=True):
            stated[place] = Money(part, loan.currency)
    return [value for value in stated if value is not None]


def _wire(money: Money) -> dict[str, str]:
    return {"amount": money.text, "currency": money.currency}
