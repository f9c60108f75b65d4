"""Damages for an infringement, worked out without a claim."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from fastapi import APIRouter, Response

from api.answers import content_of, respond
from api.deps import At
from api.route import HouseRoute
from api.schemas.damages import DamagesAnswer, DamagesRequest, StepAnswer, WorkedAnswer
from api.schemas.sent import Sent
from claims.rules.loss.damages import Damages, damages
from claims.rules.loss.worked import CURRENCY, Step, Worked
from kernel.errors import invalid
from kernel.money import MAX_MINOR, format_minor, parse_minor, round_half_up

router = APIRouter(route_class=HouseRoute, tags=["claims"])


@router.post(
    "/v1/damages",
    operation_id="work_out_damages",
    summary="Work out the damages for an infringement",
    response_model=DamagesAnswer,
)
def work_out_damages(office: At, sent: Sent[DamagesRequest]) -> Response:
    """Lost profit, gain, royalty and statutory damages, in the order of the law; every step."""
    _check_day(sent.infringed_on, office.desk().on)
    worked = sent.worked()
    for one in worked.values():
        _check_size(one.method, one.exact)
    found = damages(
        sent.right,
        sent.infringed_on,
        worked,
        multiple=Fraction(sent.multiple),
        costs=parse_minor(sent.costs, CURRENCY, "costs"),
        statutory_part=parse_minor(sent.statutory_part, CURRENCY, "statutory_part"),
    )
    _check_size("total", Fraction(found.total))
    return respond(content_of(_answer(found, worked)))


def _check_day(infringed_on: date, today: date) -> None:
    if infringed_on > today:
        raise invalid("infringed_on", f"{infringed_on} lies ahead", f"give a day up to {today}")


def _check_size(field: str, amount: Fraction) -> None:
    if amount > MAX_MINOR:
        raise invalid(field, "is more than can be written", "check units, prices and rates")


def _answer(found: Damages, worked: Mapping[str, Worked]) -> DamagesAnswer:
    amounts = ("base", "costs", "compensation", "punitive", "total")
    return DamagesAnswer(
        method=found.method,
        law=found.law,
        **{name: format_minor(getattr(found, name), CURRENCY) for name in amounts},
        worked=tuple(
            WorkedAnswer(
                method=one.method,
                amount=format_minor(one.minor, CURRENCY),
                steps=tuple(map(_step, one.steps)),
                evidence=dict(one.evidence),
            )
            for one in worked.values()
        ),
    )


def _step(step: Step) -> StepAnswer:
    shown = format_minor(round_half_up(step.value), CURRENCY) if step.money else str(step.value)
    return StepAnswer(
        code=step.code, words=step.en, words_zh=step.zh, value=shown, exact=str(step.value)
    )
