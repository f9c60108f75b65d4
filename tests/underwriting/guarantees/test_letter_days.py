"""Days and answers: late, early, extended, revoked, expired; each refused with its code."""

from datetime import date
from typing import Any

import pytest
from guaranteeing import QUOTED, a_demand, a_use, an_end, stated

from kernel.db.engine import read
from underwriting.amend_letter import amend_letter
from underwriting.answer_letter import accept_letter, refuse_letter
from underwriting.approve_letter import approve_letter
from underwriting.draft_letter import draft_letter
from underwriting.end_letter import expire_letter, withdraw_letter
from underwriting.guarantees import store
from underwriting.guarantees.stated import ChangeStated, GroundStated
from underwriting.receive_demand import receive_demand
from underwriting.reserve_tax import release_tax, reserve_tax
from underwriting.send_letter import send_letter
from underwriting.sign_letter import sheets_to_sign, sign_letter

MARCH_12, APRIL_7 = date(2025, 3, 12), date(2025, 4, 7)


def a_change(**parts: Any) -> ChangeStated:
    return ChangeStated.model_validate({"reason": "as asked", **parts}, strict=False)


def cny(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def amended(issuer: Any, letter: Any, change: ChangeStated, on: date) -> Any:
    """Draft, approve, sign, send and accept the next edition."""
    issuer.do(amend_letter, letter.id, change, on=on)
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=on)
    issuer.papered(sheets_to_sign, sign_letter, letter.id, on=on)
    issuer.do(send_letter, letter.id, on=on)
    return issuer.do(accept_letter, letter.id, "GRN1", on, on=on)


