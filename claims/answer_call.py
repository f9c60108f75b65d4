"""ACT: a party pays the call on its share in full."""

from datetime import date

from sqlmodel import Session

from claims.calls import store
from claims.calls.tables import CallRow
from claims.pay_call import CallPayment, check_payable, pay_call
from kernel.desk import Desk
from kernel.money import Money


def answer_call(
    session: Session, call_id: str, paid_on: date, reference: str | None = None, *, desk: Desk
) -> CallRow:
    """Record that all that is open of a call was paid; without a reference its own id is one.

    Raises:
        NotFound: there is no such call.
        Conflict: it was paid before, or has ended.
        Invalid: the day lies ahead or before the call.
    """
    row = store.call(session, call_id)
    check_payable(row)
    payment = CallPayment(
        Money(row.open_minor, row.currency), paid_on, reference or own_reference(row)
    )
    return pay_call(session, call_id, payment, desk=desk)


def own_reference(row: CallRow) -> str:
    """Return what stands for the reference of a payment that was given none.

    A later one on the same call must be given its own: there is one payment to a reference.
    """
    return f"paid:{row.id}"
