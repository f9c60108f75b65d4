"""Customs answers once; what a message cannot carry is said before anybody signs."""

from datetime import date
from typing import Any

from guaranteeing import QUOTED, stated

from underwriting.answer_letter import accept_letter
from underwriting.draft_letter import draft_letter

ON = date(2025, 3, 10)


def test_an_acceptance_is_recorded_once(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.refuse("not-sent", accept_letter, letter.id, "FORGED-1", ON, on=ON)
    assert issuer.see(letter).record_no == "GRN1"


def test_nothing_is_accepted_that_was_not_sent(issuer: Any) -> None:
    letter = issuer.signed()
    issuer.refuse("not-sent", accept_letter, letter.id, "GRN1", ON, on=ON)


def test_a_name_that_no_message_carries_is_refused_at_the_draft(issuer: Any) -> None:
    debtor = {**stated().debtor.model_dump(), "en": "Shifan " * 28}
    refused = issuer.refuse(
        "letter-refused",
        draft_letter,
        issuer.policy().id,
        stated(debtor=debtor),
        on=QUOTED,
        demonstration=True,
    )
    assert {one.field for one in refused.faults} == {"letter.message-limit"}
    assert any("debtor.en" in one.problem for one in refused.faults)
