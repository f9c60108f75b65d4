"""Four eyes are two persons, whatever tokens they show; signing asks for a level; going back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import a_desk
from guaranteeing import QUOTED, URL, a_demand, a_use, stated

from kernel.db import books
from kernel.db.engine import read, transact
from kernel.desk import Desk
from kernel.errors import NotPermitted
from underwriting.amend_letter import amend_letter
from underwriting.answer_letter import refuse_letter
from underwriting.approve_letter import approve_letter
from underwriting.draft_letter import draft_letter
from underwriting.end_letter import withdraw_letter
from underwriting.guarantees import store
from underwriting.guarantees.public import checked
from underwriting.guarantees.register import lines
from underwriting.guarantees.stated import ChangeStated
from underwriting.pay_demand import payment_sheets
from underwriting.send_back_letter import send_back_letter
from underwriting.send_letter import send_letter
from underwriting.sign_letter import sheets_to_sign

SPRING = date(2025, 4, 1)


def with_two_tokens(actor: str, other: str, on: date = QUOTED) -> Desk:
    """A desk at which a person sits who holds another token too."""
    return replace(a_desk(on, actor), also=frozenset({other}))


def editions(issuer: Any, letter: Any) -> list[tuple[str, str | None]]:
    found = read(issuer.engine, lambda s: store.versions(s, letter.id))
    return [(one.state, one.approver) for one in found]


def test_nobody_approves_his_own_letter_under_another_token(issuer: Any) -> None:
    letter = issuer.drafted()
    desk = with_two_tokens("second", "clerk")
    with pytest.raises(NotPermitted, match="own-letter"):
        transact(issuer.engine, lambda s: approve_letter(s, letter.id, "fine", desk=desk))
    other = with_two_tokens("second", "third")
    transact(issuer.engine, lambda s: approve_letter(s, letter.id, "fine", desk=other))
    assert editions(issuer, letter) == [("approved", "second")]


def test_nobody_pays_the_demand_he_recorded_under_another_token(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand())
    desk = with_two_tokens("second", "clerk", date(2025, 4, 14))

    def sheets(session: Any) -> Any:
        return payment_sheets(session, letter.id, "C1", "国库 1", desk=desk, public_url=URL)

    with pytest.raises(NotPermitted, match="own-demand"):
        read(issuer.engine, sheets)


def test_signing_asks_for_the_level_that_the_letter_needs(issuer: Any) -> None:
    """Grade B is above a clerk."""
    letter = issuer.drafted(issuer.policy(importer={"grade": "B"}))
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=QUOTED)
    named = {"on": QUOTED, "public_url": URL}
    refused = issuer.refuse(
        "above-authority", sheets_to_sign, letter.id, authority="clerk", **named
    )
    assert "authority.grade" in [one.field for one in refused.faults]
    desk = a_desk(QUOTED)
    (one,) = read(issuer.engine, lambda s: sheets_to_sign(s, letter.id, desk=desk, public_url=URL))
    assert one.number == letter.number


def test_an_approved_letter_goes_back_and_is_approved_anew(issuer: Any) -> None:
    letter = issuer.drafted()
    issuer.refuse("letter-move-not-allowed", send_back_letter, letter.id, "no", on=QUOTED)
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=QUOTED)
    issuer.do(send_back_letter, letter.id, "the seat has moved", actor="third", on=QUOTED)
    assert (issuer.see(letter).state, editions(issuer, letter)) == ("draft", [("draft", None)])
    trail = read(issuer.engine, lambda s: books.events(s, books.Subject("letter", letter.id)))
    assert (trail[-1].kind, trail[-1].payload["approver"]) == ("sent_back", "second")
    signed = issuer.signed(letter=letter)
    issuer.refuse("letter-move-not-allowed", send_back_letter, signed.id, "no", on=QUOTED)


def test_an_amendment_goes_back_while_its_letter_goes_on(issuer: Any) -> None:
    letter = issuer.accepted()
    change = ChangeStated.model_validate(
        {"reason": "less", "consent": "C-1", "amount": {"amount": "2500000.00", "currency": "CNY"}},
        strict=False,
    )
    issuer.do(amend_letter, letter.id, change, on=SPRING)
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=SPRING)
    issuer.do(send_back_letter, letter.id, "not so little", on=SPRING)
    assert issuer.see(letter).state == "accepted"
    assert editions(issuer, letter)[-1] == ("draft", None)
    issuer.do(withdraw_letter, letter.id, "customs does not want it", on=SPRING)


def test_a_refused_edition_is_never_called_a_draft(issuer: Any) -> None:
    """Who verifies the first file reads that customs refused it, not that it is a draft."""
    letter = issuer.signed()
    issuer.do(send_letter, letter.id, on=QUOTED)
    issuer.do(refuse_letter, letter.id, ["unclear"], QUOTED, on=QUOTED)
    policy = issuer.see(letter).policy_id
    again = issuer.do(draft_letter, policy, stated(), on=QUOTED, demonstration=True)
    assert (again.id, again.state, again.edition) == (letter.id, "draft", 2)
    kept = read(issuer.engine, lambda s: lines(s, letter.number))
    assert [(one.edition, one.status) for one in kept] == [
        (1, "signed"), (1, "sent"), (1, "refused"),
    ]  # fmt: skip
    first = read(issuer.engine, lambda s: store.version(s, letter.id, 1)).content_hash
    found = read(issuer.engine, lambda s: checked(s, letter.number, first, desk=a_desk(QUOTED)))
    assert (found.shown.status, found.shown.in_force) == ("refused", False)
    issuer.refuse("letter-move-not-allowed", send_back_letter, letter.id, "no", on=QUOTED)
    issuer.signed(letter=again)
    kept = read(issuer.engine, lambda s: lines(s, letter.number))
    assert {one.status for one in kept if one.edition == 2} == {"signed"}
