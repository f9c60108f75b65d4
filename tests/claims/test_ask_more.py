"""ACT ask_more: what is asked grows, item by item; one default of a loan is one claim."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    ASSESSED,
    DEFAULT,
    GOOD_CONDUCT,
    NOTIFIED,
    QUOTED,
    SETTLED,
    House,
    a_notice,
    yuan,
)
from sqlalchemy.exc import IntegrityError

from claims import store
from claims.ask_more import Item, ask_more
from claims.assess import Assessment, assess
from claims.close import close, reopen
from claims.notify import notify
from claims.revise import revise
from claims.settle import settle
from kernel.db.engine import transact
from kernel.money import Money


def an_item(**changes: Any) -> Item:
    fields = {"line": "interest", "amount": yuan("1000.00"), "reference": "B-1", "words": "May"}
    return Item(**{**fields, **changes})


def test_items_add_up_to_what_is_asked(house: House) -> None:
    claim = house.claim(house.policy(), asked={"principal": 100_000_000, "interest": 0})
    more = (an_item(), an_item(reference="B-2", amount=yuan("2000.00"), stage="first_instance"))
    rows = house.do(ask_more, claim.id, more, on=ASSESSED)
    assert [row.amount_minor for row in rows] == [100_000, 200_000]
    after = house.read(lambda s: store.claim(s, claim.id))
    assert after.asked == {"principal": 100_000_000, "interest": 300_000}
    items = house.read(lambda s: store.items(s, claim.id))
    assert [(one.reference, one.stage) for one in items] == [
        ("notice:principal", ""), ("B-1", ""), ("B-2", "first_instance"),
    ]  # fmt: skip
    assert house.kinds("claim", claim.id) == ["notified", "asked_more"]


def test_the_reserve_follows_what_is_asked(house: House) -> None:
    """60 % of 1,000,000.00, then of 1,500,000.00."""
    claim = house.claim(house.policy(), asked={"principal": 100_000_000})
    assert claim.reserve_minor == 60_000_000
    house.do(
        ask_more, claim.id, [an_item(line="principal", amount=yuan("500000.00"))], on=ASSESSED
    )  # fmt: skip
    assert house.balances("case_reserve") == {"case_reserve": -90_000_000}


@pytest.mark.parametrize(
    "changes",
    [
        {"line": "lost_profit"},
        {"amount": Money.of("1.00", "EUR")},
        {"amount": yuan("0.00")},
    ],
)
def test_an_item_that_is_wrong_is_refused(house: House, changes: dict[str, Any]) -> None:
    claim = house.claim(house.policy())
    wrong = [an_item(), an_item(reference="B-2", **changes)]
    refused = house.refuse("invalid", ask_more, claim.id, wrong, on=ASSESSED)
    assert refused.faults[0].field.startswith("items.1.")
    house.refuse("invalid", ask_more, claim.id, [], on=ASSESSED)


def test_an_item_is_asked_once(house: House) -> None:
    claim = house.claim(house.policy())
    house.refuse("item-twice", ask_more, claim.id, [an_item(), an_item()], on=ASSESSED)
    house.do(ask_more, claim.id, [an_item()], on=ASSESSED)
    house.refuse("item-twice", ask_more, claim.id, [an_item()], on=ASSESSED)


def test_items_only_grow(house: House) -> None:
    claim = house.claim(house.policy())
    for statement in ("UPDATE claim_item SET amount_minor = 1", "DELETE FROM claim_item"):
        with pytest.raises(IntegrityError, match="only grows"):
            transact(
                house.engine,
                lambda s, words=statement: s.connection().exec_driver_sql(words),
            )
    assert (
        house.read(lambda s: store.items(s, claim.id))[0].amount_minor == claim.asked["principal"]
    )


def test_a_decided_claim_is_revised_before_more_is_asked(house: House) -> None:
    claim = house.accepted(house.policy(), asked={"principal": 100_000_000})
    house.refuse("claim-decided", ask_more, claim.id, [an_item()], on=SETTLED)
    house.do(settle, claim.id, on=SETTLED)
    refused = house.refuse("claim-decided", ask_more, claim.id, [an_item()], on=SETTLED)
    assert "revise" in refused.faults[0].cure
    house.do(revise, claim.id, "more came to light", on=SETTLED)
    more = [an_item(line="principal", amount=yuan("1000000.00"))]
    house.do(ask_more, claim.id, more, on=SETTLED)
    house.do(assess, claim.id, Assessment(conduct=GOOD_CONDUCT), on=SETTLED)
    row = house.do(settle, claim.id, on=SETTLED)
    assert (row.sequence, row.eligible_minor, row.paid_to_bank_minor) == (
        2, 200_000_000, 120_000_000,
    )  # fmt: skip


def test_a_default_of_a_loan_is_one_claim_under_all_its_policies(house: House) -> None:
    """The same loan, insured twice over; a refusal frees the default for the other policy."""
    first, second = house.policy(), house.policy(on=QUOTED + timedelta(days=1))
    claim = house.claim(first)
    refused = house.refuse("claim-twice", notify, a_notice(second), on=NOTIFIED)
    assert claim.id in refused.faults[0].cure
    fraud = Assessment(conduct={**GOOD_CONDUCT, "fraud_by_insured": True})
    house.do(assess, claim.id, fraud, on=ASSESSED)
    other = house.claim(second, on=ASSESSED)
    house.do(close, claim.id, "refused", on=ASSESSED)
    refused = house.refuse("claim-twice", reopen, claim.id, "again", on=ASSESSED)
    assert other.id in refused.faults[0].cure


def test_another_default_of_the_loan_is_another_claim(house: House) -> None:
    first, second = house.policy(), house.policy(on=QUOTED + timedelta(days=1))
    later = DEFAULT + timedelta(days=1)
    house.claim(first)
    house.claim(second, default_date=later, known_on=later, on=date(2026, 3, 13))


def test_a_line_is_denied_and_the_rest_is_paid(house: House) -> None:
    asked = {"principal": 100_000_000, "costs": 1_000_000}
    claim = house.claim(house.policy(), asked=asked)
    partly = Assessment(conduct=GOOD_CONDUCT, denied={"costs": "wording: costs without consent"})
    row = house.do(assess, claim.id, partly, on=ASSESSED)
    assert (row.approved["principal"], row.approved["costs"]) == (100_000_000, 0)
    settled = house.do(settle, claim.id, on=SETTLED)
    (costs,) = [line for line in settled.lines if line["code"] == "costs"]
    assert (costs["asked"], costs["approved"], costs["paid"]) == (1_000_000, 0, 0)
    assert "wording: costs without consent" in costs["reason"]
