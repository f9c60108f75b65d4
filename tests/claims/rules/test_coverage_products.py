"""Cover of the infringement products: what the books know of rights and of known matters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import SAMPLES, a_basis, some_inputs

from claims.rules.coverage.covered import Matter, covered
from claims.rules.coverage.known import Known, RightKnown
from kernel.finding import Effect
from underwriting.products import product
from underwriting.watch.alert import Alert, Noted
from underwriting.watch.kinds import watch_kinds


def a_known(**changes: Any) -> Known:
    return Known(**changes)


def noted(kind: str, on: date, *, name: str) -> Noted:
    return Noted(
        seq=1, kind=kind, subject=watch_kinds()[kind].subject, name=name, happened_on=on,
        noted_on=on, deadline=None, key="REG-1",
    )  # fmt: skip


def a_risk_of(code: str) -> Any:
    return product(code).risk.model_validate(SAMPLES[code], strict=False)


def test_a_right_of_the_books_that_lapsed_answers_for_an_infringement() -> None:
    code = "infringement_loss"
    risk = a_risk_of(code)
    agreed = product(code).contract(risk, a_basis(some_inputs(risk)))
    number = agreed.agreed["rights"][0]
    event = agreed.period.start + timedelta(days=30)
    file: Mapping[str, Any] = {"known_on": event.isoformat(), "right_number": number}
    matter = Matter(contract=agreed, event_on=event, notified_on=event, file=file)
    lapsed = noted("lapsed", event, name=f"CN {number}")
    right = RightKnown(f"CN {number}", number, 0, (Alert(lapsed),))
    seen = {one.code: one for one in covered(
        product(code), matter, a_known(event_on=event, on=event, rights=(right,))
    )}  # fmt: skip
    assert seen["right-not-in-force"].effect is Effect.DECLINE
    assert "REG-1" in seen["right-not-in-force"].evidence
    without = covered(product(code), matter, a_known(event_on=event, on=event))
    assert "right-not-in-force-unknown" in {one.code for one in without}


def test_a_listing_is_no_defence_against_customs_but_a_person_decides() -> None:
    listed = Alert(noted("sanctions_listed", date(2025, 3, 1), name="X"))
    for waives, effect in ((True, Effect.REFER), (False, Effect.DECLINE)):
        agreed = product("customs_guarantee").contract(
            risk := a_risk_of("customs_guarantee"), a_basis(some_inputs(risk))
        )
        terms = replace(agreed, agreed={**agreed.agreed, "waives_rescission": waives})
        event = agreed.period.start + timedelta(days=30)
        matter = Matter(contract=terms, event_on=event, notified_on=event, file={})
        known = a_known(event_on=event, on=event, obligor=(listed,))
        seen = {one.code: one for one in covered(product("customs_guarantee"), matter, known)}
        assert seen["sanctions-listed"].effect is effect


def test_an_infringement_that_the_schedule_names_was_known() -> None:
    code = "infringement_loss"
    agreed = product(code).contract(risk := a_risk_of(code), a_basis(some_inputs(risk)))
    number, event = agreed.agreed["rights"][0], agreed.period.start + timedelta(days=30)
    named = {"right": number, "infringer": "某厂"}
    told = replace(agreed, agreed={**agreed.agreed, "known": [named]})
    for infringer, expected in (("某厂", "known-matter"), ("他厂", "known-matter-unknown")):
        file = {"known_on": event.isoformat(), "right_number": number, "infringer": infringer}
        matter = Matter(contract=told, event_on=event, notified_on=event, file=file)
        seen = covered(product(code), matter, a_known(event_on=event, on=event))
        assert expected in {one.code for one in seen}


@pytest.mark.parametrize(
    ("code", "file", "expected"),
    [
        ("infringement_loss", {"first_infringed_on": "2019-01-01"}, "infringed-too-early"),
        ("infringement_loss", {"known_at_inception": True}, "known-matter"),
        ("infringement_loss", {"right_in_force": False}, "right-not-in-force"),
        ("infringement_liability", {"first_act_on": "2019-01-01"}, "act-too-early"),
        ("infringement_liability", {"known_at_inception": True}, "known-matter"),
    ],
)
def test_retroactive_dates_known_matters_and_rights_are_tested_by_their_products(
    code: str, file: Mapping[str, Any], expected: str
) -> None:
    risk = a_risk_of(code)
    agreed = product(code).contract(risk, a_basis(some_inputs(risk)))
    event = agreed.period.start + timedelta(days=30)
    matter = Matter(
        contract=agreed, event_on=event, notified_on=event,
        file={"known_on": event.isoformat(), **file},
    )  # fmt: skip
    seen = {one.code: one for one in covered(
        product(code), matter, a_known(event_on=event, on=event)
    )}  # fmt: skip
    assert seen[expected].effect is Effect.DECLINE
