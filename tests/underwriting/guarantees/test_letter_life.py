"""A letter from draft to release, each step on both databases, the books audited after each."""

from datetime import date
from typing import Any

from builders import a_desk
from guaranteeing import QUOTED, a_demand, a_use, an_end, signer, stated
from sqlmodel import Session

from documents.sealing import verify
from kernel.db import books
from kernel.db.engine import read
from underwriting.approve_letter import approve_letter
from underwriting.guarantees import store
from underwriting.guarantees.register import lines
from underwriting.guarantees.stands import registered
from underwriting.send_letter import send_letter


def test_a_letter_is_drafted_approved_signed_sent_and_accepted(issuer: Any) -> None:
    letter = issuer.drafted()
    assert (letter.state, letter.number[:5], len(letter.number)) == ("draft", "CGL25", 14)
    issuer.refuse("own-letter", approve_letter, letter.id, "mine", on=QUOTED)
    letter = issuer.accepted(letter=letter)
    assert (letter.state, letter.record_no, letter.accepted_on) == (
        "accepted", "GRN1", date(2025, 3, 10),
    )  # fmt: skip
    kept = read(issuer.engine, lambda s: lines(s, letter.number))
    assert [(one.paper, one.status) for one in kept] == [
        ("customs_letter", "signed"), ("", "sent"), ("", "accepted"),
    ]  # fmt: skip
    assert issuer.house.kinds("letter", letter.id) == [
        "drafted", "approved", "signed", "sent", "accepted",
    ]  # fmt: skip


def test_the_signed_file_verifies_from_the_day_it_is_sent(issuer: Any) -> None:
    letter = issuer.signed()
    content = _paper(issuer, letter, "customs_letter")

    desk = a_desk(QUOTED)

    def verdict() -> Any:
        return read(
            issuer.engine,
            lambda s: verify(
                content, trusted=signer().roots, register=lambda h: registered(s, h, desk=desk)
            ),
        )

    assert [one.code for one in verdict().failed] == ["in-force"]
    issuer.do(send_letter, letter.id, on=QUOTED)
    assert verdict().accepted, verdict().failed


def test_three_declarations_restored_called_refused_paid_and_released(issuer: Any) -> None:
    letter = issuer.accepted()
    for number in ("D1", "D2", "D3"):
        issuer.reserve(letter, a_use(number))
    assert issuer.see(letter).reserved_minor == 3 * 260_000_00
    issuer.tax_paid(letter, a_use("D2", on="2025-03-27"))
    assert issuer.see(letter).reserved_minor == 2 * 260_000_00
    early = issuer.demand(letter, a_demand("C1", "300000.00"))
    assert [one["code"] for one in early.grounds] == ["above-open"]
    issuer.refuse_demand(letter, "C1", on=date(2025, 4, 14))
    assert issuer.see(letter).state == "in_use"
    demand = issuer.demand(letter, a_demand("C2"))
    assert (demand.grounds, demand.refuse_by, demand.pay_by) == (
        [], date(2025, 4, 14), date(2025, 4, 21),
    )  # fmt: skip
    issuer.pay(letter, "C2")
    row = issuer.see(letter)
    assert (row.state, row.reserved_minor, row.drawn_minor) == ("paid", 260_000_00, 260_000_00)
    assert issuer.house.balances("letter_recourse") == {"letter_recourse:policyholder": 260_000_00}
    issuer.tax_paid(letter, a_use("D3", on="2025-03-27"))
    issuer.release(letter, an_end(), date(2025, 6, 2))
    assert issuer.see(letter).state == "released"


def test_a_letter_is_revoked_before_acceptance(issuer: Any) -> None:
    letter = issuer.signed()
    issuer.revoke(letter, an_end(), QUOTED)
    assert issuer.see(letter).state == "revoked"


def test_what_is_refused_is_refused_with_every_ground(issuer: Any) -> None:
    policy = issuer.policy()
    from underwriting.draft_letter import draft_letter  # noqa: PLC0415 - one test asks

    bad = stated(
        pledges=[],
        place_en="成都",
        guarantor={**stated().guarantor.model_dump(), "register_id": "X234"},
    )
    refusal = issuer.refuse(
        "letter-refused", draft_letter, policy.id, bad, on=QUOTED, demonstration=True
    )
    codes = {one.field for one in refusal.faults}
    assert {
        "letter.party-number",
        "letter.english-character",
        "letter.pledge-not-registered",
    } <= codes


def _paper(issuer: Any, letter: Any, kind: str) -> bytes:
    def act(session: Session) -> bytes:
        found = books.documents(session, books.Subject("letter", letter.id))
        return next(one.content for one in found if one.kind == kind)

    return read(issuer.engine, act)


def test_versions_keep_their_terms(issuer: Any) -> None:
    letter = issuer.drafted()
    version = read(issuer.engine, lambda s: store.newest(s, letter.id))
    assert store.terms_of(version).number == letter.number
