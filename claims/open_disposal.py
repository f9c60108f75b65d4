"""ACT: the enforcement of the securities begins, each right a lot of its own."""

import json
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from claims.disposal import lots
from claims.disposal.held import locked, settled
from claims.disposal.lot_file import note
from claims.disposal.recourse import subrogation_of
from claims.disposal.tables import DisposalLotRow, DisposalRow
from claims.facts import Case
from claims.rules.disposal.moves import Lot
from kernel.db.row import new_id
from kernel.desk import Desk
from kernel.errors import Conflict, Fault, invalid
from underwriting import store as contracts
from underwriting.numbers import number


@dataclass(frozen=True, slots=True)
class LotStated:
    """A security to be enforced.

    Attributes:
        number: of the right.
        kind: of the right.
        owner: who gave it as security.
    """

    number: str
    kind: str
    owner: str


@dataclass(frozen=True, slots=True)
class Opening:
    """What is to be enforced.

    Attributes:
        lots: the securities; empty takes every right pledged under the policy.
        order_agreed: was the order of enforcement agreed? Else the debtor's own come first.
    """

    lots: tuple[LotStated, ...] = ()
    order_agreed: bool = False


def open_disposal(session: Session, claim_id: str, opening: Opening, *, desk: Desk) -> DisposalRow:
    """Open the enforcement of the securities of a claim that was paid and taken over.

    Raises:
        Conflict: nothing was settled, nothing passed to the insurer, or one is open.
        Invalid: there is no right to enforce, or one is named twice.
    """
    case = locked(session, claim_id)
    settled(session, case)
    _check(session, case)
    wanted = opening.lots or _pledged(session, case)
    _check_lots(wanted)
    id_ = new_id("di")
    row = contracts.add(
        session,
        DisposalRow(
            id=id_, created_at=desk.at, number=number("DI", id_, desk.on), claim_id=claim_id,
            currency=case.claim.currency, state="open", opened_on=desk.on,
            order_agreed=opening.order_agreed,
        ),
    )  # fmt: skip
    for position, lot in enumerate(wanted, start=1):
        contracts.add(session, _lot(case, row, lot, position, desk))
    payload = {"lots": [lot.number for lot in wanted], "order_agreed": opening.order_agreed}
    note(session, row, "disposal_opened", payload, desk=desk)
    return row


def _check(session: Session, case: Case) -> None:
    if subrogation_of(session, case.claim.id) is None:
        cure = "take the claim over first: POST /v1/claims/{id}/subrogation"
        raise Conflict("not-taken-over", Fault("claim", "is still the insured's own", cure))
    for one in lots.disposals(session, case.claim.id):
        if one.state == "open":
            fault = Fault("claim", f"disposal {one.number} is open", "add to it, or close it")
            raise Conflict("disposal-open", fault)


def _check_lots(wanted: tuple[LotStated, ...]) -> None:
    if not wanted:
        raise invalid("lots", "names no right, and none is pledged", "name what secures the debt")
    numbers = [lot.number for lot in wanted]
    if len(set(numbers)) < len(numbers):
        raise invalid("lots", "names a right twice", "name each right once")


def _pledged(session: Session, case: Case) -> tuple[LotStated, ...]:
    """Return the rights that the proposal of the policy pledged."""
    risk: Any = json.loads(contracts.quote(session, case.policy.quote_id).receipt)["inputs"]["risk"]
    return tuple(
        LotStated(right["number"], right["kind"], right["owner"])
        for right in risk.get("rights", ())
        if "appraised" in right
    )


def _lot(
    case: Case, disposal: DisposalRow, stated: LotStated, position: int, desk: Desk
) -> DisposalLotRow:
    return DisposalLotRow(
        id=new_id("lo"), created_at=desk.at, disposal_id=disposal.id, position=position,
        number=stated.number, kind=stated.kind, owner=stated.owner,
        own=stated.owner == case.contract.policyholder, state=Lot.OPENED.value,
    )  # fmt: skip
