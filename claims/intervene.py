"""ACT: by agreement the insurer pays before the waiting period ends (early intervention).

The supervisor's guide of 2020 (no. 90) asks insurers to provide for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from claims.overdue import store
from claims.pay_on_account import pay_on_account
from claims.rules.purpose import Purpose
from claims.settling.early import Agreed
from claims.tables import SettlementRow
from kernel.desk import Desk
from kernel.errors import Conflict, Fault


@dataclass(frozen=True, slots=True)
class Agreement:
    """What bank and insurer agreed.

    Attributes:
        amounts: line -> minor units of the loss that are recognised now.
        agreed_on: the day of the agreement.
        words: why the waiting period is not waited for.
    """

    amounts: Mapping[str, int]
    agreed_on: date
    words: str


def intervene(
    session: Session, overdue_id: str, agreement: Agreement, *, desk: Desk
) -> SettlementRow:
    """Pay early on the claim of a case; the decision takes it into its total.

    Raises:
        NotFound: there is no such case.
        NotPermitted: who agrees for the insurer has too low a level.
        Invalid: the day of the agreement cannot be, or an amount is none that is asked.
        Conflict: the case has no claim, the waiting period is over, or as `pay_on_account`.
    """
    row = store.overdue(session, overdue_id)
    if row.claim_id is None:
        fault = Fault("overdue", "is not claimed yet", "claim it: POST /v1/overdues/…/claim")
        raise Conflict("not-claimed", fault)
    agreed = Agreed(agreement.agreed_on, agreement.words)
    amounts = agreement.amounts
    return pay_on_account(session, row.claim_id, amounts, Purpose.EARLY, agreed=agreed, desk=desk)
