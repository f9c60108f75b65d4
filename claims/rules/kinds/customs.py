"""Customs demanded payment under a letter, and was paid: what of that is a loss of the policy.

The house has paid already, and the importer owes it back: a settlement turns that receivable into
a paid claim, and pays no cash again. What the policy does not cover stays owed by the importer.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from claims.rules.kinds.cut import Cut, allowed_of, cuts_of, first, lines_of, taken_by
from claims.rules.kinds.kind import FactAsked, Kind, Stated
from claims.rules.line import Line
from kernel.money import parse_minor
from kernel.sharing import Loss, LossBase
from underwriting.products.customs_guarantee import PRODUCT
from underwriting.products.customs_guarantee.payment import payment

DEMAND: Final = "demand"
"""Fact of the file: the demand with its facts, as the test of cover and `cuts` read it."""

_DAYS: Final = ("arose_on", "due_on", "received_on", "refuse_by", "pay_by", "paid_on")

LINES: Final = {
    "tax": "税款 tax",
    "surcharge": "滞纳金 late surcharge",
}
"""What customs demands, in the order in which it is paid."""

RECOURSE: Final = "letter_recourse:policyholder"
"""The account that paying a demand debits, and that a settlement credits."""

_PRODUCT_RULE: Final = (
    ("limit", "tax", "可用担保额度 limit available", "wording: limit"),
    ("surcharge_rule", "surcharge", "按规定计收的滞纳金 surcharge by the rule, within its limit",
     "wording: limit; schedule: late surcharge"),
)  # fmt: skip
"""Term, line, words, clause: what the product's own rule allows of each line."""


def cuts(stated: Stated) -> tuple[Cut, ...]:
    """Return everything that is taken from what was paid, in the order applied.

    The demand of the file may state `available`, the limit not taken by other open tax, `due_on`,
    the last day to pay the tax, and `paid_on`; what it does not state cuts nothing.
    """
    left, found = allowed_of(LINES, stated.asked, stated.adjusted)
    most = _most(stated, left["tax"])
    for term, line, words, clause in _PRODUCT_RULE:
        over = max(0, left[line] - most.get(line, left[line]))
        found += cuts_of(term, {line: over}, words, clause)
        left[line] -= over
    words, clause = "余下保险金额 sum insured still free", "schedule: sum insured"
    found += cuts_of("room", taken_by(left, first(left, stated.room)), words, clause)
    return tuple(found)


def _most(stated: Stated, tax: int) -> dict[str, int]:
    """Return the most of each line by the product's rule, as far as the demand states its facts."""
    demand: dict[str, Any] = stated.file.get(DEMAND) or {}
    contract = stated.contract
    available = parse_minor(
        demand.get("available") or contract.agreed["amount"], contract.currency, "available"
    )
    if not (demand.get("due_on") and demand.get("paid_on")):
        return {"tax": min(tax, available)}
    due, paid = (date.fromisoformat(demand[name]) for name in ("due_on", "paid_on"))
    found = payment(
        contract, tax, available=available, due_on=due, paid_on=paid, terms=PRODUCT.terms
    )
    return {"tax": found.tax, "surcharge": found.surcharge}


def approve(stated: Stated) -> tuple[Line, ...]:
    """Return every line with what is approved of it, and every cut on the line it hits."""
    asked, adjusted = stated.asked, stated.adjusted
    return lines_of(LINES, asked, adjusted, cuts(stated), stated.contract.currency)


def loss(lines: Sequence[Line], currency: str) -> Loss:
    """Return what the scheme shares: tax as principal, late surcharge as interest on it."""
    approved = {line.code: line.approved for line in lines}
    return Loss(approved["tax"], approved["surcharge"], 0, currency)


def apart(file: Mapping[str, Any]) -> tuple[str, ...]:
    """Return letter and reference of a demand: customs may make several on one day.

    >>> apart({"demand": {"letter": "GL-1", "reference": "C2"}}), apart({})
    (('GL-1', 'C2'), ('', ''))
    """
    demand = file.get(DEMAND) or {}
    return str(demand.get("letter") or ""), str(demand.get("reference") or "")


CUSTOMS: Final = Kind(
    code="customs",
    product="customs_guarantee",
    zh="海关索赔",
    en="demand of customs under a letter",
    event_zh="收到海关索赔之日",
    event_en="day on which customs' demand was received",
    insured="纳税义务人 Importer",
    debtor="投保人 Policyholder",
    payment="担保函项下已付赔款 Paid already under the letter",
    lines=LINES,
    facts=(FactAsked(DEMAND, "record", "海关索赔", "the demand with its facts", days=_DAYS),),
    approve=approve,
    loss=loss,
    pays_from=RECOURSE,
    shares={
        LossBase.PRINCIPAL: ("税款", "tax"),
        LossBase.PRINCIPAL_INTEREST: ("税款及滞纳金", "tax and late surcharge"),
        LossBase.PRINCIPAL_INTEREST_COSTS: ("税款及滞纳金", "tax and late surcharge"),
    },
    apart=apart,
)
"""Claims of customs, paid under a letter before they are claims."""
