"""What a third party is owed is paid on account as the decision would pay it: with consent."""

from datetime import date
from typing import Any

import pytest
from builders import House
from matter_kit import ANSWERED, BILLED, CONDUCT, DECIDED, bill, proposed, told, yuan

from claims.answer_settlement import answer_settlement
from claims.assess import Assessment, assess
from claims.close import close
from claims.conclude_matter import Outcome, conclude_matter
from claims.notify import notify
from claims.pay_on_account import pay_on_account
from claims.rules.conduct.consent import Proposal, held_back
from claims.rules.purpose import Purpose
from claims.settle import settle
from claims.take_back import Repayment, take_back
from kernel.db import books
from kernel.db.engine import transact
from kernel.money import Money

ON_ACCOUNT = (Purpose.ADVANCE, Purpose.INTERIM)


def damages(house: House, claim: Any, amount: str, purpose: Purpose = Purpose.INTERIM) -> Any:
    part = {"damages": yuan(amount).minor}
    return house.do(pay_on_account, claim.id, part, purpose, on=DECIDED)


def held(house: House, claim: Any, amount: str, purpose: Purpose = Purpose.INTERIM) -> Any:
    part = {"damages": yuan(amount).minor}
    return house.refuse("no-consent", pay_on_account, claim.id, part, purpose, on=DECIDED)


@pytest.mark.parametrize("purpose", ON_ACCOUNT)
def test_nothing_that_nobody_consented_to_is_paid(
    house: House, claim: Any, purpose: Purpose
) -> None:
    """No settlement was put to the house and nothing is established: the decision would wait."""
    bill(house, claim, "damages", "380000", "D-1")
    refused = held(house, claim, "100000", purpose)
    assert [fault.field for fault in refused.faults] == ["amounts.damages"]
    bill(house, claim, "first_instance", "50000", "F-1")
    cost = {"first_instance": yuan("50000").minor}
    paid = house.do(pay_on_account, claim.id, cost, purpose, on=DECIDED)
    assert paid.payees == {"insured": 27_000_00}, "(50,000 - 20,000) x 0.9: cost needs none"


def test_consent_is_paid_up_to_its_amount_and_no_more(house: House, claim: Any) -> None:
    """Consent to 300,000 of 400,000: (300,000 - 20,000) x 0.9 = 252,000, in two payments."""
    proposed(house, claim)
    bill(house, claim, "damages", "380000", "D-1")
    held(house, claim, "100000")
    house.do(answer_settlement, claim.id, 1, yuan("300000"), "no more", on=BILLED)
    held(house, claim, "300000.01")
    first = damages(house, claim, "120000")
    assert first.payees == {"third_party": 90_000_00}, "(120,000 - 20,000) x 0.9"
    held(house, claim, "180000.01")
    assert damages(house, claim, "180000").payees == {"third_party": 252_000_00}
    held(house, claim, "0.01")


def test_settled_without_consent_it_waits_for_the_figure_and_is_cut_to_it(
    house: House, claim: Any
) -> None:
    """Found owed 220,000: (220,000 - 20,000) x 0.9 = 180,000, whatever is asked on account."""
    bill(house, claim, "damages", "380000", "D-1")
    house.do(conclude_matter, claim.id, Outcome("A", BILLED, yuan("400000")), on=BILLED)
    assert "reassessed" in held(house, claim, "220000").faults[0].cure
    open_ = {name: kept for name, kept in CONDUCT.items() if name == "settled_unconsented"}
    found = Assessment(facts={"reassessed": yuan("220000")})
    assert open_ == {"settled_unconsented": False}, "never stated: it is what the conclusion says"
    house.do(assess, claim.id, found, on=DECIDED)
    assert damages(house, claim, "400000").payees == {"third_party": 180_000_00}


def test_a_refused_settlement_is_not_paid_until_it_is_adjudged(house: House, claim: Any) -> None:
    proposed(house, claim)
    bill(house, claim, "damages", "380000", "D-1")
    house.do(answer_settlement, claim.id, 1, None, "above the merits", on=BILLED)
    held(house, claim, "100000")
    judged = Outcome("(2025) 9", DECIDED, yuan("100000"), judged=True)
    house.do(conclude_matter, claim.id, judged, on=DECIDED)
    assert damages(house, claim, "100000").payees == {"third_party": 72_000_00}


def test_who_paid_the_third_party_itself_is_held_to_the_same(house: House, policy: Any) -> None:
    """The money goes to the insured then; it still waits for consent."""
    claim = house.do(notify, told(policy, "100000", third_party_paid=True), on=ANSWERED)
    held(house, claim, "100000")
    proposed(house, claim, "100000")
    house.do(answer_settlement, claim.id, 1, yuan("100000"), "", on=BILLED)
    assert damages(house, claim, "100000").payees == {"insured": 72_000_00}


