"""ACT: offer a quote at another price than the technical one, with a reason that stays."""

import json

from sqlmodel import Session

from kernel.db import books
from kernel.db.page import write
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault
from kernel.money import Money
from underwriting import store
from underwriting.authorise import authorise
from underwriting.inputs import Inputs
from underwriting.letter import KIND as LETTER
from underwriting.pricing.offered import deviation, offered
from underwriting.products import product
from underwriting.receipt import price
from underwriting.rules.need import check_second
from underwriting.tables import QuoteOverrideRow, QuoteRow

_OPEN = ("accepted", "approved")


def override(
    session: Session, quote_id: str, total: Money, reason: str, *, desk: Desk
) -> QuoteOverrideRow:
    """Set the premium that is offered; the receipt keeps the technical one.

    Raises:
        Conflict: the quote is not open, its offer has lapsed, or a letter that is out offers less.
        NotPermitted: who made the quote sets its price, or lacks the authority.
        Invalid: the amount cannot be offered.
    """
    row = store.quote(session, quote_id, lock=True)
    if row.state not in _OPEN:
        cure = "only an accepted or approved quote is offered at another price"
        raise Conflict("quote-not-open", Fault("state", f"the quote is {row.state}", cure))
    if desk.on > row.valid_until:
        fault = Fault("valid_until", f"the offer lapsed on {row.valid_until}", "quote again")
        raise Conflict("quote-lapsed", fault)
    check_second(row.maker, desk.names)
    _check_letters(session, row, total)
    priced = price(product(row.product), Inputs.of(json.loads(row.receipt)["inputs"]))
    tax = priced.inputs.terms["loadings"]["tax"]
    offered(priced.premium, total, tax, subsidy=priced.contract.subsidy)
    row.premium_minor = total.minor
    authorise(session, row, desk=desk)
    stated = write(
        session,
        QuoteOverrideRow(
            id=new_id("ov"),
            created_at=desk.at,
            quote_id=row.id,
            technical_minor=row.technical_minor,
            offered_minor=total.minor,
            deviation=str(deviation(priced.premium.total, total)),
            reason=reason,
            actor=desk.actor,
            authority=desk.authority,
        ),
    )
    session.add(row)
    payload = {"offered_minor": total.minor, "reason": reason, "authority": desk.authority}
    subject = books.Subject("quote", row.id)
    books.note(session, subject, "price_overridden", payload, actor=desk.actor, at=desk.at)
    return stated


def _check_letters(session: Session, row: QuoteRow, total: Money) -> None:
    """Refuse to raise what a letter offers: it stands until it lapses."""
    out = any(
        one.kind == LETTER for one in books.documents(session, books.Subject("quote", row.id))
    )
    if out and total.minor > row.premium_minor:
        words = f"a letter that is out offers {Money(row.premium_minor, row.currency)}"
        raise Conflict("letter-out", Fault("premium", words, "withdraw this quote and quote again"))