@pytest.mark.parametrize(
    ("use", "code"),
    [
        ({"on": "2025-03-09"}, "not-usable"),
        ({"district": "5101"}, "district-not-beneficiary"),
        ({"amount": "3000000.01"}, "above-available"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(issuer: Any, use: Any, code: str) -> None:
    letter = issuer.accepted()
    issuer.refuse(code, reserve_tax, letter.id, a_use(**use), on=MARCH_12)


def test_a_declaration_reserves_once_and_gives_back_what_it_has(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    again = a_use(reference="2")
    issuer.refuse("declared-already", reserve_tax, letter.id, again, on=MARCH_12)
    more = a_use(amount="260000.01")
    issuer.refuse("above-open", release_tax, letter.id, more, on=MARCH_12)
    for part, reference in (("100000.00", "1"), ("160000.00", "2")):
        issuer.tax_paid(letter, a_use(amount=part, reference=reference))
    assert issuer.see(letter).reserved_minor == 0


def test_demands_come_until_the_last_day_and_no_later(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    last, late = date(2026, 9, 9), date(2026, 9, 10)
    demand = issuer.demand(letter, a_demand(received_on=last.isoformat()), on=last)
    assert demand.grounds == []
    other = a_use("D2")
    issuer.reserve(letter, other)
    found = issuer.demand(letter, a_demand("C9", received_on=late.isoformat()), on=late)
    assert {one["code"] for one in found.grounds} == {"claim-too-late", "demand-open"}


def test_a_demand_lists_every_discrepancy_and_is_refused_in_one_notice(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    bad = a_demand("C1", "900000.00", district="5101", papers=[], written=False)
    found = issuer.demand(letter, bad)
    codes = [one["code"] for one in found.grounds]
    assert codes == [
        "not-in-writing", "papers-missing", "district-not-beneficiary", "district-differs",
        "above-open",
    ]  # fmt: skip
    more = GroundStated(code="unsigned", zh="未签字", en="not signed")
    done = issuer.refuse_demand(letter, "C1", more, on=date(2025, 4, 14))
    assert [one["code"] for one in done.grounds] == [*codes, "unsigned"]
    with pytest.raises(Exception, match="demand-answered"):
        issuer.refuse_demand(letter, "C1", more, on=date(2025, 4, 14))


def test_after_the_last_day_of_examination_a_demand_is_paid_not_refused(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand())
    ground = GroundStated(code="late", zh="迟", en="late")
    with pytest.raises(Exception, match="refusal-precluded"):
        issuer.refuse_demand(letter, "C1", ground, on=date(2025, 4, 15))
    issuer.pay(letter, "C1", on=date(2025, 4, 30))
    assert issuer.see(letter).state == "paid"


def test_surcharge_within_the_amount_is_drawn_with_the_tax(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.demand(letter, a_demand(surcharge=cny("1300.00")))
    assert issuer.see(letter).reserved_minor == 261_300_00
    issuer.pay(letter, "C1")
    row = issuer.see(letter)
    assert (row.reserved_minor, row.drawn_minor) == (0, 261_300_00)
    issuer.refuse("above-available", reserve_tax, letter.id, a_use("D2", "2738700.01"), on=MARCH_12)


def test_a_demand_to_extend_or_pay_is_answered_by_the_extension(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    shorter = a_change(claim_until="2026-08-09", consent="C-1")
    amended(issuer, letter, shorter, MARCH_12)
    demand = issuer.demand(letter, a_demand("C1", extend_to="2026-09-09"))
    assert (demand.state, demand.suspended_until) == ("suspended", date(2025, 5, 7))
    wrong = a_change(amount=cny("2900000.00"), consent="C-1")
    issuer.refuse("demand-open", amend_letter, letter.id, wrong, on=APRIL_7)
    beyond = a_change(claim_until="2027-12-09")
    issuer.refuse("letter-not-amended", amend_letter, letter.id, beyond, on=APRIL_7)
    amended(issuer, letter, a_change(claim_until="2026-09-09"), date(2025, 4, 8))
    row = issuer.see(letter)
    assert (row.state, row.edition, row.reserved_minor) == ("in_use", 3, 260_000_00)
    answered = read(issuer.engine, lambda s: store.demand_named(s, letter.id, "C1"))
    assert (answered.state, answered.answered_on) == ("extended", date(2025, 4, 8))
    kinds = [one.kind for one in read(issuer.engine, lambda s: store.versions(s, letter.id))]
    assert kinds == ["letter", "amendment", "extension"]
    issuer.demand(letter, a_demand("C2"))
    issuer.pay(letter, "C2")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({}, "letter"),
        ({"amount": cny("2900000.00")}, "amount"),
        ({"amount": cny("3100000.00")}, "amount"),
        ({"claim_until": "2026-09-08"}, "claim_until"),
        ({"districts": [{"code": "5101", "zh": "他海关", "en": "Other"}]}, "districts"),
        ({"districts": [{"code": "7900", "zh": "示范海关", "en": "Twice"}]}, "districts"),
    ],
)
def test_an_amendment_that_may_not_be_is_refused(issuer: Any, change: Any, field: str) -> None:
    letter = issuer.accepted()
    refused = issuer.refuse(
        "letter-not-amended", amend_letter, letter.id, a_change(**change), on=MARCH_12
    )
    assert field in {one.field for one in refused.faults}


def test_an_amendment_counts_from_acceptance_and_not_below_what_is_taken(issuer: Any) -> None:
    letter = issuer.accepted()
    change = a_change(amount=cny("1000000.00"), consent="C-1")
    issuer.do(amend_letter, letter.id, change, on=MARCH_12)
    issuer.refuse("amendment-open", amend_letter, letter.id, change, on=MARCH_12)
    issuer.reserve(letter, a_use("D1", "2000000.00"))
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=MARCH_12)
    issuer.papered(sheets_to_sign, sign_letter, letter.id, on=MARCH_12)
    issuer.do(send_letter, letter.id, on=MARCH_12)
    args = (letter.id, "GRN1", MARCH_12)
    issuer.refuse("below-taken", accept_letter, *args, on=MARCH_12)
    issuer.do(refuse_letter, letter.id, ["too late"], MARCH_12, on=MARCH_12)
    assert (issuer.see(letter).limit_minor, issuer.see(letter).edition) == (3_000_000_00, 1)
    amended(issuer, letter, a_change(amount=cny("2500000.00"), consent="C-2"), MARCH_12)
    row = issuer.see(letter)
    assert (row.limit_minor, row.edition, row.state) == (2_500_000_00, 3, "in_use")


def test_a_letter_in_force_is_revoked_only_as_customs_releases_it(issuer: Any) -> None:
    letter = issuer.accepted()
    with pytest.raises(Exception, match="irrevocable"):
        issuer.revoke(letter, an_end(released_by=None), MARCH_12)
    issuer.revoke(letter, an_end("R-1"), MARCH_12)
    assert issuer.see(letter).state == "revoked"


def test_a_release_with_open_reserves_needs_customs_word(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    with pytest.raises(Exception, match="still-open"):
        issuer.release(letter, an_end(released_by=None), MARCH_12)
    issuer.release(letter, an_end("R-1"), MARCH_12)
    row = issuer.see(letter)
    assert (row.state, row.reserved_minor) == ("released", 0)
    issuer.refuse("letter-move-not-allowed", reserve_tax, letter.id, a_use("D2"), on=MARCH_12)


def test_a_letter_expires_after_its_last_day_unless_a_demand_is_open(issuer: Any) -> None:
    letter = issuer.accepted()
    issuer.reserve(letter, a_use())
    issuer.refuse("not-expired", expire_letter, letter.id, on=date(2026, 9, 9))
    issuer.demand(letter, a_demand(received_on="2026-09-08"), on=date(2026, 9, 8))
    issuer.refuse("demand-open", expire_letter, letter.id, on=date(2026, 9, 10))
    issuer.pay(letter, "C1", on=date(2026, 9, 11))
    issuer.do(expire_letter, letter.id, on=date(2026, 9, 12))
    assert issuer.see(letter).state == "expired"


def test_one_policy_has_one_open_letter(issuer: Any) -> None:
    policy = issuer.policy()
    letter = issuer.drafted(policy)
    named = {"on": QUOTED, "demonstration": True}
    issuer.refuse("letter-open", draft_letter, policy.id, stated(), **named)
    issuer.do(withdraw_letter, letter.id, "by mistake", on=QUOTED)
    other = issuer.drafted(policy)
    assert other.number != letter.number
    assert read(issuer.engine, lambda s: store.letter_named(s, other.number)).id == other.id


def test_what_was_signed_is_what_was_decided_on(issuer: Any) -> None:
    letter = issuer.drafted()
    issuer.do(approve_letter, letter.id, "in order", actor="second", on=QUOTED)
    from builders import a_desk  # noqa: PLC0415 - one test asks
    from guaranteeing import URL, signer  # noqa: PLC0415 - as above

    from underwriting.guarantees.paper import drawn  # noqa: PLC0415 - as above

    desk = a_desk(QUOTED)
    sheets = read(issuer.engine, lambda s: sheets_to_sign(s, letter.id, desk=desk, public_url=URL))
    papers = drawn(sheets, signer(), at=desk.at)
    issuer.refuse(
        "changed-meanwhile", sign_letter, letter.id, papers, on=QUOTED,
        public_url="https://elsewhere.example",
    )  # fmt: skip


def test_a_demand_of_a_letter_that_is_not_in_force_is_refused(issuer: Any) -> None:
    letter = issuer.signed()
    issuer.refuse("letter-not-in-force", receive_demand, letter.id, a_demand(), on=APRIL_7)