def test_an_adjuster_may_establish_that_nothing_was_settled(house: House, claim: Any) -> None:
    """The word that the decision takes is enough for a payment before it."""
    bill(house, claim, "damages", "80000", "D-1")
    held(house, claim, "100000")
    stated = Assessment(conduct={"settled_unconsented": False})
    assert house.do(assess, claim.id, stated, on=DECIDED).state == "notified"
    assert damages(house, claim, "100000").payees == {"third_party": 72_000_00}


def test_what_becomes_the_third_partys_is_paid_to_it_and_asked_back(
    house: House, claim: Any
) -> None:
    """(50,000 - 20,000) x 0.9 = 27,000 for cost; then the same sum is owed for cost and damages."""
    bill(house, claim, "first_instance", "50000", "F-1")
    cost = {"first_instance": yuan("50000").minor}
    house.do(pay_on_account, claim.id, cost, Purpose.INTERIM, on=DECIDED)
    bill(house, claim, "damages", "10000", "D-1", on=DECIDED)
    low = {"first_instance": (yuan("20000").minor, "above the market")}
    house.do(assess, claim.id, Assessment(conduct=CONDUCT, adjusted=low), on=DECIDED)
    row = house.do(settle, claim.id, on=DECIDED)
    (theirs,) = (line["paid"] for line in row.lines if line["code"] == "damages")
    assert 0 < theirs <= row.paid_to_bank_minor == 27_000_00
    assert row.payees == {"insured": 27_000_00, "third_party": theirs}
    assert (row.paid_out_minor, row.overpaid_minor) == (27_000_00 + theirs, theirs)
    assert house.balances("overpaid") == {"overpaid:insured": theirs}
    sent = {one.topic: one.payload for one in transact(house.engine, books.unsent)}
    assert sent["payment_order"]["payee"] == "third_party"
    assert (sent["payment_order"]["amount_minor"], sent["pay_back"]["amount_minor"]) == (
        theirs, theirs,
    )  # fmt: skip
    house.refuse("overpaid", close, claim.id, "done", on=DECIDED)
    back = Repayment("BACK-1", Money(theirs, "CNY"), DECIDED)
    house.do(take_back, claim.id, back, on=DECIDED)
    assert not any(house.balances("overpaid").values())
    house.do(close, claim.id, "done", on=DECIDED)
    house.audit()


def test_a_settlement_put_anew_takes_the_place_of_the_first(house: House, claim: Any) -> None:
    """90,000 consented, then 120,000 of the same demand: 120,000 stand and not 210,000."""
    bill(house, claim, "damages", "380000", "D-1")
    for sequence, amount in enumerate(("90000", "120000"), 1):
        proposed(house, claim)
        house.do(answer_settlement, claim.id, sequence, yuan(amount), "no more", on=BILLED)
    held(house, claim, "120000.01")
    assert damages(house, claim, "120000").payees == {"third_party": 90_000_00}


def a_proposal(consented: int | None, whom: str = "X", *, concluded: bool = False) -> Proposal:
    answered = (date.max, date(2025, 6, 9), consented, "as stated")
    return Proposal("C", 500, *answered, counterparty=whom, concluded=concluded)


@pytest.mark.parametrize(
    ("minor", "proposals", "file", "is_held"),
    [
        (500, (), {}, True),
        (500, (), {"settled_unconsented": False}, False),
        (500, (), {"settled_unconsented": True}, True),
        (500, (), {"settled_unconsented": True, "reassessed": 0}, False),
        (500, (), {"settled_unconsented": None, "reassessed": 9}, True),
        (500, (), {"judgment": "J", "settled_unconsented": False}, False),
        (500, (a_proposal(None),), {"settled_unconsented": False}, True),
        (500, (a_proposal(499),), {}, True),
        (499, (a_proposal(499),), {}, False),
        (998, (a_proposal(499), a_proposal(499, "Y"), a_proposal(None)), {}, False),
        (999, (a_proposal(499), a_proposal(499, "Y")), {}, True),
        (120, (a_proposal(90), a_proposal(120)), {}, False),
        (121, (a_proposal(90), a_proposal(120), a_proposal(None)), {}, True),
        (91, (a_proposal(120), a_proposal(90)), {}, True),
        (210, (a_proposal(90, concluded=True), a_proposal(120)), {}, False),
        (121, (a_proposal(90), a_proposal(120, concluded=True)), {}, True),
        (500, (), {"judgment": "J", "settled_unconsented": True}, True),
        (500, (), {"judgment": "J", "settled_unconsented": True, "reassessed": 9}, False),
    ],
)
def test_the_rule_by_itself(
    minor: int, proposals: tuple[Proposal, ...], file: dict[str, Any], *, is_held: bool
) -> None:
    assert bool(list(held_back("damages", minor, proposals, file))) is is_held
