"""A fought matter, gathered for its answer."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel
from sqlmodel import Session

from api.schemas import matter_answers as wire
from api.schemas.common import money
from api.schemas.overdues import duty_answer
from claims.counsel import store
from claims.counsel.duties import duties
from claims.counsel.measure import cost_of, measure, reserved
from claims.facts import Case, case_of
from claims.rules.conduct.budget import StageAccount
from claims.rules.conduct.stages import check_fought, paid_by_stage, stages_of
from kernel.wire import MoneyWire

Shown = TypeVar("Shown", bound=BaseModel)


def matter_answer(session: Session, claim_id: str, on: date) -> wire.MatterAnswer:
    """Return the matter of a claim as it stands on a day.

    Raises:
        NotFound: there is no such claim.
        Conflict: it is no matter that is fought.
    """
    case = case_of(session, claim_id)
    check_fought(case.kind)
    unit = case.claim.currency
    return wire.MatterAnswer(
        claim_id=claim_id,
        stages=_stages(session, case),
        counsel=_all(wire.CounselAnswer, store.counsel(session, claim_id), unit),
        budgets=_all(wire.BudgetAskedAnswer, store.budgets(session, claim_id), unit),
        reservations=tuple(_reservation(one) for one in store.reservations(session, claim_id)),
        settlements=_all(wire.SettlementAsked, store.consents(session, claim_id), unit),
        joined=_all(wire.JoinedAnswer, store.joined(session, claim_id), unit),
        duties=tuple(duty_answer(one, on) for one in duties(session, claim_id, on)),
    )


def _stages(session: Session, case: Case) -> tuple[wire.StageAnswer, ...]:
    found, unit = measure(session, case.kind, case.claim.id), case.claim.currency
    lines, cost = stages_of(case.kind), cost_of(session, case.kind, case.claim.id)
    by_line = {one["code"]: one["paid"] for one in case.standing.lines} if case.standing else {}
    paid = paid_by_stage(lines, cost, by_line)
    asked: dict[str, int] = {}
    for one in store.budgets(session, case.claim.id):
        asked[one.stage] = asked.get(one.stage, 0) + one.asked_minor
    return tuple(
        wire.StageAnswer(
            stage=stage,
            line=line,
            asked=money(asked.get(stage, 0), unit),
            paid=money(paid[stage], unit),
            **_account(
                found.stages.get(stage) or StageAccount(spent=cost.get((line, stage), 0)), unit
            ),
        )
        for stage, line in lines.items()
    )


def _account(one: StageAccount, unit: str) -> dict[str, MoneyWire]:
    names = ("consented", "spent", "left", "over")
    return {name: money(getattr(one, name), unit) for name in names}


def _reservation(row: store.ReservationRow) -> wire.ReservationAnswer:
    plain = set(wire.ReservationAnswer.model_fields) - {"grounds", "protects"}
    return wire.ReservationAnswer(
        **{name: getattr(row, name) for name in plain},
        grounds=tuple(wire.GroundAnswer(**one) for one in row.grounds),
        protects=reserved(row).protects,
    )


def _all(form: type[Shown], rows: Iterable[Any], unit: str) -> tuple[Shown, ...]:
    """Return rows by the names of a form; an amount is kept as `<name>_minor`."""
    return tuple(
        form(**{name: _value(row, name, unit) for name in form.model_fields}) for row in rows
    )


def _value(row: Any, name: str, unit: str) -> Any:
    if not hasattr(row, f"{name}_minor"):
        kept = getattr(row, name)
        return tuple(kept) if isinstance(kept, list) else kept
    minor = getattr(row, f"{name}_minor")
    return None if minor is None else money(minor, unit)
